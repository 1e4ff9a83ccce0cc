"""Writing a key that exists into this QGIS: where its hash is kept, or the password that the platform cannot tell."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ....entrepot.errors import ErrorCode
from ....entrepot.models import KeyType
from ....jobs.running.translate import tr
from ....jobs.values import ConnectRequest, CreatedKey, Failed, KeyPage
from ....jobs.window.my_keys_jobs import MyKeysJobs
from ....keys.draft import HashStorage
from ....keys.services.connection_plans import ServedLayer
from ....keys.upkeep.holdings import Holdings
from ...key_form.hash_box import HashBox
from ...notices.message_area import Messages, sentence
from ...parts import theme
from ...parts.labels import FieldMessage, TonedLabel, WrappedLabel, field_label
from ...parts.page import tool_button
from .key_act_page import ActPage, BackRow, form_page


class ConnectPage(ActPage):
    """One question at most, then the result page of a creation."""

    help_page = "connect"

    def __init__(self, my_keys_jobs: MyKeysJobs, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(messages, parent)
        self._jobs = my_keys_jobs
        self._page: KeyPage | None = None
        self._wish: tuple[ServedLayer, ...] | None = None
        self._back = BackRow()
        self._words = WrappedLabel()
        self._words.setObjectName("connectWords")
        self._hash = HashBox()
        self._basic = _PasswordBox()
        page = form_page(self, self._back)
        for widget in (self._words, self._hash, self._basic):
            page.column.addWidget(widget)
        page.column.addStretch(1)
        cancel = page.add_button("cancelConnectButton", tr("C&ancel"))
        self._connect = page.add_button("connectButton", tr("Connect to &QGIS"), is_main=True, is_default=True)
        cancel.clicked.connect(self.leave)
        self._connect.clicked.connect(self._on_connect)
        self._basic.edit.textChanged.connect(self._check)

    def show_key(self, page: KeyPage, holdings: Holdings) -> None:
        """Ask what is needed to connect a key."""
        self._page, self._wish = page, None
        key = page.details.key
        self._back.set_title(tr("Connect the key “{name}” to QGIS").format(name=key.name))
        self._words.setText(_words(page))
        self._hash.setVisible(key.type is KeyType.HASH)
        has_header = self._jobs.edit_context(key, holdings).has_header_method
        self._hash.offer(has_header=has_header, fixed=self._jobs.fixed_storage())
        if page.held.hash_storage is not None:
            self._hash.set_default(page.held.hash_storage)
        self._basic.setVisible(key.type is KeyType.BASIC)
        self._basic.show_login(page.details.login or "", is_optional=bool(page.held.authcfg))
        self._check()

    def show_key_for_map(
        self, page: KeyPage, holdings: Holdings, services: tuple[ServedLayer, ...], storage: HashStorage
    ) -> None:
        """Connect a key whose layers are to go to the map, all or those of some services; ask for what is missing only.

        `storage` is for the hash of a key that QGIS does not hold yet.
        """
        self._hash.set_default(storage)
        self.show_key(page, holdings)
        self._wish = services
        if self._connect.isEnabled():
            self._on_connect()
        else:
            self._basic.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def wish(self) -> tuple[ServedLayer, ...] | None:
        """Return the services whose layers are to go to the map once the key is connected, none for all of them.

        None where that was not asked for.
        """
        return self._wish

    def _check(self) -> None:
        self._basic.message.say("")
        page = self._page
        is_basic = page is not None and page.details.key.type is KeyType.BASIC
        is_missing = is_basic and page is not None and not page.held.authcfg and not self._basic.edit.text()
        self._connect.setEnabled(not is_missing)
        self._connect.setToolTip(tr("Type the password first.") if is_missing else "")

    def _on_connect(self) -> None:
        page = self._page
        if page is None:
            return
        request = ConnectRequest(self._hash.storage(), self._basic.edit.text())
        title = tr("Connecting the key “{name}”").format(name=page.details.key.name)
        self.run(
            title,
            lambda: self._jobs.connect(
                page, request, self.act.progress(), self.act.end(self._on_connected), self.act.end(self._on_failed)
            ),
        )

    def _on_connected(self, created: CreatedKey) -> None:
        self._basic.edit.clear()
        self.done.emit(created)

    def _on_failed(self, failure: Failed) -> None:
        is_password = failure.error.code is ErrorCode.INVALID and self._basic.isVisibleTo(self)
        if is_password and not failure.stayed:
            self._basic.message.say(sentence(failure.error))
            self._basic.edit.setFocus()
        else:
            self.tell(failure, self._on_connect)


class _PasswordBox(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._login = WrappedLabel()
        self._login.setObjectName("connectLogin")
        self.edit = QLineEdit()
        self.edit.setObjectName("connectPasswordEdit")
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.message = FieldMessage()
        self.message.setObjectName("connectPasswordMessage")
        self._hint = TonedLabel()
        self._show = tool_button("showConnectPasswordButton", "show", tr("Show the password"))
        self._show.setCheckable(True)
        self._show.toggled.connect(self._on_show)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(self))
        column.addWidget(self._login)
        column.addWidget(field_label(tr("Password o&f the key"), self.edit))
        row = QHBoxLayout()
        row.addWidget(self.edit, 1)
        row.addWidget(self._show)
        column.addLayout(row)
        column.addWidget(self.message)
        column.addWidget(self._hint)

    def show_login(self, login: str, *, is_optional: bool) -> None:
        """Show whose password is asked for; `is_optional` where QGIS has one already."""
        self._login.setText(tr("User name: {login}").format(login=login))
        self._hint.setText(
            tr("Leave it empty to keep the password that QGIS has.")
            if is_optional
            else tr(
                "The Géoplateforme cannot give it again. It is checked with the services before QGIS keeps it, "
                "encrypted."
            )
        )
        self.edit.clear()
        self.message.say("")
        self._show.setChecked(False)

    def _on_show(self, is_shown: bool) -> None:
        self.edit.setEchoMode(QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password)
        words = tr("Hide the password") if is_shown else tr("Show the password")
        theme.dress(self._show, "hide" if is_shown else "show")
        self._show.setToolTip(words)
        self._show.setAccessibleName(words)


def _words(page: KeyPage) -> str:
    words = tr("QGIS gets the connections of the key; you can then add its layers to the map.")
    if page.details.key.type is KeyType.OAUTH2:
        words = f"{words} {tr('This key has no secret of its own: the connections use your sign-in.')}"
    if page.held.is_connected:
        words = f"{words} {tr('What QGIS holds for this key is written again.')}"
    return words
