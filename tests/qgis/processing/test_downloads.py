"""Downloads by script: listed, fetched, kept up to date, and what is said where that cannot be."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from osgeo import gdal
from pytestqt.qtbot import QtBot
from qgis.core import QgsProcessingException

from gpkeys_plugin.store.configurations import auth_configs
from tests.qgis.jobs.conftest import benches
from tests.qgis.processing.algorithm_calls import read
from tests.qgis.processing.conftest import Heard, Toolbox, toolboxes
from tests.simulator.downloads.product import SCAN_FILES, editions
from tests.simulator.memory.seeds import ARCHIVE, example_hash, initial_password
from tests.simulator.remote.steering import Simulator

# The service takes ten requests a second, and is not asked more often.
pytestmark = pytest.mark.real_pauses

_KEY = "Téléchargements"
_OLD, _CANTAL, _NEW = editions(SCAN_FILES)


@pytest.fixture
def denise(
    light_simulator: Simulator,
    manager: Any,
    qtbot: QtBot,
    qgis_processing: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Toolbox]:
    """Return the toolbox of somebody whose keys open files."""
    for one in benches(light_simulator, qtbot, tmp_path, monkeypatch, "denise"):
        yield from toolboxes(one, tmp_path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "scan25"
    found.mkdir()
    return found


def _listed(toolbox: Toolbox, **values: Any) -> list[dict[str, Any]]:
    results = toolbox.run("listdownloads", KEY=_KEY, OUTPUT=toolbox.file("files.json"), **values)
    rows: list[dict[str, Any]] = read(results["OUTPUT"])
    assert results["COUNT"] == len(rows)
    return rows


def test_all_that_the_key_opens_is_listed(denise: Toolbox) -> None:
    rows = _listed(denise)
    assert {row["resource"] for row in rows} == {SCAN_FILES, ARCHIVE}
    assert {row["edition"] for row in rows if row["resource"] == SCAN_FILES} == {_NEW.name, _CANTAL.name}
    first = next(row for row in rows if row["edition"] == _NEW.name)
    file = _NEW.files[0]
    assert (first["file"], first["bytes"], first["md5"]) == (file.name, file.length, file.md5)
    assert (first["zone"], first["format"], first["date"], first["crs"]) == ("D063", "TIFF", "2026-01-01", "EPSG:2154")
    assert first["west"] < first["east"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"EDITION": "*"}, {_OLD.name, _CANTAL.name, _NEW.name}),
        ({"EDITION": "2024"}, {_OLD.name}),
        ({"ZONE": "15"}, {_CANTAL.name}),
        ({"ZONE": "Cantal", "FORMAT": "tiff"}, {_CANTAL.name}),
        ({"EXTENT": "2.96,3.02,45.470,45.475 [EPSG:4326]"}, {_CANTAL.name}),
        ({"EXTENT": "690100,690200,6496000,6496900 [EPSG:2154]"}, {_NEW.name}),
    ],
)
def test_what_is_asked_for_is_listed(denise: Toolbox, asked: dict[str, str], found: set[str]) -> None:
    assert {row["edition"] for row in _listed(denise, RESOURCE=SCAN_FILES, **asked)} == found


def test_the_list_is_a_table_too(denise: Toolbox) -> None:
    denise.run("listdownloads", KEY=_KEY, RESOURCE=ARCHIVE, OUTPUT=denise.file("files.csv"))
    with Path(denise.file("files.csv")).open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["file"].endswith(".zip")


def test_a_department_is_fetched_and_ready_for_use(denise: Toolbox, folder: Path) -> None:
    report = denise.file("report.json")
    asked: dict[str, Any] = {"KEY": _KEY, "RESOURCE": SCAN_FILES, "ZONE": "63", "FOLDER": str(folder), "OUTPUT": report}
    results = denise.run("download", **asked)
    assert results["COUNT"] == len(_NEW.files)
    (edition,) = read(report)
    assert {file["state"] for file in edition["files"]} == {"fetched"}
    assert results["BYTES"] == sum(file["bytes"] for file in edition["files"])
    assert edition["folder"] == str(folder / _NEW.name)
    assert gdal.Open(edition["mosaics"][0]).RasterXSize == 600
    assert len(edition["unpacked"]) == 4
    assert (folder / _NEW.name / "SOURCE.txt").is_file()
    assert any(line.startswith("Ready in") for line in denise.heard)
    again = denise.run("download", **asked)
    assert (again["COUNT"], again["BYTES"]) == (0, 0)
    assert {file["state"] for file in read(report)[0]["files"]} == {"kept"}
    assert denise.run("download", **{**asked, "OVERWRITE": True})["COUNT"] == len(_NEW.files)


def test_what_was_cancelled_is_gone_on_with_the_next_time(denise: Toolbox, folder: Path) -> None:
    # Large enough not to be there before it is first told how far it is.
    denise.bench.simulator.switch(download_large_bytes=400_000_000)
    asked: dict[str, Any] = {"KEY": _KEY, "RESOURCE": SCAN_FILES, "ZONE": "FXX", "FOLDER": str(folder)}

    def cancel(text: str) -> None:
        if text.startswith("Downloading: ") and not text.startswith("Downloading: 0 B"):
            feedback.cancel()

    feedback = Heard(cancel)
    with pytest.raises(QgsProcessingException, match="Cancelled"):
        denise.run("download", feedback, **asked)
    denise.bench.simulator.clear_requests()
    assert denise.run("download", **asked)["COUNT"] == 1
    assert [entry.status for entry in denise.bench.simulator.requests(path="/download/")] == [206]


def test_a_file_that_cannot_be_had_fails_it_after_the_others(denise: Toolbox, folder: Path) -> None:
    report = denise.file("report.json")
    said = denise.failure("download", KEY=_KEY, RESOURCE=SCAN_FILES, ZONE="15", FOLDER=str(folder), OUTPUT=report)
    assert said.startswith("Files that could not be fetched: 1 of 4. The first: ")
    assert "another checksum" in said
    assert [file["state"] for file in read(report)[0]["files"]] == ["fetched"] * 3 + ["failed"]
    assert read(report)[0]["mosaics"]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"KEY": "Inconnue"}, "no key of the id or name"),
        ({"RESOURCE": "SCAN1000"}, "opens no download “SCAN1000”"),
        ({"ZONE": "75"}, "lists nothing for"),
        ({"FOLDER": "/nowhere/at/all"}, "is not there"),
    ],
)
def test_what_cannot_be_done_is_said(denise: Toolbox, folder: Path, asked: dict[str, str], words: str) -> None:
    values = {"KEY": _KEY, "RESOURCE": SCAN_FILES, "FOLDER": str(folder), **asked}
    assert words in denise.failure("download", **values)
    assert list(folder.iterdir()) == []


def test_a_key_that_opens_no_files_is_said(toolbox: Toolbox) -> None:
    toolbox.run("createkey", NAME="Cartes", TYPE="HASH", OFFERINGS="rochebrune.scan25.estompage")
    assert "opens nothing that can be downloaded" in toolbox.failure("listdownloads", KEY="Cartes")


def test_a_secret_that_is_not_here_is_said(denise: Toolbox) -> None:
    said = denise.failure("listdownloads", KEY="Téléchargements du bureau")
    assert "does not hold the secret" in said


def test_a_basic_key_fetches_with_what_this_qgis_holds_of_it(denise: Toolbox, folder: Path) -> None:
    given = auth_configs.store_basic("bureau", "fichiers-rochebrune", initial_password("fichiers"))
    name = "Téléchargements du bureau"
    denise.run("connectkey", KEY=name, CREDENTIALS=given)
    denise.bench.simulator.clear_requests()
    assert denise.run("download", KEY=name, RESOURCE=ARCHIVE, FOLDER=str(folder))["COUNT"] == 1
    assert {entry.authentication for entry in denise.bench.simulator.requests(service="gateway")} == {"basic"}


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({"status": 401, "times": 9}, "does not accept this key"),
        ({"status": 403, "times": 9}, "does not open"),
        ({"action": "html", "status": 200, "times": 9}, "does not come from the Géoplateforme"),
        ({"action": "empty", "times": 9}, "does not come from the Géoplateforme"),
        ({"status": 500, "times": 9}, "having a problem"),
    ],
)
def test_a_service_that_does_not_list_is_said(denise: Toolbox, fault: dict[str, Any], words: str) -> None:
    denise.bench.simulator.fail("GET", r"/telechargement/", **fault)
    assert words in denise.failure("listdownloads", KEY=_KEY)


def test_the_secret_is_in_nothing_that_is_written_or_said(denise: Toolbox, folder: Path) -> None:
    report = denise.file("report.json")
    denise.run("download", KEY=_KEY, RESOURCE=ARCHIVE, FOLDER=str(folder), OUTPUT=report)
    secret = example_hash("fichiers").encode()
    written = [path for path in folder.parent.rglob("*") if path.is_file() and path.suffix in (".json", ".txt", ".vrt")]
    assert report in map(str, written)
    assert [path for path in written if secret in path.read_bytes()] == []
    assert secret.decode() not in "\n".join(denise.heard)
