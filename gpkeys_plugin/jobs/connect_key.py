"""Write a key's services into QGIS: connections, and the recipes of their layers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Iterable, Iterator, Mapping, Sequence

from ..entrepot.models import Key
from ..entrepot.texts import Text
from ..keys import endpoints
from ..keys.endpoints import ConnectionKind, ConnectionPlan, ServedLayer, TileRange
from ..keys.recipes import LayerRecipe, WrittenConnection
from ..keys.titles import ServiceTitle, TitleBook
from ..store import cache, connections
from ..store import layers as store_layers
from ..store.services.tile_descriptions import describe_tiles
from .main_thread import MainThread
from .service_probe import Answer, Credential, ServiceProbe
from .task import Progress

_WEB_MERCATOR_LEVELS = TileRange(zmin=0, zmax=18, extension="png")
_OWS_KINDS = (ConnectionKind.WMS, ConnectionKind.WMTS, ConnectionKind.WFS)


@dataclass(frozen=True)
class Connected:
    """What was written for a key. `titles` are those that the services tell of its layers, by layer name."""

    connections: tuple[WrittenConnection, ...]
    layers: tuple[LayerRecipe, ...]
    other_layers: tuple[ServedLayer, ...]
    warnings: tuple[Text, ...]
    titles: Mapping[str, str]


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
        self._warnings: list[Text] = []

    def connect(self, key: Key, layers: Sequence[ServedLayer], progress: Progress) -> Connected:
        """Write every connection the layers call for; what a service did not tell becomes a warning, not a failure."""
        progress.tell(60, Text("Asking the services what the key opens…"))
        wanting = [layer for layer in layers if endpoints.needs_tile_description(layer)]
        descriptions = self._probe.tile_descriptions(wanting)
        tiles = {(layer.root, layer.name): self._tile_range(layer, answer) for layer, answer in descriptions.items()}
        plans = endpoints.connection_plans(key.name, layers, tiles)
        answers = dict(self._probe.capabilities(plan for plan in plans if plan.kind in _OWS_KINDS))
        bodies = {endpoints.capabilities_url(layer): answer for layer, answer in descriptions.items()}
        answers.update((plan, bodies[endpoints.capabilities_url(plan)]) for plan in plans if plan.tiles is not None)
        progress.tell(85, Text("Writing the connections into QGIS…"))
        recipes = self._main_thread.call(lambda: self._write_all(key, plans, answers))
        others = endpoints.other_urls(layers)
        return Connected(tuple(self._written), recipes, others, tuple(self._warnings), self._titles)

    def undo(self) -> None:
        """Remove the connections written by this object."""
        self._main_thread.call(self._remove_all)

    def _tile_range(self, layer: ServedLayer, answer: Answer) -> TileRange:
        found = describe_tiles(answer.body)
        if found is None:
            self._warn(layer.name, answer)
        return found.tiles if found is not None else _WEB_MERCATOR_LEVELS

    def _warn(self, name: str, answer: Answer) -> None:
        reason = answer.reason or Text("its answer cannot be read")
        self._warnings.append(Text("{service}: {reason}.", {"service": name, "reason": reason}))

    def _warn_of_unlisted(self, plan: ConnectionPlan, answer: Answer) -> None:
        for name in store_layers.unlisted(plan, answer.body) if answer.body is not None else ():
            self._warnings.append(Text("{layer}: the service does not list it yet.", {"layer": name}))

    def _write_all(
        self, key: Key, plans: Sequence[ConnectionPlan], answers: Mapping[ConnectionPlan, Answer]
    ) -> tuple[LayerRecipe, ...]:
        recipes: list[LayerRecipe] = []
        for plan in plans:
            written = self._write(key, plan)
            self._written.append(written)
            answer = answers.get(plan, Answer(None))
            if plan.tiles is None and answer.body is None:
                self._warn(plan.name, answer)
            self._warn_of_unlisted(plan, answer)
            url = endpoints.capabilities_url(plan)
            recipes += [replace(recipe, url=url) for recipe in store_layers.recipes(plan, answer.body, written)]
        self._titles = {recipe.name: recipe.title for recipe in recipes if recipe.title != recipe.name}
        told = {name: ServiceTitle(title) for name, title in self._titles.items()}
        return _told_apart(tuple(_titled(recipes, TitleBook.of(told), self._known)))

    def _write(self, key: Key, plan: ConnectionPlan) -> WrittenConnection:
        credential = self._credential
        cache.drop_capabilities(plan.kind, plan.url, credential.apikey)
        return connections.write(plan, authcfg=credential.authcfg, apikey=credential.apikey, owner=key.id)

    def _remove_all(self) -> None:
        while self._written:
            connections.remove(self._written.pop())


def _titled(recipes: Iterable[LayerRecipe], told: TitleBook, known: TitleBook) -> Iterator[LayerRecipe]:
    """Yield the recipes, those without a title of their own with that of another service of the layer, or a known one.

    The TMS of a layer may have a title where its WMTS repeats the name.
    """
    for recipe in recipes:
        title = (told.title(recipe.name) or known.title(recipe.name)) if recipe.title in ("", recipe.name) else ""
        yield replace(recipe, title=title) if title else recipe


def _told_apart(recipes: Sequence[LayerRecipe]) -> tuple[LayerRecipe, ...]:
    """Return the recipes with the service in the titles that two of them share, as WMTS and TMS do."""
    shared = {title for title, count in Counter(recipe.title for recipe in recipes).items() if count > 1}
    return tuple(
        replace(recipe, title=f"{recipe.title} ({_SERVICES[recipe.connection.kind]})")
        if recipe.title in shared
        else recipe
        for recipe in recipes
    )


_SERVICES = {
    ConnectionKind.WMS: "WMS",
    ConnectionKind.WMTS: "WMTS",
    ConnectionKind.WFS: "WFS",
    ConnectionKind.XYZ: "TMS",
    ConnectionKind.VECTOR_TILES: "TMS",
}
