"""What the tests of records share."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from typing import IO

import pytest

from tests.tooling.tree import TOP


class OtherQgis:
    """A process of its own that runs Python with the plugin on its path; ended with the test."""

    def __init__(self, code: str, *arguments: object) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", code, *map(str, arguments)],
            cwd=TOP,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def wait_for(self, line: str) -> None:
        """Wait until it has written that line."""
        assert _pipe(self.process.stdout).readline() == f"{line}\n"

    def tell(self) -> None:
        """Let it go on."""
        _pipe(self.process.stdin).write("\n")
        _pipe(self.process.stdin).flush()

    def join(self) -> None:
        """Wait until it has ended well."""
        assert self.process.wait(120) == 0

    def end(self) -> None:
        """Kill it, if it still runs, and close its pipes."""
        self.process.kill()
        self.process.wait()
        _pipe(self.process.stdin).close()
        _pipe(self.process.stdout).close()


def _pipe(found: IO[str] | None) -> IO[str]:
    assert found is not None
    return found


@pytest.fixture
def other_qgis(request: pytest.FixtureRequest) -> Callable[..., OtherQgis]:
    """Return what starts another process on the same profile."""

    def start(code: str, *arguments: object) -> OtherQgis:
        started = OtherQgis(code, *arguments)
        request.addfinalizer(started.end)
        return started

    return start
