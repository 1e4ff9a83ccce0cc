"""The dock while nobody is signed in: one button, and the wait for the browser."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QPalette
from qgis.PyQt.QtWidgets import QApplication, QProgressBar, QPushButton, QVBoxLayout, QWidget

from ...jobs.running.translate import tr
from ...jobs.window.sign_in_set_up import SetUp
from ..drawing.icon_label import IconLabel
from ..parts import theme
from ..parts.labels import TonedLabel, WrappedLabel, heading
from ..parts.page import Page, push_button
from .set_up_panel import SetUpPanel


class SignInPanel(Page):
    """Says what the plugin does, and signs in."""

    help_page = "sign_in"
    sign_in_wanted = pyqtSignal()
    cancel_wanted = pyqtSignal()

    def __init__(self, set_up: SetUp, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_up = SetUpPanel(set_up)
        self._sign_in = _big_button()
        self._sign_in.clicked.connect(self.sign_in_wanted)
        self._waiting = _Waiting()
        self._waiting.cancel.clicked.connect(self.cancel_wanted)
        self._ready, self._words = QWidget(), WrappedLabel()
        self._build()
        self.show_ready()

    def show_ready(self) -> None:
        """Offer to sign in."""
        self.set_up.refresh()
        # Where something is to be typed first, that comes before the greeting.
        self._words.setHidden(self.set_up.is_secret_asked())
        self._sign_in.setEnabled(self.set_up.is_possible())
        self._turn(self._waiting, self._ready, self._sign_in)

    def show_waiting(self, *, is_resuming: bool) -> None:
        """Show the wait for the browser, or for the session of last time to be taken up."""
        self._waiting.explain(is_resuming=is_resuming)
        self._turn(self._ready, self._waiting, self._waiting.cancel)

    def take_focus(self) -> None:
        """Give the keyboard to the way in."""
        (self._waiting.cancel if self._ready.isHidden() else self._sign_in).setFocus()

    def _turn(self, before: QWidget, after: QWidget, next_act: QWidget) -> None:
        """Show a half of the page; Qt would let the keyboard leave the panel with the half that goes."""
        held = self.window().focusWidget()
        after.show()
        if held is not None and before.isAncestorOf(held):
            next_act.setFocus()
        before.hide()

    def _build(self) -> None:
        space = theme.gap(self)
        self.column.addSpacing(space * 3)
        self.column.addWidget(_logo(), 0, Qt.AlignmentFlag.AlignHCenter)
        title = heading(tr("Géoplateforme access keys"), 1.25)
        title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.column.addWidget(title)
        ready = QVBoxLayout(self._ready)
        ready.setContentsMargins(0, 0, 0, 0)
        ready.setSpacing(space * 2)
        self._words.setText(
            tr(
                "Create an access key for your private services in two steps, and see them on the map. "
                "You sign in with your cartes.gouv.fr account, in your browser."
            )
        )
        self._words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        for widget in (self._words, self.set_up.questions, self._sign_in, self.set_up.options):
            ready.addWidget(widget)
        self.column.addSpacing(space)
        self.column.addWidget(self._ready)
        self.column.addWidget(self._waiting)
        self.column.addStretch(1)


class _Waiting(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._title = heading("")
        self._title.setObjectName("waitingTitle")
        self._hint = TonedLabel()
        self._hint.setObjectName("waitingHint")
        bar = QProgressBar()
        bar.setObjectName("waitingBar")
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        self.cancel = push_button("cancelSignInButton", tr("C&ancel"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(self) * 2)
        for label in (self._title, self._hint):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        for widget in (self._title, bar, self._hint):
            column.addWidget(widget)
        column.addWidget(self.cancel, 0, Qt.AlignmentFlag.AlignHCenter)

    def explain(self, *, is_resuming: bool) -> None:
        """Say what is waited for."""
        self._title.setText(tr("Resuming your session…") if is_resuming else tr("Waiting for your browser…"))
        self._hint.setVisible(not is_resuming)
        self._hint.setText(waiting_hint())


def waiting_hint() -> str:
    """Return what to do while the browser is waited for."""
    return tr(
        "Sign in on the page that has opened in your browser, then come back here. Nothing opened? "
        "Cancel, and sign in again to open the browser again."
    )


def _big_button() -> QPushButton:
    button = push_button("signInButton", tr("S&ign in"), is_main=True)
    button.setFont(theme.larger(button.font(), 1.15, bold=True))
    button.setMinimumHeight(round(button.fontMetrics().height() * 2.2))
    theme.dress(button, "sign_in")
    return button


def _logo() -> IconLabel:
    logo = IconLabel("gpkeys", 3, lambda: theme.seen(QApplication.palette()).color(QPalette.ColorRole.WindowText))
    logo.setObjectName("logo")
    return logo
