"""A browser without a screen: goes through the simulator's login page as a person would.

Started by `robot/xdg-open` with the URL QGIS wants to open; `GPKEYS_ROBOT_USER` and `GPKEYS_ROBOT_PASSWORD` are what it
types, and without them it stands for a person who closes the browser at once. `GPKEYS_ROBOT_LOG` is a file that gets a
line for each page opened, so that a walk can tell whether a browser was opened at all.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tests.simulator.remote.browser_login import walk_login


def main(url: str) -> None:
    """Note the page, then sign in there."""
    log = os.environ.get("GPKEYS_ROBOT_LOG")
    if log:
        with Path(log).open("a", encoding="utf-8") as file:
            file.write(url.partition("?")[0] + "\n")
    user = os.environ.get("GPKEYS_ROBOT_USER")
    if user:
        walk_login(url, user, os.environ["GPKEYS_ROBOT_PASSWORD"])


if __name__ == "__main__":
    main(sys.argv[1])
