"""The test of a key: a row a service, filling in as the verdicts come."""

from __future__ import annotations

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QApplication, QProgressBar, QVBoxLayout, QWidget

from ....entrepot.errors import ErrorCode, GpkeysError
from ....jobs.running.translate import show, tr
from ....jobs.values import KeyPage, ServiceVerdict, Verdict
from ....jobs.window.my_keys_jobs import MyKeysJobs
from ....keys.upkeep.holdings import Holdings
from ...lifetime.delete_later import delete_later
from ...notices.message_area import sentence
from ...notices.notice import Notice
from ...parts import theme, value_words
from ...parts.labels import FieldMessage, WrappedLabel
from ...parts.page import Page
from ...parts.page_job import JobUnderWay
from .key_act_page import BackRow

_LEVELS = {
    Verdict.WORKS: theme.Level.GOOD,
    Verdict.LAYERS_MISSING: theme.Level.WARNING,
    Verdict.NOT_SERVED: theme.Level.WARNING,
    Verdict.TILE_MISSING: theme.Level.WARNING,
    Verdict.REQUEST_REFUSED: theme.Level.WARNING,
    Verdict.LIMIT_REACHED: theme.Level.WARNING,
    Verdict.ELSEWHERE: theme.Level.WARNING,
    Verdict.NOT_SET_UP: theme.Level.INFO,
}


class CheckPage(Page):
    """Starts at once; can be stopped, repeated, and copied without any secret."""

    help_page = "troubleshooting"
    left = pyqtSignal()
    token_refused = pyqtSignal()

    def __init__(self, my_keys_jobs: MyKeysJobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = my_keys_jobs
        self._page: KeyPage | None = None
        self._check = JobUnderWay(self._show_busy)
        self._verdicts: list[ServiceVerdict] = []
        self._back = BackRow()
        self._overall = WrappedLabel()
        self._overall.setObjectName("testOverall")
        self._bar = QProgressBar()
        self._bar.setObjectName("testBar")
        self._message = FieldMessage()
        self._rows = QVBoxLayout()
        self._stop = self.add_button("stopTestButton", tr("S&top the test"))
        self._copy = self.add_button("copyReportButton", tr("Cop&y the report"))
        self._again = self.add_button("testAgainButton", tr("Test a&gain"), is_main=True)
        self._build()

    def show_key(self, page: KeyPage, _holdings: Holdings) -> None:
        """Test a key."""
        self._page = page
        self._back.set_title(tr("Test of the key “{name}”").format(name=page.details.key.name))
        self._start()

    def shut_down(self) -> None:
        """Stop the test and don't listen to it any more."""
        self._check.drop()

    def _build(self) -> None:
        self._rows.setSpacing(theme.gap(self))
        for widget in (self._back, self._overall, self._bar, self._message):
            self.column.addWidget(widget)
        self.column.addLayout(self._rows)
        self.column.addStretch(1)
        self._back.wanted.connect(self.left)
        self.escape_with(self._back.button)
        self._stop.clicked.connect(self._on_stop)
        self._again.clicked.connect(self._start)
        self._copy.clicked.connect(self._on_copy)

    def _start(self) -> None:
        page = self._page
        if page is None:
            return
        self._clear()
        self._overall.setText(tr("Asking each service of the key…"))
        self._message.say("")
        check = self._check
        check.begin(
            lambda: self._jobs.test(
                page, check.part(self._on_verdict), check.end(self._on_done), check.end(self._on_failed)
            )
        )

    def _clear(self) -> None:
        self._verdicts = []
        while self._rows.count():
            delete_later(self._rows.takeAt(0).widget())

    def _on_verdict(self, verdict: ServiceVerdict) -> None:
        self._verdicts.append(verdict)
        notice = Notice(_LEVELS.get(verdict.verdict, theme.Level.ERROR), verdict_in_words(verdict))
        notice.setObjectName("verdictNotice")
        if verdict.missing:
            notice.set_details("\n".join(verdict.missing))
        self._rows.addWidget(notice)

    def _on_done(self) -> None:
        good = sum(1 for verdict in self._verdicts if verdict.verdict is Verdict.WORKS)
        self._overall.setText(_overall(good, len(self._verdicts)))

    def _on_failed(self, error: GpkeysError) -> None:
        self._overall.setText(tr("The test did not come to its end."))
        if error.ends_session:
            self.token_refused.emit()
        elif error.code is not ErrorCode.CANCELLED:
            self._message.say(sentence(error))

    def _on_stop(self) -> None:
        self._check.drop()
        self._overall.setText(tr("The test was stopped."))

    def _on_copy(self) -> None:
        lines = [self._overall.text(), *map(verdict_in_words, self._verdicts)]
        QApplication.clipboard().setText("\n".join(lines))
        self._message.say(tr("The report was copied; there is no secret in it."), theme.Level.GOOD)

    def _show_busy(self, is_busy: bool) -> None:
        self._bar.setRange(0, 0)
        self._bar.setVisible(is_busy)
        self._stop.setVisible(is_busy)
        self._again.setEnabled(not is_busy)
        self._copy.setEnabled(not is_busy)


def verdict_in_words(verdict: ServiceVerdict) -> str:
    """Return a verdict in one paragraph: the service, what was seen, what to do."""
    service = value_words.service_called(verdict.service, verdict.service)
    words = f"{service} – {show(verdict.text)}"
    return words if verdict.advice is None else f"{words} {show(verdict.advice)}"


def _overall(good: int, count: int) -> str:
    if count == 0:
        return tr("The key opens no service that could be tested.")
    if good == count:
        return tr("Everything works.")
    return tr("Services that work: {good} of {count}.").format(good=good, count=count)
