"""Ask the private services, with a key, what they open to it: capabilities and tile descriptions."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event
from typing import Callable, Iterable, Mapping

import requests

from ..entrepot.errors import RequestCancelled
from ..entrepot.texts import Text
from ..keys import endpoints
from ..keys.endpoints import ConnectionPlan, ServedLayer
from .signed_in import SignedIn
from .task import Progress

_TIMEOUT_S = 30.0
_AT_ONCE = 4
# A new key is not known to every gateway server at once.
_WAITS_S = (0.5, 1.0, 2.0)


@dataclass(frozen=True)
class Credential:
    """What opens a key's services: an authentication configuration, or a hash kept in the URLs."""

    authcfg: str = ""
    apikey: str | None = field(default=None, repr=False)

    def applied_to(self, url: str) -> str:
        """Return `url` as it is asked: with the hash where one is kept in the URLs."""
        return url if self.apikey is None else endpoints.with_apikey(url, self.apikey)


@dataclass(frozen=True)
class Answer:
    """What a service said: its body, or None and the reason."""

    body: bytes | None
    reason: Text | None = None

    @property
    def is_key_refused(self) -> bool:
        """Whether the service does not know the key."""
        return self.reason is _KEY_REFUSED

    @property
    def is_key_known(self) -> bool:
        """Whether the service knows the key, though it may be shut out by its filters."""
        return self.body is not None or self.reason is _FILTERED


class ServiceProbe:
    """Reads the private services with a key's credential, at most four requests at once."""

    def __init__(self, signed_in: SignedIn, credential: Credential, progress: Progress) -> None:
        self._signed_in = signed_in
        self._credential = credential
        self._progress = progress

    def tile_descriptions(self, layers: Iterable[ServedLayer]) -> Mapping[ServedLayer, Answer]:
        """Return the TileMap description of each tile layer."""
        asked = list(layers)
        return dict(zip(asked, self._ask_all([endpoints.capabilities_url(layer) for layer in asked])))

    def capabilities(self, plans: Iterable[ConnectionPlan]) -> Mapping[ConnectionPlan, Answer]:
        """Return the capabilities of each WMS, WMTS and WFS connection to be written."""
        asked = list(plans)
        return dict(zip(asked, self._ask_all([endpoints.capabilities_url(plan) for plan in asked])))

    def answers(self, layers: Iterable[ServedLayer]) -> Mapping[str, Answer]:
        """Return what each service of the layers says of itself, by its URL without any secret."""
        urls = list(dict.fromkeys(endpoints.capabilities_url(layer) for layer in layers))
        return dict(zip(urls, self._ask_all(urls)))

    def _ask_all(self, urls: list[str]) -> list[Answer]:
        with ThreadPoolExecutor(max_workers=_AT_ONCE) as pool:
            return list(pool.map(self._ask, urls))

    def _ask(self, url: str) -> Answer:
        session = self._signed_in.service_session(
            self._credential.authcfg, url.partition("?")[0], self._progress.is_cancelled
        )
        return _ask(session, self._credential.applied_to(url), self._progress.check)


def _ask(session: requests.Session, url: str, check: Callable[[], None]) -> Answer:
    answer = _ask_once(session, url)
    for wait_s in _WAITS_S:
        if not answer.is_key_refused:
            break
        check()
        Event().wait(wait_s)
        answer = _ask_once(session, url)
    return answer


def _ask_once(session: requests.Session, url: str) -> Answer:
    try:
        response = session.get(url, timeout=_TIMEOUT_S)
    except RequestCancelled:
        return Answer(None, _CANCELLED)
    except requests.RequestException:
        return Answer(None, _NO_ANSWER)
    if response.ok:
        return Answer(response.content)
    return Answer(None, _REASONS.get(response.status_code, _NO_ANSWER))


_CANCELLED = Text("it was cancelled")
_NO_ANSWER = Text("the service does not answer")
_KEY_REFUSED = Text("it does not know the key yet")
_FILTERED = Text("the key's filters shut this QGIS out")
_BUSY = Text("its request limit is reached for the moment")
_REASONS = {401: _KEY_REFUSED, 403: _FILTERED, 429: _BUSY}
