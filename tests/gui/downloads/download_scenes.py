"""The states of the pages of downloads."""

from __future__ import annotations

from collections.abc import Callable

from qgis.PyQt.QtCore import Qt

from gpkeys_plugin.entrepot.translatable_text import Text
from gpkeys_plugin.jobs.values import AddedLayers

from ..my_keys_scenes import key_page
from ..scenes import Stage
from . import fake_downloads as made_up


def downloads(one: Stage) -> None:
    """Open the downloads of a key, before anything of them is read."""
    key_page(one)
    one.click("downloadServiceButton")


def listed(one: Stage) -> None:
    """Show what there is, all read."""
    downloads(one)
    one.my_keys_jobs.last("read").on_part(made_up.WHOLE)
    one.my_keys_jobs.last("read").on_done()


def tick(one: Stage, row: int) -> None:
    """Tick an edition, and answer what files it has."""
    model = one.find("downloadsTree").model()
    model.setData(model.index(row, 0), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)


def chosen(one: Stage) -> None:
    """Tick an edition, its files known and in sight, and choose a folder."""
    listed(one)
    tick(one, 1)
    one.my_keys_jobs.last("read_files").on_part(made_up.PUY_2026, made_up.files(made_up.PUY_2026))
    one.my_keys_jobs.last("read_files").on_done()
    view = one.find("downloadsTree")
    view.expand(view.model().index(1, 0))
    one.find("downloadFolderField").setText(str(made_up.FOLDER))


def fetching(one: Stage) -> None:
    """Begin the download."""
    chosen(one)
    one.click("fetchButton")


def under_way(one: Stage) -> None:
    """Show one that has come a part of its way."""
    fetching(one)
    first = made_up.files(made_up.PUY_2026)[0]
    call = one.my_keys_jobs.last("fetch")
    call.on_progress(42, Text("Downloading: {done} of {total}, about {left} left", _LEFT))
    call.on_part(made_up.fetched(first))
    call.on_part(made_up.outcome(has_failed=True).failed[0])


_LEFT = {
    "done": Text("{size} MB", {"size": 15}),
    "total": Text("{size} MB", {"size": 37}),
    "left": Text("{minutes} min", {"minutes": 3}),
}


def paused(one: Stage) -> None:
    """Show one that was paused."""
    under_way(one)
    one.click("pauseFetchButton")
    one.my_keys_jobs.last("fetch").on_failed(made_up.cancelled())


def done(one: Stage) -> None:
    """Show one that has ended well."""
    fetching(one)
    one.my_keys_jobs.last("fetch").on_done(made_up.outcome())


def failed(one: Stage) -> None:
    """Show one of which a file could not be had."""
    fetching(one)
    one.my_keys_jobs.last("fetch").on_done(made_up.outcome(has_failed=True))


def added(one: Stage) -> None:
    """Show what came of adding it to the map."""
    done(one)
    one.click("addFilesButton")
    found = AddedLayers(1, extent=made_up.NORTH, is_out_of_sight=True)
    one.my_keys_jobs.last("add_files").on_done(found)


def begun(one: Stage) -> None:
    """Show what is offered of a download that was cut off."""
    one.my_keys_jobs.downloads.left = (made_up.BEGUN,)
    listed(one)


def _reading(one: Stage) -> None:
    downloads(one)
    one.my_keys_jobs.last("read").on_part(made_up.HALF)


def _stopped(one: Stage) -> None:
    _reading(one)
    one.click("stopReadingButton")


def _refused(one: Stage) -> None:
    downloads(one)
    one.my_keys_jobs.last("read").on_failed(made_up.refused())


def _no_room(one: Stage) -> None:
    one.my_keys_jobs.downloads.free = 20_000_000
    chosen(one)


def _nothing_found(one: Stage) -> None:
    listed(one)
    one.my_keys_jobs.downloads.extent = (-5.0, 47.0, -4.0, 48.0)
    one.find("coversMapBox").setChecked(True)
    one.find("downloadZoneCombo").setCurrentIndex(1)


SCENES: dict[str, Callable[[Stage], None]] = {
    "downloads_opened": downloads,
    "downloads_reading": _reading,
    "downloads_stopped": _stopped,
    "downloads_refused": _refused,
    "downloads": listed,
    "downloads_chosen": chosen,
    "downloads_no_room": _no_room,
    "downloads_nothing_found": _nothing_found,
    "downloads_begun": begun,
    "downloads_under_way": under_way,
    "downloads_paused": paused,
    "downloads_done": done,
    "downloads_failed": failed,
    "downloads_added": added,
}
