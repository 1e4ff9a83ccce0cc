"""`requests` over QGIS's network stack, against a real server."""

from __future__ import annotations

import gzip
import json
import resource
import threading
import time
from typing import Any

import pytest
import requests
from qgis.PyQt.QtNetwork import QNetworkRequest
from requests.exceptions import InvalidSchema, InvalidURL, MissingSchema

from gpkeys_plugin.entrepot.errors import AnswerTooLarge, RequestCancelled
from gpkeys_plugin.network.http import one_request, user_agent
from gpkeys_plugin.network.http.network_threads import stop_threads
from gpkeys_plugin.network.http.transport import QgisAdapter
from gpkeys_plugin.network.open_session import open_session
from tests.qgis.network.conftest import Heard, LocalServer, free_port, in_thread, result_of

pytestmark = pytest.mark.usefixtures("qgis_app")


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
def test_every_method_with_its_body(server: LocalServer, method: str) -> None:
    server.answer = lambda request, _: (200, {"Content-Type": "application/json"}, request.body or b"null")
    sent = None if method in ("GET", "DELETE") else {"name": "clé"}
    response = open_session().request(method, server.url("/keys"), json=sent)
    assert (response.status_code, response.json()) == (200, sent)
    assert server.heard[0].method == method


@pytest.mark.parametrize("status", [204, 400, 401, 403, 404, 405, 409, 410, 422, 429, 500, 501, 502, 503, 504])
def test_a_status_never_raises_and_keeps_its_body(server: LocalServer, status: int) -> None:
    body = b"" if status == 204 else json.dumps({"error": "x"}).encode()
    headers = {"Content-Type": "application/json", "Retry-After": "3", "Content-Range": "0-1/2"}
    server.answer = lambda *_: (status, headers, body)
    response = open_session().get(server.url())
    assert (response.status_code, response.content) == (status, body)
    assert response.headers["retry-after"] == "3"
    assert response.headers["content-range"] == "0-1/2"


def test_a_basic_challenge_is_an_answer_like_any_other(server: LocalServer) -> None:
    server.answer = lambda *_: (401, {"WWW-Authenticate": 'Basic realm="GPF"'}, b"<html>")
    asked: list[object] = []
    from qgis.core import QgsNetworkAccessManager

    main = QgsNetworkAccessManager.instance()
    main.requestRequiresAuth.connect(lambda *details: asked.append(details))
    assert result_of(in_thread(lambda: open_session().get(server.url()))).status_code == 401
    assert not asked
    assert len(server.heard) == 1


def test_redirects_are_followed_by_requests(server: LocalServer) -> None:
    def answer(request: Heard, _: Any) -> tuple[int, dict[str, str], bytes]:
        return (302, {"Location": "/there?a=1"}, b"") if request.path == "/here" else (200, {}, b"there")

    server.answer = answer
    response = open_session().get(server.url("/here"))
    assert response.text == "there"
    assert [seen.path for seen in server.heard] == ["/here", "/there?a=1"]


def test_what_qt_owns_is_not_copied_and_qgis_names_itself(server: LocalServer) -> None:
    headers = {"User-Agent": "nobody", "Accept-Encoding": "br", "X-Own": "kept"}
    open_session().get(server.url(), headers=headers)
    seen = server.heard[0].headers
    assert seen["User-Agent"] == user_agent.current() == user_agent.expected()
    assert seen["X-Own"] == "kept"
    assert seen["Accept-Encoding"] != "br"


def test_a_compressed_body_arrives_decoded(server: LocalServer) -> None:
    server.answer = lambda *_: (200, {"Content-Encoding": "gzip"}, gzip.compress(b"plain"))
    response = open_session().get(server.url())
    assert response.content == b"plain"
    assert "Content-Encoding" not in response.headers


def test_nothing_is_cached_and_no_cookie_is_kept(server: LocalServer) -> None:
    server.answer = lambda *_: (200, {"Cache-Control": "max-age=3600", "Set-Cookie": "a=1; Path=/"}, b"x")
    session = open_session()
    session.get(server.url())
    session.get(server.url())
    assert len(server.heard) == 2
    assert "Cookie" not in server.heard[1].headers


def test_an_error_is_never_answered_with_what_qgis_has_cached(server: LocalServer) -> None:
    from qgis.core import QgsBlockingNetworkRequest
    from qgis.PyQt.QtCore import QUrl

    server.answer = lambda *_: (200, {"Content-Type": "text/plain"}, b"of somebody else")
    result_of(in_thread(lambda: QgsBlockingNetworkRequest().get(QNetworkRequest(QUrl(server.url())))))
    server.answer = lambda *_: (500, {}, b"out of order")
    answer = open_session().get(server.url())
    assert (answer.status_code, answer.text) == (500, "out of order")


def test_a_request_refused_with_401_is_sent_once_more_with_its_body(server: LocalServer) -> None:
    def with_fresh_credentials(request: QNetworkRequest, _: object) -> QNetworkRequest:
        request.setRawHeader(b"Authorization", b"Bearer new")
        return request

    server.answer = lambda heard, _: (200 if "Authorization" in heard.headers else 401, {}, b"")
    request = requests.Request("POST", server.url(), data=b"all of it").prepare()
    assert QgisAdapter(with_fresh_credentials=with_fresh_credentials).send(request).status_code == 200
    assert [heard.body for heard in server.heard] == [b"all of it"] * 2
    server.answer = lambda *_: (401, {}, b"")
    server.heard.clear()
    assert QgisAdapter(with_fresh_credentials=with_fresh_credentials).send(request).status_code == 401
    assert len(server.heard) == 2


def test_a_cut_body_is_a_lost_connection(server: LocalServer) -> None:
    server.answer = lambda *_: (200, {"Content-Length": "100"}, b"half")

    def answer(_request: Heard, handler: Any) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "100")
        handler.end_headers()
        handler.wfile.write(b"half")

    server.answer = answer
    with pytest.raises(requests.exceptions.ConnectionError):
        open_session().get(server.url())


def test_no_server_is_a_connection_error() -> None:
    with pytest.raises(requests.exceptions.ConnectionError):
        open_session().get(f"http://127.0.0.1:{free_port()}/")


def test_a_time_out_is_told_apart_from_a_cancel(server: LocalServer) -> None:
    hold = threading.Event()

    def answer(*_: Any) -> tuple[int, dict[str, str], bytes]:
        hold.wait(10)
        return 200, {}, b""

    server.answer = answer
    with pytest.raises(requests.exceptions.ReadTimeout):
        open_session().get(server.url(), timeout=0.3)
    cancelled = threading.Event()
    future = in_thread(lambda: open_session(is_cancelled=cancelled.is_set).get(server.url(), timeout=10))
    result_of(in_thread(lambda: cancelled.wait(0.3)))
    begin = time.monotonic()
    cancelled.set()
    with pytest.raises(RequestCancelled):
        result_of(future)
    assert time.monotonic() - begin < 1
    hold.set()


def test_a_tls_server_nobody_trusts_is_a_tls_error(tmp_path: Any) -> None:
    # A plain server spoken to in TLS fails in the handshake.
    import socket

    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()

        def speak() -> None:
            connection, _ = listener.accept()
            connection.recv(1000)
            connection.sendall(b"HTTP/1.0 400 Bad Request\r\n\r\n")
            connection.close()

        future = in_thread(speak)
        with pytest.raises(requests.exceptions.SSLError):
            open_session().get(f"https://127.0.0.1:{listener.getsockname()[1]}/", timeout=5)
        result_of(future)


def test_the_proxy_of_qgis_is_used_and_its_refusal_is_a_proxy_error(server: LocalServer) -> None:
    from qgis.core import QgsSettings

    settings = QgsSettings()
    values = {"proxyEnabled": True, "proxyType": "HttpProxy", "proxyHost": "127.0.0.1", "proxyPort": str(server.port)}
    for key, value in values.items():
        settings.setValue(f"proxy/{key}", value)
    try:
        server.answer = lambda *_: (407, {"Proxy-Authenticate": 'Basic realm="x"'}, b"")
        with pytest.raises(requests.exceptions.ProxyError):
            result_of(in_thread(lambda: open_session().get("https://nowhere.invalid/", timeout=5)))
    finally:
        settings.remove("proxy")
    server.answer = lambda *_: (200, {}, b"direct")
    assert open_session().get(server.url()).text == "direct"


@pytest.mark.parametrize("address", ["http://192.0.2.1/", "http://localhost.evil.example/", "ftp://127.0.0.1/", ""])
def test_plain_http_elsewhere_is_refused(address: str) -> None:
    # Before anything is sent: that nobody answers there would be another error.
    with pytest.raises((InvalidURL, InvalidSchema, MissingSchema)):
        open_session().get(address)


def test_from_a_thread_and_from_the_gui_thread_and_after_a_stop(server: LocalServer) -> None:
    session = open_session()
    assert session.get(server.url()).text == "ok"
    assert result_of(in_thread(lambda: session.get(server.url()).text)) == "ok"
    stop_threads()
    assert session.get(server.url()).text == "ok"


def test_eight_threads_at_once(server: LocalServer) -> None:
    session = open_session()

    def many() -> list[str]:
        return [session.get(server.url(f"/{number}")).text for number in range(10)]

    futures = [in_thread(many) for _ in range(8)]
    assert all(result_of(future) == ["ok"] * 10 for future in futures)


def test_the_gui_goes_on_while_it_waits(server: LocalServer) -> None:
    from qgis.PyQt.QtCore import QTimer

    def answer(*_: Any) -> tuple[int, dict[str, str], bytes]:
        time.sleep(0.5)
        return 200, {}, b"ok"

    server.answer = answer
    ticks: list[float] = []
    timer = QTimer()
    timer.timeout.connect(lambda: ticks.append(time.monotonic()))
    timer.start(20)
    open_session().get(server.url())
    timer.stop()
    assert len(ticks) > 5


def test_a_session_takes_nothing_from_the_environment(server: LocalServer, monkeypatch: Any, tmp_path: Any) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login a password b\n")
    monkeypatch.setenv("NETRC", str(netrc))
    open_session().get(server.url())
    assert "Authorization" not in server.heard[0].headers


def _sending(*, piece: bytes, stop: threading.Event, every_s: float = 0) -> Any:
    """Return an answer that never ends: the same piece again and again, until the client has gone or `stop`."""

    def answer(_request: Heard, handler: Any) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(10**12))
        handler.end_headers()
        try:
            while not stop.wait(every_s):
                handler.wfile.write(piece)
        except OSError:
            pass

    return answer


def test_an_answer_without_end_is_dropped_and_fills_no_memory(
    server: LocalServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(one_request, "MOST_BYTES", 8 * 1024 * 1024)
    stop, before_kb = threading.Event(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    server.answer = _sending(piece=b"x" * 1024 * 1024, stop=stop)
    with pytest.raises(AnswerTooLarge):
        open_session().get(server.url(), timeout=20)
    stop.set()
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before_kb < 100 * 1024


def test_a_compressed_bomb_is_dropped(server: LocalServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(one_request, "MOST_BYTES", 1024 * 1024)
    body = gzip.compress(bytes(50 * 1024 * 1024))
    server.answer = lambda *_: (200, {"Content-Encoding": "gzip"}, body)
    with pytest.raises(AnswerTooLarge):
        open_session().get(server.url(), timeout=20)


def test_an_answer_that_drips_is_a_time_out(server: LocalServer) -> None:
    stop = threading.Event()
    server.answer = _sending(piece=b"x", stop=stop, every_s=0.05)
    with pytest.raises(requests.exceptions.ReadTimeout):
        open_session().get(server.url(), timeout=0.5)
    stop.set()


def test_a_slow_but_steady_answer_is_waited_for(server: LocalServer) -> None:
    def answer(_request: Heard, handler: Any) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(20 * 1024))
        handler.end_headers()
        for _ in range(20):
            handler.wfile.write(b"x" * 1024)
            threading.Event().wait(0.05)

    server.answer = answer
    assert len(open_session().get(server.url(), timeout=0.4).content) == 20 * 1024
