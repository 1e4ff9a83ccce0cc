"""Something else that keeps a processor busy."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

# It ends with the process that started it, however that ends.
_WORK = "import os; parent = os.getppid()\nwhile os.getppid() == parent: pass"


@contextmanager
def busy_processor() -> Iterator[None]:
    """Keep a processor busy meanwhile."""
    with subprocess.Popen([sys.executable, "-c", _WORK]) as process:
        try:
            yield
        finally:
            process.kill()
