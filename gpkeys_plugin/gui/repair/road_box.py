"""What to do to get a permission, step by step, with the pages where it is done and what is to be told there."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt, QUrl
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QApplication, QVBoxLayout, QWidget

from ...jobs.running.translate import show, tr
from ...keys.layer_needs.permission_road import Road, RoadStep
from ..parts import theme
from ..parts.labels import WrappedLabel
from ..parts.page import push_button


class RoadBox(QWidget):
    """The steps of a road; the identifier of the account, to copy."""

    def __init__(self, road: Road, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(self))
        for number, step in enumerate(road.steps, 1):
            self._add_step(column, step, f"{number}. " if len(road.steps) > 1 else "", number)
        if road.account_id:
            self._add_account(column, road.account_id)

    def _add_step(self, column: QVBoxLayout, step: RoadStep, prefix: str, number: int) -> None:
        words = f"{prefix}{show(step.text)}"
        column.addWidget(WrappedLabel(words))
        if not step.url:
            return
        link = push_button(f"roadStep{number}Button", tr("Open the page"))
        theme.dress(link, "open")
        link.setToolTip(step.url)
        link.setAccessibleDescription(words)
        link.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(step.url)))
        column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)

    def _add_account(self, column: QVBoxLayout, account_id: str) -> None:
        column.addWidget(WrappedLabel(tr("Account identifier: {id}").format(id=account_id)))
        copy = push_button("copyAccountIdButton", tr("Copy the identifier"))
        theme.dress(copy, "copy")
        copy.clicked.connect(lambda: QApplication.clipboard().setText(account_id))
        column.addWidget(copy, 0, Qt.AlignmentFlag.AlignLeft)
