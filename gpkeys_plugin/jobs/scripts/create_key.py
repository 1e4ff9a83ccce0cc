"""Use case for scripts: create a key."""

from __future__ import annotations

from dataclasses import dataclass, field

from ...entrepot.errors import ErrorCode, GpkeysError
from ...entrepot.models import KeyType
from ...entrepot.translatable_text import Text
from ...keys.draft import HashStorage, KeyDraft, PlainFilters
from ...keys.rules import draft_rules, passwords, proposed_login
from ...keys.services import edit_catalogue
from ...keys.upkeep.holdings import Holdings
from ...store import settings
from ..create_key import KeyCreator
from ..draft_context import draft_context
from . import script_problems
from .key_outcome import KeyOutcome, connected
from .script_context import BasicCredentials, Script, basic_credentials

KEY_TYPES = tuple(kind.value for kind in (KeyType.BASIC, KeyType.HASH, KeyType.OAUTH2))
"""The types of key that can be made, in the API's words."""


@dataclass(frozen=True)
class KeyOrder:
    """The key a script wants.

    `type` is the API's word. `offerings` are ids and layer names, comma-separated, or `*`. `credentials` is the id of a
    Basic configuration; without it, a BASIC key gets a strong password, and `login` or a user name made from its name.
    `hash_storage` None: as the plugin's options say.
    """

    name: str
    type: str
    offerings: str
    credentials: str = ""
    login: str = ""
    hash_storage: HashStorage | None = None
    filters: PlainFilters = field(default_factory=PlainFilters)
    is_connected: bool = True


def create_key(script: Script, order: KeyOrder) -> KeyOutcome:
    """Create a key and, if wanted, write it into QGIS; or leave everything as it was.

    Raises GpkeysError before anything is made where the order cannot be carried out, Failed afterwards.
    """
    holdings = script.holdings()
    if script.unfinished(order.name.strip()) is not None:
        raise _half_made(order.name.strip())
    draft = _draft(script, order, holdings)
    script_problems.check(script, draft_rules.problems(draft, draft_context(holdings, script.side.user_agent())))
    creator = KeyCreator(script.signed_in, script.creations, script.main_thread, script.progress)
    created = creator.create(draft, is_connected=order.is_connected)
    return connected(script, created)


def _draft(script: Script, order: KeyOrder, holdings: Holdings) -> KeyDraft:
    kind = KeyType(order.type)
    known = basic_credentials(script, order.credentials) if order.credentials and kind is KeyType.BASIC else None
    generated = BasicCredentials(order.login or proposed_login.proposed_login(order.name), passwords.generate())
    chosen = known or generated
    catalogue = edit_catalogue.build(holdings.permissions, (), kind, script.now())
    return KeyDraft(
        name=order.name,
        grants=script_problems.selected(order.offerings, catalogue),
        type=kind,
        login=chosen.login,
        password=chosen.password,
        hash_storage=order.hash_storage or settings.HASH_STORAGE.get(),
        filters=order.filters,
    )


def _half_made(name: str) -> GpkeysError:
    return GpkeysError(
        ErrorCode.CONFLICT,
        Text("The creation of the key “{name}” stopped half-way.", {"name": name}),
        "an unfinished creation of that name stands in the way",
        advice=Text("Delete the key, or finish it in the “Géoplateforme access keys” panel."),
    )
