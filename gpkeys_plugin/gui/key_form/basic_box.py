"""The fields of a BASIC key: user name, password, its strength, and a generator."""

from __future__ import annotations

from qgis.PyQt.QtCore import QRect, QSize, pyqtSignal
from qgis.PyQt.QtGui import QPainter, QPaintEvent, QPalette
from qgis.PyQt.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from ...jobs.running.translate import show, tr
from ...keys.rules import passwords
from ...keys.rules.proposed_login import proposed_login
from ..drawing.colour_contrast import mix
from ..parts import theme
from ..parts.flow_layout import FlowLayout
from ..parts.labels import FieldMessage, TonedLabel, field_label
from ..parts.page import tool_button
from ..parts.secret_copy import SecretCopy

_LEVELS = (theme.Level.ERROR, theme.Level.ERROR, theme.Level.WARNING, theme.Level.GOOD, theme.Level.GOOD)


class BasicBox(QWidget):
    """What identifies a BASIC key."""

    changed = pyqtSignal()
    login_edited = pyqtSignal()
    password_edited = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._secret_copy = SecretCopy(self)
        self.login_edit = QLineEdit()
        self.login_edit.setObjectName("loginEdit")
        self.login_message = FieldMessage()
        self.login_message.setObjectName("loginMessage")
        self.password_edit = QLineEdit()
        self.password_edit.setObjectName("passwordEdit")
        self.password_message = FieldMessage()
        self.password_message.setObjectName("passwordMessage")
        self._meter = _Meter()
        self._show = tool_button("showPasswordButton", "show", tr("Show the password"))
        self._show.setCheckable(True)
        self._generate = tool_button("generateButton", "generate", tr("Ge&nerate"), with_text=True)
        self._copy = tool_button("copyPasswordButton", "copy", tr("Cop&y"), with_text=True)
        self._named_after: str | None = None
        self._proposed_login = ""
        self._build()
        self._connect()
        self._on_changed()

    def login(self) -> str:
        """Return the user name typed."""
        return self.login_edit.text()

    def password(self) -> str:
        """Return the password typed."""
        return self.password_edit.text()

    def propose(self, key_name: str) -> None:
        """Write a user name that recalls the key, and a strong password to be seen; what was given stays."""
        is_given = self.login() != self._proposed_login
        if not is_given and key_name != self._named_after:
            self._named_after, self._proposed_login = key_name, proposed_login(key_name)
            self._write_login(self._proposed_login)
        if not self.password():
            self._draw_password()

    def propose_anew(self, login: str) -> None:
        """Write a user name that is free, and a strong password to be seen."""
        self.clear()
        self._write_login(login)
        self._draw_password()

    def _write_login(self, login: str) -> None:
        self.login_edit.setText(login)
        # What tells one name from another is at its beginning.
        self.login_edit.setCursorPosition(0)

    def clear(self) -> None:
        """Forget what was typed and what was proposed."""
        self._named_after, self._proposed_login = None, ""
        self.login_edit.clear()
        self.password_edit.clear()
        self._show.setChecked(False)

    def _build(self) -> None:
        space = theme.gap(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, space, 0, space)
        column.setSpacing(space)
        column.addWidget(field_label(tr("&User name"), self.login_edit))
        column.addWidget(self.login_edit)
        column.addWidget(self.login_message)
        column.addWidget(field_label(tr("Password"), self.password_edit))
        row = QHBoxLayout()
        row.addWidget(self.password_edit, 1)
        row.addWidget(self._show)
        column.addLayout(row)
        column.addWidget(self._meter)
        column.addWidget(self.password_message)
        buttons = FlowLayout(spacing=space)
        buttons.addWidget(self._generate)
        buttons.addWidget(self._copy)
        column.addLayout(buttons)
        column.addWidget(
            TonedLabel(tr("QGIS keeps both, encrypted, in its authentication database. The user name must be unique."))
        )

    def _connect(self) -> None:
        self.login_edit.textEdited.connect(self.login_edited)
        self.password_edit.textEdited.connect(self.password_edited)
        self.login_edit.textChanged.connect(self._on_changed)
        self.password_edit.textChanged.connect(self._on_changed)
        self._show.toggled.connect(self._on_show)
        self._generate.clicked.connect(self._on_generate)
        self._copy.clicked.connect(lambda: self._secret_copy.copy(self.password()))
        self._on_show(False)

    def _on_show(self, is_shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password
        self.password_edit.setEchoMode(mode)
        theme.dress(self._show, "hide" if is_shown else "show")
        words = tr("Hide the password") if is_shown else tr("Show the password")
        self._show.setToolTip(words)
        self._show.setAccessibleName(words)

    def _draw_password(self) -> None:
        self.password_edit.setText(passwords.generate())
        self.password_edit.setCursorPosition(0)
        self._show.setChecked(True)

    def _on_generate(self) -> None:
        self._draw_password()
        self.password_edited.emit()
        self.changed.emit()

    def _on_changed(self) -> None:
        self._copy.setEnabled(bool(self.password()))
        judged = passwords.strength(self.password(), self.login())
        self._meter.show_strength(judged if self.password() else None)
        self.changed.emit()


class _Meter(QWidget):
    """Five parts, filled as far as the password is strong, and the word for it."""

    def __init__(self) -> None:
        super().__init__()
        self._bar = _Bar()
        self._word = TonedLabel()
        self._word.setObjectName("passwordStrength")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._bar, 2)
        row.addWidget(self._word, 3)

    def show_strength(self, strength: passwords.Strength | None) -> None:
        """Show how strong a password is; nothing without one."""
        self.setVisible(strength is not None)
        if strength is not None:
            self._bar.show_level(strength.level)
            self._word.set_level(_LEVELS[strength.level])
            self._word.setText(show(strength.label))


class _Bar(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._level = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_level(self, level: int) -> None:
        """Fill the bar as far as `level`, 0 to 4."""
        self._level = level
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return room for a thin bar."""
        return QSize(theme.em(self) * 6, theme.gap(self))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the parts."""
        painter = QPainter(self)
        drawn = theme.seen(self.palette())
        ground = drawn.color(QPalette.ColorRole.Window)
        full = theme.ink(drawn, _LEVELS[self._level], ground)
        empty = mix(ground, drawn.color(QPalette.ColorRole.WindowText), 0.2)
        count = len(_LEVELS)
        width = (self.width() - 2 * (count - 1)) // count
        for part in range(count):
            painter.fillRect(QRect(part * (width + 2), 0, width, self.height()), full if part <= self._level else empty)
        painter.end()
