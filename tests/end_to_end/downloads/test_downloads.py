"""Downloads by mouse in a QGIS desktop: the connection cut twice, QGIS closed once, then all on the map."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.desktop.qgis_desktop import WALKS, Desktop, Outcome, desktop_for
from tests.end_to_end.downloads.tile_service import tile_service
from tests.end_to_end.test_lifecycle import described
from tests.qgis.leaks.secret_search import found_in_files
from tests.simulator.downloads import tiles
from tests.simulator.downloads.product import SCAN_FILES, editions
from tests.simulator.memory.seeds import example_hash
from tests.simulator.remote.steering import Simulator

pytestmark = pytest.mark.skipif(
    not (shutil.which("qgis") and shutil.which("xvfb-run")), reason="needs the QGIS desktop and a virtual display"
)

_EDITION = editions(SCAN_FILES)[-1]
_FILES = _EDITION.files[:3]


def _run(desktop: Desktop, simulator: Simulator, folder: Path, part: str, wmts: str) -> Outcome:
    west, south, east, north = tiles.box(1)
    settings: dict[str, Any] = {
        "part": part,
        "key": "Téléchargements",
        "resource": SCAN_FILES,
        "extent": [west + 500, south + 500, east - 500, north - 500],
        "files": [file.name for file in _FILES],
        "folder": str(folder),
        "pictures": str(desktop.folder / "pictures"),
        "simulator": described(simulator),
        "wmts": wmts,
    }
    outcome = desktop.run(WALKS / "downloads.py", settings)
    assert "error" not in outcome.report, f"{outcome.report['error']}\n{outcome.last_words}"
    assert outcome.exit_code == 0, outcome.last_words
    assert outcome.report["exceptions"] == []
    return outcome


def test_three_files_arrive_over_two_cuts_and_an_end_of_qgis(
    qgis_app: Any, simulator_process: Simulator, tmp_path: Path
) -> None:
    """What is chosen by the map is fetched, cut off, gone on with in the next session, and lies where it belongs."""
    simulator = simulator_process
    simulator.reset()
    desktop = desktop_for(simulator, tmp_path / "desktop", "denise")
    desktop.folder.mkdir()
    desktop.install_plugin()
    folder = tmp_path / "données"
    folder.mkdir()
    simulator.fail("GET", r"/download/", "cut-transfer", times=2)

    begun = _run(desktop, simulator, folder, "begin", "")
    assert len(begun.report["editions"]) == 2
    assert "Puy-de-Dôme" in begun.report["on the map"]
    assert "3\N{NO-BREAK SPACE}fichiers" in begun.report["summary"]
    assert 0 < begun.report["percent"] < 100
    assert not [path for path in folder.rglob("*.tif") if path.name == _FILES[2].name]
    assert list(folder.rglob("*.part"))

    simulator.latency(0)
    simulator.clear_requests()
    with tile_service(range(len(_FILES)), 2026) as wmts:
        done = _run(desktop, simulator, folder, "go-on", wmts)
    below = folder / _EDITION.name
    for file in _FILES:
        assert hashlib.md5((below / file.name).read_bytes(), usedforsecurity=False).hexdigest() == file.md5
    assert not list(folder.rglob("*.part*"))
    assert 206 in [entry.status for entry in simulator.requests(path="/download/")]
    assert len(done.report["files"]) == len(_FILES)
    _assert_it_matches(done.report, below / f"{_EDITION.name}.vrt")
    records = desktop.profile / "gpkeys" / "downloads.json"
    assert json.loads(records.read_text(encoding="utf-8"))["entries"] == {}
    assert found_in_files({example_hash("fichiers")}, [folder, records.parent]) == {}


def _assert_it_matches(report: Mapping[str, Any], mosaic: Path) -> None:
    """The mosaic is on the map; over the WMTS of the same data it is the same, and the comparison would tell."""
    assert report["layers"] == [[str(mosaic), True]]
    assert report["colours"] > 1
    assert report["colours of the WMTS"] > 20
    assert report["likeness"] > 0.99
    assert report["likeness upside down"] < 0.7
