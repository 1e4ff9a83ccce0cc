"""What QGIS and Qt do with a request, seen each time by its own class first; and that ours does not.

A test whose first half fails on a newer QGIS tells that a guard is not needed there any more.
"""

from __future__ import annotations

import threading
from base64 import b64decode
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
import requests
from qgis.core import QgsAuthMethodConfig, QgsBlockingNetworkRequest
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtNetwork import QNetworkRequest

from gpkeys_plugin.network.open_session import open_session
from tests.qgis.network.conftest import Heard, LocalServer, in_thread, result_of

_CREATED = "/api/keys"


class _Seen(NamedTuple):
    """What `QgsBlockingNetworkRequest` says came back."""

    error: int
    status: int | None
    body: bytes


@pytest.fixture
def configurations(manager: Any) -> Iterator[tuple[str, str]]:
    """Return two Basic configurations: of somebody who may, and of somebody who may not."""
    made = []
    for name in ("agent", "autre"):
        config = QgsAuthMethodConfig("Basic")
        config.setName(name)
        config.setConfigMap({"username": name, "password": "Cle-1", "realm": ""})  # pragma: allowlist secret - made up
        assert manager.storeAuthenticationConfig(config)[0]
        made.append(str(config.id()))
    yield made[0], made[1]
    for id_ in made:
        manager.removeAuthenticationConfig(id_)


def by_qgis(url: str, authcfg: str = "", *, timeout_ms: int = 5000, body: bytes | None = None) -> _Seen:
    """Ask as plugins usually do."""
    sent = QNetworkRequest(QUrl(url))
    sent.setTransferTimeout(timeout_ms)
    blocking = QgsBlockingNetworkRequest()
    blocking.setAuthCfg(authcfg)
    error = blocking.get(sent) if body is None else blocking.post(sent, body)
    status = blocking.reply().attribute(QNetworkRequest.Attribute.HttpStatusCodeAttribute)
    return _Seen(int(error), status, bytes(blocking.reply().content()))


def _for_the_agent_only(heard: Heard, _: Any) -> tuple[int, dict[str, str], bytes]:
    _, _, shown = heard.headers.get("Authorization", "").partition(" ")
    may = b64decode(shown).startswith(b"agent:")
    return (200, {"Content-Type": "text/plain"}, b"the agent's keys") if may else (403, {}, b"no")


def test_an_answer_is_not_given_to_somebody_else(server: LocalServer, configurations: tuple[str, str]) -> None:
    server.answer = _for_the_agent_only
    url, (agent, other) = server.url("/api/keys"), configurations
    assert result_of(in_thread(lambda: by_qgis(url, agent))).body == b"the agent's keys"
    # From QGIS's cache, though the server would refuse it.
    assert result_of(in_thread(lambda: by_qgis(url, other))).body == b"the agent's keys"

    sessions = [open_session(authcfg, guarded_url=server.url("/api")) for authcfg in (agent, other)]
    assert [session.get(url).status_code for session in sessions] == [200, 403]


def test_a_time_out_is_no_success(server: LocalServer) -> None:
    ended = threading.Event()

    def answer(*_: Any) -> tuple[int, dict[str, str], bytes]:
        ended.wait(10)
        return 200, {}, b""

    server.answer = answer
    url = server.url()
    assert result_of(in_thread(lambda: by_qgis(url, timeout_ms=300))) == (0, None, b"")
    with pytest.raises(requests.exceptions.ReadTimeout):
        open_session().get(url, timeout=0.3)
    ended.set()


def test_credentials_do_not_follow_a_redirect_to_another_host(
    server: LocalServer, configurations: tuple[str, str]
) -> None:
    def answer(heard: Heard, _: Any) -> tuple[int, dict[str, str], bytes]:
        is_moved = heard.path == "/api/go"
        return (302, {"Location": server.url("/there", host="localhost")}, b"") if is_moved else (200, {}, b"there")

    def shown() -> list[tuple[str, bool]]:
        return [(heard.path, "Authorization" in heard.headers) for heard in server.heard]

    server.answer = answer
    url, agent = server.url("/api/go"), configurations[0]
    result_of(in_thread(lambda: by_qgis(url, agent)))
    assert shown() == [("/api/go", True), ("/there", True)]
    server.heard.clear()
    open_session(agent, guarded_url=server.url("/api")).get(url)
    assert shown() == [("/api/go", True), ("/there", False)]


def _closed_without_an_answer(_: Heard, handler: Any) -> None:
    handler.close_connection = True


@pytest.mark.parametrize("ask", [lambda url: by_qgis(url, body=b"{}"), lambda url: open_session().post(url, json={})])
def test_a_post_whose_connection_closes_is_sent_again_and_never_taken_for_done(
    server: LocalServer, ask: Callable[[str], Any]
) -> None:
    """Ours cannot keep Qt from it: whoever sends a change looks for it before it sends it again."""
    # The connection must have served before.
    server.answer = lambda *_: (200, {}, b"{}")
    result_of(in_thread(lambda: ask(server.url(_CREATED))))
    server.heard.clear()
    server.answer = _closed_without_an_answer
    try:
        seen = result_of(in_thread(lambda: ask(server.url(_CREATED))))
    except requests.exceptions.ConnectionError:
        seen = _Seen(-1, None, b"")
    assert (seen.error != 0, seen.status) == (True, None)
    assert len(server.heard) > 1
