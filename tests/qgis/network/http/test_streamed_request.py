"""Answers that are taken piece by piece."""

from __future__ import annotations

import hashlib
import resource
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
import requests

from gpkeys_plugin.entrepot.errors import RequestCancelled
from gpkeys_plugin.network.http.network_threads import stop_threads
from gpkeys_plugin.network.open_session import open_session
from tests.qgis.network.conftest import Heard, LocalServer, in_thread, result_of

pytestmark = pytest.mark.usefixtures("qgis_app")

_BLOCK = bytes(range(256)) * 4096
_HEADER = "apikey"


def _sent_in_blocks(
    count: int, after: Callable[[int], bool] = lambda _: True
) -> Callable[[Heard, BaseHTTPRequestHandler], None]:
    """Answer with that many blocks; `after` each it says whether to go on."""

    def answer(_: Heard, handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(count * len(_BLOCK)))
        handler.end_headers()
        for number in range(count):
            try:
                handler.wfile.write(_BLOCK)
            except OSError:
                return
            if not after(number):
                return

    return answer


def _read(server: LocalServer, session: requests.Session | None = None) -> tuple[int, str]:
    """Return how much was read, and its sum."""
    response = (session or open_session()).get(server.url(), stream=True, timeout=20)
    count, found = 0, hashlib.md5(usedforsecurity=False)
    for piece in response.iter_content(1 << 20):
        count += len(piece)
        found.update(piece)
    return count, found.hexdigest()


def test_all_of_a_large_answer_arrives_in_little_memory(server: LocalServer) -> None:
    blocks = 400
    server.answer = _sent_in_blocks(3)
    result_of(in_thread(lambda: _read(server)))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    server.answer = _sent_in_blocks(blocks)
    count, found = result_of(in_thread(lambda: _read(server)), 60)
    assert count == blocks * len(_BLOCK)
    told = hashlib.md5(usedforsecurity=False)
    for _ in range(blocks):
        told.update(_BLOCK)
    assert found == told.hexdigest()
    grown_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown_kb < 64 * 1024


def test_a_server_waits_for_whoever_takes_slowly(server: LocalServer) -> None:
    """Nothing is read far ahead of who takes it: else a slow disk would fill the memory."""
    sent: list[int] = []

    def note(number: int) -> bool:
        sent.append(number)
        return True

    server.answer = _sent_in_blocks(200, note)

    def most_ahead() -> int:
        response = open_session().get(server.url(), stream=True, timeout=20)
        taken, ahead = 0, 0
        for piece in response.iter_content(1 << 18):
            taken += len(piece)
            hashlib.md5(piece * 4, usedforsecurity=False)
            ahead = max(ahead, len(sent) * len(_BLOCK) - taken)
        assert taken == 200 * len(_BLOCK)
        return ahead

    assert result_of(in_thread(most_ahead), 60) < 50 * len(_BLOCK)


def test_a_body_that_breaks_off_is_an_error_after_what_arrived(server: LocalServer) -> None:
    server.answer = _sent_in_blocks(8, lambda number: number < 3)
    taken: list[bytes] = []

    def read() -> None:
        response = open_session().get(server.url(), stream=True, timeout=20)
        taken.extend(response.iter_content(1 << 20))

    with pytest.raises(requests.ConnectionError):
        result_of(in_thread(read))
    assert sum(map(len, taken)) == 4 * len(_BLOCK)


@pytest.mark.parametrize("status", [206, 404, 416, 429, 500])
def test_a_status_is_an_answer(server: LocalServer, status: int) -> None:
    server.answer = lambda *_: (status, {"Retry-After": "3", "ETag": '"a"'}, b"corps")
    response = result_of(
        in_thread(lambda: open_session().get(server.url(), stream=True, headers={"Range": "bytes=5-"}))
    )
    assert (response.status_code, response.headers["ETag"]) == (status, '"a"')
    assert result_of(in_thread(lambda: response.content)) == b"corps"
    assert server.heard[0].headers["Range"] == "bytes=5-"
    assert server.heard[0].headers["Accept-Encoding"] == "identity"


def test_no_answer_is_an_error(server: LocalServer) -> None:
    server.answer = lambda *_: None
    with pytest.raises(requests.ConnectionError):
        result_of(in_thread(lambda: open_session().get(server.url(), stream=True)))


def test_the_key_goes_to_the_guarded_address_only(server: LocalServer) -> None:
    """Not along a redirect either, be it to another host."""

    def answer(request: Heard, _: Any) -> tuple[int, dict[str, str], bytes]:
        if request.path == "/private/a":
            return 302, {"Location": server.url("/elsewhere", "localhost")}, b""
        return 200, {}, b"corps"

    server.answer = answer
    session = open_session(guarded_url=server.url("/private"), guarded_headers={_HEADER: "FauxHash"})
    response = result_of(in_thread(lambda: session.get(server.url("/private/a"), stream=True)))
    assert result_of(in_thread(lambda: response.content)) == b"corps"
    assert [_HEADER in {name.lower() for name in heard.headers} for heard in server.heard] == [True, False]


def test_a_cancel_ends_the_reading(server: LocalServer) -> None:
    cancelled = threading.Event()
    go_on = threading.Event()
    server.answer = _sent_in_blocks(8, lambda number: number < 2 or go_on.wait(20))
    session = open_session(is_cancelled=cancelled.is_set)

    def read() -> None:
        for _ in session.get(server.url(), stream=True, timeout=20).iter_content(1 << 20):
            cancelled.set()

    with pytest.raises(RequestCancelled):
        result_of(in_thread(read))
    go_on.set()


def test_the_end_of_the_threads_ends_the_reading(server: LocalServer) -> None:
    go_on = threading.Event()
    server.answer = _sent_in_blocks(8, lambda number: number < 1 or go_on.wait(20))
    begun = threading.Event()

    def read() -> None:
        for _ in open_session().get(server.url(), stream=True, timeout=20).iter_content(1 << 20):
            begun.set()

    reading = in_thread(read)
    assert begun.wait(20)
    stop_threads()
    with pytest.raises(requests.RequestException):
        result_of(reading)
    go_on.set()
