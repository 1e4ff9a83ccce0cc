"""The documented scenario of the QGIS Deployment Toolbelt, by the real tool, from an empty folder to keys."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.end_to_end import documented
from tests.end_to_end.desktop.qgis_desktop import Desktop
from tests.end_to_end.desktop.qgis_process import MASTER, CommandLine, Ran, prepare_sign_in, program
from tests.qgis.leaks.secret_search import found_in_files
from tests.simulator.memory import seeds
from tests.simulator.remote.steering import Simulator
from tests.tooling import deployment_toolbelt, package
from tests.tooling.tree import PLUGIN, TOP
from tests.unit.store.project_files.documents import project

pytestmark = pytest.mark.skipif(program() is None, reason="needs qgis_process")

_FLEET = TOP / "docs" / "fleet"
_HELP = PLUGIN / "resources" / "help" / "scripts.md"
_DOCUMENT = _FLEET / "deployment.md"
_SHARE = "/srv/qgis"
_PROFILE = "profils/default"
_FILES = (f"{_PROFILE}/profile.json", f"{_PROFILE}/QGIS/QGIS3.ini", f"{_PROFILE}/gpkeys.json")
_COMMIT = """
import sys
from pathlib import Path
from dulwich import porcelain
folder = Path(sys.argv[1])
repository = porcelain.open_repo(folder) if (folder / ".git").exists() else porcelain.init(folder)
repository.refs.set_symbolic_ref(b"HEAD", b"refs/heads/main")
porcelain.add(repository, [str(path) for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts])
porcelain.commit(repository, message=b"Profil", author=b"DSI <dsi@example.fr>", committer=b"DSI <dsi@example.fr>")
"""


class FreshDesktop(Desktop):
    """A workstation that QGIS has never been started on; the toolbelt says which profile is QGIS's."""

    @property
    def profile(self) -> Path:
        """The folder of the profile."""
        return self.folder / ".local" / "share" / "QGIS" / "QGIS3" / "profiles" / "default"


class FleetLine(CommandLine):
    """`qgis_process` as a person of that workstation starts it."""

    def environment(self) -> dict[str, str]:
        """Return the environment: the profile is found as by default."""
        environment = super().environment()
        del environment["QGIS_CUSTOM_CONFIG_PATH"]
        return {**environment, "GPKEYS_CLIENT_SECRET": self.desktop.variables["GPKEYS_CLIENT_SECRET"]}


@dataclass(frozen=True)
class Fleet:
    """The share with zip, repository and scenario, and one workstation."""

    share: Path
    line: FleetLine
    toolbelt: Path

    def write(self, name: str, content: str) -> None:
        """Write a file of the repository."""
        path = self.share / "depot" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")

    def commit(self) -> None:
        """Commit what is in the repository."""
        subprocess.run([str(self.toolbelt), "-c", _COMMIT, str(self.share / "depot")], check=True, timeout=60)

    def deploy(self) -> str:
        """Run the scenario on the workstation; return what is said."""
        arguments = ("-m", "qgis_deployment_toolbelt.cli", "-v", "deploy", "--scenario")
        done = subprocess.run(
            [str(self.toolbelt), *arguments, str(self.share / "scenario.qdt.yml")],
            env=self.line.environment(),
            cwd=self.line.desktop.folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    def execute(self, code: str, name: str, *arguments: str) -> list[str]:
        """Run a documented script on the workstation; return the lines that it prints."""
        file = self.line.desktop.folder / name
        file.write_text(code, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, str(file), *arguments],
            env={**self.line.environment(), "QGIS_PROCESS": str(program()), "PYTHONIOENCODING": "utf-8"},
            cwd=self.line.desktop.folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()


@pytest.fixture
def fleet(simulator: Simulator, tmp_path: Path) -> Fleet:
    """Return an empty workstation, and the share as documented: the simulator is in production's place."""
    try:
        toolbelt = deployment_toolbelt.python()
    except deployment_toolbelt.CannotInstallError as error:
        pytest.skip(str(error))
    share, desk = tmp_path / "qgis", tmp_path / "poste"
    desk.mkdir(mode=0o700)
    (desk / "master").write_text(f"{MASTER}\n", encoding="utf-8")
    line = FleetLine(FreshDesktop(desk, variables={"GPKEYS_CLIENT_SECRET": simulator.client_secret}))
    found = Fleet(share, line, toolbelt)
    for name in _FILES:
        found.write(name, documented.file(name, _DOCUMENT).replace(_SHARE, str(share)))
    shutil.move(package.build(share), share / "gpkeys_plugin.zip")
    scenario = documented.file("scenario.qdt.yml", _DOCUMENT).replace(_SHARE, str(share))
    (share / "scenario.qdt.yml").write_text(scenario, encoding="utf-8")
    _describe(found, "1.0.0")
    preset = json.loads(documented.file(_FILES[2], _DOCUMENT))
    assert preset["fixed"]["environment"] == "production"
    preset["fixed"]["environment"] = _environment(simulator)
    found.write(_FILES[2], json.dumps(preset))
    found.commit()
    return found


def _describe(fleet: Fleet, version: str) -> None:
    """Give the profile a version, and its plugin the one that the zip has."""
    text = documented.file(_FILES[0], _DOCUMENT).replace(_SHARE, str(fleet.share))
    described = json.loads(text)
    (plugin,) = described["plugins"]
    (plugin["version"],) = re.findall(r"^version=(\S+)", (TOP / "metadata.txt").read_text("utf-8"), re.MULTILINE)
    fleet.write(_FILES[0], json.dumps({**described, "version": version}))


def _environment(simulator: Simulator) -> Mapping[str, str]:
    return {"api_url": simulator.api_url, "sso_url": simulator.sso_url, "client_id": simulator.client_id}


def test_a_workstation_is_set_up_without_a_click_and_given_its_key(fleet: Fleet, simulator: Simulator) -> None:
    line, profile = fleet.line, fleet.line.desktop.profile
    fleet.deploy()
    assert (profile / "python" / "plugins" / "gpkeys_plugin" / "metadata.txt").is_file()
    (plugin,) = [text for text in line.execute("plugins").output.splitlines() if text.split()[-1:] == ["gpkeys_plugin"]]
    assert "*" in plugin

    prepare_sign_in(line, simulator, "technique", "password")
    _use_by_default(line)
    assert line.run("listkeys").results["COUNT"] == 0
    (line.desktop.folder / "postes.csv").write_text("poste;adresses\nPC-URBA-01;127.0.0.1\n", encoding="utf-8")
    made = fleet.execute(documented.script("provision.py", _HELP), "provision.py", "postes.csv", "*")
    assert made == ["PC-URBA-01: clé créée"]
    refused = line.run("connectkey", KEY="PC-URBA-01", HASH_STORAGE="HEADER")
    assert (refused.code, "administrateur" in refused.output) == (1, True), refused.output
    assert line.run("connectkey", KEY="PC-URBA-01").code == 0
    _mend(fleet, simulator)
    # The secret is in no file of the repository or of the profile that QGIS does not encrypt.
    assert found_in_files({simulator.client_secret}, [fleet.share, profile]) == {}


def _mend(fleet: Fleet, simulator: Simulator) -> None:
    projects, reports = fleet.line.desktop.folder / "projets", fleet.line.desktop.folder / "rapports"
    projects.mkdir()
    reports.mkdir()
    source = f"layers={seeds.SHADING}&styles=&url={simulator.gateway_url}/wms-r?apikey%3Dign_scan_ws"
    plan = projects / "plan.qgs"
    plan.write_bytes(project(layers=[("Estompage", "wms", f"crs=EPSG:3857&format=image/png&{source}")]))
    code = documented.script("mend_share.py", _FLEET / "repair.md")
    said = fleet.execute(code, "mend_share.py", str(projects), "PC-URBA-01", str(reports))
    assert said[0] == "2 places mended, 0 left"
    assert b"ign_scan_ws" not in plan.read_bytes()


def test_a_new_preset_reaches_the_workstation_and_a_broken_one_is_said(fleet: Fleet) -> None:
    fleet.deploy()
    stamps = {path: path.stat().st_mtime_ns for path in fleet.line.desktop.profile.rglob("*") if path.is_file()}
    fleet.deploy()
    assert {path: path.stat().st_mtime_ns for path in stamps} == stamps
    fleet.write(_FILES[2], json.dumps({"fixed": {"environment": "lune"}}))
    _describe(fleet, "1.0.1")
    fleet.commit()
    fleet.deploy()
    ran: Ran = fleet.line.run("scanproject", INPUT=str(fleet.share))
    assert str(fleet.line.desktop.profile / "gpkeys.json") in ran.output
    assert "environment" in ran.output


def _use_by_default(line: CommandLine) -> None:
    ini = line.desktop.profile / "QGIS" / "QGIS3.ini"
    content = ini.read_text(encoding="utf-8")
    ini.write_text(f"{content}\n[gpkeys]\nsign_in\\custom\\authcfg={line.authcfg}\n", encoding="utf-8")
