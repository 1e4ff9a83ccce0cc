"""`qgis_process` in a throw-away profile that has the plugin installed, as a script on a server would use it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.end_to_end.desktop.qgis_desktop import Desktop, desktop_for
from tests.simulator.remote.steering import Simulator

MASTER = "maître-du-poste"
_PREPARE = Path(__file__).with_name("prepare_profile.py")
# Debian's wrapper of 3.22 hands over an option that the program does not know.
_PROGRAMS = ("qgis_process.bin", "qgis_process")
_LIMIT_S = 120.0


def program() -> str | None:
    """Return the path of `qgis_process`, None where there is none."""
    return next(filter(None, map(shutil.which, _PROGRAMS)), None)


@dataclass(frozen=True)
class Ran:
    """What a run left: its exit code, the results, all that it printed."""

    code: int
    results: Mapping[str, Any]
    output: str


@dataclass
class CommandLine:
    """Runs algorithms in one profile, each in a process of its own."""

    desktop: Desktop
    authcfg: str = ""
    outputs: list[str] = field(default_factory=list)

    def run(self, algorithm: str, variables: Mapping[str, str] | None = None, **values: Any) -> Ran:
        """Run `gpkeys:<algorithm>` with values as a shell gives them."""
        arguments = [f"--{name}={value}" for name, value in values.items()]
        return self.execute("--json", "run", f"gpkeys:{algorithm}", *arguments, variables=variables)

    def execute(self, *arguments: str, variables: Mapping[str, str] | None = None) -> Ran:
        """Run `qgis_process` with these arguments."""
        command = [str(program()), *arguments]
        done = subprocess.run(
            command,
            env={**self.environment(), **(variables or {})},
            cwd=self.desktop.folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=_LIMIT_S,
        )
        output = done.stdout + done.stderr
        self.outputs.append(output)
        return Ran(done.returncode, _results(done.stdout), output)

    def environment(self) -> dict[str, str]:
        """Return the environment of a script without a screen."""
        folder = self.desktop.folder
        return {
            **self.desktop.environment(folder / "settings.json"),
            "QT_QPA_PLATFORM": "offscreen",
            "QGIS_CUSTOM_CONFIG_PATH": str(folder),
            "QGIS_AUTH_PASSWORD_FILE": str(folder / "master"),
            "PYTHONPATH": "",
        }


def command_line_for(simulator: Simulator, folder: Path, user: str, flow: str = "password") -> CommandLine:
    """Return a command line for an account: `flow` is that of its OAuth2 configuration, `password` or `code`.

    With `code` nobody has signed in yet.
    """
    desktop = desktop_for(simulator, folder, user)
    desktop.install_plugin()
    (folder / "master").write_text(f"{MASTER}\n", encoding="utf-8")
    found = CommandLine(desktop)
    prepare_sign_in(found, simulator, user, flow)
    return found


def prepare_sign_in(line: CommandLine, simulator: Simulator, user: str, flow: str) -> None:
    """Put a configuration to sign in with into the profile, and note its id."""
    account, plugins = simulator.account(user), line.desktop.profile / "python" / "plugins"
    told = {"master": MASTER, "flow": flow, "login": account.username, "password": account.password}
    done = subprocess.run(
        [qgis_python(), str(_PREPARE)],
        env={**line.environment(), "PYTHONPATH": str(plugins)},
        input=json.dumps(told),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=_LIMIT_S,
    )
    line.authcfg = json.loads(done.stdout.splitlines()[-1])["authcfg"]


def qgis_python() -> str:
    """Return QGIS's own Python: what the tests have installed must not be needed."""
    system = Path("/usr/bin/python3")
    return str(system) if system.exists() else sys.executable


def _results(printed: str) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(printed[printed.index("{") :])["results"]
    except (ValueError, KeyError):
        return {}
    return found
