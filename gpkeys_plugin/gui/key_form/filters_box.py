"""The optional filters of a key: addresses, User-Agent, Referer; plain text in, patterns out."""

from __future__ import annotations

from dataclasses import replace
from typing import Mapping

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from ...jobs.running.translate import tr
from ...keys.draft import PlainFilters
from ...keys.rules.draft_rules import Field, api_filters
from ..parts import theme
from ..parts.folding_section import Fold
from ..parts.labels import FieldMessage, TonedLabel, field_label
from ..parts.outlined_choices import TickBox
from ..parts.page import push_button
from ..parts.shortening import ShorteningCombo

QGIS_ONLY = "QGIS/"
_ADDRESS_LINES = 4
_BOTH = "BOTH"


class FiltersBox(QWidget):
    """Folded away until somebody wants filters."""

    changed = pyqtSignal()
    edited = pyqtSignal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fold = Fold("filtersFold", tr("Optional filters"))
        self._mode = ShorteningCombo()
        self._addresses = QPlainTextEdit()
        self._addresses.setTabChangesFocus(True)
        self._user_agent = QLineEdit()
        self._referer = QLineEdit()
        self._sent_agent = FieldMessage()
        self._sent_referer = FieldMessage()
        keep = tr("Keep the pattern there is")
        self._kept = {Field.USER_AGENT: TickBox(keep), Field.REFERER: TickBox(keep)}
        self._stored: dict[Field, str] = {}
        self._both = PlainFilters()
        self._both_words = TonedLabel()
        self._both_words.setObjectName("bothListsWords")
        self._qgis_only = push_button("qgisOnlyButton", tr("&QGIS only"))
        self._messages = {
            field: FieldMessage() for field in (Field.WHITELIST, Field.BLACKLIST, Field.USER_AGENT, Field.REFERER)
        }
        self._dress()
        self._build()
        self._connect()
        self._on_mode()

    def filters(self) -> PlainFilters:
        """Return the filters as they are typed."""
        mode = self._mode.currentData()
        if mode == _BOTH:
            return replace(self._both, user_agent=self._user_agent.text(), referer=self._referer.text())
        lines = tuple(line.strip() for line in self._addresses.toPlainText().splitlines() if line.strip())
        return PlainFilters(
            whitelist=lines if mode == Field.WHITELIST.name else (),
            blacklist=lines if mode == Field.BLACKLIST.name else (),
            user_agent=self._user_agent.text(),
            referer=self._referer.text(),
        )

    def show_filters(self, filters: PlainFilters, patterns: Mapping[Field, str]) -> None:
        """Show the filters of a key.

        `patterns` are stored ones that plain text cannot say: each stays as it is until something is typed instead, or
        its box is unticked. Two lists at once, which the API allows, stay as they are until one is chosen instead.
        """
        self.clear()
        mode = Field.BLACKLIST if filters.blacklist else Field.WHITELIST
        if filters.whitelist and filters.blacklist:
            self._keep_both(filters)
        elif filters.whitelist or filters.blacklist:
            self._mode.setCurrentIndex(self._mode.findData(mode.name))
            self._addresses.setPlainText("\n".join(filters.blacklist or filters.whitelist))
        self._user_agent.setText(filters.user_agent)
        self._referer.setText(filters.referer)
        for field, box in self._kept.items():
            pattern = patterns.get(field, "")
            self._stored[field] = pattern
            box.setVisible(bool(pattern))
            box.setChecked(bool(pattern))
        self._fold.set_open(filters != PlainFilters() or bool(patterns))

    def kept_patterns(self) -> frozenset[Field]:
        """Return the fields whose stored pattern stays as it is."""
        return frozenset(field for field, box in self._kept.items() if box.isChecked())

    def places(self) -> dict[Field, tuple[FieldMessage, QWidget]]:
        """Return where the problems of each filter are shown."""
        widgets: dict[Field, QWidget] = {
            Field.WHITELIST: self._addresses,
            Field.BLACKLIST: self._addresses,
            Field.USER_AGENT: self._user_agent,
            Field.REFERER: self._referer,
        }
        return {field: (message, widgets[field]) for field, message in self._messages.items()}

    def unfold(self) -> None:
        """Show the filters."""
        self._fold.set_open(True)

    def clear(self) -> None:
        """Forget all filters and fold them away."""
        self._mode.setCurrentIndex(0)
        self._both = PlainFilters()
        if self._mode.findData(_BOTH) >= 0:
            self._mode.removeItem(self._mode.findData(_BOTH))
        self._addresses.clear()
        self._user_agent.clear()
        self._referer.clear()
        for box in self._kept.values():
            box.setChecked(False)
            box.hide()
        self._fold.set_open(False)

    def _keep_both(self, filters: PlainFilters) -> None:
        self._both = filters
        self._mode.addItem(tr("Both lists, as they are"), _BOTH)
        self._mode.setCurrentIndex(self._mode.findData(_BOTH))
        white, black = ", ".join(filters.whitelist), ", ".join(filters.blacklist)
        lines = (
            tr("Only from these addresses: {ranges}").format(ranges=white),
            tr("Not from these addresses: {ranges}").format(ranges=black),
        )
        self._both_words.setText("\n".join(lines))

    def _dress(self) -> None:
        self._mode.setObjectName("addressesCombo")
        self._mode.addItem(tr("No restriction"), "")
        self._mode.addItem(tr("Only these addresses"), Field.WHITELIST.name)
        self._mode.addItem(tr("All but these addresses"), Field.BLACKLIST.name)
        for place, words in enumerate((tr("White list"), tr("Black list")), 1):
            self._mode.setItemData(place, words, Qt.ItemDataRole.ToolTipRole)
        self._addresses.setObjectName("addressesEdit")
        self._addresses.setAccessibleName(tr("Addresses, one range per line"))
        self._addresses.setPlaceholderText(tr("One range per line, for example:\n192.0.2.0/24\n2001:db8::/32"))
        self._addresses.setTabChangesFocus(True)
        self._addresses.setFixedHeight(self.fontMetrics().lineSpacing() * _ADDRESS_LINES + theme.gap(self) * 3)
        self._user_agent.setObjectName("userAgentEdit")
        self._referer.setObjectName("refererEdit")
        self._referer.setPlaceholderText("https://www.example.org/")
        for field, message in self._messages.items():
            message.setObjectName(f"{field.name.lower()}Message")
        self._sent_agent.setObjectName("userAgentSent")
        self._sent_referer.setObjectName("refererSent")

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._fold)
        column = self._fold.column
        column.addWidget(TonedLabel(tr("All filters that are set must be met for the key to work.")))
        column.addWidget(field_label(tr("Internet addresses that may use the key"), self._mode))
        column.addWidget(self._mode)
        column.addWidget(self._addresses)
        column.addWidget(self._both_words)
        column.addWidget(self._messages[Field.WHITELIST])
        column.addWidget(self._messages[Field.BLACKLIST])
        column.addSpacing(theme.gap(self))
        column.addWidget(field_label(tr("User-Agent contains"), self._user_agent))
        column.addWidget(self._user_agent)
        column.addWidget(self._kept[Field.USER_AGENT])
        column.addWidget(self._sent_agent)
        column.addWidget(self._messages[Field.USER_AGENT])
        column.addWidget(self._qgis_only)
        column.addSpacing(theme.gap(self))
        column.addWidget(field_label(tr("Re&ferer contains"), self._referer))
        column.addWidget(self._referer)
        column.addWidget(self._kept[Field.REFERER])
        column.addWidget(self._sent_referer)
        column.addWidget(self._messages[Field.REFERER])

    def _connect(self) -> None:
        self._mode.currentIndexChanged.connect(self._on_mode)
        self._addresses.textChanged.connect(lambda: self._on_edited(Field.WHITELIST, Field.BLACKLIST))
        self._user_agent.textChanged.connect(lambda: self._on_edited(Field.USER_AGENT))
        self._referer.textChanged.connect(lambda: self._on_edited(Field.REFERER))
        for field, edit in ((Field.USER_AGENT, self._user_agent), (Field.REFERER, self._referer)):
            box = self._kept[field]
            box.setObjectName(f"keep{field.name.title().replace('_', '')}Box")
            box.hide()
            box.toggled.connect(lambda is_kept, edit=edit: edit.setDisabled(is_kept))
            box.toggled.connect(lambda _is_kept, field=field: self._on_edited(field))
        self._qgis_only.clicked.connect(lambda: self._user_agent.setText(QGIS_ONLY))

    def _on_mode(self) -> None:
        mode = self._mode.currentData()
        self._addresses.setVisible(bool(mode) and mode != _BOTH)
        self._both_words.setVisible(mode == _BOTH)
        if not self._addresses.toPlainText():
            kept = {Field.WHITELIST.name: self._both.whitelist, Field.BLACKLIST.name: self._both.blacklist}
            self._addresses.setPlainText("\n".join(kept.get(mode, ())))
        self._on_edited(Field.WHITELIST, Field.BLACKLIST)

    def _on_edited(self, *fields: Field) -> None:
        plain = self.filters()
        sent = api_filters(plain)
        self._sent_agent.say(self._preview(Field.USER_AGENT, sent.user_agent), None)
        self._sent_referer.say(self._preview(Field.REFERER, sent.referer), None)
        is_set = plain != PlainFilters() or bool(self.kept_patterns())
        self._fold.set_title(tr("Optional filters (in use)") if is_set else tr("Optional filters"))
        for field in fields:
            self.edited.emit(field)
        self.changed.emit()

    def _preview(self, field: Field, pattern: str | None) -> str:
        if self._kept[field].isChecked():
            return self._stored.get(field, "")
        return tr("What will be sent: {pattern}").format(pattern=pattern) if pattern else ""
