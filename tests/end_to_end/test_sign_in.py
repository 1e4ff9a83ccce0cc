"""The sign-in in the real QGIS desktop: which browser opens when, and which does not."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from tests.end_to_end.desktop.qgis_desktop import WALKS
from tests.simulator.remote.steering import Simulator

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = WALKS / "sign_in.py"
TIMEOUT_S = 180
BROWSER = """#!{python}
import sys
from pathlib import Path
sys.path.insert(0, {root!r})
with open({opened!r}, "a") as record:
    record.write(sys.argv[1] + "\\n")
if "/auth?" in sys.argv[1] and not Path({absent!r}).exists():
    from tests.simulator.remote.browser_login import walk_login
    walk_login(sys.argv[1], "camille", {word!r})
"""

pytestmark = pytest.mark.skipif(
    not (shutil.which("qgis") and shutil.which("xvfb-run")), reason="needs the QGIS desktop and a virtual display"
)


class Challenge(BaseHTTPRequestHandler):
    """Asks for a user name and a password."""

    def do_GET(self) -> None:
        """Answer any GET."""
        self.send_response(401)
        self.send_header("WWW-Authenticate", 'Basic realm="essai"')
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_arguments: Any) -> None:
        """Say nothing."""


@pytest.fixture
def challenge_url() -> Iterator[str]:
    """A server that answers 401 with a Basic challenge."""
    server = HTTPServer(("127.0.0.1", 0), Challenge)
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def saw(light_simulator: Simulator, challenge_url: str, tmp_path: Path) -> dict[str, Any]:
    """What the script saw in the desktop."""
    light_simulator.switch(any_redirect_port=True)
    setup = _setup(light_simulator, tmp_path) | {"challenge_url": challenge_url}
    _make_browser(light_simulator, setup, tmp_path)
    _keep_fonts_at_home(tmp_path / "profiles" / "profiles" / "default")
    environment = os.environ | {
        "SIGN_IN_DESKTOP": json.dumps(setup),
        "PATH": f"{tmp_path}:{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "TMPDIR": str(tmp_path),
    }
    environment.pop("QT_QPA_PLATFORM", None)
    command = ["xvfb-run", "-a", "qgis", "--nologo", "--noversioncheck", "--profiles-path", str(tmp_path / "profiles")]
    ended = subprocess.run(
        [*command, "--profile", "default", "--code", str(SCRIPT)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )
    result = tmp_path / "result.json"
    assert result.exists(), ended.stderr[-3000:]
    read: dict[str, Any] = json.loads(result.read_text())
    return read


def _setup(simulator: Simulator, folder: Path) -> dict[str, Any]:
    with socket.socket() as probe:
        probe.bind(("", 0))
        port = probe.getsockname()[1]
    return {
        "root": str(ROOT),
        "api_url": simulator.api_url,
        "control_url": simulator.control_url,
        "opened": str(folder / "opened.txt"),
        "absent": str(folder / "nobody-there"),
        "result": str(folder / "result.json"),
        "oauth2": {
            "clientId": simulator.client_id,
            "clientSecret": simulator.client_secret,
            "configType": 1,
            "grantFlow": 0,
            "requestUrl": simulator.auth_url,
            "tokenUrl": simulator.token_url,
            "scope": "openid profile email",
            "requestTimeout": 30,
            "persistToken": True,
            "redirectPort": port,
        },
    }


def _make_browser(simulator: Simulator, setup: dict[str, Any], folder: Path) -> None:
    """Put a stand-in for the desktop's browser first in the search path: it notes the address and walks the login."""
    word = simulator.account("camille").password
    text = BROWSER.format(
        python=sys.executable, root=str(ROOT), opened=setup["opened"], absent=setup["absent"], word=word
    )
    browser = folder / "xdg-open"
    browser.write_text(text)
    browser.chmod(0o755)


def _keep_fonts_at_home(profile: Path) -> None:
    """Keep QGIS from looking for Open Sans on the internet where the machine has none: it tells so in a bar (3.40)."""
    ini = profile / "QGIS" / "QGIS3.ini"
    ini.parent.mkdir(parents=True)
    ini.write_text("[fonts]\ndownloadMissingFonts=false\n", encoding="utf-8")


def test_browsers_open_when_asked_and_never_otherwise(saw: dict[str, Any]) -> None:
    assert saw.get("error") is None, saw["error"]
    assert saw["cancelled"] == "signed-out"
    assert saw["cancel_s"] < 2
    assert saw["signed_in"][0] == "signed-in"
    assert "camille" in saw["signed_in"][1]
    assert saw["opened_when_asked"] == 2
    assert saw["opened_unasked"] == 0
    assert saw["thread_s"] < 5
    assert saw["gui_s"] < 5
    assert saw["asks_again"]
    assert saw["challenge"] == [401]
    assert not saw["dialog"]
    assert saw["after_503"] == ["signed-in", 0]
    assert saw["wrong_client"] == "CLIENT_REFUSED"
    assert not saw["dialog_of_wrong_client"]
    assert saw["nobody"] == "TIMEOUT"
    assert saw["message_bars"] == []
