"""From what goes wrong to what the user is told."""

from __future__ import annotations

from typing import Any

import pytest
import requests
from requests_mock import Mocker

from gpkeys_plugin.entrepot.client import EntrepotClient
from gpkeys_plugin.entrepot.errors import ErrorCode, GpkeysError, RequestCancelled, SignInFailed, SignInRequired
from gpkeys_plugin.entrepot.models import KeyCreation, KeyType

from .conftest import API_URL, Clock

ME = f"{API_URL}/users/me"
HTML = "<html><body>401 Authorization Required</body></html>"


def failure(client: EntrepotClient) -> GpkeysError:
    with pytest.raises(GpkeysError) as caught:
        client.me()
    error = caught.value
    assert str(error.user)
    assert error.advice is None or str(error.advice)
    assert "Traceback" not in error.log
    return error


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (301, ErrorCode.BAD_ANSWER),
        (302, ErrorCode.BAD_ANSWER),
        (400, ErrorCode.INVALID),
        (401, ErrorCode.TOKEN_REFUSED),
        (403, ErrorCode.FORBIDDEN),
        (404, ErrorCode.NOT_FOUND),
        (405, ErrorCode.INVALID),
        (407, ErrorCode.PROXY),
        (408, ErrorCode.TIMEOUT),
        (409, ErrorCode.CONFLICT),
        (410, ErrorCode.NOT_FOUND),
        (418, ErrorCode.INVALID),
        (422, ErrorCode.INVALID),
        (429, ErrorCode.RATE_LIMITED),
        (500, ErrorCode.SERVER),
        (502, ErrorCode.SERVER),
        (504, ErrorCode.SERVER),
        (599, ErrorCode.SERVER),
    ],
)
def test_statuses(client: EntrepotClient, requests_mock: Mocker, status: int, code: ErrorCode) -> None:
    requests_mock.get(ME, status_code=status, text=HTML, headers={"Content-Type": "text/html", "Location": "/login"})
    error = failure(client)
    assert (error.code, error.status, error.details) == (code, status, ())
    assert "html" not in str(error.user)


@pytest.mark.parametrize(
    ("raised", "code"),
    [
        (requests.ConnectionError("refused"), ErrorCode.CONNECTION),
        (requests.exceptions.ChunkedEncodingError("cut"), ErrorCode.CONNECTION),
        (requests.exceptions.ContentDecodingError("gzip"), ErrorCode.BAD_ANSWER),
        (requests.exceptions.SSLError("certificate"), ErrorCode.TLS),
        (requests.exceptions.ProxyError("407"), ErrorCode.PROXY),
        (requests.ConnectTimeout("slow"), ErrorCode.TIMEOUT),
        (requests.ReadTimeout("slow"), ErrorCode.TIMEOUT),
        (requests.exceptions.InvalidURL("?"), ErrorCode.CONNECTION),
        (RequestCancelled(), ErrorCode.CANCELLED),
        (SignInRequired(), ErrorCode.NOT_SIGNED_IN),
        (SignInFailed("port 7070 busy"), ErrorCode.SIGN_IN_REFUSED),
    ],
)
def test_exceptions(client: EntrepotClient, requests_mock: Mocker, raised: Exception, code: ErrorCode) -> None:
    requests_mock.get(ME, exc=raised)
    error = failure(client)
    assert error.code is code
    if isinstance(raised, SignInFailed):
        assert "port 7070 busy" in str(error.user)


@pytest.mark.parametrize(
    ("answer", "details"),
    [
        ({"json": {"error": "Bad Request", "error_description": ["Un", "Deux"]}}, ("Un", "Deux")),
        ({"json": {"error_description": "Un"}}, ("Un",)),
        ({"json": {"message": "Un"}}, ("Un",)),
        ({"json": {"error_description": [], "message": "Un"}}, ("Un",)),
        ({"json": ["Un", None, 3, {}]}, ("Un",)),
        ({"json": "Un\n  deux"}, ("Un deux",)),
        ({"text": "Un", "headers": {"Content-Type": "text/plain; charset=utf-8"}}, ("Un",)),
        ({"text": HTML, "headers": {"Content-Type": "text/html"}}, ()),
        ({"text": HTML, "headers": {"Content-Type": "text/plain"}}, ()),
        ({"text": ""}, ()),
        ({"text": '{"error_descr'}, ()),
        ({"json": {"error": "Bad Request", "error_description": None}}, ()),
        ({"json": {"error_description": ["x" * 1000] * 9}}, ("x" * 300 + "…",) * 5),
    ],
)
def test_error_bodies(
    client: EntrepotClient, requests_mock: Mocker, answer: dict[str, Any], details: tuple[str, ...]
) -> None:
    requests_mock.get(ME, status_code=400, **answer)
    error = failure(client)
    assert error.details == details
    assert all(text in str(error.user) for text in details)


@pytest.mark.parametrize(
    "body", ["", "{", '{"_id": "a', HTML, "[" * 100_000, "\xff", "null", "[]", '"x"', '{"email": "x"}']
)
def test_a_success_that_is_none(client: EntrepotClient, requests_mock: Mocker, body: str) -> None:
    requests_mock.get(ME, content=body.encode("latin-1"))
    assert failure(client).code is ErrorCode.BAD_ANSWER


def test_nothing_secret_is_repeated(client: EntrepotClient, requests_mock: Mocker, clock: Clock) -> None:
    body = {"error_description": ["Mot de passe s-e-s-a-m-e trop court", "Nom trop long"]}
    requests_mock.post(f"{API_URL}/users/me/keys", status_code=400, json=body)
    creation = KeyCreation("K", KeyType.BASIC, login="camille", password="s-e-s-a-m-e")
    with pytest.raises(GpkeysError) as caught:
        client.create_key(creation, existing_ids=())
    error = caught.value
    assert error.details == ("Nom trop long",)
    assert "s-e-s-a-m-e" not in f"{error!r} {error} {error.log} {error.user} {error.details}"


def test_an_exception_that_quotes_the_url_is_not_quoted(client: EntrepotClient, requests_mock: Mocker) -> None:
    requests_mock.get(ME, exc=requests.exceptions.SSLError("https://x/?apikey=FauxHash"))
    assert "FauxHash" not in failure(client).log
