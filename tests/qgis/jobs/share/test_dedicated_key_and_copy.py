"""A key of its own and a copy with its hash: both or nothing, and the project that is open stays as it is."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from qgis.core import QgsProject

from gpkeys_plugin.entrepot.models import KeyDetails, KeyType
from gpkeys_plugin.jobs.share import hashes_in_clear
from gpkeys_plugin.jobs.share.share_values import CopyRequest
from gpkeys_plugin.jobs.values import Failed
from gpkeys_plugin.keys.problem import Field
from tests.qgis.jobs.repair.dark_project import LAYERS
from tests.qgis.presets import lay_down

from .conftest import ShareBench
from .test_hashes_in_clear import project_sources

_ADDRESSES = ("192.0.2.17", "2001:db8::/32")


def details(share: ShareBench, key_id: str) -> KeyDetails:
    """Return a key as the platform has it."""
    found: KeyDetails = share.bench.run(lambda _: share.bench.signed_in.client().key(key_id))
    return found


def text_of(file: Path) -> str:
    """Return the XML of a project."""
    if file.suffix == ".qgs":
        return file.read_text(encoding="utf-8")
    with zipfile.ZipFile(file) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".qgs"))
        return archive.read(name).decode()


def names(folder: Path) -> set[str]:
    """Return what lies in the folder of the project."""
    return {entry.name for entry in folder.iterdir() if entry.name.startswith((".", "Plan", "serveur"))}


@pytest.mark.parametrize("suffix", [".qgs", ".qgz"])
@pytest.mark.parametrize("type_", [KeyType.HASH, KeyType.BASIC])
def test_the_copy_draws_with_a_key_of_its_own_that_only_the_server_may_use(
    share_of: Callable[..., ShareBench], suffix: str, type_: KeyType
) -> None:
    share = share_of(type_)
    project = share.fill_project(suffix)
    bytes_before, sources_before, lying = project.read_bytes(), project_sources(), names(share.folder)
    copy = share.folder / f"serveur{suffix}"
    made = share.copy(CopyRequest("Serveur de carte", _ADDRESSES, project, copy))
    new = details(share, made.key.id)
    assert new.key.type is KeyType.HASH
    assert set(new.filters.whitelist) == {"192.0.2.17/32", "2001:db8::/32"}
    opened = {access.offering.layer_name for access in share.bench.accesses(made.key.id)}
    assert opened == {access.offering.layer_name for access in share.page().accesses}
    text, old = text_of(copy), share.created.hash or share.created.authcfg
    assert text.count(str(new.hash)) >= len(LAYERS)
    assert old not in text
    assert (made.warnings, made.left_out, made.changed >= len(LAYERS)) == ((), (), True)
    assert (project.read_bytes(), project_sources()) == (bytes_before, sources_before)
    assert names(share.folder) == lying | {copy.name}
    assert not QgsProject.instance().isDirty()
    assert str(new.hash) not in repr(made)


def test_the_copy_opens_in_qgis_with_the_new_hash(share_of: Callable[..., ShareBench]) -> None:
    share = share_of()
    project = share.fill_project()
    copy = share.folder / "serveur.qgs"
    made = share.copy(CopyRequest("Terrain", (), project, copy))
    QgsProject.instance().clear()
    assert QgsProject.instance().read(str(copy))
    assert {layer.name(): layer.isValid() for layer in QgsProject.instance().mapLayers().values()} == dict.fromkeys(
        LAYERS, True
    )
    # It is known as ours, not taken for somebody else's.
    assert {layer.key.id for layer in share.jobs.layers_in_clear()} == {made.key.id}


def test_the_key_can_be_made_alone(share_of: Callable[..., ShareBench]) -> None:
    share = share_of()
    made = share.copy(CopyRequest("Terrain"))
    assert (made.copy, made.changed, details(share, made.key.id).key.name) == (None, 0, "Terrain")


@pytest.mark.parametrize("name", ["Plan d’été.qgs", "serveur.qgz", "nulle part/serveur.qgs"])
def test_a_copy_that_cannot_be_leaves_no_key(share_of: Callable[..., ShareBench], name: str) -> None:
    share = share_of()
    project = share.fill_project()
    before, keys = project.read_bytes(), share.bench.platform_keys()
    with pytest.raises(Failed) as caught:
        share.copy(CopyRequest("Serveur", _ADDRESSES, project, share.folder / name))
    assert caught.value.stayed == ()
    assert (share.bench.platform_keys(), project.read_bytes()) == (keys, before)


def test_an_administrator_may_switch_copies_off(
    share_of: Callable[..., ShareBench], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    share = share_of(KeyType.HASH)
    project = share.fill_project(".qgs")
    assert hashes_in_clear.share_outlook(share.page(), share.bench.signed_in).may_copy
    lay_down(tmp_path, monkeypatch, {"fixed": {"clear_copies": False}})
    assert not hashes_in_clear.share_outlook(share.page(), share.bench.signed_in).may_copy
    lying, keys = names(share.folder), share.bench.platform_keys()
    for request in (CopyRequest("Serveur"), CopyRequest("Serveur", (), project, share.folder / "serveur.qgs")):
        with pytest.raises(Failed) as caught:
            share.copy(request)
        assert "administrator" in str(caught.value.error.user)
    assert (names(share.folder), share.bench.platform_keys()) == (lying, keys)


def test_a_project_without_the_key_is_not_copied(share_of: Callable[..., ShareBench]) -> None:
    share = share_of()
    project, keys = share.save(), share.bench.platform_keys()
    with pytest.raises(Failed, match="nothing of the key"):
        share.copy(CopyRequest("Serveur", (), project, share.folder / "serveur.qgs"))
    assert share.bench.platform_keys() == keys


def test_a_key_that_cannot_be_deleted_again_is_said(share_of: Callable[..., ShareBench]) -> None:
    share = share_of()
    project = share.fill_project()
    share.bench.simulator.fail("DELETE", r"/users/me/keys/", "status", status=403, times=50)
    with pytest.raises(Failed) as caught:
        share.copy(CopyRequest("Serveur", (), project, share.folder / "nulle part" / "serveur.qgs"))
    share.bench.simulator.reset_faults()
    assert [text.source for text in caught.value.stayed] == ["The new key “{name}” may still be on the Géoplateforme."]


def test_what_is_typed_is_checked_before(share_of: Callable[..., ShareBench]) -> None:
    share = share_of()
    page, holdings = share.page(), share.holdings()
    fields = {
        problem.field
        for problem in share.jobs.copy_problems(page, holdings, CopyRequest(share.created.key.name, ("192.0.2.300",)))
    }
    assert fields == {Field.NAME, Field.WHITELIST}
    good = CopyRequest("Serveur", _ADDRESSES)
    assert share.jobs.copy_problems(page, holdings, good) == ()
    private = share.jobs.copy_problems(page, holdings, replace(good, addresses=("10.0.0.1",)))
    assert [(problem.field, problem.is_blocking) for problem in private] == [(Field.WHITELIST, False)]


@pytest.mark.skipif(os.name == "nt", reason="modes are of POSIX")
def test_a_server_can_read_the_copy(share_of: Callable[..., ShareBench]) -> None:
    share = share_of()
    project = share.fill_project()
    copy = share.folder / "serveur.qgs"
    share.copy(CopyRequest("Serveur", (), project, copy))
    assert copy.stat().st_mode & 0o777 == project.stat().st_mode & 0o777
