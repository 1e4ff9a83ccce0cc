"""A producer's style as QGIS takes it: what is used of the document, and what would bring QGIS down."""

from __future__ import annotations

import json
import struct
import threading
import zlib
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from qgis.core import (
    QgsExpressionContext,
    QgsFeature,
    QgsField,
    QgsFields,
    QgsProperty,
    QgsSymbolLayer,
    QgsVectorTileLayer,
)
from qgis.PyQt.QtCore import QBuffer, QByteArray, QIODevice
from qgis.PyQt.QtGui import QColor, QImage

from gpkeys_plugin.store.services.style_document import UnreadableStyle, read_style
from gpkeys_plugin.store.services.vector_tile_style import ProducerStyle, Sprites, convert, draw_in, read_sprites

LAYER = "PLAN.IGN"
FILL = {"id": "f", "type": "fill", "source": "plan", "source-layer": "zone", "paint": {"fill-color": "#123456"}}
LABEL: dict[str, Any] = {
    "id": "t",
    "type": "symbol",
    "source": "plan",
    "source-layer": "lieu",
    "layout": {"text-field": "{nom}", "text-font": ["Open Sans Bold"], "icon-image": "a"},
}


def document(*layers: Any, **more: Any) -> bytes:
    return json.dumps({"version": 8, "layers": layers, **more}).encode()


def png(width: int = 8, height: int = 4) -> bytes:
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    image.fill(QColor("#c2185b"))
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(data)


def index(**entries: Any) -> bytes:
    return json.dumps(entries).encode()


def made(*layers: Any, sprites: Sprites | None = None, **more: Any) -> ProducerStyle:
    return convert("essai", read_style(document(*layers, **more), LAYER), sprites)


def ids(style: ProducerStyle) -> list[str]:
    return [one.styleName() for one in style.renderer.styles()]


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (None, ["plan", "autre"]),
        ({"plan": {"type": "vector", "url": f"https://h/tms/1.0.0/{LAYER}/metadata.json"}}, ["plan"]),
        ({"plan": {"type": "vector", "url": f"https://h/tms/1.0.0/{LAYER}.json"}}, ["plan"]),
        (
            {
                "plan": {"type": "vector", "tiles": ["https://h/tms/1.0.0/PLAN%2EIGN/{z}/{x}/{y}.pbf?v=1"]},
                "autre": {"type": "vector", "tiles": ["https://h/tms/1.0.0/AUTRE/{z}/{x}/{y}.pbf"]},
            },
            ["plan"],
        ),
        # None of them names the layer: a single one, or any of them, may be ours.
        ({"autre": {"type": "vector", "url": "https://h/x"}, "photo": {"type": "raster"}}, ["autre"]),
        ({"plan": {"type": "vector"}, "autre": {"type": "vector"}}, ["plan", "autre"]),
    ],
)
def test_only_what_draws_our_tiles_is_used(sources: Any, expected: list[str]) -> None:
    layers = [{**FILL, "id": name, "source": name} for name in ("plan", "autre", "photo")]
    more = {} if sources is None else {"sources": sources}
    kept = [layer["id"] for layer in read_style(document(*layers, **more), LAYER).layers]
    assert kept == (expected if sources is not None else ["plan", "autre", "photo"])


@pytest.mark.parametrize(
    ("sprite", "expected"),
    [
        ("https://h/sprite", "https://h/sprite"),
        (None, ""),
        (3, ""),
        ([], ""),
        ([{"id": "a", "url": "https://h/a"}, {"id": "default", "url": "https://h/d"}], "https://h/d"),
        ([{"id": "a", "url": "https://h/a"}], "https://h/a"),
    ],
)
def test_where_the_icons_are(sprite: Any, expected: str) -> None:
    assert read_style(document(FILL, sprite=sprite), LAYER).sprite == expected


@pytest.mark.parametrize("data", [b"", b"null", b"[]", b"{}", b"\xff\xfe", b'{"layers": {}}', b'{"layers": NaN}'])
def test_what_is_no_style_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableStyle, match="not a style"):
        read_style(data, LAYER)


def test_a_background_alone_draws_no_tiles() -> None:
    with pytest.raises(UnreadableStyle, match="none of its layers"):
        read_style(document({"id": "b", "type": "background", "paint": {}}, 3, None, {"id": "x"}), LAYER)


# Each of these ends QGIS 3.22 with a signal 11 when its converter is given it.
DEADLY = [
    {"type": "fill", "paint": {"fill-opacity": ["interpolate", ["exponential"], ["zoom"], 5, 1, 10, ["!"]]}},
    {"type": "circle", "paint": {"circle-stroke-opacity": ["interpolate", ["exponential"], ["zoom"], 5, 1, 10, ["!"]]}},
    {"type": "symbol", "layout": {"icon-image": {"stops": [[10, "a"]]}}, "paint": {"icon-opacity": ["!"]}},
    {"type": "symbol", "layout": {"text-field": [], "text-font": {}}},
    {"type": "symbol", "layout": {"text-field": "x", "text-font": {}}},
    {"type": "symbol", "layout": {"text-field": "x", "text-justify": []}},
    {"type": "fill", "paint": {"fill-color": "#000"}, "filter": ["!"]},
    {"type": "fill", "paint": {"fill-color": "#000"}, "filter": ["all", ["!", []]]},
    {"type": "fill", "paint": {"fill-color": "#000"}, "filter": ["!", "a"]},
]


@pytest.mark.parametrize("layer", DEADLY, ids=range(len(DEADLY)))
def test_what_would_bring_qgis_down_is_left_out(layer: dict[str, Any]) -> None:
    sprites = read_sprites(index(a={"x": 0, "y": 0, "width": 4, "height": 4}), png())
    assert "f" in ids(made({"id": "x", "source-layer": "zone", **layer}, FILL, sprites=sprites))


def test_sound_values_are_left_as_they_are() -> None:
    layer = {
        **LABEL,
        "filter": ["all", ["!", ["has", "a"]], ["!in", "b", 1, 2]],
        "layout": {"text-field": ["format", ["get", "nom"], {}], "text-size": {"stops": [[5, 8], [10, 12]]}},
        "paint": {"text-color": "#000", "text-halo-width": ["interpolate", ["linear"], ["zoom"], 5, 1, 10, 2]},
    }
    assert read_style(document(layer), LAYER).layers == (layer,)


def test_a_label_that_stands_alone_matches() -> None:
    """QGIS 3.22 makes `IN ()` of it, and all is drawn in the last colour. A list with it is `IN`, from 3.40 on `IS`."""
    colour = ["match", ["get", "nature"], "eau", "#0000ff", ["bois", "haie"], "#00ff00", "#ff0000"]
    style = made({**FILL, "paint": {"fill-color": colour}})
    # Each of these owns the next: without a name it goes, and takes that along.
    drawn = style.renderer.styles()[0]
    symbol = drawn.symbol()
    fill = symbol.symbolLayer(0)
    written = fill.dataDefinedProperties().property(QgsSymbolLayer.Property.PropertyFillColor)
    natures = {"eau": "#0000ff", "bois": "#00ff00", "haie": "#00ff00", "autre": "#ff0000"}
    assert {nature: _colour_of(written, nature) for nature in natures} == natures


def _colour_of(written: QgsProperty, nature: str) -> str:
    fields = QgsFields()
    fields.append(QgsField("nature"))
    feature = QgsFeature(fields)
    feature["nature"] = nature
    context = QgsExpressionContext()
    context.setFields(fields)
    context.setFeature(feature)
    return QColor(written.valueAsColor(context)[0]).name()


def test_what_is_hidden_is_made_but_not_shown() -> None:
    hidden = {**FILL, "layout": {"visibility": "none"}}
    style = made(hidden, {**LABEL, "layout": {**LABEL["layout"], "visibility": "none"}})
    shown = [one.isEnabled() for one in (*style.renderer.styles(), *style.labeling.styles())]
    assert shown
    assert not any(shown)


def test_icons_have_the_size_they_are_meant_to_have() -> None:
    sprites = read_sprites(
        index(
            a={"x": 0, "y": 0, "width": 16, "height": 16, "pixelRatio": 2},
            b={"x": 16, "y": 0, "width": 16, "height": 16},
            outside={"x": 20, "y": 0, "width": 16, "height": 16},
            negative={"x": -1, "y": 0, "width": 16, "height": 16},
            flat={"x": 0, "y": 0, "width": 0, "height": 16},
            ratio={"x": 0, "y": 0, "width": 16, "height": 16, "pixelRatio": -1},
            words={"x": "left", "y": 0, "width": 16, "height": 16},
            short={"x": 0},
            none=None,
        ).replace(b'"short": {"x": 0}', b'"short": {"x": 1e400, "y": 0, "width": 1, "height": 1}'),
        png(32, 16),
    )
    assert sorted(sprites.places) == ["a", "b"]
    # Without a ratio, QGIS 3.22 divides by zero and makes it -568188000.
    icons = [{**LABEL, "id": name, "layout": {"icon-image": name}} for name in ("a", "b")]
    sizes = [one.symbol().size() for one in made(*icons, sprites=sprites).renderer.styles()]
    # 8 and 16 pixels in millimetres, which QGIS rounds.
    assert sizes == [2, 4]


def test_an_image_that_would_fill_the_memory_is_not_unpacked() -> None:
    header = b"IHDR" + struct.pack(">IIBBBBB", 60_000, 60_000, 8, 6, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))
    with pytest.raises(UnreadableStyle, match="not a set of icons"):
        read_sprites(index(), bomb)


def test_a_layer_has_all_styles_and_is_drawn_in_the_first() -> None:
    layer = QgsVectorTileLayer("type=xyz&url=http://127.0.0.1:9/%7Bz%7D/%7Bx%7D/%7By%7D.pbf&zmin=0&zmax=14", "essai")
    first, second = made(FILL), made({**FILL, "id": "g"})
    draw_in(layer, [first, ProducerStyle("gris", second.renderer, second.labeling)])
    manager = layer.styleManager()
    assert (sorted(manager.styles()), manager.currentStyle()) == (["essai", "gris"], "essai")
    assert [one.styleName() for one in layer.renderer().styles()] == ["f"]
    assert manager.setCurrentStyle("gris")
    assert [one.styleName() for one in layer.renderer().styles()] == ["g"]


def test_styles_are_made_by_several_threads_at_once_while_labels_are_drawn(qgis_app: Any) -> None:
    """Fonts and images are what threads could share without knowing."""
    sprites = read_sprites(index(a={"x": 0, "y": 0, "width": 4, "height": 4}), png())
    layers = [{**(FILL, LABEL)[number % 2], "id": str(number)} for number in range(200)]
    go = threading.Event()

    def work(_: int) -> int:
        go.wait(10)
        style = made(*layers, sprites=sprites)
        return len(style.renderer.styles()) + len(style.labeling.styles())

    with ThreadPoolExecutor(max_workers=4) as pool:
        waiting = [pool.submit(work, number) for number in range(40)]
        go.set()
        while not all(one.done() for one in waiting):
            _draw_some_text()
    assert {one.result() for one in waiting} == {300}


def _draw_some_text() -> None:
    from qgis.core import QgsFontUtils
    from qgis.PyQt.QtGui import QFontDatabase, QPainter

    image = QImage(64, 32, QImage.Format.Format_ARGB32)
    painter = QPainter(image)
    painter.setFont(QFontDatabase().font(QFontDatabase().families()[0], "", 9))
    painter.drawText(2, 20, "Rochebrune")
    painter.end()
    assert QgsFontUtils.fontFamilyOnSystem(QFontDatabase().families()[0])
