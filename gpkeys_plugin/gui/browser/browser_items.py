"""What is below the Géoplateforme in QGIS's Browser panel: keys, their services, their layers.

Never call `children()` of an item: Python would take the children over and free them (3.22 to 3.44).
"""

from __future__ import annotations

from typing import Iterator

from qgis.core import (
    QgsApplication,
    QgsDataCollectionItem,
    QgsDataItem,
    QgsErrorItem,
    QgsMimeDataUtils,
)

from ...entrepot.errors import GpkeysError
from ...jobs.browser import connected_keys, dragged_layers
from ...jobs.browser.connected_keys import ConnectedKey, ConnectedService
from ...jobs.running.translate import show, tr
from ...keys.services.connection_plans import ConnectionKind
from ...keys.services.layer_recipes import LayerRecipe
from ..parts.row_content import hint
from ..parts.value_words import key_type
from .download_items import DownloadItem
from .item_reading import FindAct, ItemReader

_QGIS_PATHS = {
    ConnectionKind.WMS: ("WMS", "wms:/"),
    ConnectionKind.WMTS: ("WMS", "wms:/"),
    ConnectionKind.WFS: ("WFS", "wfs:/"),
}
_ICONS = {ConnectionKind.WMS: "mIconWms.svg", ConnectionKind.WMTS: "mIconWms.svg", ConnectionKind.WFS: "mIconWfs.svg"}
LAYER_ICONS = {
    ConnectionKind.WFS: "mIconVector.svg",
    ConnectionKind.VECTOR_TILES: "mIconVectorTileLayer.svg",
}
RASTER_ICON = "mIconRaster.svg"


def items_of_keys(parent: QgsDataItem, find_act: FindAct) -> list[QgsDataItem]:
    """Return an item a key that this QGIS holds, or one that says why there is none; on the item's own thread.

    `find_act` finds what acts on keys, as long as the entry is in QGIS.
    """
    try:
        keys = connected_keys.connected_keys()
    except GpkeysError as error:
        return [QgsErrorItem(parent, show(error.user), f"{parent.path()}/error")]
    if not keys:
        return [HintItem(parent, tr("No key is connected to this QGIS yet."))]
    reader = ItemReader(find_act)
    return [KeyItem(parent, key, place, reader) for place, key in enumerate(keys)]


class HintItem(QgsDataItem):
    """A line that tells something in the place of items, and is no error."""

    def __init__(self, parent: QgsDataItem, words: str) -> None:
        super().__init__(QgsDataItem.Type.Custom, parent, words, f"{parent.path()}/hint", parent.providerKey())
        self.setIconName("mIconInfo.svg")
        self.setState(QgsDataItem.State.Populated)


class _Collection(QgsDataCollectionItem):
    """What holds layers that can all be added, or dragged to the map, at once."""

    recipes: tuple[LayerRecipe, ...] = ()
    key: ConnectedKey

    def equal(self, other: QgsDataItem) -> bool:
        """Say whether the other shows the same: QGIS keeps an equal item as it is when it reads its place anew."""
        return type(other) is type(self) and other.path() == self.path() and other.key == self.key

    def hasDragEnabled(self) -> bool:  # noqa: N802 - the name QGIS calls
        """Say that it can be dragged to the map."""
        return bool(self.recipes)

    def mimeUris(self) -> list[QgsMimeDataUtils.Uri]:  # noqa: N802 - the name QGIS calls
        """Return what is dragged: each layer in the way that is proposed."""
        return dragged_layers.uris(self.recipes)


class KeyItem(_Collection):
    """A key. Its layers are known with it, so that it opens at once."""

    def __init__(self, parent: QgsDataItem, key: ConnectedKey, place: int, reader: ItemReader) -> None:
        super().__init__(parent, key.name, f"{parent.path()}/{key.key_id}", parent.providerKey())
        self.key, self.recipes = key, key.proposed_layers
        self._reader = reader
        self.setIconName("locked.svg")
        self.setToolTip(hint((key.name, key_type(key.type))))
        # As people count: QGIS would put 10 before 2.
        self.setSortKey(place)

    def createChildren(self) -> list[QgsDataItem]:  # noqa: N802 - the name QGIS calls
        """Return its services, and the layers of those that have one each."""
        items = [item for place, service in enumerate(self.key.services) for item in self._items(service, place)]
        return [
            *items,
            *(
                DownloadItem(self, self.key, one, len(items) + place, self._reader)
                for place, one in enumerate(self.key.downloads)
            ),
        ]

    def _items(self, service: ConnectedService, place: int) -> Iterator[QgsDataItem]:
        if service.is_tiles:
            yield from _layer_items(self, self.key, service, place)
        elif service.layers is None:
            yield from _item_of_qgis(self, service)
        else:
            yield ServiceItem(self, self.key, service, place)


class ServiceItem(_Collection):
    """A service of a key."""

    def __init__(self, parent: KeyItem, key: ConnectedKey, service: ConnectedService, place: int) -> None:
        path = f"{parent.path()}/{service.connection.kind.value}:{service.connection.name}"
        super().__init__(parent, service.label, path, parent.providerKey())
        self.key, self._service = key, service
        self.recipes = connected_keys.proposed(service.layers or ())
        self.setIconName(_ICONS[service.connection.kind])
        self.setToolTip(hint((service.connection.name,)))
        self.setSortKey(place)

    def createChildren(self) -> list[QgsDataItem]:  # noqa: N802 - the name QGIS calls
        """Return its layers."""
        return list(_layer_items(self, self.key, self._service, 0))


class LayerItem(QgsDataItem):
    """A layer, added as from the panel.

    Not one of QGIS's own kind (3.22 to 3.44): its double click and its menu entry would add that before anybody else is
    asked, outside the key's group, and with the whole world for the extent of tiles.
    """

    def __init__(self, parent: QgsDataItem, key: ConnectedKey, recipe: LayerRecipe, place: int) -> None:
        kind = recipe.connection.kind
        path = f"{parent.path()}/{kind.value}:{recipe.name}"
        super().__init__(QgsDataItem.Type.Custom, parent, recipe.title, path, parent.providerKey())
        self.key, self.recipes = key, (recipe,)
        self.setIconName(LAYER_ICONS.get(kind, RASTER_ICON))
        self.setToolTip(hint(dict.fromkeys((recipe.title, recipe.name, recipe.connection.name))))
        self.setSortKey(place)
        self.setState(QgsDataItem.State.Populated)

    def hasDragEnabled(self) -> bool:  # noqa: N802 - the name QGIS calls
        """Say that it can be dragged to the map."""
        return True

    def mimeUris(self) -> list[QgsMimeDataUtils.Uri]:  # noqa: N802 - the name QGIS calls
        """Return what is dragged, as whatever takes layers of QGIS takes it."""
        return dragged_layers.uris(self.recipes)


def _layer_items(
    parent: QgsDataItem, key: ConnectedKey, service: ConnectedService, first: int
) -> Iterator[QgsDataItem]:
    for place, recipe in enumerate(service.layers or ()):
        try:
            connected_keys.source_of(recipe)
        except GpkeysError as error:
            yield QgsErrorItem(parent, show(error.user), f"{parent.path()}/{recipe.name}")
        else:
            yield LayerItem(parent, key, recipe, first + place)


def _item_of_qgis(parent: QgsDataItem, service: ConnectedService) -> Iterator[QgsDataItem]:
    """Yield QGIS's own item of a connection whose layers nobody noted: QGIS asks its service when it is opened."""
    name, path = _QGIS_PATHS[service.connection.kind]
    provider = QgsApplication.dataItemProviderRegistry().provider(name)
    item = provider.createDataItem(f"{path}{service.connection.name}", parent) if provider is not None else None
    if item is not None:
        item.setName(service.label)
        yield item
