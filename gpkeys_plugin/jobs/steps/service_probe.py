"""Ask the private services, with a key, what they open to it: capabilities and tile descriptions."""

from __future__ import annotations

import re
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from typing import Callable, Collection, Iterable, Mapping, Sequence

import requests

from ...entrepot.errors import ErrorCode, GpkeysError, RequestCancelled
from ...entrepot.request_turns import side_by_side
from ...entrepot.retries import Patience, retry_after_s
from ...entrepot.translatable_text import Text
from ...keys.services import connection_plans
from ...keys.services.connection_plans import ConnectionPlan, ServedLayer
from ...store.services import listed_layers
from ...store.services.service_exceptions import read_refusal
from ...store.services.tile_descriptions import describe_tiles
from ..running.task import Progress
from .account_sessions import SignedIn

_TIMEOUT_S = 30.0
# A new key, or a new access, is not known to every gateway server at once.
_WAITS_S = (0.5, 1.0, 2.0)
_REPEAT_AFTER_S = 1.0
_LONGEST_WAIT_S = 5.0
# What ROK4 says, as a 400, where a picture is asked of what holds values.
_NOT_CONSISTENT = re.compile(rb"FLOAT32.*not consistent", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Credential:
    """What opens a key's services: an authentication configuration, or a hash kept in the URLs."""

    authcfg: str = ""
    hash: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class ProbeAnswer:
    """What a service said: its body, or None and the reason. `wait_s`: how long it wants to be left alone."""

    body: bytes | None = field(repr=False)
    reason: Text | None = None
    wait_s: float | None = None

    @property
    def is_key_refused(self) -> bool:
        """Whether the service does not know the key."""
        return self.reason is _KEY_REFUSED

    @property
    def is_key_known(self) -> bool:
        """Whether the service knows the key, though it may be shut out by its filters."""
        return self.body is not None or self.reason is _FILTERED

    @property
    def is_not_served(self) -> bool:
        """Whether the service does not serve the layer (yet)."""
        return self.reason is _NOT_SERVED

    @property
    def holds_values(self) -> bool:
        """Whether no picture can be drawn of the layer in the style that was asked for."""
        return self.reason is _VALUES

    @property
    def is_passing(self) -> bool:
        """Whether the same question may well be answered a moment later."""
        return self.reason in (_NO_ANSWER, _BUSY, _UNREADABLE)


@dataclass(frozen=True)
class _Question:
    """A URL; whether an answer can be read; whether what can be read names all the layers it should."""

    url: str
    is_readable: Callable[[bytes], bool] = lambda body: True
    is_whole: Callable[[bytes], bool] = lambda body: True
    is_of_one_layer: bool = False

    def is_too_early(self, answer: ProbeAnswer) -> bool:
        """Whether the key, or one of its layers, is not known yet where the answer came from."""
        if answer.body is not None:
            return not self.is_whole(answer.body)
        return answer.is_key_refused or answer.is_not_served


class ServiceProbe:
    """Reads the private services with a key's credential, side by side."""

    def __init__(self, signed_in: SignedIn, credential: Credential, progress: Progress) -> None:
        self._signed_in = signed_in
        self._credential = credential
        self._progress = progress
        self._ahead: dict[str, Callable[[], requests.Response]] = {}

    @property
    def api_url(self) -> str:
        """The API of the platform whose services are asked."""
        return self._signed_in.api_url

    def ask_ahead(self, urls: Iterable[str]) -> None:
        """Ask at once for what will be asked for in turn; the first question of each URL has its answer then."""
        asked = [url for url in dict.fromkeys(urls) if self._signed_in.is_on_platform(_root(url))]
        self._ahead = dict(zip(asked, side_by_side(self._kept, asked)))

    def tile_descriptions(self, layers: Iterable[ServedLayer]) -> Mapping[ServedLayer, ProbeAnswer]:
        """Return the description of each tile layer; asked for once more where a service had no answer."""
        asked = list(layers)
        questions = [
            _Question(
                connection_plans.capabilities_url(layer),
                lambda body: describe_tiles(body) is not None,
                is_of_one_layer=True,
            )
            for layer in asked
        ]
        return dict(zip(asked, self._ask_all(questions)))

    def capabilities(self, plans: Iterable[ConnectionPlan]) -> Mapping[ConnectionPlan, ProbeAnswer]:
        """Return the capabilities of each WMS, WMTS and WFS connection to be written.

        They are asked for again where a service had no answer, or did not list each of the layers yet.
        """
        asked = list(plans)
        return dict(zip(asked, self._ask_all([_of_plan(plan) for plan in asked])))

    def answers(self, layers: Iterable[ServedLayer]) -> Mapping[str, ProbeAnswer]:
        """Return what each service of the layers says of itself, by its URL without any secret.

        One that is not on the platform's servers is left out: what it would say tells nothing of the key.
        """
        ours = [layer for layer in layers if self._signed_in.is_on_platform(layer.root)]
        urls = list(dict.fromkeys(connection_plans.capabilities_url(layer) for layer in ours))
        return dict(zip(urls, self.ask_once(urls)))

    def ask_once(self, urls: Sequence[str]) -> list[ProbeAnswer]:
        """Return the answer of each URL; only a key that is not known yet is tried again."""
        return self._ask_all([_Question(url) for url in urls], repeats=False)

    def _ask_all(self, questions: Sequence[_Question], *, repeats: bool = True) -> list[ProbeAnswer]:
        return side_by_side(lambda question: self._ask(question, repeats=repeats), questions)

    def _ask(self, question: _Question, *, repeats: bool) -> ProbeAnswer:
        """Return the last of the answers; raise a CANCELLED error if the user asked to stop meanwhile."""
        answer = self._ask_now(question)
        for wait_s in _WAITS_S:
            if not question.is_too_early(answer):
                break
            self._wait(wait_s, _NOT_YET)
            answer = self._ask_now(question)
        if repeats and answer.is_passing:
            self._wait(_REPEAT_AFTER_S if answer.wait_s is None else min(answer.wait_s, _LONGEST_WAIT_S), None)
            answer = self._ask_now(question)
        return answer

    def _ask_now(self, question: _Question) -> ProbeAnswer:
        if not self._signed_in.is_on_platform(_root(question.url)):
            return ProbeAnswer(None, _ELSEWHERE)
        return _answer_of(self._ahead.pop(question.url, partial(self._response, question.url)), question)

    def _response(self, url: str) -> requests.Response:
        credential = self._credential
        session = self._signed_in.service_session(
            credential.authcfg, _root(url), self._progress.is_cancelled, credential.hash
        )
        return session.get(url, timeout=_TIMEOUT_S)

    def _kept(self, url: str) -> Callable[[], requests.Response]:
        """Ask now; return what gives the answer, or raises the failure, when it is wanted."""
        answer: Future[requests.Response] = Future()
        try:
            answer.set_result(self._response(url))
        except requests.RequestException as error:
            answer.set_exception(error)
        return answer.result

    def _wait(self, seconds: float, why: Text | None) -> None:
        Patience(self._progress.is_cancelled, partial(self._progress.tell_wait, why=why)).pause(seconds)


def require_password_known(answers: Collection[ProbeAnswer]) -> None:
    """Raise GpkeysError (INVALID) where services refuse a BASIC key's password, and none takes it."""
    if any(answer.is_key_refused for answer in answers) and not any(answer.is_key_known for answer in answers):
        raise _password_refused()


def _of_plan(plan: ConnectionPlan) -> _Question:
    return _Question(
        connection_plans.capabilities_url(plan),
        listed_layers.is_readable,
        lambda body: not listed_layers.unlisted(plan, body),
    )


def _root(url: str) -> str:
    return url.partition("?")[0]


def _answer_of(ask: Callable[[], requests.Response], question: _Question) -> ProbeAnswer:
    try:
        response = ask()
    except RequestCancelled:
        return ProbeAnswer(None, _CANCELLED)
    except requests.RequestException:
        return ProbeAnswer(None, _NO_ANSWER)
    if response.ok:
        return (
            ProbeAnswer(response.content) if question.is_readable(response.content) else ProbeAnswer(None, _UNREADABLE)
        )
    return ProbeAnswer(None, _reason(response, question), retry_after_s(response))


def _reason(response: requests.Response, question: _Question) -> Text:
    if question.is_of_one_layer and response.status_code == 404:
        return _NOT_SERVED
    refusal = read_refusal(response.content)
    if refusal is not None and refusal.is_unknown_layer:
        return _NOT_SERVED
    if response.status_code == 400 and _NOT_CONSISTENT.search(response.content):
        return _VALUES
    return _REASONS.get(response.status_code, _NO_ANSWER)


def _password_refused() -> GpkeysError:
    return GpkeysError(
        ErrorCode.INVALID,
        Text("The services refuse this password."),
        "the password of a BASIC key was refused by the gateway",
        advice=Text("Type it again. If nobody knows it any more, change the password of the key on its page."),
    )


_NOT_YET = Text("Not all services know the key yet: next attempt in {seconds} s…")
_ELSEWHERE = Text("it is not on the platform’s servers")
_CANCELLED = Text("it was cancelled")
_NO_ANSWER = Text("the service does not answer")
_UNREADABLE = Text("its answer cannot be read")
_KEY_REFUSED = Text("it does not know the key yet")
_FILTERED = Text("the key's filters refuse this QGIS")
_BUSY = Text("its request limit is reached for the moment")
_NOT_SERVED = Text("it does not serve the layer (yet)")
_VALUES = Text("elevation values, not a picture")
_REASONS = {401: _KEY_REFUSED, 403: _FILTERED, 429: _BUSY}
