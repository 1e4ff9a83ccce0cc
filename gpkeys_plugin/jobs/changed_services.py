"""QGIS follows a change of a key's services: only those that the change touches are asked, and written."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from typing import Iterable, Sequence

from ..entrepot.errors import ErrorCode, GpkeysError
from ..entrepot.models import Access, KeyDetails
from ..entrepot.translatable_text import Text
from ..keys.draft import Grant
from ..keys.services import kept_connections
from ..keys.services.connection_plans import ServedLayer
from ..keys.services.kept_connections import HeldConnection
from ..keys.upkeep import key_states
from ..keys.upkeep.key_edits import KeyDifference, grant_of
from ..store import connections
from ..store.records import connection_origins, installed_keys, known_layers
from ..store.records.installed_keys import InstalledKey
from .running.main_thread import MainThread
from .steps.account_sessions import SignedIn
from .steps.connecting.key_connector import Chosen
from .steps.key_changes import KeyChanges
from .steps.key_services import unserved_warnings


class ChangedServices:
    """For one edit of a key that QGIS holds: `begin`, `ask`, `write`, in this order, beside the requests of the edit.

    `details` are those that the key is to have. Where QGIS does not hold the key as it was written, all is to be
    written anew: `write` returns None then.
    """

    def __init__(
        self,
        signed_in: SignedIn,
        main_thread: MainThread,
        changes: KeyChanges,
        details: KeyDetails,
        installed: InstalledKey,
    ) -> None:
        self._signed_in = signed_in
        self._main_thread = main_thread
        self.changes = changes
        self._installed = installed
        self._key = details.key
        self._credential = changes.credential(details, installed)
        self._connector = changes.steps.connector(self._credential)
        self._held: list[HeldConnection] | None = None
        self._layers: list[ServedLayer] = []
        self._wanted: set[Grant] = set()
        self._under_way: list[Future[None]] = []
        self._chosen: Chosen | None = None
        self._is_written = False

    def begin(self, pool: ThreadPoolExecutor, accesses: Iterable[Access], found: KeyDifference) -> None:
        """Find out, on the one thread of a pool, where the services are that the key is to open."""
        self._pool = pool
        self._wanted = set(key_states.grants_after(map(grant_of, accesses), found))
        self._under_way.append(pool.submit(self._find))

    def ask(self) -> None:
        """Ask the services of which QGIS has nothing yet, on that thread."""
        self._under_way.append(self._pool.submit(self._choose))

    def write(self, details: KeyDetails, accesses: Sequence[Access]) -> tuple[Text, ...] | None:
        """Bring QGIS up to date with what the key opens now; return what to tell."""
        for work in self._under_way:
            work.result()
        if self._chosen is None or set(map(grant_of, accesses)) != self._wanted:
            return None
        if details.key.name != self._installed.key_name and not self.changes.follow_name(details, self._installed):
            return None
        held = self._held_now()
        if held is None:
            return None
        staying = kept_connections.kept(held, self._layers)
        told = self.changes.steps.bring_up_to_date(details, self._credential, self._connector, self._chosen, staying)
        self._is_written = True
        return (*unserved_warnings(accesses, self._layers), *told)

    def served(self) -> tuple[ServedLayer, ...] | None:
        """Return where all is that the key opens; None where all was written anew."""
        return tuple(self._layers) if self._is_written else None

    def _find(self) -> None:
        self._held = self._held_now()
        if self._held is None:
            return
        try:
            self._layers = self.changes.steps.served_layers(self._wanted)
        except GpkeysError as error:
            if error.code is not ErrorCode.NOT_FOUND:
                raise
            # A permission is gone: what is left of the key is seen once all of it is read.
            self._held = None

    def _choose(self) -> None:
        if self._held is not None:
            self._chosen = self._connector.choose(self._key, kept_connections.not_held(self._held, self._layers))

    def _held_now(self) -> list[HeldConnection] | None:
        """Return what QGIS has for the key; None where it is not what was written, or not known in full."""
        installed = installed_keys.find(self._signed_in.api_url, self._key.id)
        origins = [origin for origin in connection_origins.recorded() if origin.owner == self._key.id]
        if installed is None or {origin.connection for origin in origins} != set(installed.connections):
            return None
        recipes = known_layers.all_known()
        held = [HeldConnection(one.connection, one.url, recipes.get(one.connection, ())) for one in origins]
        are_whole = all(one.layers for one in held) and all(self._main_thread.call_by_parts(self._are_as_written, held))
        return held if are_whole else None

    def _are_as_written(self, held: Sequence[HeldConnection]) -> bool:
        stored = [connections.read(one.connection.kind, one.connection.name) for one in held]
        wanted = [(one.url, self._credential.authcfg, self._credential.hash) for one in held]
        return wanted == [(one.plain_url, one.authcfg, one.hash) if one is not None else None for one in stored]
