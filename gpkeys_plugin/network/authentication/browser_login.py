"""A sign-in in the browser: the authorization code flow, with a `state` and with PKCE, in every QGIS.

QGIS's own login has neither for a client with a secret, and its reply server takes anybody's code. So the plugin gets
the tokens itself and puts them where QGIS keeps its own; from then on QGIS's method uses and refreshes them.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Callable, Iterator, Sequence
from urllib.parse import urlencode

from ...entrepot.errors import GpkeysError
from ...entrepot.translatable_text import Text
from ..http.network_threads import POLL_MS, IsCancelled, raise_if
from . import sign_in_messages
from .login_preflight import refuse_hopeless_login
from .reply_listener import Pages, PortsTaken, Reply, ReplyListener
from .sign_in_client import SignInClient
from .sso_requests import post_form, refusal_of, tokens_of
from .token_file import NewTokens

_STATE_BYTES = 32
# 86 characters: the specification wants 43 to 128.
_VERIFIER_BYTES = 64
_ONE_AT_A_TIME = threading.Lock()
_BAD_REQUESTS = range(400, 500)


@dataclass(frozen=True)
class LoginWish:
    """What a login is done with.

    `ports` are tried in their order; `open_browser` shows an address to the user, from any thread; `is_fresh` has the
    page ask for name and password although the browser is still signed in; `say` puts a text in the user's language.
    """

    setup: SignInClient
    ports: Sequence[int]
    open_browser: Callable[[str], object]
    is_fresh: bool = False
    say: Callable[[Text], str] = str


def log_in(wish: LoginWish, is_cancelled: IsCancelled) -> NewTokens:
    """Sign in in the browser and return the tokens, which are kept nowhere yet.

    Raises GpkeysError with what to tell, a `requests` exception when the service cannot be reached, or RequestCancelled
    as soon as cancelled.
    """
    state, verifier = secrets.token_urlsafe(_STATE_BYTES), secrets.token_urlsafe(_VERIFIER_BYTES)
    listener = ReplyListener(wish.setup.reply_path, state, _pages(wish.say))
    with _alone(is_cancelled):
        try:
            with listener.listening(wish.ports):
                setup = replace(wish.setup, reply_port=listener.port)
                refuse_hopeless_login(setup, is_cancelled)
                raise_if(is_cancelled)
                wish.open_browser(_address(setup, state, verifier, is_fresh=wish.is_fresh))
                _wait(listener, setup.login_wait_s, is_cancelled)
        except PortsTaken as taken:
            raise sign_in_messages.ports_busy(wish.ports) from taken
    return _tokens(setup, _code(listener.reply), verifier, is_cancelled)


@contextmanager
def _alone(is_cancelled: IsCancelled) -> Iterator[None]:
    """Wait for the end of a login that was cancelled: it may still be on the preferred port."""
    while not _ONE_AT_A_TIME.acquire(timeout=POLL_MS / 1000):
        raise_if(is_cancelled)
    try:
        yield
    finally:
        _ONE_AT_A_TIME.release()


def _pages(say: Callable[[Text], str]) -> Pages:
    return Pages(
        answered=say(Text("You can close this page and go back to QGIS.")),
        ignored=say(Text("This page is not the answer QGIS waits for. Go back to QGIS, and sign in from there.")),
    )


def _address(setup: SignInClient, state: str, verifier: str, *, is_fresh: bool) -> str:
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode("ascii")).digest()).rstrip(b"=")
    asked = {
        **setup.login_query,
        "state": state,
        "code_challenge": challenge.decode("ascii"),
        "code_challenge_method": "S256",
    }
    fresh = {"prompt": "login"} if is_fresh else {}
    separator = "&" if "?" in setup.authorize_url else "?"
    return f"{setup.authorize_url}{separator}{urlencode({**asked, **fresh})}"


def _wait(listener: ReplyListener, seconds: float, is_cancelled: IsCancelled) -> None:
    end = time.monotonic() + seconds
    while not listener.has_reply.wait(POLL_MS / 1000):
        raise_if(is_cancelled)
        if time.monotonic() >= end:
            log = f"no answer within {seconds} s; {listener.ignored} requests that were none came to the reply port"
            raise sign_in_messages.nobody_came(log)


def _code(reply: Reply) -> str:
    if reply.code and not reply.error:
        return reply.code
    log = f"the sign-in page sent back {reply.error}: {reply.description}"
    if reply.error in ("server_error", "temporarily_unavailable"):
        raise sign_in_messages.service_failing(log, 0)
    raise sign_in_messages.refused(log)


def _tokens(setup: SignInClient, code: str, verifier: str, is_cancelled: IsCancelled) -> NewTokens:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": setup.reply_address,
        "code_verifier": verifier,
        **setup.credentials,
    }
    answer = post_form(setup.grant_url, form, is_cancelled)
    tokens = tokens_of(answer.status_code, answer.content)
    if tokens is None:
        raise _refused_code(answer.status_code, answer.content)
    return tokens


def _refused_code(status: int, body: bytes) -> GpkeysError:
    refusal = refusal_of(status, body)
    log = f"the token endpoint answered a code with {status} {refusal.error}".rstrip()
    if refusal.is_wrong_client:
        return sign_in_messages.wrong_client(log)
    if refusal.error and status in _BAD_REQUESTS:
        return sign_in_messages.refused(log)
    return sign_in_messages.service_failing(log, status)
