"""The plugin's page in QGIS's options: the platform, the port of the sign-in, where a hash is kept."""

from __future__ import annotations

from qgis.gui import QgsOptionsPageWidget
from qgis.PyQt.QtWidgets import QComboBox, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from ..entrepot.errors import GpkeysError
from ..jobs.running.translate import show, tr
from ..jobs.window.preferences import PluginPreferences, Preferences
from ..keys.draft import HashStorage
from .notices.message_area import Messages
from .parts.help_button import help_button
from .parts.labels import FieldMessage, TonedLabel, field_label, heading
from .parts.outlined_choices import TickBox
from .parts.page import Page

# More than there are: a number that does not exist is to be refused with a reason, not changed while it is typed.
_MOST_TYPED = 999_999


class PreferencesForm(Page):
    """The platform, a preset or URLs of one's own; the sign-in's port; what is kept where."""

    def __init__(self, preferences: PluginPreferences) -> None:
        super().__init__()
        self._environments = {environment.id: environment for environment in preferences.environments()}
        self._port_problem = preferences.port_problem
        self._own = Preferences()
        self._environment = QComboBox()
        self._api = QLineEdit()
        self._sso = QLineEdit()
        self._client = QLineEdit()
        self._fault = FieldMessage()
        self._port = QSpinBox()
        self._only_port = TickBox()
        self._port_fault = FieldMessage()
        self._storage = QComboBox()
        self._titles = TickBox(tr("&Search titles of services in the catalogue of the Géoplateforme"))
        self._tells = TickBox(tr("&Tell when a project needs your key"))
        self._tells_of_hashes = TickBox(tr("Tell when a saved project &holds a hash"))
        self._dress(has_header=preferences.has_header_method())
        self._build()
        self._environment.currentIndexChanged.connect(self._on_environment)
        self._show(preferences.load())

    def preferences(self) -> Preferences:
        """Return what is chosen and typed."""
        environment_id = str(self._environment.currentData())
        own = self._own if environment_id else None
        return Preferences(
            environment_id=environment_id,
            api_url=own.api_url if own else self._api.text().strip(),
            sso_url=own.sso_url if own else self._sso.text().strip(),
            client_id=own.client_id if own else self._client.text().strip(),
            reply_port=self._port.value(),
            only_reply_port=self._only_port.isChecked(),
            hash_storage=HashStorage[str(self._storage.currentData())],
            looks_up_titles=self._titles.isChecked(),
            tells_of_layers=self._tells.isChecked(),
            tells_of_hashes=self._tells_of_hashes.isChecked(),
        )

    def find_fault(self) -> str:
        """Say what cannot be kept as it is, nothing when all is well; it is shown as well."""
        typed = self.preferences()
        is_missing = not typed.environment_id and not (typed.api_url and typed.sso_url and typed.client_id)
        fault = tr("Fill in the three fields, or choose a platform of the list.") if is_missing else ""
        self._fault.say(fault)
        problem = self._port_problem(typed)
        port_fault = show(problem) if problem is not None else ""
        self._port_fault.say(port_fault)
        return fault or port_fault

    def _show(self, preferences: Preferences) -> None:
        self._own = preferences
        self._environment.setCurrentIndex(max(0, self._environment.findData(preferences.environment_id)))
        self._port.setValue(preferences.reply_port)
        self._only_port.setChecked(preferences.only_reply_port)
        self._storage.setCurrentIndex(max(0, self._storage.findData(preferences.hash_storage.name)))
        self._titles.setChecked(preferences.looks_up_titles)
        self._tells.setChecked(preferences.tells_of_layers)
        self._tells_of_hashes.setChecked(preferences.tells_of_hashes)
        self._on_environment()

    def _dress(self, *, has_header: bool) -> None:
        names = {
            "platformCombo": self._environment,
            "apiUrlEdit": self._api,
            "ssoUrlEdit": self._sso,
            "clientIdEdit": self._client,
            "optionsMessage": self._fault,
            "replyPortSpin": self._port,
            "onlyReplyPortCheck": self._only_port,
            "replyPortMessage": self._port_fault,
            "hashStorageCombo": self._storage,
            "lookUpTitlesBox": self._titles,
            "tellOfLayersBox": self._tells,
            "tellOfHashesBox": self._tells_of_hashes,
        }
        for name, widget in names.items():
            widget.setObjectName(name)
        for environment in self._environments.values():
            self._environment.addItem(environment.label, environment.id)
        self._environment.addItem(tr("Another platform"), "")
        self._port.setRange(0, _MOST_TYPED)
        self._only_port.setText(tr("Use this port &only"))
        self._storage.addItem(tr("In the URL of the connections"), HashStorage.URL.name)
        if has_header:
            self._storage.addItem(tr("Encrypted, in a header"), HashStorage.HEADER.name)

    def _build(self) -> None:
        self.column.addWidget(heading(tr("Platform")))
        self._add(tr("&Platform"), self._environment)
        self._add(tr("&API address"), self._api)
        self._add(tr("Sign-&in address (OpenID realm)"), self._sso)
        self._add(tr("&Client identifier"), self._client)
        self.column.addWidget(self._fault)
        self.column.addWidget(TonedLabel(tr("A change counts from the next sign-in.")))
        self.column.addWidget(heading(tr("Sign-in")))
        self._add(tr("&Reply port of this computer"), self._port)
        self.column.addWidget(self._port_fault)
        self.column.addWidget(self._only_port)
        hint = tr(
            "Otherwise the next three ports are tried when it is in use. Tick this if the sign-in page speaks of an "
            "invalid redirect_uri."
        )
        self.column.addWidget(TonedLabel(hint))
        self.column.addWidget(heading(tr("HASH keys")))
        self._add(tr("Where QGIS &keeps the hash, unless you choose otherwise"), self._storage)
        self.column.addWidget(heading(tr("Titles")))
        self.column.addWidget(self._titles)
        self.column.addWidget(TonedLabel(tr("The catalogue is public: it is asked without your account or a key.")))
        self.column.addWidget(heading(tr("Projects")))
        self.column.addWidget(self._tells)
        hint = tr("A line in QGIS’s message bar, when a project is opened. No service is asked for it.")
        self.column.addWidget(TonedLabel(hint))
        self.column.addWidget(self._tells_of_hashes)
        self.column.addWidget(help_button("optionsHelpButton", lambda: "options", with_text=True))
        self.column.addStretch(1)

    def _add(self, text: str, field: QWidget) -> None:
        self.column.addWidget(field_label(text, field))
        self.column.addWidget(field)

    def _on_environment(self) -> None:
        environment = self._environments.get(str(self._environment.currentData()))
        shown = environment if environment is not None else self._own
        for field, text in ((self._api, shown.api_url), (self._sso, shown.sso_url), (self._client, shown.client_id)):
            field.setText(text)
            field.setReadOnly(environment is not None)
        self._fault.say("")


class OptionsPage(QgsOptionsPageWidget):
    """The form inside QGIS's options dialog."""

    def __init__(self, preferences: PluginPreferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("GpkeysOptionsPage")
        self._preferences = preferences
        self._messages = Messages()
        self._form = PreferencesForm(preferences)
        column = QVBoxLayout(self)
        column.addWidget(self._messages)
        column.addWidget(self._form, 1)

    def isValid(self) -> bool:  # noqa: N802
        """Say whether what is typed can be kept; QGIS asks before `apply`."""
        return self._form.find_fault() == ""

    def apply(self) -> None:
        """Keep what is typed."""
        try:
            self._preferences.save(self._form.preferences())
        except GpkeysError as error:
            self._messages.show_error(error)
