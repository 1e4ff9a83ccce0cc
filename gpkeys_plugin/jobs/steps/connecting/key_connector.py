"""Write a key's services into QGIS: connections, and the recipes of their layers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Mapping, Sequence

from ....entrepot.models import Key
from ....entrepot.translatable_text import Text
from ....keys.services import connection_plans, platform_address_check, wmts_or_tms
from ....keys.services.connection_plans import ServedLayer
from ....keys.services.kept_connections import HeldConnection
from ....keys.services.layer_recipes import LayerRecipe, WrittenConnection
from ....keys.services.titles import ServiceTitle, TitleBook
from ....keys.services.wmts_or_tms import Way
from ....store import connections, qgis_capabilities_cache
from ....store import layers as store_layers
from ....store.connection_tile_ranges import held_tiles, tile_origins
from ....store.open_project import project_crs
from ....store.records import connection_origins
from ...running.main_thread import MainThread
from ..service_probe import Credential, ServiceProbe
from . import connection_choice_texts
from .connection_choice import Choice, Choices, choose_connections


@dataclass(frozen=True)
class Connected:
    """What was written for a key. `other_layers` are those of which only the URL can be given.

    `titles` are those that the services tell of its layers, by layer name.
    """

    connections: tuple[WrittenConnection, ...]
    layers: tuple[LayerRecipe, ...]
    other_layers: tuple[ServedLayer, ...]
    warnings: tuple[Text, ...]
    titles: Mapping[str, str]


@dataclass(frozen=True)
class Chosen:
    """What is to be written for layers of a key, as their services told; `elsewhere` are not the platform's."""

    layers: Sequence[ServedLayer]
    elsewhere: Sequence[ServedLayer]
    choices: Choices


class KeyConnector:
    """Plans, asks the services, writes; `undo` takes back what this object wrote.

    `known` are the titles for layers that their service tells none of.
    """

    def __init__(self, probe: ServiceProbe, credential: Credential, main_thread: MainThread, known: TitleBook) -> None:
        self._probe = probe
        self._credential = credential
        self._main_thread = main_thread
        self._known = known
        self._titles: dict[str, str] = {}
        self._written: list[WrittenConnection] = []

    def choose(self, key: Key, layers: Sequence[ServedLayer]) -> Chosen:
        """Ask the services of the layers, and return what is to be written; nothing is changed."""
        elsewhere = platform_address_check.strangers(layers, self._probe.api_url)
        layers = [layer for layer in layers if layer not in elsewhere]
        parts = self._main_thread.call_by_parts(held_tiles, tile_origins(key.id))
        held = {url: tiles for part in parts for url, tiles in part.items()}
        return Chosen(layers, elsewhere, choose_connections(key.name, layers, self._probe, held))

    def write(self, key: Key, chosen: Chosen, beside: Sequence[HeldConnection] = ()) -> Connected:
        """Write what was chosen, beside connections of the key that stay: one of the same address is written anew."""
        choices = chosen.choices
        self._record(key, choices.made, beside)
        self._main_thread.call_by_parts(self._write, list(zip(choices.made, self._written)))
        recipes = self._recipes(choices.made)
        others = (*connection_plans.other_urls(chosen.layers), *choices.url_only)
        warnings = (*map(connection_choice_texts.elsewhere, chosen.elsewhere), *choices.warnings)
        return Connected(tuple(self._written), recipes, others, warnings, self._titles)

    def undo(self) -> None:
        """Remove the connections written by this object."""
        self._main_thread.call_by_parts(connections.remove, self._written)
        connection_origins.forget_all(self._written)
        self._written.clear()

    def _record(self, key: Key, choices: Sequence[Choice], beside: Sequence[HeldConnection]) -> None:
        """Write down what is about to be written: whose it is can be told even after a crash in the middle of it."""
        plans, credential = [choice.plan for choice in choices], self._credential
        names = self._main_thread.call(lambda: connections.names_for(plans, key.id, beside))
        connection_origins.record_all(
            connections.origin_of(plan, name, key.id, authcfg=credential.authcfg, hash_value=credential.hash)
            for plan, name in zip(plans, names)
        )
        self._written += names

    def _recipes(self, choices: Sequence[Choice]) -> tuple[LayerRecipe, ...]:
        crs = self._main_thread.call(project_crs)
        ways = [way for choice, made in zip(choices, self._written) for way in self._ways(choice, made, crs)]
        self._titles = {way.recipe.name: way.recipe.title for way in ways if way.recipe.title != way.recipe.name}
        told = TitleBook.of({name: ServiceTitle(title) for name, title in self._titles.items()})
        return wmts_or_tms.proposed([_titled(way, told, self._known) for way in ways])

    def _ways(self, choice: Choice, written: WrittenConnection, crs: str) -> list[Way]:
        plan = choice.plan
        made = store_layers.recipes(plan, choice.body, written, project_crs=crs, styles=choice.styles)
        url = connection_plans.shown_url(plan)
        return [Way(layer, replace(recipe, url=url), choice.is_assumed) for layer, recipe in zip(plan.layers, made)]

    def _write(self, planned: Sequence[tuple[Choice, WrittenConnection]]) -> None:
        credential = self._credential
        for choice, _ in planned:
            qgis_capabilities_cache.drop_capabilities(choice.plan.kind, choice.plan.url, credential.hash)
        connections.write_all(
            [(choice.plan, made) for choice, made in planned], authcfg=credential.authcfg, hash_value=credential.hash
        )


def _titled(way: Way, told: TitleBook, known: TitleBook) -> Way:
    """Return the way with a title of another service of the layer, or a known one, where its own service has none.

    The TMS of a layer may have a title where its WMTS repeats the name.
    """
    recipe = way.recipe
    title = (told.title(recipe.name) or known.title(recipe.name)) if recipe.title in ("", recipe.name) else ""
    return replace(way, recipe=replace(recipe, title=title)) if title else way
