"""The documented script that keeps a department's SCAN, on the command line with the installed zip."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from osgeo import gdal

from tests.end_to_end import documented
from tests.end_to_end.desktop.qgis_process import CommandLine, command_line_for, program
from tests.qgis.leaks.secret_search import found_in_files
from tests.simulator.downloads.product import SCAN_FILES, editions
from tests.simulator.memory.seeds import example_hash
from tests.simulator.remote.steering import Simulator
from tests.tooling.tree import TOP

pytestmark = pytest.mark.skipif(program() is None, reason="needs qgis_process")

_DOCUMENT = TOP / "docs" / "fleet" / "scan.md"
_KEY = "Téléchargements"
_OLD, _, _NEW = editions(SCAN_FILES)
# Stands in for 7-Zip: what the tests have installed unpacks in its place.
_SEVEN_ZIP = f"""#!{sys.executable}
import glob, io, sys
import py7zr
folder = next(word[2:] for word in sys.argv if word.startswith("-o"))
first = sys.argv[-1]
parts = sorted(glob.glob(first[:-3] + "[0-9][0-9][0-9]")) if first.endswith(".001") else [first]
whole = b"".join(open(part, "rb").read() for part in parts)
with py7zr.SevenZipFile(io.BytesIO(whole)) as archive:
    archive.extractall(folder)
"""


def _keep(line: CommandLine, folder: Path) -> subprocess.CompletedProcess[str]:
    script = folder.parent / "keep_scan.py"
    script.write_text(documented.script("keep_scan.py", _DOCUMENT), encoding="utf-8")
    programs = folder.parent / "programmes"
    programs.mkdir(exist_ok=True)
    (programs / "7z").write_text(_SEVEN_ZIP, encoding="utf-8")
    (programs / "7z").chmod(0o755)
    environment = line.environment()
    path = f"{programs}:{environment['PATH']}"
    return subprocess.run(
        [sys.executable, str(script), _KEY, SCAN_FILES, "63", str(folder)],
        cwd=folder.parent,
        env={**environment, "PATH": path, "QGIS_PROCESS": str(program()), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def test_the_documented_script_keeps_a_departments_scan(light_simulator: Simulator, tmp_path: Path) -> None:
    """A new edition takes the place of the old one; run again, nothing is fetched; what fails leaves all in place."""
    line = command_line_for(light_simulator, tmp_path, "denise")
    ini = line.desktop.profile / "QGIS" / "QGIS3.ini"
    known = ini.read_text(encoding="utf-8")
    ini.write_text(f"{known}\n[gpkeys]\nsign_in\\custom\\authcfg={line.authcfg}\n", encoding="utf-8")
    folder = tmp_path / "scan25"
    folder.mkdir()
    asked: dict[str, Any] = {
        "KEY": _KEY,
        "RESOURCE": SCAN_FILES,
        "ZONE": "63",
        "EDITION": "2024",
        "FOLDER": str(folder),
    }
    ran = line.run("download", **asked)
    assert (ran.code, ran.results["COUNT"]) == (0, len(_OLD.files)), ran.output

    light_simulator.fail("GET", rf"{_NEW.files[1].name}$", status=404, times=9)
    failed = _keep(line, folder)
    assert failed.returncode == 1
    assert f"« {_NEW.files[1].name} »".replace("« ", "«\u00a0").replace(" »", "\u00a0»") in failed.stderr
    assert (folder / _OLD.name).is_dir()
    light_simulator.reset_faults()

    kept = _keep(line, folder)
    assert kept.returncode == 0, kept.stderr
    count = len(_NEW.files)
    assert kept.stdout.splitlines() == [f"{_NEW.name}: 1 fetched, {count - 1} kept", f"{_OLD.name}: dropped"]
    mosaic = gdal.Open(str(folder / "scan.vrt"))
    assert mosaic.ReadAsArray(0, 0, 1, 1)[0][0][0] == 40
    assert mosaic.ReadAsArray(0, 200, 1, 1)[0][0][0] == 100
    light_simulator.clear_requests()
    again = _keep(line, folder)
    assert again.stdout.splitlines() == [f"{_NEW.name}: 0 fetched, {count} kept"]
    assert light_simulator.requests(path="/download/") == []
    assert found_in_files({example_hash("fichiers")}, [tmp_path]) == {}
