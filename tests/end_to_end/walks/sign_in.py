"""Runs inside the real QGIS desktop (see test_sign_in.py); writes what it saw as JSON and ends QGIS."""

from __future__ import annotations

import faulthandler
import json
import os
import socket
import sys
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

SETUP = json.loads(os.environ["SIGN_IN_DESKTOP"])
sys.path.insert(0, SETUP["root"])

from qgis.core import QgsApplication, QgsAuthMethodConfig, QgsNetworkAccessManager, QgsTask  # noqa: E402
from qgis.PyQt.QtCore import QCoreApplication, QTimer, QUrl  # noqa: E402
from qgis.PyQt.QtGui import QDesktopServices  # noqa: E402
from qgis.PyQt.QtNetwork import QHostAddress, QNetworkRequest, QTcpServer  # noqa: E402
from qgis.PyQt.QtWidgets import QApplication  # noqa: E402
from qgis.utils import iface  # noqa: E402

from gpkeys_plugin.entrepot.sign_in_status import SignInState  # noqa: E402
from gpkeys_plugin.jobs.window.account_choice import KnownAccounts  # noqa: E402
from gpkeys_plugin.network.accounts_here import AccountsHere  # noqa: E402
from gpkeys_plugin.network.authentication import token_file  # noqa: E402
from gpkeys_plugin.network.authentication.token_obfuscation import hide  # noqa: E402
from gpkeys_plugin.network.open_session import open_session  # noqa: E402
from gpkeys_plugin.network.sign_in import SignIn  # noqa: E402
from gpkeys_plugin.store import settings  # noqa: E402

TIMEOUT_S = 30.0
OPENED = Path(SETUP["opened"])
SAW: dict[str, Any] = {}


def opened() -> list[str]:
    """The addresses that reached the browser."""
    return OPENED.read_text().splitlines() if OPENED.exists() else []


def wait_for(is_true: Callable[[], bool]) -> None:
    """Process events until it is."""
    deadline = time.monotonic() + TIMEOUT_S
    while not is_true():
        if time.monotonic() > deadline:
            raise TimeoutError(repr(is_true))
        QCoreApplication.processEvents()
        time.sleep(0.01)


def in_thread(work: Callable[[], object]) -> float:
    """Run it where QGIS draws layers, in a thread of its pool, while events go on; how long it took."""
    begin, ended = time.monotonic(), threading.Event()

    def run(_task: QgsTask) -> None:
        work()
        ended.set()

    task = QgsTask.fromFunction("essai", run)
    QgsApplication.taskManager().addTask(task)
    wait_for(ended.is_set)
    return time.monotonic() - begin


def make_config(**changes: Any) -> str:
    """An OAuth2 configuration for the simulator; the arguments override its JSON."""
    manager = QgsApplication.authManager()
    manager.setMasterPassword("essai", True)
    config = QgsAuthMethodConfig()
    config.setName("essai")
    config.setMethod("OAuth2")
    config.setConfig("oauth2config", json.dumps({**SETUP["oauth2"], **changes}))
    manager.storeAuthenticationConfig(config)
    return str(config.id())


def is_free(port: int) -> bool:
    """Whether QGIS could listen there: tried as QGIS does, on all addresses."""
    server = QTcpServer()
    is_listening = bool(server.listen(QHostAddress(QHostAddress.SpecialAddress.Any), port))
    server.close()
    return is_listening


def make_token_old(authcfg: str) -> None:
    """Have QGIS believe that the access token has expired."""
    key = next(key for key in token_file.raw_values(authcfg) if key.startswith("expires."))
    token_file.restore(authcfg, {key: hide(str(int(time.time()) - 5))})


def order(what: str, **body: Any) -> None:
    """Steer the simulator."""
    open_session().post(f"{SETUP['control_url']}/{what}", json=body).raise_for_status()


def like_a_layer(authcfg: str) -> None:
    """What a provider does: QGIS's own blocking request with the configuration."""
    QgsNetworkAccessManager.blockingGet(QNetworkRequest(QUrl(f"{SETUP['api_url']}/users/me")), authcfg, True)


def walk() -> None:  # noqa: PLR0915 - one story, told in order
    """The scenarios, one after the other."""
    authcfg, port = make_config(), SETUP["oauth2"]["redirectPort"]
    known = KnownAccounts()
    accounts = AccountsHere(known.is_expected, known.is_anothers, known.home_of, known.use)
    sign_in = SignIn(lambda: SETUP["api_url"], settings.reply_ports, accounts)

    # Somebody presses the button, the browser opens, and is left alone: cancelled.
    Path(SETUP["absent"]).touch()
    sign_in.sign_in(authcfg)
    wait_for(lambda: len(opened()) == 1)
    begin = time.monotonic()
    sign_in.cancel()
    SAW["cancelled"] = sign_in.status.state.value
    wait_for(lambda: is_free(port))
    SAW["cancel_s"] = time.monotonic() - begin

    # Again, and now somebody signs in.
    Path(SETUP["absent"]).unlink()
    sign_in.sign_in(authcfg)
    wait_for(lambda: sign_in.status.state is not SignInState.SIGNING_IN)
    SAW["signed_in"] = [sign_in.status.state.value, sign_in.status.account and sign_in.status.account.email]
    SAW["opened_when_asked"] = len(opened())

    # A layer's refresh fails once: QGIS throws the session away, and it is brought back.
    order("fail", method="POST", path="/token$", action="status", status=503)
    make_token_old(authcfg)
    in_thread(lambda: like_a_layer(authcfg))
    wait_for(lambda: (token_file.read(authcfg) or token_file.KeptTokens()).is_usable)
    wait_for(lambda: not sign_in._runs)
    SAW["after_503"] = [sign_in.status.state.value, len(opened()) - SAW["opened_when_asked"]]

    # The session ends at the SSO; a layer asks, in a thread and in the window's thread.
    order("revoke", username="camille")
    make_token_old(authcfg)
    SAW["thread_s"] = in_thread(lambda: like_a_layer(authcfg))
    make_token_old(authcfg)
    begin = time.monotonic()
    like_a_layer(authcfg)
    SAW["gui_s"] = time.monotonic() - begin
    wait_for(lambda: sign_in.status.state is SignInState.EXPIRED)
    SAW["opened_unasked"] = len(opened()) - SAW["opened_when_asked"]

    # Any other address opens as usual.
    QDesktopServices.openUrl(QUrl("http://127.0.0.1/elsewhere"))
    wait_for(lambda: opened()[-1].endswith("/elsewhere"))

    # Signed out, then in again: the login page must ask again.
    sign_in.sign_in(authcfg)
    wait_for(lambda: sign_in.status.state is SignInState.SIGNED_IN)
    sign_in.sign_out()
    sign_in.sign_in(authcfg)
    wait_for(lambda: sign_in.status.state is SignInState.SIGNED_IN)
    SAW["asks_again"] = "prompt=login" in opened()[-1]

    # A 401 with a Basic challenge is an answer, not a dialog.
    statuses: list[int] = []
    in_thread(lambda: statuses.append(open_session().get(SETUP["challenge_url"]).status_code))
    SAW["challenge"] = statuses
    SAW["dialog"] = QApplication.activeModalWidget() is not None

    # A wrong client secret, refused with a Basic challenge; and somebody who never comes.
    order("switch", client_refusal="rfc6749")
    sign_in.sign_out()
    SAW["wrong_client"] = refusal_of(sign_in, make_config(clientSecret="faux"))
    SAW["dialog_of_wrong_client"] = QApplication.activeModalWidget() is not None
    Path(SETUP["absent"]).touch()
    SAW["nobody"] = refusal_of(sign_in, make_config(requestTimeout=2))
    # QGIS would tell it by now, in the events that follow the end of the attempt.
    pause(0.5)
    SAW["message_bars"] = [item.text() for item in iface.messageBar().items()]
    sign_in.close()


def refusal_of(sign_in: SignIn, authcfg: str) -> str:
    """Sign in in vain, and return why."""
    sign_in.sign_in(authcfg)
    wait_for(lambda: sign_in.status.state is not SignInState.SIGNING_IN)
    return sign_in.status.error.code.name if sign_in.status.error else ""


def pause(seconds: float) -> None:
    """Process events for a while."""
    deadline = time.monotonic() + seconds
    wait_for(lambda: time.monotonic() > deadline)


def run() -> None:
    """Walk, write, end."""
    try:
        walk()
    except Exception:  # noqa: BLE001 - whatever happens must reach the test
        SAW["error"] = traceback.format_exc()
    Path(SETUP["result"]).write_text(json.dumps(SAW))
    sys.stdout.flush()
    os._exit(0)


faulthandler.enable()
socket.setdefaulttimeout(TIMEOUT_S)
QTimer.singleShot(0, run)
