"""Layers added to the open project by a job: what it tells, and what is left when it is cancelled."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from threading import get_ident
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from qgis.core import QgsProject
from qgis.PyQt.QtCore import QObject, Qt

from gpkeys_plugin.entrepot.errors import ErrorCode, GpkeysError
from gpkeys_plugin.jobs.add_layers import add_layers
from gpkeys_plugin.jobs.running.main_thread import MainThread
from gpkeys_plugin.jobs.running.task import Progress, RunningJob, TaskRunner
from gpkeys_plugin.jobs.values import AddedLayers
from gpkeys_plugin.keys.services.connection_plans import ConnectionKind, ConnectionPlan, Extent, ServedLayer, TileRange
from gpkeys_plugin.keys.services.layer_recipes import LayerRecipe, WrittenConnection
from gpkeys_plugin.store import layers as store_layers
from gpkeys_plugin.store.services.vector_tile_style import ProducerStyle
from tests.qgis.store.one_connection import write_one

VALLEY: Extent = (2.871, 45.464, 3.026, 45.573)
_ROOT = "http://127.0.0.1:9/tms/1.0.0"
_KINDS = {"pbf": ConnectionKind.VECTOR_TILES, "png": ConnectionKind.XYZ}


class Work:
    """A thread for jobs, and the job itself."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.main_thread, self.runner = MainThread(), TaskRunner()
        self.outcome: list[Any] = []
        self.running: list[RunningJob] = []

    def add(self, *recipes: LayerRecipe) -> Any:
        """Add layers as the window does; return what it told, or the error."""
        self.outcome.clear()
        job = self.runner.start("essai", lambda told: self._add(recipes, told), self.outcome.append, self._fail)
        self.running.append(job)
        self._qtbot.waitUntil(lambda: bool(self.outcome), timeout=20_000)
        return self.outcome[0]

    def _add(self, recipes: tuple[LayerRecipe, ...], progress: Progress) -> AddedLayers:
        return add_layers(recipes, "Essai", self.main_thread, progress)

    def _fail(self, error: Exception) -> None:
        self.outcome.append(error)


@pytest.fixture
def work(qgis_app: Any, qtbot: QtBot, own_settings: None) -> Iterator[Work]:
    QgsProject.instance().clear()
    made = Work(qtbot)
    yield made
    made.main_thread.shut_down()
    made.runner.shut_down()
    QgsProject.instance().clear()


def tiles(name: str, ending: str = "png", extent: Extent | None = VALLEY) -> LayerRecipe:
    """Write a connection to tiles that nobody serves; return the recipe of its layer."""
    served = ServedLayer("o", name, _KINDS[ending], "tms", _ROOT, "TMS")
    url = f"{_ROOT}/{name}/{{z}}/{{x}}/{{y}}.{ending}"
    plan = ConnectionPlan(f"Essai – {name}", _KINDS[ending], url, (served,), TileRange(6, 15, ending))
    written = write_one(plan, hash_value="essai", owner="k")
    return LayerRecipe(name, written, name, crs="EPSG:3857", tiles=plan.tiles, extent=extent)


def test_what_happened_is_told(work: Work) -> None:
    one, two = tiles("un"), tiles("deux", "pbf", (3.5, 45.0, 4.0, 45.2))
    assert work.add(one) == AddedLayers(1, extent=VALLEY, is_first=True)
    assert work.add(one, two) == AddedLayers(1, 1, extent=(2.871, 45.0, 4.0, 45.573))
    assert work.add(one, two) == AddedLayers(0, 2, extent=(2.871, 45.0, 4.0, 45.573))


def test_a_layer_that_cannot_be_made_keeps_no_other_from_the_map(work: Work) -> None:
    gone = LayerRecipe("Eau", WrittenConnection(ConnectionKind.WFS, "Essai – WFS"), "eau", extent=(0, 0, 60, 60))
    told = work.add(gone, tiles("un"))
    assert (told.added, told.extent) == (1, VALLEY)
    assert ["Essai – WFS" in str(problem) for problem in told.problems] == [True]


def test_what_is_not_known_to_lie_anywhere_has_no_extent(work: Work) -> None:
    assert work.add(tiles("un", extent=None)) == AddedLayers(1, is_first=True)


def test_layers_that_are_there_already_are_let_go_of_on_the_main_thread(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = tiles("un")
    work.add(one)
    gone = watch(monkeypatch, lambda _count: None)
    assert work.add(one).there == 1
    assert gone == [get_ident()]


@pytest.mark.parametrize("last", [1, 2, 3])
def test_a_cancelled_job_leaves_nothing_on_the_map(work: Work, monkeypatch: pytest.MonkeyPatch, last: int) -> None:
    """Cancelled while any of the layers is being opened, the last one too; what was made goes on the main thread."""
    gone = watch(monkeypatch, lambda count: work.running[-1].cancel() if count == last else None)
    told = work.add(tiles("un"), tiles("deux"), tiles("trois"))

    assert isinstance(told, GpkeysError)
    assert told.code is ErrorCode.CANCELLED
    assert QgsProject.instance().mapLayers() == {}
    assert QgsProject.instance().layerTreeRoot().children() == []
    assert gone == [get_ident()] * last


def watch(monkeypatch: pytest.MonkeyPatch, on_made: Callable[[int], None]) -> list[int]:
    """Call back for each layer made, with their number so far; return on which threads they go."""
    gone: list[int] = []
    made: list[str] = []
    make = store_layers.make_layer

    def make_and_tell(recipe: LayerRecipe, styles: Sequence[ProducerStyle]) -> QObject:
        layer = make(recipe, styles)
        layer.destroyed.connect(lambda: gone.append(get_ident()), Qt.ConnectionType.DirectConnection)
        made.append(recipe.title)
        on_made(len(made))
        return layer

    monkeypatch.setattr(store_layers, "make_layer", make_and_tell)
    return gone
