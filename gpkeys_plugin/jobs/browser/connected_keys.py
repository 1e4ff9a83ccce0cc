"""The keys that this QGIS holds, their services and their layers: read from the profile, nobody is asked.

On any thread. Whether anybody is signed in does not matter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Mapping, Sequence
from urllib.parse import unquote

from ...entrepot.models import Key, KeyDetails, KeyType
from ...keys.services import curl_commands, gdal_commands
from ...keys.services.connection_names import label_of
from ...keys.services.connection_plans import ConnectionKind, TileRange, ready_url
from ...keys.services.layer_recipes import LayerRecipe, WrittenConnection
from ...keys.services.reference_systems import WEB_MERCATOR
from ...keys.services.search_folding import folded
from ...keys.services.titles import NO_TITLES, TitleBook
from ...store import connections, environments, layers, settings
from ...store.configurations import signed_in_accounts
from ...store.connections import StoredConnection
from ...store.records import installed_keys, known_layers, opened_downloads, titles
from ...store.records.installed_keys import InstalledKey

_TILE_KINDS = (ConnectionKind.XYZ, ConnectionKind.VECTOR_TILES)
_TEMPLATE = re.compile(r"/([^/]+)/\{z\}/\{x\}/\{y\}\.(\w+)")
_NUMBER = re.compile(r"(\d+)")


@dataclass(frozen=True)
class ConnectedService:
    """A connection of a key; `label` is what tells it from the key's others. `layers` are None where nobody knows.

    `stamp` is another one once the connection carries another secret, or none; it tells nothing of it.
    """

    connection: WrittenConnection
    label: str
    layers: tuple[LayerRecipe, ...] | None = None
    stamp: int = field(default=0, repr=False)

    @property
    def is_tiles(self) -> bool:
        """Whether it is one layer of tiles."""
        return self.connection.kind in _TILE_KINDS


@dataclass(frozen=True)
class OpenedDownload:
    """What a key opens of the download service."""

    offering_id: str
    title: str


@dataclass(frozen=True)
class ConnectedKey:
    """A key that this QGIS holds something for."""

    key_id: str
    name: str
    type: KeyType
    services: tuple[ConnectedService, ...] = ()
    downloads: tuple[OpenedDownload, ...] = ()

    @property
    def layers(self) -> tuple[LayerRecipe, ...]:
        """Every layer that is known, service by service."""
        return tuple(recipe for service in self.services for recipe in service.layers or ())

    @property
    def proposed_layers(self) -> tuple[LayerRecipe, ...]:
        """Each layer once, in the way that is proposed."""
        return proposed(self.layers)


def proposed(recipes: Sequence[LayerRecipe]) -> tuple[LayerRecipe, ...]:
    """Return those of some layers that are added when nobody chooses: all where none of them is proposed."""
    return tuple(recipe for recipe in recipes if recipe.is_proposed) or tuple(recipes)


def connected_keys(*, are_titles_wanted: bool = True) -> tuple[ConnectedKey, ...]:
    """Return the keys of the account in use, sorted as people count; raises GpkeysError.

    Off the main thread where titles are wanted: there may be thousands to read.
    """
    environment, known = environments.current(), known_layers.all_known()
    book = _book(environment.api_url, known) if are_titles_wanted else NO_TITLES
    held = installed_keys.of_account(environment.api_url, signed_in_accounts.in_use(environment))
    opened = opened_downloads.known(environment.api_url)
    found = (_connected(key, known, opened.get(key.key_id, {}), book) for key in held)
    return tuple(sorted(found, key=lambda key: sort_key(key.name)))


def source_of(recipe: LayerRecipe) -> str:
    """Return the data source of a layer, which holds the hash of a key kept in URLs; raises GpkeysError."""
    return layers.source_of(recipe)


@dataclass(frozen=True)
class ToCopy:
    """What can be copied of a layer; each with the secret is empty where the secret does not stand in the profile."""

    url: str
    curl: str
    gdal: str
    url_with_secret: str = field(default="", repr=False)
    gdal_with_secret: str = field(default="", repr=False)


def to_copy(key: ConnectedKey, recipe: LayerRecipe) -> ToCopy:
    """Return it for a layer of a key. A configuration of QGIS is not opened for it."""
    stored = connections.read(recipe.connection.kind, recipe.connection.name)
    secret = stored.hash if stored is not None else None
    details = KeyDetails(Key(key.key_id, key.name, key.type), hash=secret)
    kind, url = recipe.connection.kind, recipe.url
    return ToCopy(
        url,
        curl_commands.curl_line(url, details, with_hash=False),
        gdal_commands.gdal_line(kind, url, details, with_hash=False),
        ready_url(url, secret, with_hash=True) if secret else "",
        gdal_commands.gdal_line(kind, url, details, with_hash=True) if secret else "",
    )


def sort_key(text: str) -> list[object]:
    """Return what sorts texts as people count: 2 before 10."""
    return [int(part) if place % 2 else part for place, part in enumerate(_NUMBER.split(folded(text)))]


def _connected(
    key: InstalledKey,
    known: Mapping[WrittenConnection, tuple[LayerRecipe, ...]],
    opened: opened_downloads.Offerings,
    book: TitleBook,
) -> ConnectedKey:
    services = (_service(key, connection, known, book) for connection in key.connections)
    kinds = {kind.value: kind for kind in KeyType}
    there = (service for service in services if service is not None)
    ordered = sorted(there, key=lambda service: (service.is_tiles, sort_key(service.label)))
    downloads = (OpenedDownload(id_, book.title(name) or name) for id_, name in opened.items())
    return ConnectedKey(
        key.key_id,
        key.key_name,
        kinds.get(key.key_type, KeyType.UNKNOWN),
        tuple(ordered),
        tuple(sorted(downloads, key=lambda one: sort_key(one.title))),
    )


def _service(
    key: InstalledKey,
    connection: WrittenConnection,
    known: Mapping[WrittenConnection, tuple[LayerRecipe, ...]],
    book: TitleBook,
) -> ConnectedService | None:
    """Return a connection with its layers, None where it is no longer in QGIS."""
    stored = connections.read(connection.kind, connection.name)
    if stored is None:
        return None
    label, found = label_of(connection.name, key.key_name), known.get(connection)
    if found is None and connection.kind in _TILE_KINDS:
        found = _tile_layers(stored)
    if found is not None:
        found = tuple(sorted((_titled(recipe, book) for recipe in found), key=lambda recipe: sort_key(recipe.title)))
    return ConnectedService(connection, label, found, hash((stored.url, stored.authcfg)))


def _tile_layers(stored: StoredConnection) -> tuple[LayerRecipe, ...] | None:
    """Return the layer of a tile connection as its URL tells it."""
    template = _TEMPLATE.search(stored.plain_url)
    if template is None:
        return None
    name, extension = unquote(template[1]), template[2]
    has_levels = stored.zmin is not None and stored.zmax is not None
    tiles = TileRange(stored.zmin or 0, stored.zmax or 0, extension) if has_levels else None
    url = f"{stored.plain_url[: template.start()]}/"
    return (LayerRecipe(name, stored.connection, name, crs=WEB_MERCATOR, tiles=tiles, url=url),)


def _titled(recipe: LayerRecipe, book: TitleBook) -> LayerRecipe:
    return replace(recipe, title=book.title(recipe.name) or recipe.title) if _is_nameless(recipe) else recipe


def _is_nameless(recipe: LayerRecipe) -> bool:
    return recipe.title in ("", recipe.name)


def _book(api_url: str, known: Mapping[WrittenConnection, tuple[LayerRecipe, ...]]) -> TitleBook:
    """Return the titles, which may be very many, only where one may be missing."""
    recipes = [recipe for found in known.values() for recipe in found]
    if recipes and not any(map(_is_nameless, recipes)):
        return NO_TITLES
    return titles.book(api_url, with_catalogue=settings.LOOK_UP_TITLES.get())
