"""Writing what an algorithm reports: JSON, or a table in CSV where the file's name asks for it."""

from __future__ import annotations

import csv
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any, Mapping, Sequence

from qgis.core import QgsProcessingException

from ..jobs.running.translate import tr

Row = Mapping[str, Any]


def checked(path: str) -> str:
    """Return the path of a file that can be written, or an empty one: asked before anything is changed elsewhere.

    A file that was not there is not there afterwards either. Raises QgsProcessingException.
    """
    if path:
        is_new = not os.path.lexists(path)
        try:
            with Path(path).open("a", encoding="utf-8"):
                pass
        except OSError as error:
            raise _unwritable(path, error) from error
        if is_new:
            with suppress(OSError):
                Path(path).unlink()
    return path


def write_report(path: str, report: Any) -> None:
    """Write a report as JSON; nothing where no file is wanted. Raises QgsProcessingException."""
    if path:
        _write(path, json.dumps(report, ensure_ascii=False, indent=1) + "\n")


def write_listing(path: str, rows: Sequence[Row], table: Sequence[Row]) -> None:
    """Write rows as JSON, or their flat form as CSV when the file's name ends so. Raises QgsProcessingException."""
    if path and Path(path).suffix.lower() == ".csv":
        _write_table(path, table)
    else:
        write_report(path, list(rows))


def _write_table(path: str, table: Sequence[Row]) -> None:
    try:
        with Path(path).open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(table[0] if table else ["id"])
            writer.writerows(map(_cell, row.values()) for row in table)
    except OSError as error:
        raise _unwritable(path, error) from error


def _cell(value: Any) -> Any:
    """Return a value as a table holds it: truth in the words of JSON, nothing for none."""
    return json.dumps(value) if isinstance(value, bool) else value


def _write(path: str, content: str) -> None:
    try:
        Path(path).write_text(content, encoding="utf-8")
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: str, error: OSError) -> QgsProcessingException:
    sentence = tr("“{file}” cannot be written: {reason}.")
    return QgsProcessingException(sentence.format(file=path, reason=error.strerror))
