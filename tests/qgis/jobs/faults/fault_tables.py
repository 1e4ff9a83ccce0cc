"""The tables of a whole run: each cell, and how many of them are good, a line a job and fault."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple


class Row(NamedTuple):
    """A cell: what was struck and how, which way out was taken, what is wrong with it, and how long it took."""

    request: str
    fault: str
    way_out: str
    wrong: str
    seconds: float


def add_row(folder: str, job: str, row: Row) -> None:
    """Add a cell to `cells.tsv`; nowhere without a folder."""
    line = f"{job}\t{row.request}\t{row.fault}\t{row.way_out}\t{row.seconds:.2f}\t{_line(row.wrong) or 'good'}\n"
    _add(folder, "cells.tsv", "job\trequest\tfault\tway out\tseconds\tfound\n", line)


def add_sums(folder: str, job: str, rows: Sequence[Row]) -> None:
    """Add a job's sums to `summary.tsv`, a line a fault; nowhere without a folder."""
    total = Counter(row.fault for row in rows)
    red = Counter(row.fault for row in rows if row.wrong)
    sums = [f"{job}\t{name}\t{count}\t{count - red[name]}\t{red[name]}\n" for name, count in total.items()]
    _add(folder, "summary.tsv", "job\tfault\tcells\tgood\tred\n", "".join(sums))


def _add(folder: str, name: str, head: str, lines: str) -> None:
    if not folder:
        return
    path = Path(folder, name)
    is_new = not path.exists()
    with path.open("a", encoding="utf-8") as table:
        table.write(head + lines if is_new else lines)


def _line(text: str) -> str:
    return " ".join(text.split())
