"""Marked secrets go through every algorithm, done or failed; history, models, projects and reports are searched."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    Qgis,
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProject,
)
from qgis.gui import QgsGui

from gpkeys_plugin.entrepot.models import KeyType
from gpkeys_plugin.store import layers as store_layers
from tests.qgis.jobs.computers import forget_answers
from tests.qgis.jobs.dark_files import created_key
from tests.qgis.leaks.eavesdropper import Eavesdropper
from tests.qgis.leaks.searched_places import KEEPS_HEADERS, SETTINGS, files_with, processes_with
from tests.qgis.leaks.secret_search import found
from tests.qgis.leaks.test_jobs import FAULTS, lasting_secrets, secrets_of_keys
from tests.qgis.processing.conftest import Toolbox
from tests.simulator.memory import seeds

_HISTORY_IN_REGISTRY_SINCE = 32400
_SERVICES = f"{seeds.SHADING}, {seeds.PLU}, {seeds.ARCHIVE}"


def runs(folder: Path) -> list[tuple[str, dict[str, Any]]]:
    """Return every algorithm with its values, in an order in which each has something to do."""
    own = [("createkey", {"NAME": name, "TYPE": type_, "OFFERINGS": _SERVICES}) for name, type_ in _KEYS.items()]
    of_keys = [
        (algorithm, {"KEY": name, **more})
        for name in _KEYS
        for algorithm, more in (
            ("updatekey", {"USER_AGENT": "QGIS", "OUTPUT": str(folder / f"{name}-update.json")}),
            ("connectkey", {}),
            ("testkey", {"OUTPUT": str(folder / f"{name}-test.json")}),
            ("rotatekey", {"OUTPUT": str(folder / f"{name}-rotation.json")}),
            ("keystats", {"OUTPUT": str(folder / f"{name}-stats.csv")}),
        )
    ]
    listings = [(name, {"OUTPUT": str(folder / f"{name}.json")}) for name in ("listpermissions", "listkeys")]
    project = str(folder / _MENDED)
    projects = [(name, {"INPUT": project, "OUTPUT": f"{folder}/{name}.json"}) for name in _PROJECTS]
    fetched = {"KEY": "Poste", "EDITION": "*", "FOLDER": str(folder)}
    downloads = [
        ("listdownloads", {"KEY": "Poste", "OUTPUT": str(folder / "listdownloads.csv")}),
        ("download", {**fetched, "OUTPUT": str(folder / "download.json")}),
    ]
    return [*own, *of_keys, *listings, *projects, *downloads, *(("deletekey", {"KEY": name}) for name in _KEYS)]


_KEYS = {"Poste": "HASH", "Bureau": "BASIC"}
_MENDED = "projet.qgs"
_PROJECTS = ("scanproject", "repairproject")


def test_no_algorithm_tells(toolbox: Toolbox, heard: Eavesdropper, tmp_path: Path) -> None:
    secrets = lasting_secrets_after_a_request(toolbox)
    (tmp_path / _MENDED).write_text(_dark_project(toolbox), encoding="utf-8")
    asked = runs(tmp_path)
    assert {name for name, _ in asked} == _all_algorithms()
    for name, values in asked:
        for action, status in FAULTS:
            toolbox.bench.simulator.fail(None, r"/users/me/", action, status=status, nth=2, times=3)
            _run(toolbox, heard, name, values)
            toolbox.bench.simulator.reset_faults()
        _run(toolbox, heard, name, values)
        secrets |= secrets_of_keys(toolbox.bench)
    write_model(asked, toolbox)
    secrets |= lasting_secrets(toolbox.bench)
    assert toolbox.bench.platform_keys() == ()
    assert [secret[:3] for secret in found(secrets, heard.all())] == []
    assert [secret[:3] for secret in found(secrets, "\n".join(toolbox.heard).encode())] == []
    # Mended with a key whose hash is kept in URLs, as the user chose.
    assert set(files_with(secrets, tmp_path)) == {_MENDED}
    assert processes_with(secrets) == {}
    # That these places are searched at all: what is no secret is found in them.
    assert {"essai.model3", "Poste-test.json", *history_files()} <= set(files_with({"Poste"}, tmp_path))


def lasting_secrets_after_a_request(toolbox: Toolbox) -> set[str]:
    """Sign in with a first request; return what signs in."""
    toolbox.run("listkeys")
    return lasting_secrets(toolbox.bench)


def _all_algorithms() -> set[str]:
    provider = QgsApplication.processingRegistry().providerById("gpkeys")
    return {found.name() for found in provider.algorithms()}


def _run(toolbox: Toolbox, heard: Eavesdropper, name: str, values: dict[str, Any]) -> None:
    remember(name, {"AUTHCFG": toolbox.bench.signed_in.authcfg, **values})
    try:
        heard.look_at_values(json.dumps(toolbox.run(name, **values)))
    except QgsProcessingException as error:
        heard.hear_failure(error)
    heard.look_at_values()


def remember(name: str, values: dict[str, Any]) -> None:
    """Write a run into Processing's history, as its dialog does."""
    algorithm, context = QgsApplication.processingRegistry().algorithmById(f"gpkeys:{name}"), QgsProcessingContext()
    command = algorithm.asPythonCommand(values, context)
    if Qgis.QGIS_VERSION_INT < _HISTORY_IN_REGISTRY_SINCE:
        from processing.core.ProcessingLog import ProcessingLog

        ProcessingLog.addToLog(command)
        return
    entry = {"python_command": command, "algorithm_id": algorithm.id(), "parameters": values}
    QgsGui.historyProviderRegistry().addEntry("processing", entry)


def history_files() -> set[str]:
    """Return the file of Processing's history."""
    return {"processing.log"} if Qgis.QGIS_VERSION_INT < _HISTORY_IN_REGISTRY_SINCE else {"user-history.db"}


def write_model(asked: list[tuple[str, dict[str, Any]]], toolbox: Toolbox) -> None:
    """Write a model of all the runs into the profile."""
    model = QgsProcessingModelAlgorithm("essai", "essais")
    for number, (name, values) in enumerate(asked):
        child = QgsProcessingModelChildAlgorithm(f"gpkeys:{name}")
        child.setChildId(str(number))
        for parameter, value in {"AUTHCFG": toolbox.bench.signed_in.authcfg, **values}.items():
            child.addParameterSources(parameter, [QgsProcessingModelChildParameterSource.fromStaticValue(value)])
        model.addChildAlgorithm(child)
    folder = Path(QgsApplication.qgisSettingsDirPath()) / "processing" / "models"
    folder.mkdir(parents=True, exist_ok=True)
    assert model.toFile(str(folder / "essai.model3"))


def _dark_project(toolbox: Toolbox) -> str:
    source = f"url={toolbox.bench.simulator.gateway_url}/wms-r?apikey%3Dign_scan_ws&amp;layers={seeds.SHADING}"
    return f"<qgis><projectlayers><maplayer><datasource>{source}</datasource></maplayer></projectlayers></qgis>"


# Projects


@pytest.mark.parametrize("type_", [KeyType.BASIC, KeyType.HASH])
def test_only_a_hash_in_the_urls_is_in_saved_projects_and_gone_from_the_cache_with_the_key(
    served_toolbox: Toolbox, type_: KeyType, tmp_path: Path
) -> None:
    bench = served_toolbox.bench
    created = created_key(bench, type_, "Poste")
    secrets = secrets_of_keys(bench) | lasting_secrets(bench)
    forget_answers()
    saved = {save(tmp_path, created.layers) for save in _SAVES}
    belongs = {SETTINGS, *saved} if type_ is KeyType.HASH else set()
    held = set(files_with(secrets, tmp_path))
    cached = {name for name in held - belongs if name.endswith(".d")}
    assert held - cached == belongs
    assert bool(cached) == (type_ is KeyType.HASH or KEEPS_HEADERS)
    served_toolbox.run("deletekey", KEY="Poste")
    assert set(files_with(secrets, tmp_path)) == (saved if type_ is KeyType.HASH else set())


def _save_as(name: str) -> Callable[[Path, Any], str]:
    def save(folder: Path, recipes: Any) -> str:
        project = QgsProject.instance()
        project.clear()
        for recipe in recipes:
            assert project.addMapLayer(store_layers.make_layer(recipe))
        assert project.write(name.format(folder=folder))
        project.clear()
        return Path(name.partition("?")[0]).name

    return save


_SAVES = (_save_as("{folder}/a.qgs"), _save_as("{folder}/b.qgz"))
