"""Whether a layer's service answers to a new source: a repair is believed only then."""

from __future__ import annotations

from ...entrepot.translatable_text import Text
from ...keys.layer_needs.credential_replacement import Credential
from ...keys.layer_needs.platform_hosts import Platform
from ...keys.layer_needs.sources import LayerSource, read_source
from ...keys.services import connection_plans
from ...keys.services.connection_plans import ConnectionKind, ConnectionPlan, ServedLayer
from ...store.services import listed_layers
from ...store.sources import layer_trials
from ..running.task import Progress
from ..steps.account_sessions import SignedIn
from ..steps.service_probe import ProbeAnswer, ServiceProbe
from .key_credentials import asked_with


class LayerAnswers:
    """Asks on a worker, for one repair: each capabilities and each tile description once a key.

    QGIS's cache has the capabilities from then on, so that the main thread need not wait for them.
    """

    def __init__(self, signed_in: SignedIn, platform: Platform, progress: Progress) -> None:
        self._signed_in = signed_in
        self._platform = platform
        self._progress = progress
        self._asked: set[tuple[str, Credential]] = set()
        self._refusals: dict[tuple[str, Credential], Text] = {}
        self._tiles: dict[tuple[str, Credential], Text | None] = {}

    def problem(self, provider: str, source: str, credential: Credential) -> Text | None:
        """Return why a source does not open with the credential it carries, None when it does."""
        asked = read_source(provider, source, self._platform)
        if asked is None:
            return _UNKNOWN
        if asked.kind in layer_trials.TRIED_KINDS:
            return self._problem_of_service(asked, provider, source, credential)
        return self._problem_of_tiles(asked, credential)

    def _problem_of_service(
        self, asked: LayerSource, provider: str, source: str, credential: Credential
    ) -> Text | None:
        service = (f"{asked.kind.value} {asked.root}", credential)
        if service in self._refusals:
            return self._refusals[service]
        is_first = service not in self._asked
        self._asked.add(service)
        if layer_trials.opens_anew(asked.kind, provider, source) if is_first else layer_trials.opens(provider, source):
            return None
        plan = ConnectionPlan("", asked.kind, asked.root, _served(asked))
        answer = ServiceProbe(self._signed_in, asked_with(credential), self._progress).capabilities([plan])[plan]
        self._progress.check()
        if answer.body is None:
            self._refusals[service] = _reason(answer)
            return self._refusals[service]
        if listed_layers.unlisted(plan, answer.body):
            return _UNLISTED
        # Listed only now: a new access is not known everywhere at once.
        return None if layer_trials.opens_anew(asked.kind, provider, source) else _UNKNOWN

    def _problem_of_tiles(self, asked: LayerSource, credential: Credential) -> Text | None:
        layers = _served(asked)
        if not layers:
            return _UNKNOWN
        tiles = (connection_plans.capabilities_url(layers[0]), credential)
        if tiles not in self._tiles:
            probe = ServiceProbe(self._signed_in, asked_with(credential), self._progress)
            answer = probe.tile_descriptions(layers[:1])[layers[0]]
            self._progress.check()
            self._tiles[tiles] = None if answer.body is not None else _reason(answer)
        return self._tiles[tiles]


def _served(asked: LayerSource) -> tuple[ServedLayer, ...]:
    kind = ConnectionKind.XYZ if asked.kind is ConnectionKind.VECTOR_TILES else asked.kind
    return tuple(ServedLayer("", name, kind, asked.endpoint, asked.root) for name in asked.layer_names)


def _reason(answer: ProbeAnswer) -> Text:
    return answer.reason or _UNKNOWN


_UNKNOWN = Text("QGIS does not open it with this key")
_UNLISTED = Text("its service does not list it for this key")
