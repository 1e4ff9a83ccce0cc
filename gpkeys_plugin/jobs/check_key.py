"""Use case: ask each service of a key, with what QGIS holds for it, and say plainly how it does."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Iterable

import requests

from ..entrepot import errors_from_answers
from ..entrepot.errors import RequestCancelled
from ..entrepot.models import KeyType
from ..keys.services import connection_plans
from ..keys.services.connection_plans import ConnectionKind, ServedLayer
from ..store.configurations import auth_configs
from ..store.services import answer_forms, capabilities
from ..store.services.answer_forms import AnswerForm
from ..store.services.listed_layers import find_layer
from ..store.services.service_exceptions import ServiceRefusal, read_refusal
from ..store.services.small_requests import SmallRequest, small_requests, small_tile_requests
from ..store.services.tile_descriptions import describe_tiles
from .running.task import Progress
from .steps import answer_excerpt, verdict_words
from .steps.account_sessions import SignedIn
from .steps.service_probe import Credential
from .values import KeyPage, ServiceVerdict, Verdict

_AT_ONCE = 4
_TIMEOUT_S = 30.0
_NOTHING_THERE = frozenset({204, 404})
# What one request is refused for, another one may well be given: a format of its own, a tile that is there.
_MAY_DO_OTHERWISE = _NOTHING_THERE | {400}


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
    services = _services((*page.served, *page.elsewhere))
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
    return Credential(hash=page.details.hash) if page.details.hash else None


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
        self._hidden = tuple(filter(None, (page.details.hash, credential.hash if credential else None)))
        self._signed_in = signed_in
        self._user_agent = user_agent
        self._credential = credential
        self._progress = progress

    def verdict(self, service: _Service) -> ServiceVerdict:
        if not self._signed_in.is_on_platform(service.root):
            return verdict_words.elsewhere(service.label, service.root)
        if self._credential is None:
            return verdict_words.not_set_up(service.label, service.root)
        try:
            return self._asked(service, self._credential)
        except RequestCancelled:
            self._progress.check()
            raise
        except requests.RequestException as error:
            code = errors_from_answers.of_exception(error, f"GET {service.root}").code
            return verdict_words.unreachable(service.label, service.root, code)

    def _asked(self, service: _Service, credential: Credential) -> ServiceVerdict:
        answer = self._get(service.url, credential)
        if not answer.ok:
            return self._refused(service, answer)
        if not answer_forms.is_description(service.layers[0], answer.content):
            return self._foreign(service, answer)
        found = _seen(service, answer.content)
        if found.verdict is Verdict.NOTHING_GRANTED:
            return found
        return self._tried(service, _small_requests(service, answer.content), credential, found)

    def _tried(
        self, service: _Service, wanted: Iterable[SmallRequest], credential: Credential, found: ServiceVerdict
    ) -> ServiceVerdict:
        """Return the verdict after the first small request that is answered; what was `found` holds where none is."""
        verdict = found
        for request in wanted:
            answer = self._get(request.url, credential)
            if answer_forms.is_of_form(request.form, answer.content, _content_type(answer)) and answer.ok:
                return verdict_words.gives_elevations(found) if request.form is AnswerForm.ELEVATION else found
            verdict = replace(self._failed(service, answer), missing=found.missing)
            if answer.status_code not in _MAY_DO_OTHERWISE:
                break
        return verdict

    def _failed(self, service: _Service, answer: requests.Response) -> ServiceVerdict:
        """Return the verdict on a small request that brought nothing."""
        if answer.status_code in _NOTHING_THERE and _is_tiled(service):
            return verdict_words.tile_missing(service.label, service.root)
        return self._foreign(service, answer) if answer.ok else self._refused(service, answer)

    def _refused(self, service: _Service, answer: requests.Response) -> ServiceVerdict:
        refusal = read_refusal(answer.content)
        if refusal is not None and refusal.is_unknown_layer:
            return verdict_words.not_served(service.label, service.root, _names(service))
        if answer.status_code == 404 and _is_described_by_layer(service):
            return verdict_words.not_served(service.label, service.root, _names(service))
        if answer.status_code == 400:
            return self._not_understood(service, answer, refusal)
        return verdict_words.refused(service.label, service.root, answer, self._filters, self._user_agent)

    def _not_understood(
        self, service: _Service, answer: requests.Response, refusal: ServiceRefusal | None
    ) -> ServiceVerdict:
        if service.layers[0].kind is None and answer_forms.is_refusal_of_its_own(answer.content):
            return verdict_words.accepts_key(service.label, service.root)
        return verdict_words.request_refused(service.label, service.root, self._words(answer, refusal))

    def _foreign(self, service: _Service, answer: requests.Response) -> ServiceVerdict:
        """Return the verdict on a success that is none."""
        refusal = read_refusal(answer.content)
        if refusal is not None and refusal.is_unknown_layer:
            return verdict_words.not_served(service.label, service.root, _names(service))
        return verdict_words.not_an_answer(service.label, service.root, self._words(answer, refusal))

    def _words(self, answer: requests.Response, refusal: ServiceRefusal | None) -> str:
        if refusal is not None and refusal.sentence:
            return answer_excerpt.shown(refusal.sentence, self._hidden)
        return answer_excerpt.first_words(answer, self._hidden)

    def _get(self, url: str, credential: Credential) -> requests.Response:
        session = self._signed_in.service_session(
            credential.authcfg, url.partition("?")[0], self._progress.is_cancelled, credential.hash
        )
        return session.get(url, timeout=_TIMEOUT_S)


def _services(layers: Iterable[ServedLayer]) -> list[_Service]:
    groups: dict[str, list[ServedLayer]] = {}
    for layer in layers:
        groups.setdefault(connection_plans.capabilities_url(layer), []).append(layer)
    return [_Service(connection_plans.service_label(group[0]), url, tuple(group)) for url, group in groups.items()]


def _seen(service: _Service, body: bytes) -> ServiceVerdict:
    """Return the verdict on what the service lists."""
    if not _has_list(service):
        return verdict_words.works(service.label, service.root)
    known = capabilities.read_layers(body) or ()
    missing = [name for name in _names(service) if find_layer(known, name) is None]
    return verdict_words.listed(service.label, service.root, _names(service), missing)


def _small_requests(service: _Service, body: bytes) -> tuple[SmallRequest, ...]:
    """Return what the first layer that the service describes can be asked."""
    if not _has_list(service):
        description = describe_tiles(body) if service.layers[0].kind is not None else None
        return small_tile_requests(service.layers[0], description) if description is not None else ()
    known = capabilities.read_layers(body) or ()
    found = ((asked, find_layer(known, asked.name)) for asked in service.layers)
    return next((small_requests(asked, described, body) for asked, described in found if described), ())


def _names(service: _Service) -> list[str]:
    return [layer.name for layer in service.layers]


def _is_described_by_layer(service: _Service) -> bool:
    """Return whether the service's URL is that of one layer."""
    return connection_plans.needs_tile_description(service.layers[0])


def _is_tiled(service: _Service) -> bool:
    return _is_described_by_layer(service) or service.layers[0].kind is ConnectionKind.WMTS


def _content_type(answer: requests.Response) -> str:
    return answer.headers.get("Content-Type", "")


def _has_list(service: _Service) -> bool:
    return service.layers[0].kind in (ConnectionKind.WMS, ConnectionKind.WMTS, ConnectionKind.WFS)
