"""One step of a script: the account it works for, and all that a use case is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timezone
from threading import Event
from typing import Callable, Sequence

from ...entrepot.client import EntrepotClient
from ...entrepot.errors import ErrorCode, GpkeysError
from ...entrepot.models import Key
from ...entrepot.translatable_text import Text
from ...keys.upkeep import named_in_scripts
from ...keys.upkeep.holdings import Holdings
from ...store.configurations import auth_config_snapshots, auth_configs
from ...store.records.creations import CreationRecords, UnfinishedCreation
from ...store.records.rotations import RotationRecords
from ..load_holdings import load_holdings
from ..running.feedback_progress import FeedbackProgress
from ..running.main_thread import MainThread
from ..steps.account_sessions import SignedIn
from ..steps.key_in_qgis import held_key
from ..steps.key_services import key_and_accesses
from ..values import KeyPage

RUN_AGAIN = Text("Run it again, or end it in the “Géoplateforme access keys” panel.")
"""What helps against a change that stopped half-way."""


@dataclass(frozen=True)
class ScriptSide:
    """What scripts need of the QGIS they run in.

    `user_agent` tells the header this QGIS sends; `unlock` asks for the master password where there is somebody to
    answer, and says whether it is there now; `drop_tokens` forgets the session of a configuration;
    `on_changed` is called on the main thread once keys or connections were changed; `wait` waits for an event on the
    main thread and keeps the window drawn.
    """

    user_agent: Callable[[], str]
    unlock: Callable[[], bool]
    drop_tokens: Callable[[str], None]
    on_changed: Callable[[], None]
    wait: Callable[[Event], None]


@dataclass(frozen=True)
class Offline:
    """What a use case is made of that can do without an account; `api_url` is that of the platform it is about."""

    api_url: str
    main_thread: MainThread
    progress: FeedbackProgress


@dataclass(frozen=True)
class Script:
    """Runs on a worker, for the account that is signed in."""

    signed_in: SignedIn
    main_thread: MainThread
    creations: CreationRecords
    rotations: RotationRecords
    side: ScriptSide
    progress: FeedbackProgress

    def client(self) -> EntrepotClient:
        """Return a client that stops when the user cancels."""
        return self.signed_in.client(self.progress.is_cancelled, self.progress.tell_wait)

    def holdings(self) -> Holdings:
        """Return what the account has."""
        return load_holdings(self.signed_in, self.progress)

    def key(self, wanted: str, keys: Sequence[Key] | None = None) -> Key:
        """Return the key of an id or a name; raises GpkeysError where the account has none."""
        known = self.client().keys() if keys is None else keys
        found = named_in_scripts.find_key(wanted, known)
        if found is None:
            raise self.no_such_key(wanted, known)
        return found

    def no_such_key(self, wanted: str, keys: Sequence[Key]) -> GpkeysError:
        """Return the error for a key that the account does not have."""
        return GpkeysError(
            ErrorCode.NOT_FOUND,
            named_in_scripts.no_such_key(wanted, keys),
            "no key of that id or name",
            advice=Text("Run “List access keys” to see them."),
        )

    def unfinished(self, wanted: str) -> UnfinishedCreation | None:
        """Return the account's creation of a key of that id or name that was cut off, None where there is none.

        Raises GpkeysError for one that is under way.
        """
        entries = self.creations.entries(self.signed_in.api_url, self.signed_in.account_id)
        found = next((entry for entry in entries if wanted in (entry.key_name, entry.key_id)), None)
        if found is not None and self.creations.is_under_way(found.id):
            raise _being_made(found.key_name)
        return found

    def page(self, key: Key) -> KeyPage:
        """Return a key, its accesses and what QGIS holds for it, without its consumption."""
        details, accesses = key_and_accesses(self.client(), key.id)
        held = self.main_thread.call(lambda: held_key(details, self.signed_in))
        return KeyPage(details, accesses, held=held)

    def now(self) -> datetime:
        """Return the moment, aware and in UTC."""
        return datetime.now(timezone.utc)

    def tell_changed(self) -> None:
        """Have QGIS's Browser and the panel read again what was changed."""
        self.main_thread.call(self.side.on_changed)


@dataclass(frozen=True)
class BasicCredentials:
    """User name and password of a Basic configuration, in memory only."""

    login: str
    password: str = field(repr=False)


def basic_credentials(script: Script, authcfg: str) -> BasicCredentials:
    """Return what a Basic configuration of QGIS holds; raises GpkeysError for any other configuration."""
    kept = script.main_thread.call(lambda: auth_config_snapshots.take(authcfg))
    if kept.method != auth_configs.BASIC:
        raise GpkeysError(
            ErrorCode.INVALID,
            Text("The authentication configuration “{name}” holds no user name and password.", {"name": kept.name}),
            f"configuration {authcfg} is of method {kept.method}",
            advice=Text("Choose a configuration of the Basic authentication."),
        )
    return BasicCredentials(kept.entries.get("username", ""), kept.entries.get("password", ""))


def _being_made(name: str) -> GpkeysError:
    return GpkeysError(
        ErrorCode.CONFLICT,
        Text("The key “{name}” is being created right now, in this QGIS or in another one.", {"name": name}),
        "a creation of that name is under way",
        advice=Text("Wait until it has ended."),
    )


def joined(texts: Sequence[Text]) -> Text:
    """Return several texts as one, a line each, to be translated when shown."""
    if len(texts) == 1:
        return texts[0]
    return Text("{first}\n{rest}", {"first": texts[0], "rest": joined(texts[1:])})
