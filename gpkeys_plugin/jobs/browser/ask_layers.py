"""Use case: ask the services of layers whether they open, with what QGIS holds for their key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence

from ...entrepot.errors import GpkeysError
from ...entrepot.translatable_text import Text
from ...keys.layer_needs.credential_replacement import Configuration, Credential, HashInUrl
from ...keys.layer_needs.platform_hosts import Platform
from ...keys.layer_needs.sources import WFS_PROVIDER
from ...keys.services.connection_plans import ConnectionKind
from ...keys.services.layer_recipes import LayerRecipe
from ...store import connections, layers
from ...store.known_reference_systems import keep_known
from ..repair.layer_answers import LayerAnswers
from ..running.main_thread import MainThread
from ..running.task import Progress
from ..steps.account_sessions import SignedIn

_PROVIDERS = {ConnectionKind.WFS: WFS_PROVIDER, ConnectionKind.VECTOR_TILES: "vectortile"}


@dataclass(frozen=True)
class LayerAnswer:
    """A layer, and why it does not open: None when it does."""

    title: str
    problem: Text | None = None


def ask_layers(
    recipes: Sequence[LayerRecipe], signed_in: SignedIn, main_thread: MainThread, progress: Progress
) -> tuple[LayerAnswer, ...]:
    """Return what the service of each layer says, on a worker; raises GpkeysError when cancelled."""
    main_thread.call(lambda: keep_known(recipe.crs for recipe in recipes))
    answers = LayerAnswers(signed_in, Platform.of(signed_in.api_url), progress)
    found = []
    for number, recipe in enumerate(recipes):
        progress.tell(100 * number / len(recipes), Text("Testing {layer}…", {"layer": recipe.title}))
        found.append(LayerAnswer(recipe.title, _problem(recipe, answers)))
    return tuple(found)


def _problem(recipe: LayerRecipe, answers: LayerAnswers) -> Text | None:
    try:
        source = layers.source_of(recipe)
    except GpkeysError as error:
        return error.user
    provider = _PROVIDERS.get(recipe.connection.kind, "wms")
    return answers.problem(provider, source, _credential(recipe))


def _credential(recipe: LayerRecipe) -> Credential:
    stored = connections.read(recipe.connection.kind, recipe.connection.name)
    if stored is not None and stored.hash:
        return HashInUrl(stored.hash)
    return Configuration(stored.authcfg if stored is not None else "")
