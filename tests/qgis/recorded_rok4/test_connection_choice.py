"""What is made of a key's services as ROK4 answers for them: connections, layers, and what is said of the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsVectorLayer

from gpkeys_plugin.entrepot.errors import ErrorCode, GpkeysError
from gpkeys_plugin.entrepot.models import EndpointUrl, Key, KeyType, Offering, OfferingType
from gpkeys_plugin.jobs.running.main_thread import MainThread
from gpkeys_plugin.jobs.running.task import Progress
from gpkeys_plugin.jobs.steps import service_probe
from gpkeys_plugin.jobs.steps.account_sessions import SignedIn
from gpkeys_plugin.jobs.steps.connecting.key_connector import Connected, KeyConnector
from gpkeys_plugin.jobs.steps.service_probe import Credential, ServiceProbe
from gpkeys_plugin.keys.services.connection_plans import ConnectionKind, ServedLayer, TileRange, served_layers
from gpkeys_plugin.keys.services.titles import NO_TITLES
from gpkeys_plugin.store import connections
from tests.qgis.store.conftest import own_settings

from .recorded_server import LOST, VERSIONS, Given, Playback, playing, wms_names

__all__ = ["own_settings"]

KEY = Key("cle-1", "Clé", KeyType.HASH)
SCAN = "ROCHEBRUNE.GEOGRAPHICALGRIDSYSTEMS.MAPS.SCAN25TOUR"
VECTOR = "ROCHEBRUNE.ZONAGE.VECTEUR"
TMS = "/private/tms/1.0.0/"
BUSY: Given = (429, {"Retry-After": "0"}, b"")
DOWN: Given = (503, {}, b"<html>maintenance</html>")
UNREADABLE: Given = (200, {"Content-Type": "text/html"}, b"<html>portail</html>")
NO_DESCRIPTION = [BUSY, DOWN, UNREADABLE, (500, {}, b""), LOST]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service_probe, "_WAITS_S", (0.01, 0.01, 0.01))
    monkeypatch.setattr(service_probe, "_REPEAT_AFTER_S", 0.01)


@pytest.fixture(params=VERSIONS)
def any_rok4(request: Any, qgis_app: Any, own_settings: Any, quick: None) -> Iterator[Playback]:
    with playing(request.param) as playback:
        yield playback


@pytest.fixture
def rok4(qgis_app: Any, own_settings: Any, quick: None) -> Iterator[Playback]:
    with playing("7.0.0") as playback:
        yield playback


@pytest.fixture
def project(qgis_app: Any) -> Iterator[QgsProject]:
    project = QgsProject.instance()
    project.clear()
    yield project
    project.clear()


def connect(*layers: ServedLayer, progress: Progress | None = None) -> Connected:
    """Connect a key that opens these layers, as its job does."""
    progress = progress or Progress()
    signed_in = SignedIn(lambda *_, **__: requests.Session(), "http://127.0.0.1", "")
    credential = Credential(hash="abcdef")
    probe = ServiceProbe(signed_in, credential, progress)
    connector = KeyConnector(probe, credential, MainThread(), NO_TITLES)
    return connector.write(KEY, connector.choose(KEY, layers))


def said(connected: Connected) -> list[str]:
    return [str(text) for text in connected.warnings]


def kinds(connected: Connected) -> list[ConnectionKind]:
    return [connection.kind for connection in connected.connections]


# Each of the recorded layers.

WMS = {
    "ROCHEBRUNE.CADASTRE.LAMB93": ("EPSG:3857", "normal"),
    "ROCHEBRUNE.CARTE.WGS84G": ("EPSG:3857", "normal"),
    SCAN: ("EPSG:3857", "normal"),
    "ROCHEBRUNE.GRIS.ORANGE": ("EPSG:3857", "orange"),
    "ROCHEBRUNE.ORTHO.2154": ("EPSG:3857", "normal"),
    "ROCHEBRUNE.ORTHO.LAMB93": ("EPSG:3857", "normal"),
    "ROCHEBRUNE.ORTHO.PM": ("EPSG:3857", "normal"),
    "ROCHEBRUNE.ORTHO.REUNION": ("EPSG:3857", "normal"),
    "rochebrune_mnt_hypso": ("EPSG:3857", "hypso"),
    "rochebrune_mnt_hypso_first": ("EPSG:3857", "hypso"),
}
VALUES = ("rochebrune_mnt_bil_l93", "rochebrune_mnt_zbil")


def test_every_wms_layer_draws_or_is_said_to_be_values(any_rok4: Playback) -> None:
    names = wms_names(any_rok4.version)
    assert sorted(names) == sorted([*WMS, *VALUES])
    connected = connect(*(layer for name in names for layer in any_rok4.offering(name, "WMS")))
    found = {recipe.name: (recipe.crs, recipe.style) for recipe in connected.layers}
    assert {recipe.image_format for recipe in connected.layers} == {"image/png"}
    if any_rok4.version == "5.3.0":
        # It gives an empty picture for values, and no refusal to tell them by.
        assert found == {
            **WMS,
            "rochebrune_mnt_hypso": ("EPSG:3857", "normal"),
            **dict.fromkeys(VALUES, ("EPSG:3857", "normal")),
        }
        return
    assert found == WMS
    assert [layer.name for layer in connected.other_layers] == list(VALUES)
    assert said(connected) == [
        f"{name} (WMS): elevation values, not a picture. Its URL can be copied for other software." for name in VALUES
    ]


WMTS = {
    "ROCHEBRUNE.CADASTRE.LAMB93": ("EPSG:3857", "image/png", "PM"),
    "ROCHEBRUNE.CARTE.WGS84G": ("IGNF:WGS84G", "image/png", "WGS84G"),
    SCAN: ("EPSG:3857", "image/png", "PM"),
    "ROCHEBRUNE.GRIS.ORANGE": ("EPSG:3857", "image/png", "PM"),
    "ROCHEBRUNE.ORTHO.2154": ("EPSG:2154", "image/jpeg", "2154_10cm"),
    "ROCHEBRUNE.ORTHO.LAMB93": ("IGNF:LAMB93", "image/jpeg", "LAMB93_10cm"),
    "ROCHEBRUNE.ORTHO.PM": ("EPSG:3857", "image/jpeg", "PM"),
    "ROCHEBRUNE.ORTHO.REUNION": ("IGNF:RGR92UTM40S", "image/jpeg", "RGR92UTM40S_50cm"),
}
UNSEEN = ("rochebrune_mnt_bil_l93", "rochebrune_mnt_hypso", "rochebrune_mnt_hypso_first", "rochebrune_mnt_zbil")


def test_every_wmts_layer_draws_or_its_format_is_said(any_rok4: Playback) -> None:
    vectors = [VECTOR, f"{VECTOR}.L93"] if any_rok4.version == "5.3.0" else []
    names = [*WMTS, *UNSEEN, *vectors]
    connected = connect(*(layer for name in names for layer in any_rok4.offering(name, "WMTS")))
    found = {recipe.name: (recipe.crs, recipe.image_format, recipe.tile_matrix_set) for recipe in connected.layers}
    # From 6.0 on, the sets end in the levels they have.
    assert {name: (crs, written, _set_of(tiling)) for name, (crs, written, tiling) in found.items()} == WMTS
    assert [layer.name for layer in connected.other_layers] == [*UNSEEN, *vectors]
    values = "(WMTS): elevation values, not a picture."
    unknown = "(WMTS): QGIS cannot show application/x-protobuf."
    told = [next(text for text in (values, unknown) if text in sentence) for sentence in said(connected)]
    assert told == [values] * len(UNSEEN) + [unknown] * len(vectors)


def _set_of(tiling: str) -> str:
    return re.sub(r"_[0-9]+_[0-9]+$", "", tiling)


@pytest.mark.parametrize(
    ("name", "levels", "kind", "proposed"),
    [
        (SCAN, (6, 12, "png"), ConnectionKind.XYZ, ["XYZ"]),
        (VECTOR, (8, 12, "pbf"), ConnectionKind.VECTOR_TILES, ["VECTOR_TILES"]),
    ],
)
def test_tiles_have_their_own_levels(
    any_rok4: Playback, name: str, levels: tuple[int, int, str], kind: ConnectionKind, proposed: list[str]
) -> None:
    connected = connect(*any_rok4.offering(name, "WMTS", "TMS"))
    tiles = next(recipe for recipe in connected.layers if recipe.connection.kind is kind)
    assert tiles.tiles == TileRange(*levels)
    assert said(connected) == []
    assert [recipe.connection.kind.value for recipe in connected.layers if recipe.is_proposed] == proposed
    assert len({recipe.title for recipe in connected.layers}) == 1
    assert connected.other_layers == ()


@pytest.mark.parametrize(
    ("name", "crs"),
    [
        ("ROCHEBRUNE.ORTHO.LAMB93", "IGNF:LAMB93"),
        ("ROCHEBRUNE.ORTHO.2154", "EPSG:2154"),
        ("ROCHEBRUNE.CARTE.WGS84G", "IGNF:WGS84G"),
    ],
)
def test_tiles_of_another_system_are_drawn_from_the_wmts_or_the_wms(any_rok4: Playback, name: str, crs: str) -> None:
    connected = connect(*any_rok4.offering(name, "WMTS", "TMS"))
    assert kinds(connected) == [ConnectionKind.WMTS]
    text = f"{name}: its tiles are in {crs}, which QGIS does not draw. It is drawn from the {{}} instead."
    assert said(connected) == [text.format("WMTS")]
    assert connected.layers[0].crs == crs
    assert connected.layers[0].is_proposed

    connected = connect(*any_rok4.offering(name, "TMS"), *any_rok4.offering(name, "WMS"))
    assert kinds(connected) == [ConnectionKind.WMS]
    assert said(connected) == [text.format("WMS")]

    connected = connect(*any_rok4.offering(name, "TMS"))
    assert kinds(connected) == []
    assert [layer.name for layer in connected.other_layers] == [name]
    assert said(connected) == [
        f"{name}: its tiles are in {crs}, which QGIS cannot draw as tiles. Their URL can be copied for other software."
    ]


def test_vector_tiles_of_another_system_are_not_drawn(any_rok4: Playback) -> None:
    connected = connect(*any_rok4.offering(f"{VECTOR}.L93", "WMTS", "TMS"))
    assert (kinds(connected), connected.layers) == ([], ())
    assert [layer.service for layer in connected.other_layers] == ["TMS"]
    assert "IGNF:LAMB93, which QGIS cannot draw as tiles" in said(connected)[0]


@pytest.mark.parametrize("name", VALUES)
def test_tiles_of_values_are_not_drawn(any_rok4: Playback, name: str) -> None:
    connected = connect(*any_rok4.offering(name, "WMTS", "TMS"))
    assert (kinds(connected), connected.layers) == ([], ())
    assert sorted(layer.service for layer in connected.other_layers) == ["TMS", "WMTS"]
    assert said(connected) == [
        f"{name} (TMS): elevation values, not a picture. Its URL can be copied for other software."
    ]


# What is not served, or not told.


@pytest.mark.parametrize("services", [("TMS",), ("WMTS",), ("WMS",), ("WMTS", "TMS")])
def test_a_layer_that_is_not_served_yet_gets_no_connection(any_rok4: Playback, services: tuple[str, ...]) -> None:
    connected = connect(*any_rok4.offering("RIEN", *services))
    assert (kinds(connected), connected.layers, connected.other_layers) == ([], (), ())
    (text,) = said(connected)
    assert text.startswith("RIEN: not served by ")
    assert all(service in text for service in services)
    assert text.endswith("(yet). No connection was made for it: connect the key to QGIS again later.")


def test_the_other_layers_of_a_service_are_connected_all_the_same(rok4: Playback) -> None:
    connected = connect(*rok4.offering("RIEN", "WMS"), *rok4.offering(SCAN, "WMS"))
    assert [recipe.name for recipe in connected.layers] == [SCAN]
    assert said(connected)[0].startswith("RIEN: not served by WMS (yet).")


def test_a_layer_that_a_gateway_hears_of_late_is_waited_for(rok4: Playback) -> None:
    unknown: Given = (400, {}, rok4.document("tms-unknown-layer.xml"))
    rok4.instead[f"{TMS}{SCAN}"] = [unknown, unknown]
    without = rok4.document("wmts-capabilities.xml").replace(SCAN.encode(), b"AUTRE")
    rok4.instead["/private/wmts"] = [(401, {}, b""), (200, {}, without)]
    connected = connect(*rok4.offering(SCAN, "WMTS", "TMS"))
    assert said(connected) == []
    assert len(connected.layers) == 2
    assert (rok4.asked(f"{TMS}{SCAN}"), rok4.asked("/private/wmts")) == (3, 3)


@pytest.mark.parametrize("given", NO_DESCRIPTION)
def test_what_has_no_answer_is_asked_once_more(rok4: Playback, given: Given) -> None:
    rok4.instead[f"{TMS}{SCAN}"] = [given]
    rok4.instead["/private/wms-r"] = [given]
    connected = connect(*rok4.offering(SCAN, "TMS"), *rok4.offering(SCAN, "WMS"))
    assert said(connected) == []
    assert connected.layers[0].tiles == TileRange(6, 12, "png")
    assert rok4.asked(f"{TMS}{SCAN}") == 2


def in_place(layer: ServedLayer, ending: str) -> ServedLayer:
    """Return the layer as an URL template with an ending gives it."""
    url = EndpointUrl("TMS", f"{layer.root}/{layer.name}/{{z}}/{{x}}/{{y}}.{ending}")
    return served_layers(Offering(layer.offering_id, OfferingType.WMTS_TMS, layer.name, urls=(url,)))[0]


@pytest.mark.parametrize("given", NO_DESCRIPTION)
@pytest.mark.parametrize(
    ("ending", "type_", "extension"),
    [
        ("pbf", OfferingType.WMTS_TMS, "pbf"),
        ("mvt", OfferingType.WMTS_TMS, "mvt"),
        ("jpeg", OfferingType.WMTS_TMS, "jpeg"),
        ("", OfferingType.VECTOR_TMS, "pbf"),
        ("", OfferingType.WMTS_TMS, "png"),
    ],
)
def test_what_is_known_of_tiles_without_description_is_kept(
    rok4: Playback, given: Given, ending: str, type_: OfferingType, extension: str
) -> None:
    rok4.instead[f"{TMS}{SCAN}"] = [given] * 9
    (layer,) = rok4.offering(SCAN, "TMS", type_=type_)
    connected = connect(in_place(layer, ending) if ending else layer)
    (recipe,) = connected.layers
    is_vector = extension in ("pbf", "mvt")
    assert recipe.connection.kind is (ConnectionKind.VECTOR_TILES if is_vector else ConnectionKind.XYZ)
    assert recipe.tiles == TileRange(0, 18, extension)
    (text,) = said(connected)
    assert "Its levels are assumed (0 to 18): connect the key to QGIS again later." in text
    assert rok4.asked(f"{TMS}{SCAN}") == 2


def test_levels_that_qgis_has_are_kept(rok4: Playback) -> None:
    first = connect(*rok4.offering(SCAN, "TMS"))
    rok4.instead[f"{TMS}{SCAN}"] = [BUSY] * 9
    again = connect(*rok4.offering(SCAN, "TMS"))
    assert again.connections == first.connections
    stored = connections.read(again.connections[0].kind, again.connections[0].name)
    assert stored is not None
    assert (stored.zmin, stored.zmax) == (6, 12)
    assert "The levels that QGIS had for it are kept." in said(again)[0]


def test_a_wmts_is_proposed_where_the_levels_of_the_tiles_are_assumed(rok4: Playback) -> None:
    rok4.instead[f"{TMS}{SCAN}"] = [DOWN] * 9
    wmts, tiles = connect(*rok4.offering(SCAN, "WMTS", "TMS")).layers
    assert (wmts.is_proposed, tiles.is_proposed) == (True, False)
    assert wmts.title == tiles.title == "SCAN 25 touristique (Rochebrune)"


def test_waiting_for_a_service_can_be_cancelled(rok4: Playback) -> None:
    rok4.instead[f"{TMS}{SCAN}"] = [(429, {"Retry-After": "5"}, b"")] * 9
    with pytest.raises(GpkeysError) as caught:
        connect(*rok4.offering(SCAN, "TMS"), progress=_CancelledOnce(rok4, f"{TMS}{SCAN}"))
    assert caught.value.code is ErrorCode.CANCELLED
    assert rok4.asked(f"{TMS}{SCAN}") == 1


class _CancelledOnce(Progress):
    """Cancelled as soon as a path was asked for."""

    def __init__(self, rok4: Playback, path: str) -> None:
        super().__init__()
        self._rok4 = rok4
        self._path = path

    def is_cancelled(self) -> bool:
        return self._rok4.asked(self._path) > 0


@pytest.mark.parametrize("given", NO_DESCRIPTION)
@pytest.mark.parametrize("service", ["WMS", "WMTS"])
def test_a_service_that_does_not_say_what_it_lists_is_connected(rok4: Playback, given: Given, service: str) -> None:
    path = {"WMS": "/private/wms-r", "WMTS": "/private/wmts"}[service]
    rok4.instead[path] = [given] * 9
    connected = connect(*rok4.offering(SCAN, service))
    assert [recipe.name for recipe in connected.layers] == [SCAN]
    assert said(connected)[0].endswith("The values of its layers are assumed: connect the key to QGIS again later.")


# The project.


def test_a_project_with_layers_has_its_system_preferred(rok4: Playback, project: QgsProject) -> None:
    project.setCrs(QgsCoordinateReferenceSystem("EPSG:2154"))
    assert connect(*rok4.offering(SCAN, "WMS")).layers[0].crs == "EPSG:3857"

    assert project.addMapLayer(QgsVectorLayer("Point?crs=EPSG:2154", "à moi", "memory")) is not None
    project.setCrs(QgsCoordinateReferenceSystem("EPSG:2154"))
    cadastre = rok4.offering("ROCHEBRUNE.CADASTRE.LAMB93", "WMTS")
    wms, wmts = connect(*rok4.offering(SCAN, "WMS"), *cadastre).layers
    assert wms.crs == "EPSG:2154"
    assert (wmts.crs, wmts.tile_matrix_set) == ("IGNF:LAMB93", "LAMB93_10cm_8_13")


def test_a_wmts_in_the_project_s_own_system_is_proposed_before_its_tiles(rok4: Playback, project: QgsProject) -> None:
    assert project.addMapLayer(QgsVectorLayer("Point?crs=EPSG:2154", "à moi", "memory")) is not None
    project.setCrs(QgsCoordinateReferenceSystem("EPSG:2154"))
    rok4.instead[f"{TMS}ROCHEBRUNE.CADASTRE.LAMB93"] = [(200, {}, rok4.document("tilemap-png-pm.xml"))]
    wmts, tiles = connect(*rok4.offering("ROCHEBRUNE.CADASTRE.LAMB93", "WMTS", "TMS")).layers
    assert (wmts.is_proposed, tiles.is_proposed) == (True, False)


def test_urls_to_copy_are_those_of_every_page(rok4: Playback) -> None:
    root = f"{rok4.url}/private"
    connected = connect(*rok4.offering(SCAN, "WMTS", "TMS"), *rok4.offering(SCAN, "WMS"))
    assert [recipe.url for recipe in connected.layers] == [
        f"{root}/wmts?SERVICE=WMTS&VERSION=1.0.0&REQUEST=GetCapabilities",
        f"{root}/tms/1.0.0/",
        f"{root}/wms-r?SERVICE=WMS&VERSION=1.3.0&REQUEST=GetCapabilities",
    ]
