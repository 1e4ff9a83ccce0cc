"""Vector tiles in their producer's style: fetched, converted, drawn by QGIS, and what is said where that fails."""

from __future__ import annotations

import pkgutil
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsNetworkAccessManager,
    QgsProject,
    QgsRectangle,
    QgsVectorTileLayer,
)
from qgis.PyQt.QtCore import QEventLoop, QSize
from qgis.PyQt.QtGui import QColor, QImage

from gpkeys_plugin.entrepot.errors import ErrorCode, GpkeysError
from gpkeys_plugin.jobs.add_layers import add_layers
from gpkeys_plugin.jobs.running.main_thread import MainThread
from gpkeys_plugin.jobs.running.task import RunningJob, TaskRunner
from gpkeys_plugin.jobs.steps.account_sessions import SignedIn
from gpkeys_plugin.jobs.steps.vector_styles.fetch_styles import StyleReader
from gpkeys_plugin.keys.services.connection_plans import ConnectionKind, ConnectionPlan, TileRange
from gpkeys_plugin.keys.services.layer_recipes import LayerRecipe, StyleLink
from gpkeys_plugin.network.open_session import open_session
from gpkeys_plugin.store.configurations import auth_configs
from tests.qgis.store.one_connection import write_one

from .style_server import (
    APIKEY,
    GREY,
    ICON_COLOUR,
    LAYER,
    LOGIN,
    POLYGON_COLOUR,
    WORD,
    StyleServer,
    serving,
    sprite_image,
    sprite_index,
    style,
)

TILES = TileRange(0, 14, "pbf")
TITLE = "Plan d'essai"


@dataclass
class Stage:
    """The platform's server, somebody else's, and a QGIS that adds a layer."""

    platform: StyleServer
    foreign: StyleServer
    main_thread: MainThread
    runner: TaskRunner
    qtbot: QtBot
    signed_in: SignedIn
    authcfg: str = ""

    def recipe(self, *links: StyleLink) -> LayerRecipe:
        """Write the connection of the tiles; return how their layer is made."""
        plan = ConnectionPlan("Essai", ConnectionKind.VECTOR_TILES, self.platform.tiles_url, (), TILES)
        written = write_one(plan, authcfg=self.authcfg, hash_value=None if self.authcfg else APIKEY, owner="essai")
        return LayerRecipe(TITLE, written, LAYER, crs="EPSG:3857", tiles=TILES, style_links=links)

    def start(self, recipe: LayerRecipe, heard: list[Any]) -> RunningJob:
        """Add the layer as the window does."""
        return self.runner.start(
            "essai",
            lambda progress: add_layers(
                (recipe,), "Essai", self.main_thread, progress, StyleReader(self.signed_in, progress)
            ),
            heard.append,
            heard.append,
        )

    def add(self, *links: StyleLink) -> tuple[QgsVectorTileLayer, tuple[str, ...]]:
        """Add the layer; return it and what was said."""
        heard: list[Any] = []
        self.start(self.recipe(*links), heard)
        self.qtbot.waitUntil(lambda: bool(heard), timeout=60_000)
        if isinstance(heard[0], Exception):
            raise heard[0]
        (layer,) = QgsProject.instance().mapLayers().values()
        return layer, tuple(map(str, heard[0].problems))


@pytest.fixture
def stage(manager: Any, qtbot: QtBot) -> Iterator[Stage]:
    QgsNetworkAccessManager.instance().cache().clear()
    QgsProject.instance().clear()
    with ExitStack() as stack:
        main_thread, runner = MainThread(), TaskRunner()
        platform, foreign = stack.enter_context(serving()), stack.enter_context(serving(is_guarded=False))
        yield Stage(platform, foreign, main_thread, runner, qtbot, SignedIn(open_session, platform.root, ""))
        main_thread.shut_down()
        runner.shut_down()
    QgsProject.instance().clear()


def drawn(layer: QgsVectorTileLayer) -> QImage:
    """Return a picture of one tile."""
    side = 40075016.685578488 / 2**5
    settings = QgsMapSettings()
    settings.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:3857"))
    settings.setExtent(QgsRectangle(0, 0, side, side))
    settings.setOutputSize(QSize(512, 512))
    settings.setOutputDpi(96)
    settings.setBackgroundColor(QColor("white"))
    settings.setLayers([layer])
    job, loop = QgsMapRendererParallelJob(settings), QEventLoop()
    job.finished.connect(loop.quit)
    # The events turn meanwhile, as they do in the window: QGIS 3.22 may draw blank where the main thread stands still.
    job.start()
    loop.exec()
    return job.renderedImage()


def colours(layer: QgsVectorTileLayer) -> tuple[str, str]:
    """Return the colours of a zone and of the place in its middle."""
    picture = drawn(layer)
    return picture.pixelColor(100, 100).name(), picture.pixelColor(256, 256).name()


def with_sprites(server: StyleServer, base: str, fineness: str = "@2x", ratio: int = 2) -> str:
    """Serve a set of icons; return its address."""
    server.put(f"{base}{fineness}.json", sprite_index(ratio))
    server.put(f"{base}{fineness}.png", sprite_image())
    return server.url(base)


def test_the_tiles_are_drawn_as_their_producer_means_them(stage: Stage) -> None:
    sprite = with_sprites(stage.platform, "/annexes/sprite")
    grey = stage.platform.put("/annexes/gris.json", style(sprite, GREY))
    usual = stage.platform.put("/annexes/standard.json", style(sprite))
    layer, said = stage.add(StyleLink("gris", grey), StyleLink("standard", usual))
    assert said == ()
    assert colours(layer) == (POLYGON_COLOUR, ICON_COLOUR)
    styles = layer.styleManager()
    assert (sorted(styles.styles()), styles.currentStyle()) == (["gris", "standard"], "standard")
    styles.setCurrentStyle("gris")
    assert colours(layer) == (GREY, ICON_COLOUR)
    styles.setCurrentStyle("standard")
    assert colours(layer) == (POLYGON_COLOUR, ICON_COLOUR)
    assert "styleUrl" not in layer.source()
    # The icons that both styles share are asked for once.
    assert stage.platform.paths().count("/annexes/sprite@2x.png") == 1
    # What is public is asked without the key.
    assert not any(asked.has_key for asked in stage.platform.asked if asked.path.startswith("/annexes/"))


def test_the_window_does_not_wait_for_a_style(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    threads: set[int] = set()
    for name in (
        "gpkeys_plugin.jobs.steps.vector_styles.fetch_styles.read_style",
        "gpkeys_plugin.store.layers.draw_in",
    ):
        _note_thread(monkeypatch, name, threads)
    _note_thread(monkeypatch, "gpkeys_plugin.store.services.vector_tile_style.convert", threads)
    layer, _ = stage.add(StyleLink("standard", stage.platform.put("/annexes/standard.json", style())))
    assert threads
    assert threading.main_thread().ident not in threads
    assert layer.thread() == QgsApplication.instance().thread()


def _note_thread(monkeypatch: pytest.MonkeyPatch, place: str, threads: set[int]) -> None:
    work: Any = pkgutil.resolve_name(place)

    def noted(*values: Any) -> Any:
        threads.add(threading.get_ident())
        return work(*values)

    monkeypatch.setattr(place, noted)


def test_a_private_style_is_opened_by_the_key(stage: Stage) -> None:
    with_sprites(stage.platform, "/private/annexes/sprite")
    private = stage.platform.put("/private/annexes/standard.json", style("sprite"))
    layer, said = stage.add(StyleLink("standard", private))
    assert said == ()
    assert colours(layer) == (POLYGON_COLOUR, ICON_COLOUR)
    asked = stage.platform.of("/private/annexes/standard.json")[0]
    assert (asked.query, asked.headers["apikey"]) == ("", APIKEY)
    assert "styleUrl" not in layer.source()


def test_a_private_style_is_opened_by_a_configuration(stage: Stage) -> None:
    stage.authcfg = auth_configs.store_basic("essai", LOGIN, WORD)
    with_sprites(stage.platform, "/private/annexes/sprite")
    private = stage.platform.put("/private/annexes/standard.json", style("sprite"))
    public = stage.platform.put("/annexes/gris.json", style("sprite"))
    layer, said = stage.add(StyleLink("standard", private), StyleLink("gris", public))
    assert said == ()
    assert colours(layer) == (POLYGON_COLOUR, ICON_COLOUR)
    assert not stage.platform.of("/annexes/gris.json")[0].has_key


@pytest.mark.parametrize("is_basic", [False, True], ids=["hash", "basic"])
def test_the_key_goes_to_no_other_host(stage: Stage, is_basic: bool) -> None:
    stage.authcfg = auth_configs.store_basic("essai", LOGIN, WORD) if is_basic else ""
    sprite = with_sprites(stage.foreign, "/private/sprite")
    stage.foreign.put("/private/gris.json", style(sprite, GREY))
    moved = {"Location": stage.foreign.url("/private/gris.json")}
    usual = stage.platform.put("/private/annexes/standard.json", style(sprite))
    grey = stage.platform.put("/private/annexes/gris.json", b"", status=302, headers=moved)
    layer, said = stage.add(StyleLink("standard", usual), StyleLink("gris", grey))
    assert said == ()
    assert colours(layer) == (POLYGON_COLOUR, ICON_COLOUR)
    assert sorted(layer.styleManager().styles()) == ["gris", "standard"]
    assert {"/private/sprite@2x.json", "/private/sprite@2x.png", "/private/gris.json"} <= set(stage.foreign.paths())
    assert not any(asked.has_key for asked in stage.foreign.asked)


UNREADABLE: dict[str, tuple[Any, dict[str, Any], str]] = {
    "missing": (b"<html>404</html>", {"status": 404}, "the file is not there"),
    "forbidden": (b"", {"status": 403}, "the key does not open the file"),
    "broken": (b"", {"status": 500}, "the server answers 500"),
    "html": (b"<!doctype html><p>portal</p>", {}, "the file received is not a style"),
    "cut": (b'{"version": 8, "layers": [', {}, "the file received is not a style"),
    "no layers": (b'{"version": 8}', {}, "the file received is not a style"),
    "nothing": (b"", {}, "the file received is not a style"),
    "deep": (b"[" * 100_000, {}, "the file received is not a style"),
    "version 7": ({"version": 7, "layers": []}, {}, "it is of version 7, QGIS reads version 8"),
    "other tiles": (style() | {"layers": style()["layers"][1:]}, {}, "none of its layers draws these tiles"),
    "too large": (b" " * 5_000_001, {}, "the file is larger than 5 MB"),
    "extrusion": (
        {"version": 8, "layers": [{"id": "x", "type": "fill-extrusion", "source-layer": "zone"}]},
        {},
        "QGIS can draw nothing of it",
    ),
    "circle": (b"", {"status": 302, "headers": {"Location": "/annexes/standard.json"}}, "the server does not answer"),
    "to a file": (b"", {"status": 302, "headers": {"Location": "file:///etc/hostname"}}, "not protected"),
    "to http": (b"", {"status": 302, "headers": {"Location": "http://data.example.org/s.json"}}, "not protected"),
}


@pytest.mark.parametrize("name", list(UNREADABLE))
def test_a_style_that_cannot_be_read_is_said_and_the_layer_drawn_simply(stage: Stage, name: str) -> None:
    content, more, reason = UNREADABLE[name]
    link = StyleLink("standard", stage.platform.put("/annexes/standard.json", content, **more))
    layer, (said,) = stage.add(link)
    assert said.startswith(f"The producer's style of “{TITLE}” could not be read: ")
    assert reason in said
    assert said.endswith("; it is drawn in a simple style.")
    assert layer.styleManager().styles() == ["default"]
    assert [one.styleName() for one in layer.renderer().styles()] == ["Polygons", "Lines", "Points"]
    assert colours(layer)[0] != "#ffffff"


def test_a_server_that_is_away_is_said(stage: Stage) -> None:
    with serving() as gone:
        link = StyleLink("standard", gone.url("/s.json"))
    _, (said,) = stage.add(link)
    assert "the server does not answer" in said


def test_a_style_that_does_not_come_is_not_waited_for(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gpkeys_plugin.jobs.steps.vector_styles.style_requests._PATIENCE_S", 0.3)
    delay = threading.Event()
    late = stage.platform.put("/annexes/standard.json", b" " * 10_000, delay=delay)
    _, (said,) = stage.add(StyleLink("standard", late))
    delay.set()
    assert "the file did not come within 10 seconds" in said


def test_another_style_steps_in_for_the_usual_one(stage: Stage) -> None:
    grey = stage.platform.put("/annexes/gris.json", style(polygon=GREY))
    layer, said = stage.add(
        StyleLink("standard", stage.platform.url("/annexes/standard.json")), StyleLink("gris", grey)
    )
    (text,) = said
    assert (
        f"style “standard” of “{TITLE}” could not be read: the file is not there; it is drawn in “gris” instead."
        in text
    )
    assert colours(layer)[0] == GREY
    assert layer.styleManager().styles() == ["gris"]


def test_another_style_that_is_missing_is_not_worth_a_word(stage: Stage) -> None:
    usual = stage.platform.put("/annexes/standard.json", style())
    layer, said = stage.add(StyleLink("gris", stage.platform.url("/annexes/gris.json")), StyleLink("standard", usual))
    assert said == ()
    assert layer.styleManager().styles() == ["standard"]


def test_a_project_is_not_filled_with_styles(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gpkeys_plugin.jobs.steps.vector_styles.fetch_styles._MOST_STYLE_LAYERS", 3)
    names = ("standard", "gris", "nuit", "muet")
    links = [StyleLink(name, stage.platform.put(f"/annexes/{name}.json", style())) for name in names]
    layer, said = stage.add(*links)
    assert said == ()
    assert sorted(layer.styleManager().styles()) == ["gris", "nuit", "standard"]
    monkeypatch.setattr("gpkeys_plugin.jobs.steps.vector_styles.fetch_styles._MOST_STYLE_LAYERS", 0)
    QgsProject.instance().clear()
    layer, said = stage.add(*links)
    assert said == ()
    assert layer.styleManager().styles() == ["standard"]


def test_tiles_without_a_style_are_drawn_simply_and_nothing_is_said(stage: Stage) -> None:
    layer, said = stage.add()
    assert said == ()
    assert [one.styleName() for one in layer.renderer().styles()] == ["Polygons", "Lines", "Points"]
    assert stage.platform.paths() == []


def test_icons_come_in_the_plain_resolution_where_there_is_no_finer_one(stage: Stage) -> None:
    with_sprites(stage.platform, "/annexes/icones/sprite", fineness="", ratio=1)
    usual = stage.platform.put("/annexes/standard.json", style("icones/sprite"))
    layer, said = stage.add(StyleLink("standard", usual))
    assert said == ()
    assert colours(layer) == (POLYGON_COLOUR, ICON_COLOUR)


@pytest.mark.parametrize(
    ("index", "image"),
    [(b"<html>", sprite_image()), (b"[]", sprite_image()), (b"{}", b"<html>"), (b"{}", b"\x89PNG\r\n\x1a\n")],
)
def test_icons_that_cannot_be_read_are_said(stage: Stage, index: bytes, image: bytes) -> None:
    stage.platform.put("/annexes/sprite.json", index)
    stage.platform.put("/annexes/sprite.png", image)
    usual = stage.platform.put("/annexes/standard.json", style("sprite"))
    layer, said = stage.add(StyleLink("standard", usual))
    assert said == (
        f"The icons of “{TITLE}” could not be read: the file received is not a set of icons; it is drawn without them.",
    )
    assert colours(layer) == (POLYGON_COLOUR, POLYGON_COLOUR)


def test_what_the_producer_hides_stays_hidden(stage: Stage) -> None:
    hidden = style()
    hidden["layers"][0]["layout"] = {"visibility": "none"}
    hidden["layers"].append(
        {"id": "fond", "type": "background", "paint": {"background-color": GREY}},
    )
    layer, said = stage.add(StyleLink("standard", stage.platform.put("/annexes/standard.json", hidden)))
    assert said == ()
    assert colours(layer)[0] == GREY


def test_reading_a_style_can_be_cancelled(stage: Stage) -> None:
    delay = threading.Event()
    late = stage.platform.put("/annexes/standard.json", b" " * 10_000, delay=delay)
    heard: list[Any] = []
    job = stage.start(stage.recipe(StyleLink("standard", late)), heard)
    stage.qtbot.waitUntil(lambda: bool(stage.platform.paths()), timeout=60_000)
    job.cancel()
    stage.qtbot.waitUntil(lambda: bool(heard), timeout=5_000)
    delay.set()
    (error,) = heard
    assert isinstance(error, GpkeysError)
    assert error.code is ErrorCode.CANCELLED
    assert QgsProject.instance().mapLayers() == {}
