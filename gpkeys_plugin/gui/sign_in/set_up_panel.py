"""What a sign-in needs first: a configuration, a client secret once, QGIS's master password."""

from __future__ import annotations

from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ...jobs.running.translate import tr
from ...jobs.window.sign_in_set_up import SetUp, VaultState
from ..notices.message_area import sentence
from ..parts import theme
from ..parts.folding_section import Fold
from ..parts.labels import FieldMessage, TonedLabel, WrappedLabel, field_label
from ..parts.page import push_button
from ..parts.shortening import ShorteningCombo


class SetUpPanel:
    """Most people see nothing of it but the note about the master password.

    `questions` stands above the sign-in button, `options` below it.
    """

    def __init__(self, set_up: SetUp) -> None:
        self._set_up = set_up
        self.questions = QWidget()
        self.options = Fold("signInOptionsFold", tr("Sign-in options"))
        self._vault_note = TonedLabel()
        self._vault_note.setObjectName("vaultNote")
        self._secret_box = QWidget()
        self._secret = QLineEdit()
        self._secret_message = FieldMessage()
        self._configs = ShorteningCombo()
        self._environment_label = WrappedLabel()
        self._build()
        self._configs.currentIndexChanged.connect(self._on_config)

    def refresh(self) -> None:
        """Read again what there is; what is typed stays."""
        self._environment_label.setText(tr("Platform: {label}").format(label=self._set_up.environment().label))
        self._fill_configs()
        fault = self._set_up.vault_fault()
        self._vault_note.setText(sentence(fault) if fault is not None else _vault_words(self._set_up.vault_state()))
        self._vault_note.setVisible(bool(self._vault_note.text()))
        self._on_config()

    def prepare(self) -> str | None:
        """Return the configuration to sign in with; None when something is missing still, which is then shown.

        Raises GpkeysError.
        """
        secret = self._secret.text().strip()
        if self.is_secret_asked() and not secret:
            self._secret_message.say(tr("Paste the client secret here, once."))
            self._secret.setFocus()
            return None
        if self._set_up.vault_state() is not VaultState.UNLOCKED and not self._set_up.unlock():
            self._vault_note.setText(tr("Without the master password QGIS cannot keep the sign-in. Try again."))
            self._vault_note.show()
            self.questions.show()
            return None
        authcfg = self._set_up.prepare(self._configs.currentData() or None, secret or None)
        self._secret.clear()
        return authcfg

    def is_possible(self) -> bool:
        """Say whether QGIS can sign in at all."""
        return self._set_up.vault_state() is not VaultState.DISABLED

    def _build(self) -> None:
        column = QVBoxLayout(self.questions)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(self.questions))
        self._build_secret()
        self._configs.setObjectName("oauth2ConfigCombo")
        self._environment_label.setObjectName("platformLabel")
        self.options.column.addWidget(self._environment_label)
        self.options.column.addWidget(field_label(tr("OA&uth2 configuration to sign in with"), self._configs))
        self.options.column.addWidget(self._configs)
        column.addWidget(self._secret_box)
        column.addWidget(self._vault_note)

    def _build_secret(self) -> None:
        self._secret.setObjectName("clientSecretEdit")
        self._secret.setEchoMode(QLineEdit.EchoMode.Password)
        self._secret.textEdited.connect(lambda: self._secret_message.say(""))
        self._secret_message.setObjectName("clientSecretMessage")
        link = push_button("clientSecretHelpButton", tr("Open the page of the IGN"))
        link.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(self._set_up.environment().help_url)))
        column = QVBoxLayout(self._secret_box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(self._secret_box))
        column.addWidget(field_label(tr("Client secret of &QGIS"), self._secret))
        column.addWidget(self._secret)
        column.addWidget(self._secret_message)
        column.addWidget(
            TonedLabel(
                tr(
                    "Asked for once, then kept encrypted in QGIS. This code is the same for "
                    "everybody and published by the IGN: copy it from its page."
                )
            )
        )
        column.addWidget(link)

    def _fill_configs(self) -> None:
        chosen = self._configs.currentData() or self._set_up.current_authcfg()
        self._configs.blockSignals(True)
        self._configs.clear()
        self._configs.addItem(tr("Made by the plugin (recommended)"), "")
        for choice in self._set_up.oauth2_choices():
            self._configs.addItem(f"{choice.name} ({choice.authcfg})", choice.authcfg)
        self._configs.setCurrentIndex(max(0, self._configs.findData(chosen)))
        self._configs.blockSignals(False)

    def _on_config(self) -> None:
        is_asked = self.is_secret_asked()
        self._secret_box.setVisible(is_asked)
        self.questions.setVisible(is_asked or bool(self._vault_note.text()))

    def is_secret_asked(self) -> bool:
        """Say whether the client secret is to be typed."""
        # Disabled, the database shows no secret given before and keeps no new one: asking would be in vain.
        return self.is_possible() and not self._configs.currentData() and self._set_up.needs_secret()


def _vault_words(state: VaultState) -> str:
    if state is VaultState.NONE:
        return tr(
            "QGIS will first ask you to choose a master password: it protects everything QGIS keeps for you. "
            "Remember it well, nobody can recover it."
        )
    if state is VaultState.LOCKED:
        return tr("QGIS will ask for your master password.")
    return ""
