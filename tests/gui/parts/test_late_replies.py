"""Replies that come after what they were for."""

from __future__ import annotations

from gpkeys_plugin.gui.parts.late_replies import Latest


def test_late_replies_are_dropped() -> None:
    latest = Latest()
    heard: list[int] = []
    latest.start()
    first = latest.only(heard.append)
    latest.start()
    second = latest.only(heard.append)
    first(1)
    second(2)
    latest.drop()
    second(3)
    assert heard == [2]
