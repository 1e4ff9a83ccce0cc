"""A real QGIS desktop on a virtual screen, with a throw-away profile that has the plugin installed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Mapping

from tests.simulator.remote.steering import Simulator
from tests.tooling.package import build

ROOT = Path(__file__).resolve().parents[3]
WALKS = ROOT / "tests" / "end_to_end" / "walks"
"""The scripts that run inside QGIS."""
SCREEN = "1600x1000x24"
_CRASHED = "<signal handler called>"
_SHOWN, _WIDTH, _MOST_LINES = 2000, 160, 60
_NOT_INHERITED = ("GPKEYS_", "QT_", "QGIS_", "XDG_")

_INI = """[PythonPlugins]
gpkeys_plugin=true

[app]
askToSaveProjectChanges=false
LastTipVersion=99999

[qgis]
checkVersion=false
enableMacros=1

[locale]
overrideFlag=true
userLocale={locale}
globalLocale={locale}

[Qgis]
iconSize=24
"""


@dataclass(frozen=True)
class Outcome:
    """What a run of QGIS left: the report of its script, its exit code, what it printed."""

    report: Mapping[str, Any]
    exit_code: int
    output: str

    @property
    def last_words(self) -> str:
        """The end of what it printed; where QGIS crashed, what led to it: Python's threads, then the calls of Qt."""
        lines = self.output.splitlines()
        crash = next((number for number, line in enumerate(lines) if _CRASHED in line), None)
        if crash is None:
            return self.output[-_SHOWN:]
        calls = [line[:_WIDTH] for line in lines[crash:] if line.startswith(("#", "Thread"))]
        python = [line for line in lines if line.lstrip().startswith(("File ", "Thread 0x", "Current thread"))]
        return "\n".join([*python[:_MOST_LINES], *calls[:_MOST_LINES]])


@dataclass
class Desktop:
    """Runs scripts inside a QGIS desktop; `folder` holds the profile and survives between runs."""

    folder: Path
    locale: str = "fr_FR"
    variables: dict[str, str] = field(default_factory=dict)

    def install_plugin(self, package: Path | None = None) -> None:
        """Unpack the plugin's zip into the profile, as QGIS's plugin manager does."""
        plugins = self.profile / "python" / "plugins"
        plugins.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o700)  # as Qt demands of a folder for sockets
        with zipfile.ZipFile(package or build(self.folder / "package")) as archive:
            archive.extractall(plugins)
        ini = self.profile / "QGIS" / "QGIS3.ini"
        ini.parent.mkdir(parents=True, exist_ok=True)
        if not ini.exists():
            ini.write_text(_INI.format(locale=self.locale), encoding="utf-8")

    def run(self, script: Path, settings: Mapping[str, Any], timeout_s: float = 240.0) -> Outcome:
        """Start QGIS, let it run `script`, wait for its end.

        The script reads `settings` from the JSON file `GPKEYS_WALK_SETTINGS` names, and writes its report to the file
        under `report` in it. A run that does not end in time is killed with all its children; its report then says so.
        """
        report = self.folder / "report.json"
        report.unlink(missing_ok=True)
        settings_file = self.folder / "settings.json"
        settings_file.write_text(
            json.dumps({**settings, "report": str(report), "timeout": timeout_s}), encoding="utf-8"
        )
        output = self.folder / "qgis.log"
        with output.open("w", encoding="utf-8") as log:
            process = subprocess.Popen(
                ["xvfb-run", "-a", "-s", f"-screen 0 {SCREEN}", *self.command(script)],
                env=self.environment(settings_file),
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
            code = _wait(process, timeout_s)
        missing = {"error": f"no report, exit code {code}; {-signal.SIGKILL} is a kill after {timeout_s:.0f} s"}
        found = json.loads(report.read_text(encoding="utf-8")) if report.exists() else missing
        return Outcome(found, code, output.read_text(encoding="utf-8", errors="replace"))

    @property
    def profile(self) -> Path:
        """The folder of the profile."""
        return self.folder / "profiles" / "default"

    def command(self, script: Path) -> list[str]:
        """Return the command that opens this profile and runs a script in it."""
        profile = ("--profiles-path", str(self.folder), "--profile", "default")
        return ["qgis", "--nologo", "--noversioncheck", *profile, "--code", str(script)]

    def environment_on_display(self) -> dict[str, str]:
        """Return the environment of a QGIS on the person's own display: what leads to that display is theirs."""
        home = Path(os.environ.get("HOME", self.folder))
        theirs = {
            name: value for name, value in os.environ.items() if name.startswith(("QT_", "XDG_RUNTIME", "XDG_SE"))
        }
        theirs.setdefault("XAUTHORITY", os.environ.get("XAUTHORITY", str(home / ".Xauthority")))
        return {**self.environment(self.folder / "settings.json"), **theirs}

    def environment(self, settings_file: Path) -> dict[str, str]:
        """Return the environment of QGIS: nothing of this machine's QGIS settings, the robot as the browser.

        Caches and temporary files are the desktop's own: a tile that another run fetched proves nothing.
        """
        kept = {name: value for name, value in os.environ.items() if not name.startswith(_NOT_INHERITED)}
        return {
            **kept,
            "PATH": os.pathsep.join((str(Path(__file__).parent / "robot"), os.environ["PATH"])),
            "PYTHONPATH": str(ROOT),
            "HOME": str(self.folder),
            "TMPDIR": str(self.folder),
            "XDG_RUNTIME_DIR": str(self.folder),
            "LANGUAGE": self.locale,
            "GPKEYS_ROBOT_PYTHON": sys.executable,
            "GPKEYS_WALK_SETTINGS": str(settings_file),
            **self.variables,
        }


def desktop_for(simulator: Simulator, folder: Path, user: str, locale: str = "fr_FR") -> Desktop:
    """Return a QGIS desktop whose plugin talks to the simulator and whose browser signs in as `user`."""
    account = simulator.account(user)
    return Desktop(
        folder,
        locale,
        {
            "GPKEYS_API_URL": simulator.api_url,
            "GPKEYS_SSO_URL": simulator.sso_url,
            "GPKEYS_CLIENT_ID": simulator.client_id,
            "GPKEYS_SEARCH_URL": simulator.search_url,
            "GPKEYS_CLIENT_SECRET": simulator.client_secret,
            "GPKEYS_ROBOT_USER": account.username,
            "GPKEYS_ROBOT_PASSWORD": account.password,
            "GPKEYS_ROBOT_LOG": str(folder / "browser.log"),
        },
    )


def _wait(process: subprocess.Popen[bytes], timeout_s: float) -> int:
    try:
        return process.wait(timeout_s)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return -signal.SIGKILL
