"""Configurations that a project names and this profile lacks: made here, and the project stays as it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from qgis.core import QgsProject, QgsVectorLayer

from gpkeys_plugin.entrepot.models import KeyType
from gpkeys_plugin.jobs.repair.repair_values import WhereKept
from gpkeys_plugin.jobs.running.translate import show
from gpkeys_plugin.keys.layer_needs.needs import Cause
from gpkeys_plugin.store.configurations import auth_configs
from gpkeys_plugin.store.records import installed_keys
from tests.qgis.jobs.computers import forget_answers
from tests.qgis.jobs.repair.conftest import RepairBench
from tests.qgis.jobs.repair.dark_project import (
    LAYERS,
    make_key,
    open_without_configuration,
    sources,
    write_with_configuration,
)

_UNKNOWN = "abc1234"
# QGIS keeps the tokens of an id, and the simulator of each test forgets them.
_ONCE_MORE = "abc1235"
_BY_CONFIGURATION = [KeyType.BASIC, KeyType.OAUTH2]


def unknown(atelier: RepairBench, folder: Path, type_: KeyType, authcfg: str = _UNKNOWN) -> Path:
    """Write a project whose layers name a configuration that this profile lacks, and open it."""
    created = make_key(atelier.bench, type_)
    file = write_with_configuration(created, folder, authcfg, atelier.bench.signed_in.api_url)
    open_without_configuration(file)
    return file


@pytest.mark.parametrize("type_", _BY_CONFIGURATION)
def test_the_configuration_is_made_under_its_id_and_the_project_stays(
    atelier: RepairBench, tmp_path: Path, type_: KeyType
) -> None:
    file = unknown(atelier, tmp_path, type_)
    before = file.read_bytes()
    layers = [layer for layer in QgsProject.instance().mapLayers().values() if layer.name() in LAYERS]
    kept = {layer.id(): layer.source() for layer in layers}
    assert {found.need.cause for found in atelier.jobs.look().layers} == {Cause.UNKNOWN_CONFIGURATION}
    repaired = atelier.repair()
    assert (repaired.left, repaired.configurations) == ((), (_UNKNOWN,))
    assert all(layer.isValid() for layer in layers)
    assert {layer.id(): layer.source() for layer in layers} == kept
    assert not QgsProject.instance().isDirty()
    assert file.read_bytes() == before
    assert atelier.jobs.look().to_mend == ()


@pytest.mark.parametrize("type_", _BY_CONFIGURATION)
def test_undone_the_configuration_is_gone_and_the_key_is_as_it_was(
    atelier: RepairBench, tmp_path: Path, type_: KeyType
) -> None:
    unknown(atelier, tmp_path, type_, _ONCE_MORE)
    configurations, installed = set(auth_configs.ids()), installed_keys.installed()
    atelier.repair()
    assert atelier.jobs.can_undo() == len(LAYERS)
    undone = atelier.undo()
    assert (len(undone.layers), undone.left) == (len(LAYERS), ())
    assert (set(auth_configs.ids()), installed_keys.installed()) == (configurations, installed)
    assert {found.need.cause for found in atelier.jobs.look().layers} == {Cause.UNKNOWN_CONFIGURATION}
    assert atelier.jobs.can_undo() == 0


def test_a_hash_goes_into_the_urls_where_qgis_has_no_headers_and_into_the_configuration_elsewhere(
    atelier: RepairBench, tmp_path: Path
) -> None:
    unknown(atelier, tmp_path, KeyType.HASH)
    repaired = atelier.repair()
    assert repaired.left == ()
    assert repaired.configurations == ((_UNKNOWN,) if auth_configs.has_header_method() else ())
    assert QgsProject.instance().isDirty() is not auth_configs.has_header_method()


def test_where_the_hash_is_wanted_in_the_urls_no_configuration_is_made(atelier: RepairBench, tmp_path: Path) -> None:
    unknown(atelier, tmp_path, KeyType.HASH)
    before = set(auth_configs.ids())
    repaired = atelier.repair(atelier.plans(), WhereKept.IN_URL)
    assert (repaired.left, repaired.configurations) == ((), ())
    assert set(auth_configs.ids()) == before
    assert all("apikey" in found.source for found in atelier.jobs.look().layers)
    undone = atelier.undo()
    assert (len(undone.layers), undone.left) == (len(LAYERS), ())
    assert {found.need.cause for found in atelier.jobs.look().layers} == {Cause.UNKNOWN_CONFIGURATION}


def test_an_id_that_would_send_the_key_elsewhere_is_not_made(atelier: RepairBench, tmp_path: Path) -> None:
    unknown(atelier, tmp_path, KeyType.BASIC)
    stranger = "url='http://127.0.0.1:9/wfs' typename='a' authcfg='" + _UNKNOWN + "'"
    assert QgsProject.instance().addMapLayer(QgsVectorLayer(stranger, "ailleurs", "WFS")) is not None
    repaired = atelier.repair()
    assert (repaired.left, repaired.configurations) == ((), ())
    assert not auth_configs.exists(_UNKNOWN)
    assert not any(_UNKNOWN in found.source for found in atelier.jobs.look().layers)


def test_a_key_whose_password_is_not_here_is_to_be_connected_first(atelier: RepairBench, tmp_path: Path) -> None:
    unknown(atelier, tmp_path, KeyType.BASIC)
    held = installed_keys.installed()[0]
    auth_configs.remove(held.authcfg)
    installed_keys.forget(held.api_url, held.key_id)
    plans = atelier.plans()
    assert {(plan.needs_password, plan.can_be_mended) for plan in plans} == {(True, False)}
    repaired = atelier.repair(plans)
    assert repaired.mended == ()
    assert {show(why) for _name, why in repaired.left} == {
        f"QGIS does not know the password of “{held.key_name}”: connect the key first"
    }


def test_a_key_whose_secret_is_here_comes_before_one_that_opens_as_much(atelier: RepairBench, tmp_path: Path) -> None:
    unknown(atelier, tmp_path, KeyType.BASIC)
    held = installed_keys.installed()[0]
    auth_configs.remove(held.authcfg)
    installed_keys.forget(held.api_url, held.key_id)
    other = make_key(atelier.bench, KeyType.HASH, name="Sans mot de passe")
    assert {plan.key for plan in atelier.plans()} == {other.key}


def test_a_layer_that_is_only_dark_is_read_anew(atelier: RepairBench, tmp_path: Path) -> None:
    created = make_key(atelier.bench)
    made = sources(created)
    project, dark = QgsProject.instance(), made["WMS"]
    good = dark.source()
    atelier.bench.simulator.fail(None, "/private/wms-r", "status", status=503, times=20)
    forget_answers()
    dark.setDataSource(good, "WMS", "wms", False)
    assert project.addMapLayer(dark) is not None
    project.setDirty(False)
    assert not dark.isValid()
    atelier.bench.simulator.reset_faults()
    account = atelier.account()
    findings = atelier.jobs.look(*account)
    assert (findings.to_mend, [found.name for found in findings.dark]) == ((), ["WMS"])
    repaired = atelier.repair()
    assert (repaired.mended, repaired.left) == ((dark.id(),), ())
    assert (dark.isValid(), dark.source(), project.isDirty()) == (True, good, False)
    assert atelier.jobs.can_undo() == 0
