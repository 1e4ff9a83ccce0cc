"""`python -m tests.simulator`: starts the Géoplateforme in miniature and prints where it is."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from types import FrameType

from tests.simulator.options import parse
from tests.simulator.server import SimulatorServer

_WATCH_S = 0.5


def main() -> int:
    """Run until SIGTERM, SIGINT or the end of the parent."""
    parent = os.getppid()
    options = parse()
    stopped = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopped.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    server = SimulatorServer(options)
    server.start()
    sys.stdout.write(json.dumps(server.description(), ensure_ascii=False) + "\n")
    sys.stdout.flush()
    # The parent is watched rather than asked for a death signal: that one follows the thread that started us.
    while not stopped.wait(_WATCH_S):
        if not options.can_outlive_parent and os.getppid() != parent:
            break
    server.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
