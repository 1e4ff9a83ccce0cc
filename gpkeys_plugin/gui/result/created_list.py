"""What a creation made, each thing with a button that opens it."""

from __future__ import annotations

from typing import Callable

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ...jobs.running.translate import tr
from ...jobs.values import CreatedKey
from ...jobs.window.new_key_jobs import NewKeyJobs
from ...keys.services.layer_recipes import WrittenConnection
from ..parts import theme, value_words
from ..parts.labels import TonedLabel, WrappedLabel
from ..parts.page import tool_button


class MadeList(QWidget):
    """The key, the authentication configuration, the connections."""

    def __init__(
        self, new_key_jobs: NewKeyJobs, open_key_page: Callable[[], None], hint: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._jobs = new_key_jobs
        self._hint = hint
        self._open_key_page = open_key_page
        self._rows = QWidget()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._rows)

    def show_created(self, created: CreatedKey) -> None:
        """Show what was made."""
        self.clear()
        rows = QVBoxLayout(self._rows)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.gap(self))
        self._fill(rows, created)

    def clear(self) -> None:
        """Show nothing."""
        self._column.removeWidget(self._rows)
        self._rows.hide()
        self._rows.deleteLater()
        self._rows = QWidget()
        self._column.addWidget(self._rows)

    def _fill(self, rows: QVBoxLayout, created: CreatedKey) -> None:
        key = tr("{type} key").format(type=value_words.key_type(created.key.type))
        rows.addWidget(self._row("openKeyButton", key, created.key.name, self._hint, self._open_key_page))
        if created.authcfg:
            authcfg = created.authcfg
            rows.addWidget(
                self._row(
                    "openAuthcfgButton",
                    tr("Authentication configuration"),
                    self._jobs.authcfg_name(authcfg),
                    tr("Open the authentication configuration"),
                    lambda: self._jobs.open_authcfg(authcfg),
                )
            )
        for connection in created.connections:
            rows.addWidget(self._connection_row(connection))

    def _connection_row(self, connection: WrittenConnection) -> QWidget:
        kind = value_words.connection(connection.kind)
        hint = tr("Show in the Browser panel")
        return self._row(
            "openConnectionButton",
            kind,
            connection.name,
            hint,
            lambda: self._jobs.open_in_browser_panel(connection),
        )

    def _row(self, button_name: str, kind: str, name: str, hint: str, act: Callable[[], None]) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(TonedLabel(kind))
        words.addWidget(WrappedLabel(name))
        row.addLayout(words, 1)
        button = tool_button(button_name, "open", f"{hint} – {name}")
        button.clicked.connect(lambda: act())  # noqa: PLW0108 - Qt would hand in `checked`
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        return box
