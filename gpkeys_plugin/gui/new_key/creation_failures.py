"""Where it is told why a key was not made: at the field that is to be mended, or above the page."""

from __future__ import annotations

from typing import Callable

from qgis.PyQt.QtCore import QObject, pyqtSignal
from qgis.PyQt.QtWidgets import QStackedWidget

from ...entrepot.errors import ErrorCode
from ...jobs.running.translate import tr
from ...jobs.values import Failed
from ..key_form.services_page import ServicesPage
from ..notices.message_area import Messages, sentence
from .security_page import SecurityPage


class CreationFailures(QObject):
    """`pages` shows one of the two of the form; `session_ended` says that the session has."""

    session_ended = pyqtSignal()

    def __init__(
        self, pages: QStackedWidget, services: ServicesPage, security: SecurityPage, messages: Messages
    ) -> None:
        super().__init__(pages)
        self._pages, self._services, self._security, self._messages = pages, services, security, messages

    def tell(self, failure: Failed, retry: Callable[[], None] | None) -> None:
        """Tell of a failure, and go to its field where it has one."""
        if failure.field is None or not self._pin(failure):
            self._tell_above(failure, retry)

    def _pin(self, failure: Failed) -> bool:
        for page in (self._services, self._security):
            if failure.field is not None and page.has_place(failure.field):
                self._pages.setCurrentWidget(page)
                page.pin(failure.field, sentence(failure.error))
                return True
        return False

    def _tell_above(self, failure: Failed, retry: Callable[[], None] | None) -> None:
        if failure.error.code is ErrorCode.CANCELLED and failure.remainder is not None:
            return
        if failure.error.ends_session:
            self.session_ended.emit()
        self._messages.show_failure(failure, retry, cancelled=tr("Cancelled. What you typed is still here."))
