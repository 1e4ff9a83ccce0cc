"""The plugin's page in QGIS's options: the platform, the port of the sign-in, where a hash is kept."""

from __future__ import annotations

from qgis.gui import QgsOptionsPageWidget
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QMouseEvent
from qgis.PyQt.QtWidgets import QHBoxLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from ..entrepot.errors import GpkeysError
from ..jobs.running.translate import show, tr
from ..jobs.window.preferences import PluginPreferences, Preferences
from ..keys.draft import HashStorage
from .notices.message_area import Messages
from .notices.notice import Notice
from .parts import theme, value_words
from .parts.help_button import help_button
from .parts.labels import FieldMessage, TonedLabel, WrappedLabel, field_label, heading
from .parts.outlined_choices import TickBox
from .parts.page import Page
from .parts.shortening import ShorteningCombo

# More than there are: a number that does not exist is to be refused with a reason, not changed while it is typed.
_MOST_TYPED = 999_999


class PreferencesForm(Page):
    """The platform, one that is known or URLs of one's own; the sign-in's port; what is kept where."""

    def __init__(self, preferences: PluginPreferences) -> None:
        super().__init__()
        self._fixed = preferences.fixed()
        self._fixed_lines = {name: TonedLabel() for name in self._fixed.names}
        self._environments = {environment.id: environment for environment in preferences.environments()}
        self._port_problem = preferences.port_problem
        self._own = Preferences()
        self._environment = ShorteningCombo()
        self._api = QLineEdit()
        self._sso = QLineEdit()
        self._client = QLineEdit()
        self._fault = FieldMessage()
        self._port = QSpinBox()
        self._only_port = TickBox()
        self._port_fault = FieldMessage()
        self._storage = ShorteningCombo()
        self._titles = TickBox()
        self._tells = TickBox()
        self._tells_of_hashes = TickBox()
        self._tells_of_keys = TickBox()
        self._dress(has_header=preferences.has_header_method())
        self._build()
        self._environment.currentIndexChanged.connect(self._on_environment)
        self._show(preferences.load())
        self._fix()

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
            tells_of_keys=self._tells_of_keys.isChecked(),
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
        self._tells_of_keys.setChecked(preferences.tells_of_keys)
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
            "tellOfKeysBox": self._tells_of_keys,
        }
        for name, widget in names.items():
            widget.setObjectName(name)
        for environment in self._environments.values():
            self._environment.addItem(environment.label, environment.id)
        self._environment.addItem(tr("Another platform"), "")
        self._port.setRange(0, _MOST_TYPED)
        self._only_port.setText(tr("Use this port &only"))
        has_both = has_header or "hash_storage" in self._fixed.names
        for storage in (HashStorage.URL, HashStorage.HEADER) if has_both else (HashStorage.URL,):
            self._storage.addItem(value_words.hash_place(storage), storage.name)

    def _build(self) -> None:
        self._say_what_is_fixed()
        self._build_sign_in()
        self._build_what_is_kept()
        self.column.addWidget(help_button("optionsHelpButton", lambda: "options", with_text=True))
        self.column.addStretch(1)

    def _build_sign_in(self) -> None:
        self.column.addWidget(heading(tr("Platform")))
        self._add(tr("&Platform"), self._environment)
        self._add(tr("&API address"), self._api)
        self._add(tr("Sign-&in address (OpenID realm)"), self._sso)
        self._add(tr("&Client identifier"), self._client)
        self.column.addWidget(self._fault)
        if not self._adds_fixed_line("platform"):
            self.column.addWidget(TonedLabel(tr("A change counts from the next sign-in.")))
        self.column.addWidget(heading(tr("Sign-in")))
        self._add(tr("&Reply port of this computer"), self._port)
        self.column.addWidget(self._port_fault)
        self.column.addWidget(self._only_port)
        hint = tr(
            "Otherwise the next three ports are tried when it is in use. Tick this if the sign-in page speaks of an "
            "invalid redirect_uri."
        )
        if not self._adds_fixed_line("reply_port"):
            self.column.addWidget(TonedLabel(hint))

    def _build_what_is_kept(self) -> None:
        self.column.addWidget(heading(tr("HASH keys")))
        is_fixed = "hash_storage" in self._fixed_lines
        label = (
            tr("Where QGIS &keeps the hash")
            if is_fixed
            else tr("Where QGIS &keeps the hash, unless you choose otherwise")
        )
        self._add(label, self._storage)
        self._adds_fixed_line("hash_storage")
        self.column.addWidget(heading(tr("Titles")))
        self._add_tick(tr("&Search titles of services in the catalogue of the Géoplateforme"), self._titles)
        self._adds_fixed_line("looks_up_titles")
        self.column.addWidget(TonedLabel(tr("The catalogue is public: it is asked without your account or a key.")))
        self.column.addWidget(heading(tr("Projects")))
        self._add_tick(tr("&Tell when a project needs your key"), self._tells)
        self._adds_fixed_line("tells_of_layers")
        hint = tr("A line in QGIS’s message bar, when a project is opened. No service is asked for it.")
        self.column.addWidget(TonedLabel(hint))
        self._add_tick(tr("Tell when a saved project &holds a hash"), self._tells_of_hashes)
        self._adds_fixed_line("tells_of_hashes")
        self._add_tick(tr("Tell o&nce when others need a key for a saved project"), self._tells_of_keys)
        self._adds_fixed_line("tells_of_keys")

    def _say_what_is_fixed(self) -> None:
        """Say where fixed options come from, or why the administrator's file does not count."""
        if self._fixed.problem is not None:
            self.column.addWidget(Notice(theme.Level.WARNING, show(self._fixed.problem)))
        elif self._fixed.names:
            words = tr("Options that are greyed out are fixed by your administrator, in the file {file}.")
            said = Notice(theme.Level.INFO, words.format(file=self._fixed.file))
            said.setObjectName("fixedOptionsNotice")
            self.column.addWidget(said)

    def _adds_fixed_line(self, name: str) -> bool:
        """Say below an option that it is fixed, where it is; return whether it is."""
        line = self._fixed_lines.get(name)
        if line is None:
            return False
        line.setObjectName(f"{name}FixedLine")
        self.column.addWidget(line)
        return True

    def _fix(self) -> None:
        """Let nobody change what is fixed; the value is said once more, as some themes hardly show it."""
        ports = ", ".join(str(port) for port in self._fixed.reply_ports)
        fields: dict[str, tuple[str, tuple[QWidget, ...]]] = {
            "platform": (self._environment.currentText(), (self._environment,)),
            "reply_port": (ports, (self._port, self._only_port)),
            "hash_storage": (self._storage.currentText(), (self._storage,)),
            "looks_up_titles": (_yes_or_no(self._titles), (self._titles,)),
            "tells_of_layers": (_yes_or_no(self._tells), (self._tells,)),
            "tells_of_hashes": (_yes_or_no(self._tells_of_hashes), (self._tells_of_hashes,)),
            "tells_of_keys": (_yes_or_no(self._tells_of_keys), (self._tells_of_keys,)),
        }
        for name, line in self._fixed_lines.items():
            value, widgets = fields[name]
            line.setText(value_words.fixed(value))
            for field in widgets:
                field.setEnabled(False)
                field.setAccessibleDescription(line.text())

    def _add(self, text: str, field: QWidget) -> None:
        self.column.addWidget(field_label(text, field))
        self.column.addWidget(field)

    def _add_tick(self, text: str, box: TickBox) -> None:
        row = QHBoxLayout()
        row.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(_TickWords(text, box), 1)
        self.column.addLayout(row)

    def _on_environment(self) -> None:
        environment = self._environments.get(str(self._environment.currentData()))
        shown = environment if environment is not None else self._own
        for field, text in ((self._api, shown.api_url), (self._sso, shown.sso_url), (self._client, shown.client_id)):
            field.setText(text)
            field.setCursorPosition(0)
            field.setReadOnly(environment is not None or "platform" in self._fixed.names)
        self._fault.say("")


class _TickWords(WrappedLabel):
    """The words beside a tick box: they wrap, as the box's own would not; a click on them is one on the box."""

    def __init__(self, text: str, box: TickBox) -> None:
        super().__init__(text)
        self._box = box
        self.setBuddy(box)
        box.setAccessibleName(text.replace("&", ""))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - the name Qt calls
        """Tick, or untick."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._box.click()


def _yes_or_no(box: TickBox) -> str:
    return tr("yes") if box.isChecked() else tr("no")


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
        theme.redress(self)

    def isValid(self) -> bool:  # noqa: N802
        """Say whether what is typed can be kept; QGIS asks before `apply`."""
        return self._form.find_fault() == ""

    def apply(self) -> None:
        """Keep what is typed."""
        try:
            self._preferences.save(self._form.preferences())
        except GpkeysError as error:
            self._messages.show_error(error)
