"""What a key has to download, below it in QGIS's Browser panel: editions and their files, read when they are opened."""

from __future__ import annotations

from typing import Any, Callable, Sequence

from qgis.core import QgsDataCollectionItem, QgsDataItem, QgsErrorItem

from ...entrepot.downloads.models import Edition, RemoteFile
from ...entrepot.errors import GpkeysError
from ...jobs.browser.connected_keys import ConnectedKey, OpenedDownload
from ...jobs.running.translate import tr
from ...keys.downloads.edition_choice import newest
from ..downloads.download_words import edition_row, file_row
from ..notices.message_area import sentence
from ..parts import value_words
from ..parts.row_content import hint
from .item_reading import ItemReader, Start

MOST_EDITIONS = 300
"""More are not looked through in a tree; the panel searches them."""


class DownloadItem(QgsDataCollectionItem):
    """A resource that a key opens. It has its editions below it."""

    def __init__(
        self, parent: QgsDataItem, key: ConnectedKey, opened: OpenedDownload, place: int, reader: ItemReader
    ) -> None:
        words = tr("Download: {name}").format(name=opened.title)
        super().__init__(parent, words, f"{parent.path()}/download:{opened.offering_id}", parent.providerKey())
        self.key, self.offering_id = key, opened.offering_id
        self._reader = reader
        self.setIconName("mActionFileSave.svg")
        self.setToolTip(hint((words,)))
        self.setSortKey(place)

    def createChildren(self) -> list[QgsDataItem]:  # noqa: N802 - the name QGIS calls
        """Return its editions, the newest first; of very many, the newest of each kind."""
        return _read(
            self,
            self._reader,
            lambda acts, *heard: acts.downloads.read_editions(self.key, self.offering_id, *heard),
            self._items,
        )

    def _items(self, editions: Sequence[Edition]) -> list[QgsDataItem]:
        if not editions:
            return [_note(self, tr("The download service lists no edition."))]
        shown = editions if len(editions) <= MOST_EDITIONS else newest(editions)[:MOST_EDITIONS]
        ordered = sorted(sorted(shown, key=lambda one: one.title), key=lambda one: one.date, reverse=True)
        items: list[QgsDataItem] = [EditionItem(self, one, place, self._reader) for place, one in enumerate(ordered)]
        if len(shown) < len(editions):
            words = tr("{count} editions in all: search them in the panel.")
            items.append(_note(self, words.format(count=value_words.number(len(editions))), len(items)))
        return items


class EditionItem(QgsDataCollectionItem):
    """An edition. It has its files below it."""

    def __init__(self, parent: DownloadItem, edition: Edition, place: int, reader: ItemReader) -> None:
        row = edition_row(edition, None)
        words = ", ".join((row.title, *row.badges))
        super().__init__(parent, words, f"{parent.path()}/{edition.name}", parent.providerKey())
        self.key, self.offering_id, self.edition = parent.key, parent.offering_id, edition
        self._reader = reader
        self.setToolTip(hint((edition.title, *(term.label for term in edition.formats), *edition.crs)))
        self.setSortKey(place)

    def createChildren(self) -> list[QgsDataItem]:  # noqa: N802 - the name QGIS calls
        """Return its files."""
        return _read(
            self,
            self._reader,
            lambda acts, *heard: acts.downloads.read_files(self.key, self.edition, *heard),
            lambda files: [FileItem(self, file, place) for place, file in enumerate(files)],
        )


class FileItem(QgsDataCollectionItem):
    """A file at the download service."""

    def __init__(self, parent: EditionItem, file: RemoteFile, place: int) -> None:
        words = file_row(file).sentence
        super().__init__(parent, words, f"{parent.path()}/{file.name}", parent.providerKey())
        self.key, self.offering_id, self.edition, self.file = parent.key, parent.offering_id, parent.edition, file
        self.setIconName("mIconFile.svg")
        self.setToolTip(hint((words,)))
        self.setSortKey(place)
        self.setState(QgsDataItem.State.Populated)


def _read(
    parent: QgsDataItem, reader: ItemReader, start: Start, items: Callable[[Any], list[QgsDataItem]]
) -> list[QgsDataItem]:
    try:
        return items(reader.read(start))
    except GpkeysError as error:
        return [_note(parent, sentence(error))]


def _note(parent: QgsDataItem, words: str, place: int = 0) -> QgsDataItem:
    note = QgsErrorItem(parent, words, f"{parent.path()}/note")
    note.setToolTip(hint((words,)))
    note.setSortKey(place)
    return note
