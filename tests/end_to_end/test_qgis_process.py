"""The algorithms on the command line, in the toolbox and in the documented script, with the installed zip."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end import documented
from tests.end_to_end.desktop import left_behind, shown_processes
from tests.end_to_end.desktop.qgis_desktop import WALKS
from tests.end_to_end.desktop.qgis_process import MASTER, CommandLine, Ran, command_line_for, program, qgis_python
from tests.qgis.leaks.secret_search import found, found_in_files
from tests.simulator.memory import seeds
from tests.simulator.remote.steering import Simulator
from tests.tooling.tree import PLUGIN, TOP
from tests.unit.store.project_files.documents import project, write_archive

pytestmark = pytest.mark.skipif(program() is None, reason="needs qgis_process")

_USER = "camille"
_SERVICES = f"{seeds.SHADING},{seeds.PLU}"
_TOOLBOX = WALKS / "toolbox.py"
_HELP = PLUGIN / "resources" / "help" / "scripts.md"
_FLEET = TOP / "docs" / "fleet" / "repair.md"


@dataclass(frozen=True)
class Job:
    """The algorithms for keys, run one after the other in one profile."""

    simulator: Simulator
    line: CommandLine
    ran: dict[str, Ran]
    secrets: tuple[str, ...]
    shown: frozenset[bytes]

    def file(self, name: str) -> Any:
        """Return what an algorithm wrote."""
        return json.loads((self.line.desktop.folder / name).read_text(encoding="utf-8"))


def _ask(simulator: Simulator, path: str) -> Any:
    return simulator.session_for(_USER).get(f"{simulator.api_url}/users/me/{path}", timeout=10).json()


@pytest.fixture(scope="module")
def job(simulator_process: Simulator, tmp_path_factory: pytest.TempPathFactory) -> Job:
    """Run them all."""
    simulator_process.reset()
    line = command_line_for(simulator_process, tmp_path_factory.mktemp("job"), _USER)
    ran: dict[str, Ran] = {}
    secrets: list[str] = []

    def run(algorithm: str, step: str = "", **values: Any) -> None:
        ran[step or algorithm] = line.run(algorithm, AUTHCFG=line.authcfg, **values)
        keys = (_ask(simulator_process, f"keys/{key['_id']}") for key in _ask(simulator_process, "keys"))
        secrets.extend(key["type_infos"]["hash"] for key in keys if "hash" in key["type_infos"])

    with shown_processes.command_lines("qgis_process") as shown:
        _run_all(run)
    return Job(simulator_process, line, ran, tuple(dict.fromkeys(secrets)), frozenset(shown))


def _run_all(run: Callable[..., None]) -> None:
    run("listpermissions", OUTPUT="permissions.csv")
    run("createkey", NAME="Poste", TYPE="HASH", OFFERINGS=_SERVICES, USER_AGENT="QGIS", OUTPUT="key.json")
    run("createkey", "again", NAME="Poste", TYPE="HASH", OFFERINGS="*")
    run("createkey", "basic", NAME="Bureau", TYPE="BASIC", OFFERINGS=_SERVICES)
    run("updatekey", KEY="Poste", ADD_OFFERINGS=seeds.BOUNDARIES, USER_AGENT="", OUTPUT="change.json")
    run("connectkey", KEY="Poste")
    run("testkey", KEY="Poste", OUTPUT="test.json")
    run("rotatekey", KEY="Poste", OUTPUT="rotation.json")
    run("rotatekey", "rotate-basic", KEY="Bureau")
    run("testkey", "test-basic", KEY="Bureau")
    run("listkeys", OUTPUT="keys.json", EXPIRING_WITHIN_DAYS=365)
    run("keystats", KEY="Bureau", OUTPUT="stats.csv")
    run("deletekey", KEY="Poste")
    run("deletekey", "gone", KEY="Poste")


def test_each_ends_well_but_those_that_say_why_not(job: Job) -> None:
    failed = {step: ran.output for step, ran in job.ran.items() if ran.code != 0}
    assert set(failed) == {"again", "gone"}, failed
    assert "s’appelle déjà" in failed["again"]
    assert "Votre compte n’a pas de clé" in failed["gone"]
    assert {job.ran[step].code for step in failed} == {1}


def test_permissions_are_a_table(job: Job) -> None:
    with (job.line.desktop.folder / "permissions.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    assert {seeds.SCAN, seeds.PLU, seeds.WATER} <= {line["offering_layer_name"] for line in lines}
    assert job.ran["listpermissions"].results["COUNT"] == len({line["permission_id"] for line in lines})


def test_a_key_is_made_changed_and_rotated(job: Job) -> None:
    created, rotated = job.ran["createkey"].results, job.ran["rotatekey"].results
    assert created["KEY_ID"] == job.file("key.json")["id"]
    assert sorted(json.loads(created["CONNECTIONS"])) == ["Poste – WFS", "Poste – WMS raster"]
    assert job.ran["updatekey"].results["CHANGED"] is True
    assert job.file("change.json")["changed"] == ["user_agent"]
    assert len(json.loads(job.ran["connectkey"].results["CONNECTIONS"])) == 3
    assert rotated["KEY_ID"] == job.file("rotation.json")["id"] != created["KEY_ID"]
    assert len(job.file("rotation.json")["connections"]) == 3
    assert job.ran["deletekey"].results == {"KEY_ID": rotated["KEY_ID"]}


def test_a_basic_key_keeps_its_configuration_and_works(job: Job) -> None:
    assert job.ran["basic"].results["AUTH_ID"] == job.ran["rotate-basic"].results["AUTH_ID"] != ""
    assert job.ran["test-basic"].results["OK"] is True


def test_every_service_was_found_to_work(job: Job) -> None:
    assert job.ran["testkey"].results["OK"] is True
    assert {found["verdict"] for found in job.file("test.json")["services"]} == {"WORKS"}


def test_keys_and_consumption_are_told(job: Job) -> None:
    # Within a year ends only what the other key does not open.
    assert job.ran["listkeys"].results["COUNT"] == 1
    assert {key["name"] for key in job.file("keys.json")} == {"Poste"}
    assert job.ran["keystats"].results["HITS"] > 0


def test_no_secret_comes_out(job: Job) -> None:
    """Nothing that was printed, written, kept or shown holds one, but the URLs of connections, gone with the key."""
    assert len(job.secrets) == 2
    secrets = {*job.secrets, seeds.initial_password(_USER), job.simulator.client_secret, MASTER}
    assert found(secrets, "\n".join(job.line.outputs).encode()) == set()
    # The file by which the master password is handed over is the user's own.
    assert found_in_files(secrets, [job.line.desktop.folder]) == {"master": {MASTER}}
    assert {b"--json", b"gpkeys:createkey"} <= {word for line in job.shown for word in line.split(b"\0")}
    assert found(secrets, b"\n".join(job.shown)) == set()


# Signing in


@pytest.fixture
def line_for(simulator: Simulator, tmp_path: Path) -> Callable[..., CommandLine]:
    """Make command lines for camille."""
    return lambda flow="password": command_line_for(simulator, tmp_path, _USER, flow)


def test_where_only_a_browser_could_help_it_is_said_at_once(line_for: Callable[..., CommandLine]) -> None:
    line = line_for("code")
    ran = line.run("listkeys", AUTHCFG=line.authcfg)
    assert ran.code == 1
    assert "panneau «\u00a0Clés d’accès Géoplateforme\u00a0»" in ran.output
    assert left_behind.pages_opened(line.desktop) == []


def test_a_locked_database_is_said(line_for: Callable[..., CommandLine]) -> None:
    line = line_for()
    ran = line.run("listkeys", {"QGIS_AUTH_PASSWORD_FILE": ""}, AUTHCFG=line.authcfg)
    assert ran.code == 1
    assert "QGIS_AUTH_PASSWORD_FILE" in ran.output


def test_the_database_may_lie_elsewhere(simulator: Simulator, tmp_path: Path) -> None:
    elsewhere = tmp_path / "ailleurs"
    elsewhere.mkdir()
    line = command_line_for(simulator, tmp_path, _USER)
    shutil.move(line.desktop.profile / "qgis-auth.db", elsewhere / "qgis-auth.db")
    ran = line.run("listkeys", {"QGIS_AUTH_DB_DIR_PATH": str(elsewhere)}, AUTHCFG=line.authcfg)
    assert (ran.code, ran.results["COUNT"]) == (0, 0), ran.output


# The documented script


def test_the_documented_script_provides_a_fleet(simulator: Simulator, tmp_path: Path) -> None:
    """One restricted key a workstation; run again with another address, only that is changed."""
    line = command_line_for(simulator, tmp_path, "technique")
    script = tmp_path / "provision.py"
    script.write_text(documented.script("provision.py", _HELP), encoding="utf-8")
    _use_by_default(line)

    def provide(*rows: str) -> list[str]:
        (tmp_path / "postes.csv").write_text("\n".join(["poste;adresses", *rows]), encoding="utf-8-sig")
        done = subprocess.run(
            [sys.executable, str(script), "postes.csv", "*"],
            cwd=tmp_path,
            env={**line.environment(), "QGIS_PROCESS": str(program()), "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()

    first = provide("PC-01;192.0.2.11", "PC-02;192.0.2.12, 192.0.2.13")
    assert first == ["PC-01: clé créée", "PC-02: clé créée"]
    assert provide("PC-01;192.0.2.11", "PC-02;192.0.2.12") == ["PC-01: inchangée", "PC-02: mise à jour"]
    session = simulator.session_for("technique")
    keys = session.get(f"{simulator.api_url}/users/me/keys", timeout=10).json()
    details = [session.get(f"{simulator.api_url}/users/me/keys/{key['_id']}", timeout=10).json() for key in keys]
    assert {key["name"]: key["whitelist"] for key in details} == {
        "PC-01": ["192.0.2.11/32"],
        "PC-02": ["192.0.2.12/32"],
    }
    assert len(json.loads(line.run("connectkey", KEY="PC-01").results["CONNECTIONS"])) == 3


def test_the_documented_script_mends_a_share_by_night(simulator: Simulator, tmp_path: Path) -> None:
    """Every project gets the key; run again, there is nothing more to do; what was left is said once a file."""
    line = command_line_for(simulator, tmp_path, _USER)
    _use_by_default(line)
    line.run("createkey", NAME="Poste", TYPE="HASH", OFFERINGS=_SERVICES, CONNECT="false")
    share, reports, script = tmp_path / "partage", tmp_path / "rapports", tmp_path / "mend_share.py"
    (share / "urbanisme").mkdir(parents=True)
    reports.mkdir()
    url = f"{simulator.gateway_url}/wms-r?apikey%3Dign_scan_ws"
    source = f"crs=EPSG:3857&format=image/png&layers={seeds.SHADING}&styles=&url={url}"
    other = source.replace(seeds.SHADING, seeds.SCAN)
    (share / "a.qgs").write_bytes(project(layers=[("Estompage", "wms", source)]))
    write_archive(share / "urbanisme" / "b.qgz", {"b.qgs": project(layers=[("Scan", "wms", other)])})
    (share / "c.qgs").write_text("<qgis>", encoding="utf-8")
    script.write_text(documented.script("mend_share.py", _FLEET), encoding="utf-8")

    def mend() -> list[str]:
        done = subprocess.run(
            [sys.executable, str(script), str(share), "Poste", str(reports)],
            cwd=tmp_path,
            env={**line.environment(), "QGIS_PROCESS": str(program()), "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()

    first = mend()
    # Each layer stands in the file and in its tree.
    assert first[0] == "2 places mended, 2 left"
    assert [text.partition(": ")[0] for text in first[1:]] == [str(share / "c.qgs"), str(share / "urbanisme" / "b.qgz")]
    assert b"ign_scan_ws" not in (share / "a.qgs").read_bytes()
    assert mend()[0] == "0 places mended, 2 left"


def test_the_documented_program_runs_an_algorithm_by_itself(simulator: Simulator, tmp_path: Path) -> None:
    line = command_line_for(simulator, tmp_path, "hector")
    _use_by_default(line)
    script = tmp_path / "standalone.py"
    script.write_text(documented.script("standalone.py", _HELP), encoding="utf-8")
    done = subprocess.run(
        [qgis_python(), str(script), "Portail cartographique interne"],
        cwd=tmp_path,
        env=line.environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (done.returncode, done.stdout.splitlines()[-1:]) == (
        0,
        ["Portail cartographique interne: fonctionne"],
    ), done.stderr


def _use_by_default(line: CommandLine) -> None:
    """Have the profile sign in with the configuration, as choosing it in the panel does."""
    ini = line.desktop.profile / "QGIS" / "QGIS3.ini"
    content = ini.read_text(encoding="utf-8")
    ini.write_text(f"{content}\n[gpkeys]\nsign_in\\custom\\authcfg={line.authcfg}\n", encoding="utf-8")


# The toolbox


@pytest.mark.skipif(not shutil.which("xvfb-run"), reason="needs a virtual display")
def test_the_dialogs_of_the_toolbox_and_the_session_they_leave_to_scripts(simulator: Simulator, tmp_path: Path) -> None:
    """Signed in with the dock once: dialogs use that session, and so do scripts after QGIS is closed."""
    line = command_line_for(simulator, tmp_path, _USER, "code")
    (line.desktop.profile / "qgis-auth.db").unlink()
    settings = {"pictures": str(tmp_path / "pictures"), "services": _SERVICES.split(",")}
    outcome = line.desktop.run(_TOOLBOX, settings)
    report = outcome.report
    assert "error" not in report, f"{report['error']}\n{outcome.last_words}"
    assert (report["exceptions"], outcome.exit_code) == ([], 0)
    assert report["toolbox"]["provider"] == "Clés d’accès Géoplateforme"
    assert {group: len(names) for group, names in report["toolbox"]["groups"].items()} == {
        "Consulter et tester": 5,
        "Créer et modifier": 6,
        "Téléchargement": 2,
    }
    assert report["createkey"]["results"]["KEY_ID"]
    assert report["updatekey"]["results"]["CHANGED"] == "True"
    assert report["listkeys"]["results"]["COUNT"] == "1"
    assert "Votre compte n’a pas de clé" in report["deletekey"]["log"]
    (key,) = _ask(simulator, "keys")
    details = _ask(simulator, f"keys/{key['_id']}")
    assert (details["name"], details["user_agent"]) == ("Boîte à outils bis", ".*QGIS.*")
    logs = "".join(report[name]["log"] for name in ("createkey", "updatekey", "listkeys", "deletekey"))
    assert details["type_infos"]["hash"] not in logs
    assert left_behind.files_with(details["type_infos"]["hash"], line.desktop) == {"QGIS/QGIS3.ini"}

    (tmp_path / "master").write_text("promenade", encoding="utf-8")
    ran = line.run("listkeys")
    assert (ran.code, ran.results["COUNT"]) == (0, 1), ran.output
    simulator.revoke(_USER)
    ran = line.run("listkeys")
    assert ran.code == 1
    assert "panneau «\u00a0Clés d’accès Géoplateforme\u00a0»" in ran.output
    assert len(left_behind.pages_opened(line.desktop)) == 1
