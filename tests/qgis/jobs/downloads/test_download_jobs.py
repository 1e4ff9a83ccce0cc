"""Downloads as the window has them done, on the simulator: read once, noted while under way, put on the map."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from queue import Queue
from typing import Any

import pytest
from qgis.core import QgsProject

from gpkeys_plugin.entrepot.downloads.models import Edition
from gpkeys_plugin.entrepot.errors import ErrorCode
from gpkeys_plugin.jobs.downloads.fetch_order import BegunFetch, FetchOrder, FetchOutcome, OrderedEdition
from gpkeys_plugin.jobs.downloads.part_file import PartFile
from gpkeys_plugin.jobs.downloads.resource_listing import ResourceListing
from gpkeys_plugin.jobs.running.task import RunningJob
from gpkeys_plugin.jobs.values import AddedLayers, KeyPage
from gpkeys_plugin.jobs.window.download_jobs import DownloadJobs
from gpkeys_plugin.jobs.window.new_key_jobs import QgisSide
from gpkeys_plugin.store.records.begun_downloads import DownloadRecords
from tests.qgis.brief_pauses import let_pauses_pass
from tests.qgis.jobs.conftest import ended
from tests.qgis.jobs.downloads.conftest import Downloads
from tests.qgis.jobs.key_pages import page_named
from tests.simulator.downloads.product import SCAN_FILES, editions

pytestmark = pytest.mark.real_pauses

_CANTAL, _PUY_DE_DOME = editions(SCAN_FILES)[1:]


@dataclass
class Window:
    """What a window does with a key that opens downloads."""

    downloads: Downloads
    jobs: DownloadJobs
    page: KeyPage
    moved_to: list[Any] = field(default_factory=list)

    def listed(self) -> tuple[list[ResourceListing], ResourceListing]:
        """Read the SCAN; return what was told after each page, and what is known then."""
        parts: list[ResourceListing] = []
        (resource,) = (one for one in self.jobs.resources(self.page) if one.name == SCAN_FILES)
        with ended() as hear:
            done = hear([])
            read = self.jobs.read
            read(self.page, resource, parts.append, lambda: done(None), done)
        return parts, self.jobs.listing(self.page, resource)

    def edition(self, name: str) -> Edition:
        """Return an edition, as it is listed."""
        return next(one for one in self.listed()[1].editions if one.name == name)

    def read_files(self, edition: Edition) -> int:
        """Read the files of an edition; return how often some were told."""
        told: list[Any] = []
        with ended() as hear:
            done = hear([])
            self.jobs.read_files(self.page, [edition], lambda *part: told.append(part), lambda: done(None), done)
        return len(told)

    def order(self, name: str, *files: str) -> BegunFetch:
        """Return an order of an edition, or of some of its files."""
        wanted = OrderedEdition(self.edition(name), frozenset(files) if files else None)
        return self.jobs.new_fetch(FetchOrder((wanted,), self.downloads.folder))

    def fetch(self, begun: BegunFetch) -> FetchOutcome:
        """Fetch, and return what came of it."""
        outcome: list[Any] = []
        with ended() as hear:
            heard = hear(outcome)
            self.jobs.fetch(self.page, begun, lambda _percent, _text: None, lambda _file: None, heard, heard)
        assert isinstance(outcome[0], FetchOutcome), outcome
        return outcome[0]

    def cut_off(self, begun: BegunFetch, monkeypatch: pytest.MonkeyPatch) -> ErrorCode:
        """Begin, and cancel once the first bytes are written; return how it failed."""
        running: Queue[RunningJob] = Queue()
        write, outcome = PartFile.write, list[Any]()

        def write_and_cancel(place: PartFile, piece: bytes) -> None:
            write(place, piece)
            running.get(timeout=30).cancel()

        with monkeypatch.context() as patched, ended() as hear:
            patched.setattr(PartFile, "write", write_and_cancel)
            heard = hear(outcome)
            job = self.jobs.fetch(self.page, begun, lambda _p, _t: None, lambda _file: None, heard, heard)
            for _ in range(10):
                running.put(job)
            self.downloads.bench.qtbot.waitUntil(lambda: bool(outcome), timeout=30_000)
        code: ErrorCode = outcome[0].code
        return code


@pytest.fixture
def window(downloads: Downloads) -> Iterator[Window]:
    """Return it; the project is empty before and after."""
    bench, moved = downloads.bench, list[Any]()
    side = QgisSide(lambda: "", lambda: None, lambda _: None, lambda _: None, moved.append, lambda _: False)
    jobs = DownloadJobs(lambda: bench.signed_in, bench.runner, bench.main_thread, side)
    QgsProject.instance().clear()
    yield Window(downloads, jobs, page_named(bench, downloads.key_name), moved)
    QgsProject.instance().clear()


def test_a_list_is_told_page_by_page_and_read_once(window: Window) -> None:
    simulator = window.downloads.bench.simulator
    simulator.switch(download_more_editions=120)
    simulator.clear_requests()
    parts, known = window.listed()
    assert [len(part.editions) for part in parts] == [50, 100, 123]
    # What is searched is worked out once for each, by whoever reads.
    assert [one.edition for one in known.searchable] == list(known.editions)
    assert all(before is after for before, after in zip(parts[1].searchable, known.searchable))
    assert known.is_whole
    assert known.total == 123
    asked = len(simulator.requests(path="/resource/"))
    assert asked == 3
    assert window.listed() == ([], known)
    assert len(simulator.requests(path="/resource/")) == asked


def test_the_files_of_an_edition_are_read_once(window: Window) -> None:
    simulator, edition = window.downloads.bench.simulator, window.edition(_CANTAL.name)
    simulator.clear_requests()
    assert window.read_files(edition) == 1
    assert window.read_files(edition) == 0
    files = window.jobs.files(window.page, edition)
    assert files is not None
    assert [file.name for file in files] == [file.name for file in _CANTAL.files]
    assert len(simulator.requests(path="/resource/")) == 1
    # What was read is not asked for by the download either.
    window.fetch(window.order(_CANTAL.name, files[0].name))
    assert len(simulator.requests(path="/resource/")) == 1


def test_what_is_cut_off_is_offered_and_gone_on_with(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [file.name for file in _PUY_DE_DOME.files[:3]]
    begun = window.order(_PUY_DE_DOME.name, *names)
    assert window.cut_off(begun, monkeypatch) is ErrorCode.CANCELLED
    # As the next session finds it.
    (offered,) = window.jobs.begun(window.page)
    assert (offered.id, offered.order.folder) == (begun.id, window.downloads.folder)
    assert offered.order.editions[0].names == frozenset(names)
    outcome = window.fetch(offered)
    assert outcome.failed == ()
    assert set(names) <= window.downloads.names()
    assert window.downloads.part_bytes() == 0
    assert window.jobs.begun(window.page) == ()


def test_the_folder_of_a_new_order_is_made_that_of_an_old_one_is_not(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [file.name for file in _PUY_DE_DOME.files[:1]]
    folder = window.downloads.folder / "nouveau"
    begun = window.jobs.new_fetch(replace(window.order(_PUY_DE_DOME.name, *names).order, folder=folder))
    free: list[int | None] = []
    with ended() as hear:
        window.jobs.free_space(folder, hear(free))
    assert free[0] is not None
    window.cut_off(begun, monkeypatch)
    assert folder.is_dir()
    # Its disk is gone: nothing is to be written in its place.
    shutil.rmtree(folder)
    failed: list[Any] = []
    with ended() as hear:
        heard = hear(failed)
        window.jobs.fetch(window.page, begun, lambda _p, _t: None, lambda _file: None, heard, heard)
    assert "is not there" in str(failed[0].user)
    assert not folder.exists()


def test_what_is_given_up_leaves_no_part_and_is_not_offered(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = window.order(_PUY_DE_DOME.name)
    window.cut_off(begun, monkeypatch)
    with ended() as hear:
        done = hear([])
        window.jobs.give_up(begun, lambda: done(None), done)
    assert window.jobs.begun(window.page) == ()
    assert not list(window.downloads.folder.rglob("*.part*"))


def test_files_that_may_come_later_stay_offered_those_that_never_do_not(window: Window) -> None:
    simulator, (first, second) = window.downloads.bench.simulator, _CANTAL.files[:2]
    simulator.fail("GET", rf"/download/.*/{first.name}$", status=503, times=99)
    order = window.order(_CANTAL.name, first.name, second.name)
    with pytest.MonkeyPatch.context() as patched:
        # The server is tried for half a minute; nothing else is asked of it meanwhile.
        let_pauses_pass(patched)
        outcome = window.fetch(order)
    assert [one.planned.name for one in outcome.failed] == [first.name]
    assert len(window.jobs.begun(window.page)) == 1
    simulator.reset_faults()
    window.fetch(window.jobs.begun(window.page)[0])
    assert window.jobs.begun(window.page) == ()


def test_another_key_is_offered_nothing_of_it(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    window.cut_off(window.order(_PUY_DE_DOME.name), monkeypatch)
    other = page_named(window.downloads.bench, "Compte personnel")
    assert window.jobs.begun(other) == ()
    assert "fichiers" not in DownloadRecords()._records.path.read_text(encoding="utf-8").replace(SCAN_FILES, "")


def test_tiles_come_to_the_map_as_one_mosaic(window: Window) -> None:
    outcome = window.fetch(window.order(_CANTAL.name))
    added: list[Any] = []
    with ended() as hear:
        heard = hear(added)
        window.jobs.add_to_map(outcome, lambda _percent, _text: None, heard, heard)
    assert isinstance(added[0], AddedLayers), added
    assert (added[0].added, added[0].problems) == (1, ())
    (layer,) = QgsProject.instance().mapLayers().values()
    assert layer.source().endswith(f"{_CANTAL.name}.vrt")
    assert layer.isValid()
    assert QgsProject.instance().layerTreeRoot().findGroup(_CANTAL.name) is not None
    assert window.moved_to == [added[0].extent]
