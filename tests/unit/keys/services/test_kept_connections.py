"""What stays of a key's connections: only what it still opens, under the address where it was."""

from __future__ import annotations

from gpkeys_plugin.keys.services.connection_plans import ConnectionKind, ServedLayer
from gpkeys_plugin.keys.services.kept_connections import HeldConnection, kept, not_held
from gpkeys_plugin.keys.services.layer_recipes import LayerRecipe, WrittenConnection

_HOST = "https://data.geopf.fr/private"
_WMTS = WrittenConnection(ConnectionKind.WMTS, "Clé – WMTS")
_TILES = WrittenConnection(ConnectionKind.VECTOR_TILES, "Clé – TMS PLAN")
_WMTS_URL = f"{_HOST}/wmts?SERVICE=WMTS&VERSION=1.0.0&REQUEST=GetCapabilities"


def wmts(name: str, root: str = f"{_HOST}/wmts") -> ServedLayer:
    """Return a layer of a WMTS."""
    return ServedLayer(f"o-{name}", name, ConnectionKind.WMTS, "wmts", root, "WMTS")


def tiles(name: str) -> ServedLayer:
    """Return tiles of which is not known yet what they hold."""
    return ServedLayer(f"o-{name}", name, ConnectionKind.XYZ, "tms", f"{_HOST}/tms/1.0.0", "TMS")


def held(connection: WrittenConnection, url: str, *names: str) -> HeldConnection:
    """Return a connection with layers."""
    return HeldConnection(connection, url, tuple(LayerRecipe(name, connection, name) for name in names))


_HELD = (held(_WMTS, _WMTS_URL, "SCAN", "ORTHO"), held(_TILES, f"{_HOST}/tms/1.0.0/PLAN/{{z}}/{{x}}/{{y}}.pbf", "PLAN"))


def test_a_connection_keeps_the_layers_that_are_still_open() -> None:
    found = kept(_HELD, [wmts("SCAN"), tiles("PLAN")])
    assert [(one.connection, [recipe.name for recipe in one.layers]) for one in found] == [
        (_WMTS, ["SCAN"]),
        (_TILES, ["PLAN"]),
    ]


def test_one_of_which_nothing_is_open_goes() -> None:
    assert [one.connection for one in kept(_HELD, [wmts("ORTHO")])] == [_WMTS]
    assert kept(_HELD, []) == ()


def test_a_layer_of_the_same_name_at_another_address_is_another_one() -> None:
    elsewhere = wmts("SCAN", "https://data.geopf.fr/private/autre/wmts")
    assert kept(_HELD, [elsewhere]) == ()
    assert not_held(_HELD, [elsewhere]) == (elsewhere,)


def test_of_offerings_that_are_held_in_part_nothing_is_asked_again() -> None:
    twice = (wmts("PLAN"), tiles("PLAN"))
    assert not_held(_HELD, twice) == ()
    assert not_held(_HELD[:1], twice) == twice


def test_what_qgis_has_no_connection_for_is_never_asked() -> None:
    download = ServedLayer("o-z", "ARCHIVE", None, "telechargement", f"{_HOST}/telechargement", "DOWNLOAD")
    assert not_held(_HELD, [download]) == ()
