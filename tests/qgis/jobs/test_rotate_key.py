"""Changing a key's secret: swapped everywhere under the same ids, or everything as it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from qgis.core import QgsProject, QgsRasterLayer

from gpkeys_plugin.entrepot.errors import ErrorCode
from gpkeys_plugin.entrepot.models import Key, KeyType
from gpkeys_plugin.entrepot.translatable_text import Text
from gpkeys_plugin.jobs.finish_rotation import finish_rotation, undo_rotation
from gpkeys_plugin.jobs.rotate_key import KeyRotator
from gpkeys_plugin.jobs.running.task import Progress
from gpkeys_plugin.jobs.values import Failed, KeyPage, Rotation, RotationRequest
from gpkeys_plugin.jobs.window.my_keys_jobs import MyKeysJobs
from gpkeys_plugin.jobs.window.new_key_jobs import QgisSide
from gpkeys_plugin.keys.draft import HashStorage
from gpkeys_plugin.network.http import user_agent
from gpkeys_plugin.store import connections, qgis_capabilities_cache
from gpkeys_plugin.store.configurations import auth_config_snapshots, auth_configs
from gpkeys_plugin.store.records import connection_origins, installed_keys
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.key_pages import cancelled, layer_names, page_of
from tests.qgis.jobs.test_create_key import create, draft_of, held

_NEW_LOGIN = "essai-urbanisme-2"
_NEW_PASSWORD = "Autre-mot-de-passe-27"  # pragma: allowlist secret - made up
_REQUESTS = range(1, 13)
_REQUEST = RotationRequest(_NEW_LOGIN, _NEW_PASSWORD)
_TILES = "type=xyz&url=http://127.0.0.1:1/{{z}}/{{x}}/{{y}}.png?apikey%3D{hash}&zmax=3&zmin=0"


@pytest.fixture(autouse=True)
def _project() -> Iterator[None]:
    QgsProject.instance().clear()
    yield
    QgsProject.instance().clear()


def rotate(bench: Bench, page: KeyPage) -> Rotation:
    """Rotate the key, as the window does."""
    rotation: Rotation = bench.run(
        lambda progress: KeyRotator(bench.signed_in, bench.rotations, bench.main_thread, progress).rotate(
            page, _REQUEST
        )
    )
    return rotation


def finish(bench: Bench, rotation_id: str) -> Key:
    """Finish a rotation, as the window does."""
    key: Key = bench.run(
        lambda progress: finish_rotation(rotation_id, bench.signed_in, bench.rotations, bench.main_thread, progress)
    )
    return key


def undo(bench: Bench, rotation_id: str) -> None:
    """Undo a rotation, as the window does."""
    bench.run(
        lambda progress: undo_rotation(rotation_id, bench.signed_in, bench.rotations, bench.main_thread, progress)
    )


def made(bench: Bench, type_: KeyType) -> KeyPage:
    """Return the page of a new key."""
    return page_of(bench, create(bench, draft_of(bench, type_)).key)


def add_layer(page: KeyPage) -> QgsRasterLayer:
    """Add a tile layer with the key's hash to the project."""
    layer = QgsRasterLayer(_TILES.format(hash=page.details.hash), "tuiles", "wms")
    layer.setOpacity(0.4)
    assert QgsProject.instance().addMapLayer(layer) is not None
    return layer


def state(bench: Bench, page: KeyPage) -> dict[str, Any]:
    """Return all that a rotation touches."""
    installed = installed_keys.installed()
    authcfg = page.held.authcfg
    return {
        **held(bench),
        "hashes": [stored.hash for made in page.held.connections if (stored := connections.read(made.kind, made.name))],
        "owners": {(key.key_id, key.key_name) for key in installed},
        "secret": dict(auth_config_snapshots.take(authcfg).entries) if authcfg else {},
        "layers": [layer.source() for layer in QgsProject.instance().mapLayers().values()],
    }


def test_a_hash_is_swapped_in_connections_and_layers(bench: Bench) -> None:
    page = made(bench, KeyType.HASH)
    layer = add_layer(page)
    kept = qgis_capabilities_cache.disk_folder() / "data8" / "0" / "rotated.d"
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(f"https://data.geopf.fr/private/wfs?apikey={page.details.hash}".encode())
    rotation = rotate(bench, page)
    assert not kept.exists()
    keys = bench.platform_keys()
    new = page_of(bench, next(key for key in keys if key.id == rotation.new_key.id))
    assert new.details.hash not in (None, page.details.hash)
    assert layer_names(new.accesses) == layer_names(page.accesses)
    for made_ in page.held.connections:
        stored = connections.read(made_.kind, made_.name)
        assert stored is not None
        assert stored.hash == new.details.hash
    assert str(new.details.hash) in layer.source()
    assert str(page.details.hash) not in layer.source()
    assert layer.opacity() == pytest.approx(0.4)
    assert rotation.layer_names == ("tuiles",)
    assert set(rotation.connections) == set(page.held.connections)
    assert str(new.details.hash) not in repr(rotation)
    assert new.held.is_connected


def test_a_password_is_swapped_under_the_same_id(bench: Bench) -> None:
    page = made(bench, KeyType.BASIC)
    rotation = rotate(bench, page)
    assert rotation.authcfg == page.held.authcfg
    assert auth_config_snapshots.take(page.held.authcfg).entries["username"] == _NEW_LOGIN
    finish(bench, rotation.id)
    assert {key.name for key in bench.platform_keys()} == {page.details.key.name}


@pytest.mark.parametrize("type_", [KeyType.BASIC, KeyType.HASH])
def test_finished_the_new_key_has_the_name_and_nothing_is_left(bench: Bench, type_: KeyType) -> None:
    page = made(bench, type_)
    configurations = held(bench)["configurations"]
    rotation = rotate(bench, page)
    key = finish(bench, rotation.id)
    assert (key.id, key.name) == (rotation.new_key.id, page.details.key.name)
    assert [left.id for left in bench.platform_keys()] == [key.id]
    assert held(bench)["configurations"] == configurations
    assert bench.rotations.entries() == ()
    assert page_of(bench, key).held.connections == page.held.connections


@pytest.mark.parametrize("type_", [KeyType.BASIC, KeyType.HASH])
def test_undone_everything_is_as_before(bench: Bench, type_: KeyType) -> None:
    page = made(bench, type_)
    if type_ is KeyType.HASH:
        add_layer(page)
    before = state(bench, page)
    undo(bench, rotate(bench, page).id)
    assert state(bench, page) == before
    assert bench.rotations.entries() == ()


@pytest.mark.parametrize("type_", [KeyType.BASIC, KeyType.HASH])
def test_a_rotation_asks_no_more_than_is_cut_off_below(bench: Bench, type_: KeyType) -> None:
    page = made(bench, type_)
    bench.simulator.clear_requests()
    rotate(bench, page)
    assert len(bench.simulator.requests(service="api")) <= max(_REQUESTS)


# A refusal is for good; an answer that is lost is looked up.
@pytest.mark.parametrize(("action", "times"), [("status", 200), ("applied-lost", 1), ("reset", 1)])
@pytest.mark.parametrize("type_", [KeyType.BASIC, KeyType.HASH])
@pytest.mark.parametrize("nth", _REQUESTS)
def test_a_rotation_cut_off_at_any_request_leaves_the_old_key_working(
    bench: Bench, nth: int, type_: KeyType, action: str, times: int
) -> None:
    page = made(bench, type_)
    if type_ is KeyType.HASH:
        add_layer(page)
    before = state(bench, page)
    more: dict[str, Any] = {"status": 403} if action == "status" else {}
    bench.simulator.fail(None, r"/users/me/", action, nth=nth, times=times, **more)
    rotation: Rotation | None = None
    with suppress(Failed):
        rotation = rotate(bench, page)
    bench.simulator.reset_faults()
    for entry in bench.rotations.entries():
        if rotation is None or entry.id != rotation.id:
            undo(bench, entry.id)
    if rotation is None:
        assert state(bench, page) == before
    else:
        assert page.details.key.id in {key.id for key in bench.platform_keys()}


@pytest.mark.parametrize("type_", [KeyType.BASIC, KeyType.HASH])
def test_a_new_key_that_cannot_be_deleted_again_is_said_and_can_be_undone(bench: Bench, type_: KeyType) -> None:
    page = made(bench, type_)
    before = state(bench, page)
    bench.simulator.fail("POST", r"/accesses$", "status", status=403, times=50)
    bench.simulator.fail("DELETE", r"/users/me/keys/", "status", status=401, times=50)
    with pytest.raises(Failed) as caught:
        rotate(bench, page)
    bench.simulator.reset_faults()
    (entry,) = bench.rotations.entries()
    kept = [f"The authentication configuration {entry.spare_authcfg} is still in QGIS."] if entry.spare_authcfg else []
    assert caught.value.error.code is ErrorCode.FORBIDDEN
    assert [str(text) for text in caught.value.stayed] == [
        f"The new key “{entry.new_key_name}” may still be on the Géoplateforme.",
        *kept,
    ]
    undo(bench, entry.id)
    assert state(bench, page) == before


@pytest.mark.parametrize("type_", [KeyType.BASIC, KeyType.HASH])
def test_a_secret_that_cannot_be_swapped_back_keeps_the_key_it_belongs_to(
    bench: Bench, type_: KeyType, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = made(bench, type_)
    before = state(bench, page)

    def refuse(*_: object) -> None:
        raise RuntimeError("the database is locked")

    with monkeypatch.context() as patched:
        patched.setattr("gpkeys_plugin.jobs.rotate_key.hand_over", refuse)
        patched.setattr(KeyRotator, "_swap_back", refuse)
        with pytest.raises(Failed) as caught:
            rotate(bench, page)
    assert "use the new key" in str(caught.value.stayed[0])
    assert "may still be on the Géoplateforme" in str(caught.value.stayed[1])
    assert len(bench.platform_keys()) == 2
    (entry,) = bench.rotations.entries()
    undo(bench, entry.id)
    assert state(bench, page) == before


@pytest.mark.parametrize("type_", [KeyType.BASIC, KeyType.HASH])
def test_what_was_handed_over_to_a_key_that_is_taken_back_is_the_old_one_s_again(
    bench: Bench, type_: KeyType, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = made(bench, type_)
    before = state(bench, page)
    change_owner, failures = connection_origins.change_owner, [OSError("disk full")]

    def fail_once(old_owner: str, new_owner: str) -> None:
        if failures:
            raise failures.pop()
        change_owner(old_owner, new_owner)

    monkeypatch.setattr(connection_origins, "change_owner", fail_once)
    with pytest.raises(Failed) as caught:
        rotate(bench, page)
    assert caught.value.stayed == ()
    assert state(bench, page) == before
    assert page_of(bench, page.details.key).held == page.held


@pytest.mark.parametrize("nth", range(1, 5))
def test_a_finish_cut_off_at_any_request_can_be_asked_for_again(bench: Bench, nth: int) -> None:
    page = made(bench, KeyType.HASH)
    rotation = rotate(bench, page)
    bench.simulator.fail(None, r"/users/me/", "status", status=403, nth=nth, times=200)
    try:
        finish(bench, rotation.id)
    except Failed:
        bench.simulator.reset_faults()
        finish(bench, rotation.id)
    bench.simulator.reset_faults()
    assert [key.name for key in bench.platform_keys()] == [page.details.key.name]


def test_a_finish_cancelled_while_the_old_key_goes_says_that_it_is_gone(bench: Bench) -> None:
    page = made(bench, KeyType.HASH)
    rotation = rotate(bench, page)
    (found,) = cancelled(
        bench,
        lambda progress: finish_rotation(rotation.id, bench.signed_in, bench.rotations, bench.main_thread, progress),
    )
    assert isinstance(found, Failed)
    assert found.error.code is ErrorCode.CANCELLED
    assert ["deleted already" in str(stayed) for stayed in found.stayed] == [True]
    assert [key.id for key in bench.platform_keys()] == [rotation.new_key.id]
    assert finish(bench, rotation.id).name == page.details.key.name


def test_a_rotation_under_way_is_not_offered_to_be_finished_or_undone(bench: Bench) -> None:
    page = made(bench, KeyType.HASH)
    side = QgisSide(user_agent.current, lambda: None, lambda _: None, lambda _: None)
    window = MyKeysJobs(lambda: bench.signed_in, bench.runner, bench.main_thread, bench.rotations, side)
    seen: list[tuple[int, int]] = []

    class Watched(Progress):
        """Looks each time a step begins."""

        def tell(self, percent: float, text: Text) -> None:
            """Look."""
            seen.append((len(bench.rotations.entries()), len(window.unfinished_rotations())))

    rotator = KeyRotator(bench.signed_in, bench.rotations, bench.main_thread, Watched())
    rotation = bench.run(lambda _: rotator.rotate(page, _REQUEST))
    assert [view.id for view in window.unfinished_rotations()] == [rotation.id]
    bench.run(lambda _: finish_rotation(rotation.id, bench.signed_in, bench.rotations, bench.main_thread, Watched()))
    assert set(seen) == {(0, 0), (1, 0)}


def test_a_finish_that_has_not_begun_leaves_nothing_to_say(bench: Bench) -> None:
    rotation = rotate(bench, made(bench, KeyType.HASH))
    bench.simulator.fail("DELETE", r"/users/me/keys/", "status", status=403, times=50)
    with pytest.raises(Failed) as caught:
        finish(bench, rotation.id)
    bench.simulator.reset_faults()
    assert (caught.value.stayed, "website" in str(caught.value.error.advice)) == ((), True)


@pytest.mark.parametrize("type_", [KeyType.BASIC, KeyType.HASH])
def test_once_the_old_secret_is_back_the_old_key_cannot_be_deleted_by_finishing(bench: Bench, type_: KeyType) -> None:
    page = made(bench, type_)
    before = state(bench, page)
    rotation = rotate(bench, page)
    bench.simulator.fail("DELETE", r"/users/me/keys/", "status", status=403, times=50)
    with pytest.raises(Failed) as caught:
        undo(bench, rotation.id)
    bench.simulator.reset_faults()
    assert ["the new one is not deleted yet" in str(stayed) for stayed in caught.value.stayed] == [True]
    with pytest.raises(Failed):
        finish(bench, rotation.id)
    undo(bench, rotation.id)
    assert state(bench, page) == before


def test_a_hash_in_a_header_is_swapped_under_the_same_id(bench: Bench) -> None:
    if not auth_configs.has_header_method():
        pytest.skip("this QGIS cannot send a hash as a header")
    draft = replace(draft_of(bench, KeyType.HASH), hash_storage=HashStorage.HEADER)
    page = page_of(bench, create(bench, draft).key)
    before = state(bench, page)
    rotation = rotate(bench, page)
    new = page_of(bench, next(key for key in bench.platform_keys() if key.id == rotation.new_key.id))
    assert rotation.authcfg == page.held.authcfg
    assert auth_config_snapshots.take(page.held.authcfg).entries["apikey"] == new.details.hash
    undo(bench, rotation.id)
    assert state(bench, page) == before


def test_a_header_configuration_of_somebody_else_follows(bench: Bench) -> None:
    if not auth_configs.has_header_method():
        pytest.skip("this QGIS cannot send a hash as a header")
    page = made(bench, KeyType.HASH)
    other = auth_configs.store("à moi", auth_configs.API_HEADER, {"ApiKey": page.details.hash or ""})
    rotation = rotate(bench, page)
    new = page_of(bench, next(key for key in bench.platform_keys() if key.id == rotation.new_key.id))
    assert dict(auth_config_snapshots.take(other).entries) == {"ApiKey": new.details.hash}
    undo(bench, rotation.id)
    assert dict(auth_config_snapshots.take(other).entries) == {"ApiKey": page.details.hash}


@pytest.mark.parametrize("which", ["old", "new", "both"])
def test_keys_deleted_elsewhere_leave_no_rotation_for_ever(bench: Bench, which: str) -> None:
    page = made(bench, KeyType.HASH)
    rotation = rotate(bench, page)
    gone = {"old": [rotation.old_key_id], "new": [rotation.new_key.id]}.get(
        which, [rotation.old_key_id, rotation.new_key.id]
    )
    for key_id in gone:
        bench.run(lambda _: bench.signed_in.client().delete_key(key_id))  # noqa: B023 - run at once
    with suppress(Failed):
        undo(bench, rotation.id)
    with suppress(Failed):
        finish(bench, rotation.id)
    assert bench.rotations.entries() == ()


def test_a_new_key_that_the_services_refuse_is_taken_back(bench: Bench) -> None:
    page = made(bench, KeyType.BASIC)
    before = state(bench, page)
    # What the old key is asked with afterwards is answered again.
    bench.simulator.fail("GET", r"/private/", "status", status=401, times=12)
    with pytest.raises(Failed):
        rotate(bench, page)
    bench.simulator.reset_faults()
    assert state(bench, page) == before


def nowhere_held(bench: Bench) -> KeyPage:
    """Return the page of a key of whose secret nothing is held: there is none to compare the new one with."""
    page = made(bench, KeyType.BASIC)
    auth_configs.remove(page.held.authcfg)
    installed_keys.forget(bench.signed_in.api_url, page.details.key.id)
    return page_of(bench, page.details.key)


@pytest.mark.parametrize("fault", [{"action": "reset"}, {"action": "status", "status": 503}])
def test_services_that_do_not_answer_do_not_refuse_the_new_key(bench: Bench, fault: dict[str, Any]) -> None:
    page = nowhere_held(bench)
    bench.simulator.fail("GET", r"/private/", times=500, **fault)
    rotation = rotate(bench, page)
    bench.simulator.reset_faults()
    assert auth_config_snapshots.take(rotation.authcfg).entries["username"] == _NEW_LOGIN


def test_a_new_key_with_none_to_compare_it_with_must_not_be_refused(bench: Bench) -> None:
    page = nowhere_held(bench)
    bench.simulator.fail("GET", r"/private/", "status", status=401, times=500)
    with pytest.raises(Failed, match="refused"):
        rotate(bench, page)
    bench.simulator.reset_faults()
