"""The cases of a server and of a device: a key of its own, and a copy of the project that carries its hash."""

from __future__ import annotations

from typing import Iterable

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from ...jobs.running.translate import show, tr
from ...jobs.share.share_values import NOT_ALLOWED, ShareOutlook
from ...keys.problem import Field, Problem
from ..parts import theme
from ..parts.folding_section import Fold
from ..parts.labels import FieldMessage, WrappedLabel, field_label
from ..parts.page import push_button
from . import share_words

_LINES = 3


class CopyBox(Fold):
    """Name and, for a server, addresses; `name` begins the object names of its parts."""

    make_wanted = pyqtSignal()
    edited = pyqtSignal()

    def __init__(self, name: str, title: str, words: str, *, has_addresses: bool) -> None:
        super().__init__(f"{name}Fold", title)
        self._has_addresses = has_addresses
        self._purpose, self._fields = words, list[QWidget]()
        self._words, self._file = WrappedLabel(words), WrappedLabel()
        self._words.setObjectName(f"{name}Words")
        self._file.setObjectName(f"{name}File")
        self._name, self._addresses = QLineEdit(), QPlainTextEdit(self)
        self._addresses.setVisible(has_addresses)
        self._name.setObjectName(f"{name}NameEdit")
        self._addresses.setObjectName(f"{name}AddressesEdit")
        fields = (Field.NAME, *([Field.WHITELIST] if has_addresses else []), Field.SERVICES)
        self._messages = {field: FieldMessage() for field in fields}
        self._make = push_button(f"{name}MakeButton", "")
        self._build(name)
        self._make.clicked.connect(self.make_wanted)
        self._name.textEdited.connect(lambda _text: self.edited.emit())
        self._addresses.textChanged.connect(self.edited)

    def show_outlook(self, outlook: ShareOutlook, proposed_name: str) -> None:
        """Show which file would be copied, under a fresh name."""
        for field in self._fields:
            field.setVisible(outlook.may_copy)
        self._words.setText(self._purpose if outlook.may_copy else show(NOT_ALLOWED))
        has_file = outlook.file is not None
        self._file.setText(share_words.file_to_copy(outlook))
        self._make.setText(tr("Make the &key and the copy…") if has_file else tr("Make the &key"))
        self._name.setText(proposed_name)
        self._name.setCursorPosition(0)
        self.show_problems(())

    def clear(self) -> None:
        """Forget the addresses."""
        self._addresses.clear()

    def name(self) -> str:
        """Return the name of the key, as it is typed."""
        return self._name.text().strip()

    def addresses(self) -> tuple[str, ...]:
        """Return the addresses, as they are typed."""
        lines = self._addresses.toPlainText().replace(",", "\n").splitlines()
        return tuple(line.strip() for line in lines if line.strip()) if self._has_addresses else ()

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Show what is to be mended first, and what is to be known, each under its field."""
        found: dict[Field, list[Problem]] = {field: [] for field in self._messages}
        for problem in problems:
            place = problem.field if problem.field in found else Field.SERVICES
            found[place].append(problem)
        for field, message in self._messages.items():
            is_blocking = any(problem.is_blocking for problem in found[field])
            words = "\n".join(show(problem.text) for problem in found[field])
            message.say(words, theme.Level.ERROR if is_blocking else theme.Level.WARNING)

    def ask_for_addresses(self) -> bool:
        """Say that addresses are missing, and return whether they are."""
        is_missing = self._has_addresses and not self.addresses()
        if is_missing:
            words = tr(
                "Type the addresses of the server as seen from the Internet: without them, everybody could use the key."
            )
            self._messages[Field.WHITELIST].say(words)
            self._addresses.setFocus()
        return is_missing

    def _build(self, name: str) -> None:
        for field, message in self._messages.items():
            message.setObjectName(f"{name}{field.name.title()}Message")
        self._addresses.setTabChangesFocus(True)
        self._addresses.setFixedHeight(self.fontMetrics().lineSpacing() * _LINES + theme.gap(self) * 3)
        self._addresses.setPlaceholderText("192.0.2.17\n2001:db8::17")
        column = self.column
        column.addWidget(self._words)
        self._fields += [field_label(tr("&Name of the key"), self._name), self._name]
        for widget in (*self._fields, self._messages[Field.NAME]):
            column.addWidget(widget)
        if self._has_addresses:
            addresses = [field_label(tr("&Addresses, one a line"), self._addresses), self._addresses]
            self._fields += addresses
            for widget in (*addresses, self._messages[Field.WHITELIST]):
                column.addWidget(widget)
        column.addWidget(self._file)
        column.addWidget(self._messages[Field.SERVICES])
        column.addWidget(self._make, 0, Qt.AlignmentFlag.AlignLeft)
        self._fields += [self._file, self._make]
