"""Step 2 of the wizard: the type of the key, what identifies it, and its filters."""

from __future__ import annotations

from dataclasses import replace
from typing import Iterable, Mapping

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QButtonGroup, QWidget

from ...entrepot.models import KeyType
from ...entrepot.translatable_text import Text
from ...jobs.running.translate import show, tr
from ...keys.draft import HashStorage, KeyDraft
from ...keys.problem import DraftContext
from ...keys.rules.draft_rules import Field, Problem
from ..key_form.basic_box import BasicBox
from ..key_form.field_problems import FieldProblems
from ..key_form.filters_box import FiltersBox
from ..key_form.hash_box import HashBox
from ..notices.notice import Notice
from ..parts import theme
from ..parts.labels import FieldMessage, TonedLabel
from ..parts.page import Page
from ..parts.stepper import Stepper
from .map_box import MapBox
from .oauth2_box import OAuth2Box
from .type_card import TypeCard


class SecurityPage(Page):
    """Three cards, filters, Back and Create."""

    help_page = "security"
    changed = pyqtSignal()
    back_wanted = pyqtSignal()
    create_wanted = pyqtSignal()
    extend_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._basic, self._hash, self._oauth2 = BasicBox(), HashBox(), OAuth2Box()
        self._filters = FiltersBox()
        self._forced = Notice(theme.Level.INFO, "")
        self._summary = TonedLabel()
        self._type_message = FieldMessage()
        self._map_box = MapBox()
        self._cards = self._make_cards()
        self._wanted = KeyType.BASIC
        self._is_choosing = False
        self._back = self.add_button("backButton", tr("&Back"), is_escape=True)
        self._create = self.add_button("createButton", tr("Create the &key"), is_main=True, is_default=True)
        self._problems = FieldProblems(self._places())
        self._build()
        self._connect()
        self._cards[KeyType.BASIC].radio.setChecked(True)

    def fill(self, draft: KeyDraft) -> KeyDraft:
        """Return the draft with what this page asks for."""
        return replace(
            draft,
            type=self._chosen(),
            login=self._basic.login(),
            password=self._basic.password(),
            hash_storage=self._hash.storage(),
            filters=self._filters.filters(),
        )

    def propose(self, key_name: str) -> None:
        """Fill in what a key of that name may be known by, where nothing was given."""
        self._basic.propose(key_name)

    def adds_layers(self) -> bool:
        """Say whether the layers of the key are to be added to the map as soon as it is made."""
        return self._map_box.is_ticked()

    def leave_map(self) -> None:
        """Leave the map alone this time, unless the user says otherwise."""
        self._map_box.leave_map()

    def take_focus(self) -> None:
        """Give the keyboard to the type: the arrows change it, Enter creates the key."""
        self.reveal(self._cards[self._chosen()].radio)

    def show_summary(self, text: str) -> None:
        """Say what the key is about."""
        self._summary.setText(text)

    def set_default_storage(self, storage: HashStorage) -> None:
        """Choose where a hash is kept unless the user says otherwise."""
        self._hash.set_default(storage)

    def show_types(self, allowed: Mapping[KeyType, Text | None], *, forced: str, existing_key: str | None) -> None:
        """Let the allowed types be chosen and say why the others can't be.

        `forced` explains why only OAUTH2 will do; `existing_key` is the OAUTH2 key services can be added to.
        """
        for kind, card in self._cards.items():
            reason = allowed.get(kind)
            is_told_above = bool(forced) and kind is not KeyType.OAUTH2
            card.set_allowed(reason is None, "" if reason is None or is_told_above else show(reason))
            card.set_compact(is_told_above)
        self._oauth2.offer_key(existing_key)
        self._cards[KeyType.OAUTH2].set_body_shown(existing_key is not None)
        self._forced.set_text(forced)
        self._forced.setVisible(bool(forced))
        self._choose(allowed)

    def set_create_offered(self, is_offered: bool) -> None:
        """Show Create, or hide it where only adding to an existing key is possible."""
        self._create.setVisible(is_offered)

    def set_online(self, is_online: bool) -> None:
        """Offer to create, or not while nobody is signed in."""
        self._create.setEnabled(is_online)
        self._create.setToolTip("" if is_online else tr("Sign in again first."))
        self._oauth2.setEnabled(is_online)

    def offer_hash_places(self, context: DraftContext) -> None:
        """Offer where a hash may go, or show where an administrator has fixed that it goes."""
        self._hash.offer(has_header=context.has_header_method, fixed=context.fixed_storage)

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Show the problems next to their fields."""
        self._problems.show(problems)

    def show_all_problems(self) -> None:
        """Show the problems of untouched fields too, and go to the first one."""
        self._problems.touch_all()
        blocked = self._problems.first_blocked()
        if blocked is not None:
            self._reveal_field(blocked)

    def has_place(self, field: Field) -> bool:
        """Say whether a field stands on this page."""
        return self._problems.has_place(field)

    def pin(self, field: Field, text: str) -> None:
        """Show what the server said about a field of this page, and go there."""
        self._reveal_field(self._problems.pin(field, text))

    def clear(self) -> None:
        """Forget everything typed and chosen."""
        self._basic.clear()
        self._hash.clear()
        self._filters.clear()
        self._map_box.clear()
        self._wanted = KeyType.BASIC
        self._cards[KeyType.BASIC].radio.setChecked(True)
        self._problems.forget()

    def _make_cards(self) -> dict[KeyType, TypeCard]:
        return {
            KeyType.BASIC: TypeCard(
                "basicRadio",
                tr("BAS&IC"),
                tr("Recommended for QGIS. You define a user name and a password: particularly suited to use in a GIS."),
                self._basic,
            ),
            KeyType.HASH: TypeCard(
                "hashRadio",
                tr("H&ASH"),
                tr("A hash is generated and goes along with each request. Well suited to a web site."),
                self._hash,
            ),
            KeyType.OAUTH2: TypeCard(
                "oauth2Radio",
                tr("OAu&th2"),
                tr("Uses your Géoplateforme account: strong authentication. Only one OAuth2 key per account."),
                self._oauth2,
            ),
        }

    def _places(self) -> dict[Field, tuple[FieldMessage, QWidget]]:
        return {
            Field.TYPE: (self._type_message, self._cards[KeyType.OAUTH2].radio),
            Field.LOGIN: (self._basic.login_message, self._basic.login_edit),
            Field.PASSWORD: (self._basic.password_message, self._basic.password_edit),
            Field.HASH_STORAGE: (self._hash.message, self._hash.header_radio),
            **self._filters.places(),
        }

    def _build(self) -> None:
        self._forced.setObjectName("forcedNotice")
        self._forced.hide()
        self._summary.setObjectName("draftSummary")
        self._type_message.setObjectName("typeMessage")
        self.column.addWidget(Stepper(2, tr("Configure the security options")))
        self.column.addWidget(self._summary)
        self.column.addWidget(self._forced)
        for card in self._cards.values():
            self.column.addWidget(card)
        self.column.addWidget(self._type_message)
        self.column.addWidget(self._filters)
        self.insert_above_buttons(self._map_box)
        self.column.addStretch(1)

    def _connect(self) -> None:
        group = QButtonGroup(self)
        for kind, card in self._cards.items():
            group.addButton(card.radio)
            card.chosen.connect(lambda chosen=kind: self._on_chosen(chosen))
        for box in (self._basic, self._hash, self._filters):
            box.changed.connect(self.changed)
        self._basic.login_edited.connect(lambda: self._problems.touch(Field.LOGIN))
        self._basic.password_edited.connect(lambda: self._problems.touch(Field.PASSWORD))
        self._filters.edited.connect(self._problems.touch)
        self._oauth2.extend_wanted.connect(self.extend_wanted)
        self._back.clicked.connect(self.back_wanted)
        self._create.clicked.connect(self._on_create)

    def _on_create(self) -> None:
        # What blocks is told by the one who creates.
        doubtful = None if self._problems.first_blocked() is not None else self._problems.ask()
        if doubtful is None:
            self.create_wanted.emit()
        else:
            self._reveal_field(doubtful)

    def _on_chosen(self, kind: KeyType) -> None:
        if not self._is_choosing:
            self._wanted = kind
        self.changed.emit()

    def _chosen(self) -> KeyType:
        return next((kind for kind, card in self._cards.items() if card.radio.isChecked()), KeyType.BASIC)

    def _choose(self, allowed: Mapping[KeyType, Text | None]) -> None:
        """Choose what the user wanted where that is allowed, else the first type that is."""
        free = [kind for kind in self._cards if allowed.get(kind) is None]
        if free:
            kind = self._wanted if self._wanted in free else free[0]
            self._is_choosing = True
            self._cards[kind].radio.setChecked(True)
            self._is_choosing = False

    def _reveal_field(self, widget: QWidget) -> None:
        if widget in [place for _, place in self._filters.places().values()]:
            self._filters.unfold()
        self.reveal(widget)
