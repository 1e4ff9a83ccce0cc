"""What the services of a key tell of its layers: learnt when it is connected, and what stands in for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path
from threading import current_thread, main_thread
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from gpkeys_plugin.entrepot.models import KeyType, Permission
from gpkeys_plugin.jobs.create_key import KeyCreator
from gpkeys_plugin.jobs.values import CreatedKey
from gpkeys_plugin.keys.draft import Grant, KeyDraft
from gpkeys_plugin.keys.services.titles import ServiceTitle
from gpkeys_plugin.store import connections, settings
from gpkeys_plugin.store.records import known_layers, titles
from gpkeys_plugin.store.records.json_file import JsonFile
from tests.qgis.jobs.conftest import Bench, benches
from tests.simulator.memory import seeds
from tests.simulator.remote.steering import Simulator

_TITLES = {
    seeds.SCAN: "SCAN 25 touristique de Rochebrune",
    seeds.PLAN: "Plan vectoriel de Rochebrune",
    seeds.SHADING: "Estompage du SCAN 25 de Rochebrune",
    seeds.BOUNDARIES: "Limites communales",
    f"{seeds.PLU}:zonage": "Plan local d'urbanisme 2026 : zonage",
    f"{seeds.PLU}:prescription": "Plan local d'urbanisme 2026 : prescription",
}


@pytest.fixture
def whole_bench(
    simulator: Simulator, manager: Any, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Bench]:
    """Return a bench on the simulator with its OGC server."""
    yield from benches(simulator, qtbot, tmp_path, monkeypatch)


def make_key(bench: Bench) -> CreatedKey:
    """Make a HASH key that opens a service of each kind."""
    permissions: tuple[Permission, ...] = bench.run(lambda _: bench.signed_in.client().permissions())
    names = {name.partition(":")[0] for name in _TITLES}
    grants = {
        offering.id: Grant(offering.id, permission.id)
        for permission in permissions
        for offering in permission.offerings
        if offering.layer_name in names and not permission.only_oauth
    }
    draft = KeyDraft(name="Titres", grants=tuple(grants.values()), type=KeyType.HASH)
    created: CreatedKey = bench.run(
        lambda progress: KeyCreator(bench.signed_in, bench.creations, bench.main_thread, progress).create(draft)
    )
    return created


def test_each_kind_of_service_tells_its_titles(whole_bench: Bench) -> None:
    created = make_key(whole_bench)
    assert {recipe.name for recipe in created.layers} == set(_TITLES)
    for recipe in created.layers:
        assert recipe.title.startswith(_TITLES[recipe.name])
    noted = [recipe for recipes in known_layers.all_known().values() for recipe in recipes]
    assert sorted(noted, key=str) == sorted(created.layers, key=str)
    book = titles.book(whole_bench.signed_in.api_url, with_catalogue=False)
    assert {name: book.title(name) for name in _TITLES} == _TITLES
    assert book.title(seeds.PLU) == "Plan local d'urbanisme 2026"
    assert whole_bench.simulator.requests(service="search") == []


@pytest.mark.parametrize("is_wanted", [True, False])
def test_the_catalogue_stands_in_for_a_service_that_tells_nothing(bench: Bench, is_wanted: bool) -> None:
    settings.LOOK_UP_TITLES.set(is_wanted)
    found = {name: ServiceTitle(title) for name, title in _TITLES.items()}
    titles.learn_from_catalogue(bench.signed_in.api_url, found, found, datetime.now(timezone.utc))
    bench.simulator.fail("GET", "/private/wms-r", status=503, times=9)
    created = make_key(bench)
    shading = next(recipe for recipe in created.layers if recipe.name == seeds.SHADING)
    assert shading.title == (_TITLES[seeds.SHADING] if is_wanted else seeds.SHADING)
    assert titles.book(bench.signed_in.api_url, with_catalogue=False).title(seeds.SHADING) == ""


def test_titles_that_cannot_be_kept_do_not_hold_a_key_up(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "titles.json").mkdir()
    assert make_key(bench).key.name == "Titres"


def test_records_are_written_on_the_job_s_thread_before_the_connections(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    replace_file, write = JsonFile.replace, connections.write_all

    def replaced(file: JsonFile, content: dict[str, Any]) -> None:
        assert current_thread() is not main_thread()
        done.append(file.path.name)
        replace_file(file, content)

    def written(planned: list[Any], **credential: Any) -> None:
        done.extend(["connection"] * len(planned))
        write(planned, **credential)

    monkeypatch.setattr(JsonFile, "replace", replaced)
    monkeypatch.setattr(connections, "write_all", written)
    made = len(make_key(bench).connections)
    assert made > 1
    assert [name for name in done if name in ("origins.json", "connection")] == ["origins.json", *["connection"] * made]
    assert {"journal.json", "installed_keys.json"} <= set(done)
