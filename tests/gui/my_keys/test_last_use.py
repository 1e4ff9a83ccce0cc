"""When a key was last used is read for the rows in sight, and for all where the order or a filter needs it."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import QTimer

from gpkeys_plugin.entrepot.errors import ErrorCode
from gpkeys_plugin.entrepot.models import Hits, Key, KeyType
from gpkeys_plugin.gui.my_keys.key_list_model import Order
from gpkeys_plugin.gui.my_keys.last_use_reader import LastUseReader
from gpkeys_plugin.keys.upkeep.overview import KeyOverview

from .. import fake_my_keys as known
from .. import fakes
from .. import my_keys_scenes as scenes
from ..scenes import Stage
from .test_my_keys_view import choose, words

_KEYS = tuple(Key(f"k{place}", f"Clé {place:03}", KeyType.HASH, fakes.NOW) for place in range(60))
_USED = Hits(5, 5, fakes.NOW, fakes.NOW)


def listed(one: Stage) -> None:
    """Show sixty keys, and what they open."""
    scenes.listed(one, known.holdings(_KEYS))
    call = one.my_keys_jobs.last("overviews")
    call.on_part([KeyOverview(key, ()) for key in _KEYS])
    call.on_done()


def asked(one: Stage) -> list[str]:
    """Return of which keys the last use was asked last."""
    return [key.id for key in one.my_keys_jobs.last("last_uses").values[0]]


def answer(one: Stage) -> None:
    """Have the last uses told that were asked for."""
    call = one.my_keys_jobs.last("last_uses")
    call.on_part([(key.id, _USED) for key in call.values[0]])
    call.on_done()


def wait_for(qtbot: Any, one: Stage, count: int) -> None:
    """Wait until last uses were asked for so many times."""
    qtbot.waitUntil(lambda: one.my_keys_jobs.count("last_uses") == count)


def test_only_rows_in_sight_are_asked_for_and_each_once(one: Stage, qtbot: Any) -> None:
    listed(one)
    wait_for(qtbot, one, 1)
    first = asked(one)
    assert first == [key.id for key in _KEYS[: len(first)]]
    assert 2 <= len(first) < 30
    answer(one)
    assert "used on" in words(one, _KEYS[0].name)
    one.find("keysList").scrollToBottom()
    wait_for(qtbot, one, 2)
    assert _KEYS[-1].id in asked(one)
    assert not set(asked(one)) & set(first)


def test_an_order_that_needs_it_asks_for_all_the_rest(one: Stage, qtbot: Any) -> None:
    listed(one)
    wait_for(qtbot, one, 1)
    first = asked(one)
    answer(one)
    choose(one, "keyOrderCombo", Order.LAST_USE)
    wait_for(qtbot, one, 2)
    assert sorted(asked(one)) == sorted({key.id for key in _KEYS} - set(first))


def test_a_filter_that_needs_it_asks_for_all(one: Stage, qtbot: Any) -> None:
    listed(one)
    one.find("attentionBox").setChecked(True)
    wait_for(qtbot, one, 1)
    assert len(asked(one)) == len(_KEYS)


def test_what_keys_open_comes_first(one: Stage, qtbot: Any) -> None:
    scenes.listed(one, known.holdings(_KEYS))
    choose(one, "keyOrderCombo", Order.LAST_USE)
    timer = one.dock.findChild(LastUseReader).findChild(QTimer)
    assert timer.isActive()
    qtbot.waitUntil(lambda: not timer.isActive())
    assert one.my_keys_jobs.count("last_uses") == 0
    one.my_keys_jobs.last("overviews").on_done()
    wait_for(qtbot, one, 1)


def test_what_was_told_stays_when_the_rows_are_read_again(one: Stage, qtbot: Any) -> None:
    listed(one)
    wait_for(qtbot, one, 1)
    answer(one)
    one.click("refreshKeysButton")
    one.new_key_jobs.last("load").on_done(known.holdings(_KEYS))
    call = one.my_keys_jobs.last("overviews")
    call.on_part([KeyOverview(key, ()) for key in _KEYS])
    assert "used on" in words(one, _KEYS[0].name)
    call.on_done()
    wait_for(qtbot, one, 2)


def test_a_refused_session_is_said(one: Stage, qtbot: Any) -> None:
    listed(one)
    wait_for(qtbot, one, 1)
    one.my_keys_jobs.last("last_uses").on_failed(fakes.error(ErrorCode.TOKEN_REFUSED))
    assert ("token_refused", "") in one.sign_in.calls
