"""A page that says why there is nothing to choose, and offers to look again."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QApplication, QWidget

from ...entrepot.models import Account, Permission
from ...jobs.running.translate import tr
from ..parts import theme, value_words
from ..parts.labels import WrappedLabel, heading
from ..parts.page import Page, push_button

_SHOWN_LICENCES = 5


class LoadFailedPage(Page):
    """The services could not be read; the message above says why."""

    retry_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column.addSpacing(theme.gap(self) * 4)
        self.column.addWidget(heading(tr("Your services could not be read")))
        self.column.addWidget(WrappedLabel(tr("Nothing was changed. Try again in a moment.")))
        self.column.addStretch(1)
        retry = self.add_button("loadAgainButton", tr("&Try again"), is_main=True)
        retry.clicked.connect(self.retry_wanted)


class NoPermissionPage(Page):
    """The account may not open any private service: why, and what to do."""

    retry_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._why = WrappedLabel()
        self._why.setObjectName("noPermissionReason")
        self._identity = WrappedLabel()
        self._identity.setObjectName("accountIdentity")
        self._build()
        look_again = self.add_button("lookAgainButton", tr("Re&fresh"), is_main=True)
        look_again.clicked.connect(self.retry_wanted)

    def show_account(self, account: Account, expired: tuple[Permission, ...]) -> None:
        """Explain it for an account, whose expired permissions are named."""
        self._why.setText(_reason(expired))
        self._copied = "\n".join(
            (
                tr("Account identifier: {id}").format(id=account.id),
                tr("E-mail: {email}").format(email=account.email),
            )
        )
        self._identity.setText(self._copied)

    def _build(self) -> None:
        copy = push_button("copyIdentityButton", tr("Cop&y for the producer"))
        theme.dress(copy, "copy")
        copy.clicked.connect(lambda: QApplication.clipboard().setText(self._copied))
        self._copied = ""
        space = theme.gap(self)
        self.column.addSpacing(space * 2)
        self.column.addWidget(heading(tr("No private service is open to you")))
        self.column.addWidget(self._why)
        self.column.addSpacing(space)
        self.column.addWidget(heading(tr("What to do"), 1.0))
        self.column.addWidget(
            WrappedLabel(
                tr(
                    "Ask the producer of the data for a permission, and send along the identifier of your account. "
                    "Once you have the permission, refresh."
                )
            )
        )
        self.column.addWidget(self._identity)
        self.column.addWidget(copy, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)


def _reason(expired: tuple[Permission, ...]) -> str:
    if not expired:
        return tr(
            "An access key opens services that a producer has given you permission for. Neither your account nor its "
            "communities have such a permission yet."
        )
    names = ", ".join(
        tr("“{licence}” ({date})").format(licence=one.licence, date=value_words.end_date(one.end_date))
        for one in expired[:_SHOWN_LICENCES]
        if one.end_date is not None
    )
    return tr("All your permissions have expired: {names}.").format(names=names)
