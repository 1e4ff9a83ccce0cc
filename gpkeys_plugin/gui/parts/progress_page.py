"""What is being done, how far it is, and Cancel."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QProgressBar, QWidget

from ...jobs.running.translate import tr
from . import theme
from .labels import TonedLabel, heading
from .page import Page


class ProgressPage(Page):
    """Shown while something is read or made that the wizard has to wait for."""

    cancel_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = heading("")
        self._title.setObjectName("progressTitle")
        self._bar = QProgressBar()
        self._bar.setObjectName("progressBar")
        self._bar.setTextVisible(False)  # In QGIS's dark themes it is black on dark grey.
        self._bar.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._text = TonedLabel()
        self._text.setObjectName("progressText")
        self._cancel = self.add_button("cancelButton", tr("C&ancel"), is_escape=True)
        self._cancel.clicked.connect(self.cancel_wanted)
        self.column.addSpacing(theme.gap(self) * 4)
        for widget in (self._title, self._bar, self._text):
            self.column.addWidget(widget)
        self.column.addStretch(1)

    def take_focus(self) -> None:
        """Hold the keyboard on what is told, not on Cancel: the Enter that began it may be pressed twice."""
        self._bar.setFocus()

    def start(self, title: str, text: str = "") -> None:
        """Show that something began; how far it is will be told, or not."""
        self._title.setText(title)
        self._text.setText(text)
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(title)
        self._cancel.setEnabled(True)

    def show_progress(self, percent: float, text: str) -> None:
        """Show how far it is and what is being done."""
        self._bar.setRange(0, 100)
        self._bar.setValue(round(percent))
        if self._cancel.isEnabled():
            self._text.setText(text)

    def show_stopping(self, text: str) -> None:
        """Show that Cancel was heard."""
        self._cancel.setEnabled(False)
        self._text.setText(text)
