"""The most memory that this process has held over a stretch of its work (Linux)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_SELF = Path("/proc/self")
_FORGET_THE_PEAK = "5"


@dataclass
class PeakMemory:
    """In megabytes: what was held before, and how much more at most; the latter once the stretch has ended."""

    before_mb: float
    growth_mb: float = 0.0


@contextmanager
def peak_memory() -> Iterator[PeakMemory]:
    """Watch over what the block does."""
    (_SELF / "clear_refs").write_text(_FORGET_THE_PEAK, encoding="ascii")
    found = PeakMemory(_held_mb("VmRSS"))
    yield found
    found.growth_mb = max(_held_mb("VmHWM") - found.before_mb, 0.0)


def _held_mb(what: str) -> float:
    lines = (_SELF / "status").read_text(encoding="ascii", errors="replace").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{what}:")) * 1024 / 1e6
