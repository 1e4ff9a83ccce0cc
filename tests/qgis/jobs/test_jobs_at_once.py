"""Several jobs at once write the authentication database and read it: QGIS locks up for good where threads do so."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import Any

from gpkeys_plugin.entrepot.models import KeyType
from gpkeys_plugin.jobs.create_key import KeyCreator
from gpkeys_plugin.jobs.running.task import Progress
from gpkeys_plugin.jobs.values import CreatedKey
from gpkeys_plugin.store.configurations import auth_config_snapshots, auth_configs
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.test_create_key import draft_of

_AT_ONCE = 4
_READINGS = 10
_PATIENCE_MS = 60_000


def test_four_creations_and_four_readers_all_end(bench: Bench) -> None:
    draft = draft_of(bench, KeyType.BASIC)
    drafts = [replace(draft, name=f"Poste {n}", login=f"essai-poste-{n}") for n in range(_AT_ONCE)]

    def make(number: int) -> CreatedKey:
        creator = KeyCreator(bench.signed_in, bench.creations, bench.main_thread, Progress())
        return creator.create(drafts[number])

    def read(_: int) -> int:
        return sum(1 for _ in range(_READINGS) if bench.signed_in.client().me().id)

    with ThreadPoolExecutor(2 * _AT_ONCE) as pool:
        made: list[Future[CreatedKey]] = [pool.submit(make, number) for number in range(_AT_ONCE)]
        readings = [pool.submit(read, number) for number in range(_AT_ONCE)]
        everybody: list[Future[Any]] = [*made, *readings]
        # Without the main thread's help none of them could end.
        bench.qtbot.waitUntil(lambda: all(one.done() for one in everybody), timeout=_PATIENCE_MS)
    kept = [auth_config_snapshots.take(one.result().authcfg).entries["username"] for one in made]
    assert kept == [draft.login for draft in drafts]
    assert [one.result() for one in readings] == [_READINGS] * _AT_ONCE
    assert len({one.result().authcfg for one in made} & set(auth_configs.ids())) == _AT_ONCE
