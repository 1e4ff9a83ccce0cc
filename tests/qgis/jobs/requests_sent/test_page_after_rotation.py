"""Once a rotation is finished, the window knows the page of the new key, as it would read it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from gpkeys_plugin.entrepot.models import KeyType
from gpkeys_plugin.jobs.load_key_page import load_key_page, load_known_page
from gpkeys_plugin.jobs.values import KeyPage, Rotation
from gpkeys_plugin.jobs.window.my_keys_jobs import MyKeysJobs
from gpkeys_plugin.jobs.window.new_key_jobs import QgisSide
from tests.qgis.jobs.conftest import Bench, ended
from tests.qgis.jobs.requests_sent.rounds import rounds
from tests.qgis.jobs.test_rotate_key import made, rotate


@pytest.mark.parametrize("type_", [KeyType.HASH, KeyType.BASIC])
def test_the_page_of_the_new_key_is_not_read_again(bench: Bench, type_: KeyType) -> None:
    key = _finished(bench, rotate(bench, made(bench, type_)))
    with rounds():
        page: KeyPage = bench.run(partial(load_known_page, key, bench.signed_in, bench.main_thread))
    read: KeyPage = bench.run(partial(load_key_page, key, bench.signed_in, bench.main_thread))
    assert _undated(page) == _undated(read)


def test_a_page_of_which_the_use_could_not_be_read_is_read_again(bench: Bench) -> None:
    rotation = rotate(bench, made(bench, KeyType.HASH))
    bench.simulator.fail("GET", "/stats$", "status", status=403, times=1)
    key = _finished(bench, rotation)
    bench.simulator.clear_requests()
    bench.run(partial(load_known_page, key, bench.signed_in, bench.main_thread))
    assert [one.path for one in bench.simulator.requests(path="/stats")] != []


def _undated(page: KeyPage) -> KeyPage:
    """Return a page without the moment of the last change, which nobody is shown: that of the name is not read back."""
    return replace(page, details=replace(page.details, key=replace(page.details.key, update=None)))


def _finished(bench: Bench, rotation: Rotation) -> Any:
    """Finish a rotation as the window does."""
    side = QgisSide(lambda: "QGIS", lambda: None, lambda _: None, lambda _: None)
    jobs = MyKeysJobs(lambda: bench.signed_in, bench.runner, bench.main_thread, bench.rotations, side)
    done: list[Any] = []
    failed: list[Any] = []
    with ended() as hear:
        jobs.finish_rotation(rotation.id, lambda *_: None, hear(done), hear(failed))
    assert failed == []
    return done[0]
