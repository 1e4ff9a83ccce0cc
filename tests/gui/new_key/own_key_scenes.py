"""The state of the first step in which a key of the account opens already what is ticked."""

from __future__ import annotations

from collections.abc import Callable

from qgis.PyQt.QtTest import QTest

from tests.gui import fakes, my_keys_scenes
from tests.gui.scenes import Stage, titles_come

NEW_KEY = 0
_WAIT_MS, _MOST_WAITS = 20, 100


def keys_known(one: Stage) -> None:
    """Show the first step once the list of keys was read."""
    my_keys_scenes.keys(one)
    my_keys_scenes.tab(one, NEW_KEY)


def until_settled(one: Stage) -> None:
    """Wait until the line shows, or for as long as it ever takes."""
    notice = one.find("ownKeyNotice")
    for _ in range(_MOST_WAITS):
        if notice.isVisible():
            return
        QTest.qWait(_WAIT_MS)


def named(one: Stage) -> None:
    """Show the key that opens what is ticked."""
    keys_known(one)
    one.tick(fakes.ESTOMPAGE.layer_name, fakes.PLU.layer_name)
    titles_come(one)
    until_settled(one)


SCENES: dict[str, Callable[[Stage], None]] = {"step_1_own_key": named}
