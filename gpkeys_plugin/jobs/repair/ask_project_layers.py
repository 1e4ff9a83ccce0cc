"""Use case: ask the services of layers of the open project whether they open, with what the layers carry."""

from __future__ import annotations

from typing import Sequence, Tuple

from ...entrepot.translatable_text import Text
from ...keys.layer_needs.credential_replacement import Configuration, Credential, HashInHeader, HashInUrl
from ...keys.layer_needs.platform_hosts import Platform
from ...keys.layer_needs.sources import CarrierKind, LayerSource
from ...store.known_reference_systems import keep_known
from ...store.sources import layer_trials
from ..running.main_thread import MainThread
from ..running.task import Progress
from ..steps.account_sessions import SignedIn
from .layer_answers import LayerAnswers
from .repair_values import LayerFound

Answer = Tuple[LayerFound, "Text | None"]
"""A layer, and why it does not open: None when it does."""
_CLOSED = Text("it asks the Géoportail, which has been closed")


def ask_project_layers(
    layers: Sequence[LayerFound], signed_in: SignedIn, main_thread: MainThread, progress: Progress
) -> tuple[Answer, ...]:
    """Return what the service of each layer says, on a worker; raises GpkeysError when cancelled."""
    sources = [(layer.provider, layer.source) for layer in layers]
    main_thread.call(lambda: keep_known(layer_trials.reference_systems(sources)))
    answers, found = LayerAnswers(signed_in, Platform.of(signed_in.api_url), progress), []
    for number, layer in enumerate(layers):
        progress.tell(100 * number / len(layers), Text("Testing {layer}…", {"layer": layer.name}))
        asked = layer.need.source
        problem = answers.problem(layer.provider, layer.source, carried(asked)) if not asked.is_geoportail else _CLOSED
        found.append((layer, problem))
    return tuple(found)


def carried(asked: LayerSource) -> Credential:
    """Return what a source carries to be let in; a configuration of no id where that is nothing."""
    if asked.configuration_id:
        return Configuration(asked.configuration_id)
    if asked.hash is None:
        return Configuration("")
    return HashInHeader(asked.hash) if asked.carrier is CarrierKind.HASH_IN_HEADER else HashInUrl(asked.hash)
