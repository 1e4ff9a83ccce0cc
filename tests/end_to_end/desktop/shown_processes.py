"""What everybody on the machine can see of the programs that run: their command lines."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PAUSE_S = 0.01


@contextmanager
def command_lines(of: str) -> Iterator[set[bytes]]:
    """Yield a set that fills with the command lines of programs whose name holds `of`, as long as the block lasts."""
    seen: set[bytes] = set()
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(_PAUSE_S):
            for process in Path("/proc").iterdir():
                with suppress(OSError):
                    line = (process / "cmdline").read_bytes() if process.name.isdigit() else b""
                    seen.update([line] if of.encode() in line.partition(b"\0")[0] else [])

    watcher = threading.Thread(target=watch)
    watcher.start()
    yield seen
    ended.set()
    watcher.join()
