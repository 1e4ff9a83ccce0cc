"""The services of a key that QGIS has no connection for: name and URL to copy."""

from __future__ import annotations

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ...jobs.downloads.download_access import DOWNLOAD
from ...jobs.running.translate import tr
from ...keys.services.connection_plans import ServedLayer
from ...keys.services.titles import NO_TITLES, TitleBook
from ..parts import theme, value_words
from ..parts.labels import ElidedLabel, MutedLine, TonedLabel, heading
from ..parts.page import tool_button
from ..parts.row_content import tooltip


class OtherServices(QWidget):
    """One row a service, hidden when there are none."""

    copy_wanted = pyqtSignal(object, bool)
    download_wanted = pyqtSignal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        space = theme.gap(self)
        self._layers: tuple[ServedLayer, ...] = ()
        self._titles = NO_TITLES
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(space)
        self._column.addWidget(heading(tr("Services without a QGIS connection"), 1.0))
        self._column.addWidget(TonedLabel(tr("Copy their URL for the software that uses them.")))
        self._rows = QWidget()
        self._column.addWidget(self._rows)
        self.hide()

    def show_services(self, layers: tuple[ServedLayer, ...]) -> None:
        """Show other services."""
        self._layers = layers
        self._column.removeWidget(self._rows)
        self._rows.hide()
        self._rows.deleteLater()
        self._rows = QWidget()
        rows = QVBoxLayout(self._rows)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        for layer in layers:
            rows.addWidget(self._row(layer))
        self._column.addWidget(self._rows)
        self.setVisible(bool(layers))

    def show_titles(self, titles: TitleBook) -> None:
        """Show what people call the services."""
        if titles is not self._titles:
            self._titles = titles
            self.show_services(self._layers)

    def _row(self, layer: ServedLayer) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._words(layer))
        row = QHBoxLayout()
        if layer.service == DOWNLOAD:
            download = tool_button("downloadServiceButton", "download", tr("Download…"), with_text=True)
            download.setToolTip(tooltip(tr("Choose what to download: {name}").format(name=layer.name)))
            download.clicked.connect(lambda: self.download_wanted.emit(layer))
            row.addWidget(download)
        button = tool_button("copyServiceUrlButton", "copy", tr("Copy the URL of {name}").format(name=layer.name))
        button.clicked.connect(lambda: self.copy_wanted.emit(layer, False))
        row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        return box

    def _words(self, layer: ServedLayer) -> QVBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(0)
        title = self._titles.title(layer.name)
        name = f"{layer.name} ({value_words.service_without_connection(layer)})"
        if title:
            words.addWidget(ElidedLabel(title))
        words.addWidget(MutedLine(name) if title else ElidedLabel(name))
        return words
