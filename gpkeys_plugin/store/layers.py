"""Layers of the map, made from the connections that were written, so that what draws is what was written."""

from __future__ import annotations

from threading import get_ident, main_thread
from typing import Mapping, Sequence

from qgis.core import (
    QgsApplication,
    QgsDataSourceUri,
    QgsMapLayer,
    QgsOwsConnection,
    QgsRasterLayer,
    QgsVectorLayer,
    QgsVectorTileBasicRenderer,
    QgsVectorTileLayer,
)

from ..entrepot.errors import ErrorCode, GpkeysError
from ..entrepot.translatable_text import Text
from ..keys.layer_needs.hash_in_text import redacted
from ..keys.services.connection_plans import ConnectionKind, ConnectionPlan, ServedLayer, TileRange
from ..keys.services.layer_recipes import LayerRecipe, WrittenConnection
from ..keys.services.reference_systems import WEB_MERCATOR, best_system
from . import connections, qgis_capabilities_cache
from .layer_extents import give_extent
from .services.capabilities import ServiceLayer, TileMatrixSet, read_layers
from .services.listed_layers import find_layer, shown_formats
from .services.tile_descriptions import describe_tiles
from .services.vector_tile_style import ProducerStyle, draw_in

# What the services of the Géoplateforme are known to offer, for want of capabilities.
_FALLBACKS = {
    ConnectionKind.WMS: ServiceLayer("", crs=(WEB_MERCATOR,), formats=("image/png",)),
    ConnectionKind.WMTS: ServiceLayer(
        "",
        crs=(WEB_MERCATOR,),
        formats=("image/png",),
        styles=("normal",),
        tile_matrix_sets=(TileMatrixSet("PM", WEB_MERCATOR),),
    ),
    ConnectionKind.WFS: ServiceLayer(""),
}


def recipes(
    plan: ConnectionPlan,
    capabilities: bytes | None,
    written: WrittenConnection,
    *,
    project_crs: str = "",
    styles: Mapping[str, str] | None = None,
) -> tuple[LayerRecipe, ...]:
    """Return how each layer of a plan is made from the connection that was written for it, in the plan's order.

    Where the plan is for tiles, `capabilities` may be the layer's own description. For a layer that readable
    capabilities don't list, the values are those the Géoplateforme is known to accept. `project_crs` is the reference
    system to prefer; `styles` are those to take for some layers, by name, instead of the service's first.
    """
    if plan.tiles is not None:
        return tuple(_tile_recipe(layer, plan.tiles, capabilities, written) for layer in plan.layers)
    listed = read_layers(capabilities) or ()
    known = styles or {}
    return tuple(
        _recipe(layer, find_layer(listed, layer.name), written, project_crs, known.get(layer.name, ""))
        for layer in plan.layers
    )


def make_layer(recipe: LayerRecipe, styles: Sequence[ProducerStyle] = ()) -> QgsMapLayer:
    """Return the layer of a recipe, belonging to the main thread; `problem_of` tells about one that is not valid.

    `styles` are the producer's of vector tiles, the first to be drawn in. It asks the network and waits: call it off
    the GUI thread. Raises GpkeysError where the connection or its authentication configuration is no longer in QGIS.
    """
    authcfg = _stored(recipe).authcfg
    if authcfg and authcfg not in QgsApplication.authManager().configIds():
        # It would not draw, and a WFS never comes back from looking for it (3.40).
        sentence = Text("The authentication configuration {id} is no longer in QGIS.", {"id": authcfg})
        raise _missing(sentence, f"configuration {authcfg}")
    layer = _made(recipe, styles)
    give_extent(layer, recipe)
    return handed_over(layer)


def _made(recipe: LayerRecipe, styles: Sequence[ProducerStyle]) -> QgsMapLayer:
    kind = recipe.connection.kind
    if kind is ConnectionKind.WFS:
        return _wfs_layer(recipe)
    if kind is ConnectionKind.VECTOR_TILES:
        return _vector_tile_layer(recipe, styles)
    return QgsRasterLayer(source_of(recipe), recipe.title, "wms")


def source_of(recipe: LayerRecipe) -> str:
    """Return the data source of a recipe's layer, as its provider reads it; the hash is in it where it is in the URL.

    Raises GpkeysError where the connection is no longer in QGIS.
    """
    kind = recipe.connection.kind
    if kind is ConnectionKind.WFS:
        return _wfs_uri(recipe)
    return _wms_uri(recipe) if kind in (ConnectionKind.WMS, ConnectionKind.WMTS) else _tile_uri(recipe)


def problem_of(layer: QgsMapLayer, recipe: LayerRecipe) -> Text | None:
    """Return why a layer can't be shown, without any hash; None when it can."""
    if layer.isValid():
        return None
    reason = _reason(layer)
    if reason:
        return Text("The layer “{title}” can't be shown: {reason}", {"title": recipe.title, "reason": reason})
    return Text(
        "The layer “{title}” can't be shown: the service refused it or does not list it yet.", {"title": recipe.title}
    )


def _reason(layer: QgsMapLayer) -> str:
    """Return what QGIS says of a failure, on one line and without any hash."""
    provider = layer.dataProvider()
    errors = [layer.error()] + ([provider.error()] if provider is not None else [])
    # The summary of an empty error brings QGIS 3.22 down.
    said = next((error.summary() for error in errors if not error.isEmpty()), "")
    return " ".join(redacted(said).split())


def handed_over(layer: QgsMapLayer) -> QgsMapLayer:
    """Give a layer made by a worker to the main thread; only the thread that has it can."""
    if get_ident() != main_thread().ident:
        layer.moveToThread(QgsApplication.instance().thread())
    return layer


def _tile_recipe(
    layer: ServedLayer, tiles: TileRange, description: bytes | None, written: WrittenConnection
) -> LayerRecipe:
    described = describe_tiles(description)
    if described is None:
        return LayerRecipe(layer.name, written, layer.name, crs=WEB_MERCATOR, tiles=tiles)
    return LayerRecipe(
        described.title or layer.name,
        written,
        layer.name,
        crs=WEB_MERCATOR,
        tiles=tiles,
        extent=described.extent,
        style_links=described.styles,
    )


def _recipe(
    layer: ServedLayer, described: ServiceLayer | None, written: WrittenConnection, project_crs: str, style: str
) -> LayerRecipe:
    known = described or _FALLBACKS[written.kind]
    if written.kind is ConnectionKind.WFS:
        name, title = known.name or layer.name, known.title or layer.name
        return LayerRecipe(title, written, name, crs=_first(known.crs), extent=known.extent)
    tiling = _tiling(known, project_crs)
    return LayerRecipe(
        known.title or layer.name,
        written,
        known.name or layer.name,
        crs=tiling.crs or best_system(known.crs, project_crs),
        image_format=_first(shown_formats(known.formats)),
        style=style or _first(known.styles),
        tile_matrix_set=tiling.name,
        level_count=tiling.level_count,
        extent=known.extent,
    )


def _tiling(known: ServiceLayer, project_crs: str) -> TileMatrixSet:
    """Return the tiling to draw a layer in: one in the best reference system if there is one."""
    sets = known.tile_matrix_sets
    crs = best_system((found.crs for found in sets if found.crs), project_crs)
    return next((found for found in sets if found.crs == crs), sets[0] if sets else TileMatrixSet("", ""))


def _first(values: tuple[str, ...]) -> str:
    return values[0] if values else ""


def _wms_uri(recipe: LayerRecipe) -> str:
    uri = _ows_uri("WMS", recipe)
    parameters = {
        "layers": recipe.name,
        "styles": recipe.style,
        "format": recipe.image_format,
        "crs": recipe.crs,
        "tileMatrixSet": recipe.tile_matrix_set,
        "featureCount": "" if recipe.tile_matrix_set else "10",
    }
    for name, value in parameters.items():
        if value or name == "styles":
            uri.setParam(name, value)
    return bytes(uri.encodedUri()).decode()


def _wfs_uri(recipe: LayerRecipe) -> str:
    uri = _ows_uri("WFS", recipe)
    uri.setParam("typename", recipe.name)
    if recipe.crs:
        uri.setParam("srsname", recipe.crs)
    uri.setParam("restrictToRequestBBOX", "1")
    # False: the id of the authentication configuration, not what it holds.
    return str(uri.uri(False))


def _ows_uri(service: str, recipe: LayerRecipe) -> QgsDataSourceUri:
    _stored(recipe)
    return QgsOwsConnection(service, recipe.connection.name).uri()


def _tile_uri(recipe: LayerRecipe) -> str:
    stored = _stored(recipe)
    return connections.tile_uri(stored.url, stored.authcfg, recipe.tiles)


def _wfs_layer(recipe: LayerRecipe) -> QgsVectorLayer:
    uri = _wfs_uri(recipe)
    layer = QgsVectorLayer(uri, recipe.title, "WFS")
    if layer.isValid():
        return layer
    stored = _stored(recipe)
    qgis_capabilities_cache.drop_capabilities(recipe.connection.kind, stored.plain_url, stored.hash)
    with qgis_capabilities_cache.without_wfs_memory():
        return QgsVectorLayer(uri, recipe.title, "WFS")


def _vector_tile_layer(recipe: LayerRecipe, styles: Sequence[ProducerStyle]) -> QgsVectorTileLayer:
    layer = QgsVectorTileLayer(_tile_uri(recipe), recipe.title)
    renderer = layer.renderer()
    if layer.isValid() and styles:
        draw_in(layer, styles)
    elif layer.isValid() and isinstance(renderer, QgsVectorTileBasicRenderer) and not renderer.styles():
        renderer.setStyles(QgsVectorTileBasicRenderer.simpleStyleWithRandomColors())
    return layer


def _stored(recipe: LayerRecipe) -> connections.StoredConnection:
    stored = connections.read(recipe.connection.kind, recipe.connection.name)
    if stored is None:
        sentence = Text("The connection “{name}” is no longer in QGIS.", {"name": recipe.connection.name})
        raise _missing(sentence, f"connection {recipe.connection.kind.value} {recipe.connection.name}")
    return stored


def _missing(sentence: Text, what: str) -> GpkeysError:
    advice = Text("Connect the key to QGIS again, then add its layers.")
    return GpkeysError(ErrorCode.QGIS, sentence, f"{what} is missing", advice=advice)
