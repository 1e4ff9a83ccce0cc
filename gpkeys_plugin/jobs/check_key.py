"""Use case: ask each service of a key, with what QGIS holds for it, and say plainly how it does."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Iterable, Sequence

import requests

from ..entrepot import failures
from ..entrepot.errors import RequestCancelled
from ..entrepot.models import KeyType
from ..keys import endpoints
from ..keys.endpoints import ConnectionKind, ServedLayer
from ..store import auth_configs
from ..store.services import capabilities
from ..store.services.capabilities import ServiceLayer
from ..store.services.small_requests import small_request
from ..store.services.tile_descriptions import describe_tiles
from . import verdicts
from .key_values import KeyPage, ServiceVerdict, Verdict
from .service_probe import Credential
from .signed_in import SignedIn
from .task import Progress

_AT_ONCE = 4
_TIMEOUT_S = 30.0
# A tile may well lie outside what is served, and a request outside its limits: the key is not at fault then.
_NOT_THE_KEY = frozenset({400, 404})


@dataclass(frozen=True)
class _Service:
    """One service of the key: the layers behind one capabilities URL."""

    label: str
    url: str
    layers: tuple[ServedLayer, ...]

    @property
    def root(self) -> str:
        return self.layers[0].root


def check_key(page: KeyPage, signed_in: SignedIn, user_agent: str, progress: Progress) -> None:
    """Hand over a verdict on each service of the key, in any order, four services at once.

    Raises GpkeysError when cancelled.
    """
    credential = credential_of(page, signed_in)
    services = _services(page.served)
    checker = _Checker(page, signed_in, user_agent, credential, progress)
    with ThreadPoolExecutor(max_workers=_AT_ONCE) as pool:
        for verdict in pool.map(checker.verdict, services):
            progress.check()
            progress.hand_over(verdict)


def credential_of(page: KeyPage, signed_in: SignedIn) -> Credential | None:
    """Return what a key is asked with here: what QGIS holds, else its hash or the account; None for neither."""
    held = page.held.authcfg if auth_configs.exists(page.held.authcfg) else ""
    if page.details.key.type is KeyType.OAUTH2:
        return Credential(held or signed_in.authcfg)
    if held:
        return Credential(held)
    return Credential(apikey=page.details.hash) if page.details.hash else None


class _Checker:
    def __init__(
        self,
        page: KeyPage,
        signed_in: SignedIn,
        user_agent: str,
        credential: Credential | None,
        progress: Progress,
    ) -> None:
        self._filters = page.details.filters
        self._signed_in = signed_in
        self._user_agent = user_agent
        self._credential = credential
        self._progress = progress

    def verdict(self, service: _Service) -> ServiceVerdict:
        if self._credential is None:
            return verdicts.not_set_up(service.label, service.root)
        try:
            return self._asked(service, self._credential)
        except RequestCancelled:
            self._progress.check()
            raise
        except requests.RequestException as error:
            code = failures.of_exception(error, f"GET {service.root}").code
            return verdicts.unreachable(service.label, service.root, code)

    def _asked(self, service: _Service, credential: Credential) -> ServiceVerdict:
        answer = self._get(service.url, credential)
        if not answer.ok:
            return self._refused(service, answer)
        found = _seen(service, answer.content)
        if found.verdict in (Verdict.NOTHING_GRANTED, Verdict.SERVICE_DOWN):
            return found
        url = _small_request(service, answer.content)
        small = self._get(url, credential) if url else None
        if small is None or small.ok or small.status_code in _NOT_THE_KEY:
            return found
        return replace(self._refused(service, small), missing=found.missing)

    def _refused(self, service: _Service, answer: requests.Response) -> ServiceVerdict:
        return verdicts.refused(service.label, service.root, answer, self._filters, self._user_agent)

    def _get(self, url: str, credential: Credential) -> requests.Response:
        session = self._signed_in.service_session(
            credential.authcfg, url.partition("?")[0], self._progress.is_cancelled
        )
        return session.get(credential.applied_to(url), timeout=_TIMEOUT_S)


def _services(layers: Iterable[ServedLayer]) -> list[_Service]:
    groups: dict[str, list[ServedLayer]] = {}
    for layer in layers:
        groups.setdefault(endpoints.capabilities_url(layer), []).append(layer)
    return [_Service(endpoints.service_label(group[0]), url, tuple(group)) for url, group in groups.items()]


def _seen(service: _Service, body: bytes) -> ServiceVerdict:
    """Return the verdict on what the service lists."""
    wanted = [layer.name for layer in service.layers]
    known = capabilities.read_layers(body) if _has_list(service) else None
    if known is None:
        return verdicts.listed(service.label, service.root, (), ())
    missing = [name for name in wanted if _described(known, name) is None]
    return verdicts.listed(service.label, service.root, wanted, missing)


def _small_request(service: _Service, body: bytes) -> str | None:
    layer = service.layers[0]
    if not _has_list(service):
        description = describe_tiles(body)
        return small_request(layer, None, description.tiles if description is not None else None)
    known = capabilities.read_layers(body) or ()
    found = ((asked, _described(known, asked.name)) for asked in service.layers)
    return next((small_request(asked, described, None) for asked, described in found if described), None)


def _has_list(service: _Service) -> bool:
    return service.layers[0].kind in (ConnectionKind.WMS, ConnectionKind.WMTS, ConnectionKind.WFS)


def _described(known: Sequence[ServiceLayer], name: str) -> ServiceLayer | None:
    """Return the listed layer of that name; a service may put a namespace in front of it or leave its own out."""
    exact = next((layer for layer in known if layer.name == name), None)
    alike = [layer for layer in known if layer.name.endswith(f":{name}") or name.endswith(f":{layer.name}")]
    return exact or (alike[0] if len(alike) == 1 else None)
