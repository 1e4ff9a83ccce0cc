"""The producer's styles of the vector tiles are ones that QGIS can convert."""

from __future__ import annotations

import pytest
import requests
from qgis.core import QgsMapBoxGlStyleConversionContext, QgsMapBoxGlStyleConverter, QgsVectorTileLayer
from qgis.PyQt.QtGui import QImage

from tests.qgis.simulator.test_ogc_server import draw, keep
from tests.qgis.store.layer_pictures import colours
from tests.simulator.dataset import made_up_layers
from tests.simulator.dataset.public_addresses import style_url
from tests.simulator.ogc.open_urls import open_xyz_source
from tests.simulator.remote.steering import Simulator

PLAN = made_up_layers.layer("rochebrune.plan.vecteur")


@pytest.mark.parametrize("style", PLAN.styles)
def test_a_style_converts_with_its_sprite_and_draws(style: str, simulator: Simulator, qgis_app: object) -> None:
    content = requests.get(style_url(PLAN, style, simulator.gateway_url.removesuffix("/private")), timeout=30).json()
    context = QgsMapBoxGlStyleConversionContext()
    sprite = QImage.fromData(requests.get(f"{content['sprite']}@2x.png", timeout=30).content)
    context.setSprites(sprite, requests.get(f"{content['sprite']}@2x.json", timeout=30).json())
    converter = QgsMapBoxGlStyleConverter()
    assert converter.convert(content, context) == QgsMapBoxGlStyleConverter.Result.Success
    # The background is no layer of tiles, and the fonts of the platform aren't installed here.
    assert [one for one in converter.warnings() if "background" not in one.lower() and "font" not in one.lower()] == []
    layer = QgsVectorTileLayer(open_xyz_source(PLAN, simulator.ogc_url or ""), "essai")
    layer.setRenderer(converter.renderer())
    layer.setLabeling(converter.labeling())
    picture = draw(layer)
    keep(picture, f"style_{style}")
    assert colours(picture) > 5
