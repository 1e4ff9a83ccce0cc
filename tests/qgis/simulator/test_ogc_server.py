"""The real OGC server, open and through the gateway, drawn by real QGIS. One place checks all services."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests
from qgis.core import (
    QgsApplication,
    QgsAuthMethodConfig,
    QgsCoordinateReferenceSystem,
    QgsDataSourceUri,
    QgsMapLayer,
    QgsMapSettings,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
    QgsVectorTileLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor, QImage

from tests.qgis.store.layer_pictures import colours, drawn, is_alike
from tests.simulator.dataset import made_up_layers
from tests.simulator.ogc.open_urls import open_source, open_xyz_source
from tests.simulator.ogc.process import OgcServer
from tests.simulator.remote.steering import Simulator
from tests.tooling.tree import TOP

BASIC_LOGIN = "essai-ogc"
BASIC_WORD = "Essai-ogc-2026"
HASH_SERVICES = ("wms-r", "wms-v", "wmts", "wfs", "xyz", "pbf")


@dataclass(frozen=True)
class Opened:
    """A layer that QGIS can be given."""

    source: str
    provider: str
    kind: str

    def make(self) -> QgsMapLayer:
        if self.kind == "tiles":
            return QgsVectorTileLayer(self.source, "essai")
        layer_class = QgsVectorLayer if self.kind == "vector" else QgsRasterLayer
        return layer_class(self.source, "essai", self.provider)


LAYER_OF = {
    "wms-r": made_up_layers.layer("rochebrune.ortho_vallee_2023"),
    "wms-v": made_up_layers.layer("rochebrune.limites_communales"),
    "wmts": made_up_layers.layer("rochebrune.scan25.touristique"),
    "wfs": made_up_layers.layer("rochebrune.plu_2026"),
    "xyz": made_up_layers.layer("rochebrune.scan25.touristique"),
    "pbf": made_up_layers.layer("rochebrune.plan.vecteur"),
}


def guarded(service: str, gateway_url: str, hash_value: str = "", authcfg: str = "") -> Opened:
    """The layer of a service behind the gateway, as qgis-facts F says that it must be opened."""
    layer = LAYER_OF[service]
    key = f"?apikey={hash_value}" if hash_value else ""
    suffix = f"&authcfg={authcfg}" if authcfg else ""
    if service == "wfs":
        uri = f"url='{gateway_url}/wfs{key}' typename='{layer.feature_types[0]}' version='2.0.0' srsname='EPSG:2154'"
        return Opened(uri + (f" authcfg={authcfg}" if authcfg else ""), "WFS", "vector")
    if service in ("xyz", "pbf"):
        ending = "png" if service == "xyz" else "pbf"
        template = f"{gateway_url}/tms/1.0.0/{layer.layer_name}/{{z}}/{{x}}/{{y}}.{ending}{key}"
        uri = f"type=xyz&url={template}&zmin={layer.tiles.top}&zmax={layer.tiles.bottom}{suffix}"
        return Opened(uri, "wms", "raster" if service == "xyz" else "tiles")
    uri = QgsDataSourceUri()
    query = "SERVICE=WMTS&VERSION=1.0.0&REQUEST=GetCapabilities" if service == "wmts" else ""
    address = f"{gateway_url}/{service}{key}"
    uri.setParam("url", address + (("&" if key else "?") + query if query else ""))
    parameters = {"layers": layer.layer_name, "format": "image/png", "crs": "EPSG:2154", "styles": ""}
    if service == "wmts":
        parameters |= {"crs": "EPSG:3857", "styles": "normal", "tileMatrixSet": "PM_6_15"}
    if hash_value:
        parameters |= {"IgnoreGetMapUrl": "1", "IgnoreGetFeatureInfoUrl": "1"}
    if authcfg:
        parameters["authcfg"] = authcfg
    for name, text in parameters.items():
        uri.setParam(name, text)
    return Opened(bytes(uri.encodedUri()).decode(), "wms", "raster")


def unguarded(service: str, ogc_url: str) -> Opened:
    """The same layer at the open OGC server."""
    if service == "xyz":
        return Opened(open_xyz_source(LAYER_OF[service], ogc_url), "wms", "raster")
    return Opened(*open_source(LAYER_OF[service], ogc_url))


def draw(layer: QgsMapLayer) -> QImage:
    """The middle of the data, drawn."""
    xmin, ymin, xmax, ymax = made_up_layers.EXTENT_LAMBERT
    settings = QgsMapSettings()
    settings.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:2154"))
    settings.setExtent(QgsRectangle(xmin + 2000, ymin + 2000, xmax - 2000, ymax - 2000))
    settings.setOutputSize(QSize(400, 400))
    settings.setBackgroundColor(QColor("white"))
    settings.setLayers([layer])
    return drawn(settings)


def keep(image: QImage, name: str) -> None:
    """Save a picture for the eye where GPKEYS_PICTURES says."""
    folder = os.environ.get("GPKEYS_PICTURES")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        image.save(f"{folder}/{name}.png")


def drawn_alike(service: str, opened: Opened, ogc_url: str, picture: str) -> None:
    """The guarded layer shows something, and the same as the open one."""
    layer = opened.make()
    assert layer.isValid(), opened.source
    free_layer = unguarded(service, ogc_url).make()
    if not isinstance(layer, QgsRasterLayer):
        # QGIS gives such layers random colours.
        free_layer.setRenderer(layer.renderer().clone())
    through = draw(layer)
    keep(through, picture)
    assert colours(through) > 3
    assert is_alike(service, through, draw(free_layer))


@pytest.fixture
def camille(simulator: Simulator) -> Iterator[requests.Session]:
    with simulator.session_for("camille") as session:
        yield session


def new_key(simulator: Simulator, session: requests.Session, key: dict[str, Any], *, only_oauth: bool = False) -> str:
    """Make a key with accesses to all that the account may use with it; return its id."""
    created = session.post(f"{simulator.api_url}/users/me/keys", json=key, timeout=30)
    assert created.ok, created.text
    key_id: str = created.json()["_id"]
    for permission in session.get(f"{simulator.api_url}/users/me/permissions?limit=100", timeout=30).json():
        if not permission["only_oauth"] or only_oauth:
            body = {"permission": permission["_id"], "offerings": [known["_id"] for known in permission["offerings"]]}
            session.post(f"{simulator.api_url}/users/me/keys/{key_id}/accesses", json=body, timeout=30)
    return key_id


@pytest.fixture
def hash_value(simulator: Simulator, camille: requests.Session) -> str:
    key_id = new_key(simulator, camille, {"name": "Essai OGC", "type": "HASH", "type_infos": {}})
    detail = camille.get(f"{simulator.api_url}/users/me/keys/{key_id}", timeout=30).json()
    value: str = detail["type_infos"]["hash"]
    return value


@pytest.fixture
def basic_authcfg(simulator: Simulator, camille: requests.Session) -> Iterator[str]:
    infos = {"login": BASIC_LOGIN, "password": BASIC_WORD}
    new_key(simulator, camille, {"name": "Essai OGC", "type": "BASIC", "type_infos": infos})
    manager = QgsApplication.authManager()
    assert manager.masterPasswordIsSet() or manager.setMasterPassword("essai", True)
    config = QgsAuthMethodConfig("Basic")
    config.setName("essai ogc")
    config.setConfig("username", BASIC_LOGIN)
    config.setConfig("password", BASIC_WORD)
    assert manager.storeAuthenticationConfig(config)[0]
    yield config.id()
    manager.removeAuthenticationConfig(config.id())


@pytest.mark.parametrize("service", HASH_SERVICES)
def test_every_service_draws_with_a_hash_in_the_url(
    service: str, simulator: Simulator, hash_value: str, qgis_app: object
) -> None:
    drawn_alike(
        service, guarded(service, simulator.gateway_url, hash_value), simulator.ogc_url or "", f"hash_{service}"
    )


@pytest.mark.parametrize("service", HASH_SERVICES)
def test_every_service_draws_with_a_basic_configuration(
    service: str, simulator: Simulator, basic_authcfg: str, qgis_app: object
) -> None:
    drawn_alike(
        service,
        guarded(service, simulator.gateway_url, authcfg=basic_authcfg),
        simulator.ogc_url or "",
        f"basic_{service}",
    )


@pytest.mark.parametrize("service", ["wms-r", "wms-v", "wmts", "wfs"])
def test_a_wrong_key_opens_nothing(service: str, simulator: Simulator, qgis_app: object) -> None:
    assert not guarded(service, simulator.gateway_url, "FausseCle").make().isValid()


def test_without_the_ignore_flags_a_wms_layer_is_valid_but_blank(
    simulator: Simulator, hash_value: str, qgis_app: object
) -> None:
    source = guarded("wms-r", simulator.gateway_url, hash_value).source
    source = source.replace("IgnoreGetMapUrl=1&", "").replace("IgnoreGetFeatureInfoUrl=1&", "")
    layer = QgsRasterLayer(source, "essai", "wms")
    assert layer.isValid()
    assert colours(draw(layer)) == 1


def test_the_gateway_keeps_only_oauth_layers_for_bearer_tokens(
    simulator: Simulator, camille: requests.Session, hash_value: str
) -> None:
    url = f"{simulator.gateway_url}/wfs?service=WFS&version=2.0.0&request=GetFeature&count=2"
    url += "&typenames=rochebrune.reseaux_eau_potable:canalisation"
    assert camille.get(url, timeout=30).status_code == 401
    new_key(simulator, camille, {"name": "Compte", "type": "OAUTH2", "type_infos": {}}, only_oauth=True)
    assert camille.get(url, timeout=30).text.count("<wfs:member>") == 2
    assert requests.get(url, headers={"apikey": hash_value}, timeout=30).status_code == 403
    assert requests.get(url, timeout=30).status_code == 401


def test_no_address_of_the_open_server_leaks_through_the_gateway(simulator: Simulator, hash_value: str) -> None:
    pages = [
        "wms-r?service=WMS&request=GetCapabilities",
        "wms-v?service=WMS&request=GetCapabilities",
        "wmts?service=WMTS&request=GetCapabilities",
        "wfs?service=WFS&request=GetCapabilities",
        "wfs?service=WFS&version=2.0.0&request=GetFeature&count=1&typenames=rochebrune.plu_2026:zonage",
        "tms/1.0.0",
        "tms/1.0.0/rochebrune.scan25.touristique",
        "tms/1.0.0/rochebrune.plan.vecteur/metadata.json",
    ]
    for page in pages:
        answer = requests.get(f"{simulator.gateway_url}/{page}", headers={"apikey": hash_value}, timeout=30)
        assert answer.status_code == 200, page
        assert f"{simulator.gateway_url}/{page.partition('?')[0].partition('/')[0]}" in answer.text
        assert str(simulator.ogc_url) not in answer.text
        assert hash_value not in answer.text


@pytest.mark.parametrize("version", ["1.0.0", "1.1.0", "2.0.0", "auto"])
def test_a_wfs_layer_has_its_features_and_attributes(
    version: str, simulator: Simulator, hash_value: str, qgis_app: object
) -> None:
    source = guarded("wfs", simulator.gateway_url, hash_value).source.replace("version='2.0.0'", f"version='{version}'")
    layer = QgsVectorLayer(source, "essai", "WFS")
    assert layer.isValid()
    features = list(layer.getFeatures())
    assert len(features) == 70
    assert features[0].attribute("typezone") in ("U", "AU", "A", "N")
    assert layer.crs().authid() == "EPSG:2154"
    assert layer.setSubsetString("\"typezone\" = 'U'")
    assert 0 < len(list(layer.getFeatures())) < 70


def test_the_other_feature_types_have_points_and_lines(simulator: Simulator, qgis_app: object) -> None:
    for name, table, rows in (("rochebrune.plu_2026", "prescription", 40), ("rochebrune.reseaux_eau_potable", "", 49)):
        layer = Opened(*open_source(made_up_layers.layer(name), simulator.ogc_url or "", table)).make()
        assert layer.isValid()
        assert len(list(layer.getFeatures())) == rows


def test_the_data_come_from_the_cache_and_the_server_ends_with_its_parent() -> None:
    parent = (
        "import sys\nfrom tests.simulator.ogc.process import OgcServer\n"
        "server = OgcServer()\nprint(server.url, *server.process_ids, flush=True)\nsys.stdin.read()\n"
    )
    process = subprocess.Popen([sys.executable, "-c", parent], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=TOP)
    assert process.stdout is not None
    url, child = process.stdout.readline().decode().split()
    assert requests.get(f"{url}/wms?SERVICE=WMS&REQUEST=GetCapabilities", timeout=30).ok
    handle = os.pidfd_open(int(child))
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert select.select([handle], [], [], 20)[0], "the child outlives its parent"
    os.close(handle)


def test_two_workers_share_the_port() -> None:
    with OgcServer(workers=2) as server:
        assert len(set(server.process_ids)) == 2
        for _ in range(8):
            answer = requests.get(f"{server.url}/wms?SERVICE=WMS&REQUEST=GetCapabilities", timeout=30)
            assert answer.status_code == 200
