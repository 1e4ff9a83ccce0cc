"""The services of a key with their URLs: copied plain, with the hash, or as a command."""

from __future__ import annotations

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QToolButton, QVBoxLayout, QWidget

from ...entrepot.models import Access
from ...jobs.downloads.download_access import DOWNLOAD
from ...jobs.running.translate import tr
from ...keys.services import connection_plans
from ...keys.services.connection_plans import ConnectionKind, ServedLayer
from ...keys.services.titles import TitleBook
from ..parts import theme, value_words
from ..parts.labels import ElidedLabel, TonedLabel, WrappedLabel
from ..parts.page import tool_button
from ..parts.row_content import tooltip
from .icons_where_narrow import IconsWhereNarrow
from .service_row import ServiceRow

_READ_BY_GDAL = (ConnectionKind.WMS, ConnectionKind.WMTS, ConnectionKind.WFS)


class CopyRows(QWidget):
    """One row a service of the key; the secret goes along only where its own button is pressed."""

    url_wanted = pyqtSignal(object, bool)
    command_wanted = pyqtSignal(object, bool)
    gdal_wanted = pyqtSignal(object, bool)
    add_wanted = pyqtSignal(object)
    download_wanted = pyqtSignal(str)
    dragged = pyqtSignal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._rows = QWidget()
        self._column.addWidget(self._rows)

    def show_services(
        self,
        layers: tuple[ServedLayer, ...],
        unserved: tuple[Access, ...],
        elsewhere: tuple[ServedLayer, ...],
        titles: TitleBook,
        *,
        has_hash: bool,
    ) -> None:
        """Show other services; of those `unserved` the platform tells no URL, those `elsewhere` are not its own."""
        self._column.removeWidget(self._rows)
        self._rows.hide()
        self._rows.deleteLater()
        self._rows = QWidget()
        rows = QVBoxLayout(self._rows)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.gap(self))
        for url, group in _by_url(layers).items():
            rows.addWidget(self._row(url, group, titles, has_hash=has_hash))
        for layer in elsewhere:
            words = tr("{name}: “{url}” is not on the platform’s servers. The key is not for it.")
            text = words.format(name=titles.known_as(layer.name), url=layer.root)
            rows.addWidget(TonedLabel(text, theme.Level.WARNING))
        if unserved:
            names = ", ".join(titles.known_as(access.offering.layer_name) for access in unserved)
            rows.addWidget(TonedLabel(tr("The Géoplateforme tells no URL for: {names}.").format(names=names)))
        elif not layers and not elsewhere:
            rows.addWidget(TonedLabel(tr("The key opens no service.")))
        self._column.addWidget(self._rows)

    def _row(self, url: str, layers: list[ServedLayer], titles: TitleBook, *, has_hash: bool) -> QWidget:
        box = ServiceRow()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        label = _service(layers[0])
        column.addWidget(WrappedLabel(label))
        column.addWidget(ElidedLabel(url))
        column.addWidget(TonedLabel("\n".join(titles.known_as(layer.name) for layer in layers)))
        buttons = IconsWhereNarrow()
        if layers[0].kind is not None:
            buttons.add_button(self._add_button(box, layers, label))
        elif layers[0].service == DOWNLOAD:
            buttons.add_button(self._download_button(box, layers[0]))
        kinds = [("copyKeyUrlButton", "copy", tr("URL"), self.url_wanted, False)]
        if has_hash:
            kinds.append(("copyKeyUrlWithHashButton", "key", tr("URL with the secret"), self.url_wanted, True))
        kinds.append(("copyKeyCommandButton", "command", tr("curl command"), self.command_wanted, False))
        for name, icon, words, signal, with_hash in kinds:
            button = tool_button(name, icon, words, with_text=True)
            button.setToolTip(tooltip(tr("Copy: {what} – {service}").format(what=words, service=label)))
            button.clicked.connect(
                lambda _=False, signal=signal, with_hash=with_hash: signal.emit(layers[0], with_hash)
            )
            buttons.add_button(button)
            box.offer(button)
        self._offer_gdal(box, layers[0], has_hash=has_hash)
        column.addWidget(buttons)
        return box

    def _offer_gdal(self, row: ServiceRow, layer: ServedLayer, *, has_hash: bool) -> None:
        """Offer the longer commands in the menu only."""
        if layer.kind in _READ_BY_GDAL:
            row.offer_act(tr("GDAL command"), lambda: self.gdal_wanted.emit(layer, False))
            if has_hash:
                row.offer_act(tr("GDAL command with the secret"), lambda: self.gdal_wanted.emit(layer, True))

    def _add_button(self, row: ServiceRow, layers: list[ServedLayer], label: str) -> QToolButton:
        button = tool_button("addServiceButton", "add", tr("Add to the map"), with_text=True)
        button.setToolTip(tooltip(tr("Add to the map: {service}").format(service=label)))
        button.clicked.connect(lambda: self.add_wanted.emit(tuple(layers)))
        row.activated.connect(button.click)
        row.dragged.connect(lambda: self.dragged.emit(tuple(layers)))
        row.offer(button)
        button.setText(tr("Add"))
        return button

    def _download_button(self, row: ServiceRow, layer: ServedLayer) -> QToolButton:
        button = tool_button("downloadServiceButton", "download", tr("Download…"), with_text=True)
        button.setToolTip(tooltip(tr("Choose what to download: {name}").format(name=layer.name)))
        button.clicked.connect(lambda: self.download_wanted.emit(layer.name))
        row.activated.connect(button.click)
        row.offer(button)
        return button


def _service(layer: ServedLayer) -> str:
    if layer.service == "TMS":
        return "TMS"
    return (
        value_words.service_without_connection(layer) if layer.kind is None else connection_plans.service_label(layer)
    )


def _by_url(layers: tuple[ServedLayer, ...]) -> dict[str, list[ServedLayer]]:
    groups: dict[str, list[ServedLayer]] = {}
    for layer in layers:
        groups.setdefault(connection_plans.shown_url(layer), []).append(layer)
    return groups
