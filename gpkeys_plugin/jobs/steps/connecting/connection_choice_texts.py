"""The words for what could not be read, is not served, or cannot be drawn of a key's services."""

from __future__ import annotations

from typing import Iterable

from ....entrepot.translatable_text import Text
from ....keys.services.connection_plans import ServedLayer, TileRange

_UNREADABLE = Text("its answer cannot be read")


def elsewhere(layer: ServedLayer) -> Text:
    """Return that nothing was made of a layer, since it is said to be where the key must not go."""
    return Text(
        "{layer} ({service}): “{url}” is not on the platform’s servers. The key was not sent there, and nothing was "
        "written for it.",
        {"layer": layer.name, "service": layer.service, "url": layer.root},
    )


def service_unknown(name: str, reason: Text | None) -> Text:
    """Return that a service did not say what it lists."""
    return Text(
        "{service}: {reason}. The values of its layers are assumed: connect the key to QGIS again later.",
        {"service": name, "reason": reason or _UNREADABLE},
    )


def levels_assumed(layer: ServedLayer, reason: Text | None, tiles: TileRange) -> Text:
    """Return that the levels of a tile layer are a guess."""
    return Text(
        "{layer}: {reason}. Its levels are assumed ({first} to {last}): connect the key to QGIS again later.",
        {
            "layer": layer.name,
            "reason": reason or _UNREADABLE,
            "first": str(tiles.zmin),
            "last": str(tiles.zmax),
        },
    )


def levels_kept(layer: ServedLayer, reason: Text | None) -> Text:
    """Return that the levels of a tile layer are those QGIS had already."""
    return Text(
        "{layer}: {reason}. The levels that QGIS had for it are kept.",
        {"layer": layer.name, "reason": reason or _UNREADABLE},
    )


def not_served(name: str, services: Iterable[str]) -> Text:
    """Return that services do not have a layer."""
    return Text(
        "{layer}: not served by {services} (yet). No connection was made for it: connect the key to QGIS again later.",
        {"layer": name, "services": ", ".join(dict.fromkeys(services))},
    )


def drawn_elsewhere(layer: ServedLayer, crs: str, service: str) -> Text:
    """Return that a layer's tiles are of no use to QGIS, but that another service draws it."""
    return Text(
        "{layer}: its tiles are in {crs}, which QGIS does not draw. It is drawn from the {service} instead.",
        {"layer": layer.name, "crs": crs, "service": service},
    )


def drawn_nowhere(layer: ServedLayer, crs: str) -> Text:
    """Return that a layer's tiles are of no use to QGIS."""
    return Text(
        "{layer}: its tiles are in {crs}, which QGIS cannot draw as tiles. Their URL can be copied for other software.",
        {"layer": layer.name, "crs": crs},
    )


def holds_values(layer: ServedLayer) -> Text:
    """Return that a layer is no picture."""
    return Text(
        "{layer} ({service}): elevation values, not a picture. Its URL can be copied for other software.",
        {"layer": layer.name, "service": layer.service},
    )


def format_unknown(layer: ServedLayer, formats: Iterable[str]) -> Text:
    """Return that QGIS has no reader for what a service offers."""
    return Text(
        "{layer} ({service}): QGIS cannot show {formats}. Its URL can be copied for other software.",
        {"layer": layer.name, "service": layer.service, "formats": ", ".join(formats)},
    )
