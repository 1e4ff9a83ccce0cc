"""Use case: give connections of this profile a key that works, and write them back as they were."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Sequence

from ...entrepot.errors import ErrorCode, GpkeysError
from ...entrepot.models import Key
from ...entrepot.translatable_text import Text
from ...keys.layer_needs.credential_replacement import Credential
from ...keys.layer_needs.platform_hosts import Platform
from ...keys.layer_needs.sources import LayerSource
from ...keys.services import connection_plans
from ...keys.services.connection_plans import ServedLayer
from ...store import connection_snapshots
from ...store.configurations import auth_config_snapshots
from ...store.qgis_settings import settings_file
from ...store.records import connection_origins, known_hashes
from ...store.records.room_to_write import require_room_to_write
from ...store.shared_hash_list import ended_shared_hashes
from ...store.sources.connection_sources import every_source, give_credential
from ..running.main_thread import MainThread
from ..running.task import Progress
from ..steps.account_sessions import SignedIn
from ..steps.key_steps import KeySteps
from ..steps.layers_drawn_anew import draw_anew
from ..steps.service_probe import ServiceProbe
from .find_connections import connection_id
from .key_credentials import KeyCredentials, asked_with
from .repair_values import ConnectionRepair, ConnectionsRepaired, WhereKept
from .undoable_connections import Mended, MendedConfiguration, MendedConnection, MendedConnections, put_back


class ConnectionRepairer:
    """Runs on a worker, for one repair. What it changes, it notes in `mended` as it does so."""

    def __init__(
        self,
        signed_in: SignedIn,
        main_thread: MainThread,
        progress: Progress,
        mended: MendedConnections,
        where: WhereKept,
    ) -> None:
        self._signed_in = signed_in
        self._main_thread = main_thread
        self._progress = progress
        self._mended = mended
        self._platform = Platform.of(signed_in.api_url)
        self._keys = KeyCredentials(signed_in, main_thread, KeySteps(signed_in, main_thread, progress), where)
        self._answers: dict[tuple[str, Credential], Text | None] = {}

    def repair(self, repairs: Sequence[ConnectionRepair], ended_key_ids: frozenset[str]) -> ConnectionsRepaired:
        """Return what came of it; raise GpkeysError where nothing was changed.

        A configuration of somebody else is changed only where its hash is one that everybody used, or of one of the
        ended keys.
        """
        require_room_to_write()
        done: list[str] = []
        left: list[tuple[str, Text]] = []
        for number, repair in enumerate(repairs):
            name = repair.found.name
            try:
                self._progress.tell(100 * number / len(repairs), Text("Mending “{name}”…", {"name": name}))
                problem = self._mend(repair, ended_key_ids)
            except GpkeysError as error:
                if error.ends_all and not done:
                    raise
                if error.ends_all:
                    is_cancelled = error.code is ErrorCode.CANCELLED
                    rest = () if is_cancelled else tuple((later.found.name, error.user) for later in repairs[number:])
                    return ConnectionsRepaired(tuple(done), (*left, *rest), is_cancelled)
                problem = error.user
            done += [] if problem is not None else [name]
            left += [(name, problem)] if problem is not None else []
        return ConnectionsRepaired(tuple(done), tuple(left))

    def _mend(self, repair: ConnectionRepair, ended_key_ids: frozenset[str]) -> Text | None:
        if repair.key is None:
            return _NO_KEY
        if repair.needs_password:
            return _NEEDS_PASSWORD.with_values({"name": repair.key.name})
        if repair.found.kind is None:
            return self._mend_configuration(repair.found.authcfg, repair.key, ended_key_ids)
        credential = self._keys.of(repair.key)
        problem = self._problem(repair.found.need.source, credential)
        if problem is None:
            self._write(repair.found.id, credential)
        return problem

    def _problem(self, asked: LayerSource, credential: Credential) -> Text | None:
        """Return why a service does not answer to a key, None when it does; each is asked once."""
        names = asked.layer_names or ("",)
        layer = ServedLayer("", names[0], asked.kind, asked.endpoint, asked.root)
        question = (connection_plans.capabilities_url(layer), credential)
        if question not in self._answers:
            probe = ServiceProbe(self._signed_in, asked_with(credential), self._progress)
            answer = probe.ask_once([question[0]])[0]
            self._progress.check()
            self._answers[question] = None if answer.body is not None else answer.reason
        return self._answers[question]

    def _write(self, wanted: str, credential: Credential) -> None:
        before = self._main_thread.call(lambda: self._write_now(wanted, credential))
        # It is not the one any more that was written for the key it had.
        connection_origins.forget_all([before.connection])

    def _write_now(self, wanted: str, credential: Credential) -> connection_snapshots.ConnectionSnapshot:
        found = [source for source in every_source(self._platform) if connection_id(source) == wanted]
        if not found:
            raise _gone()
        before = connection_snapshots.snapshot_of(found[0].connection)
        try:
            for source in found:
                give_credential(source, credential, self._platform)
            settings_file.require_kept()
        except GpkeysError:
            # QGIS would use it until it is closed, and have the old one again at its next start.
            with suppress(GpkeysError):
                connection_snapshots.put_back([before])
            raise
        self._mended.add(MendedConnection(before, connection_snapshots.snapshot_of(found[0].connection)))
        return before

    def _mend_configuration(self, authcfg: str, key: Key, ended_key_ids: frozenset[str]) -> Text | None:
        new = self._keys.details(key).hash
        before = self._main_thread.call(lambda: auth_config_snapshots.take(authcfg))
        if not new or not self._has_ended(auth_config_snapshots.header_hash(before), ended_key_ids):
            return _NOT_ENDED
        self._main_thread.call(lambda: auth_config_snapshots.replace_header_hash(authcfg, new))
        after = self._main_thread.call(lambda: auth_config_snapshots.take(authcfg))
        self._main_thread.call(lambda: self._mended.add(MendedConfiguration(before, after)))
        draw_anew(self._signed_in.api_url, self._main_thread, self._progress, authcfgs=[authcfg])
        return None

    def _has_ended(self, hash_value: str, ended_key_ids: frozenset[str]) -> bool:
        owner = known_hashes.owners(self._signed_in.api_url).get(known_hashes.digest_of(hash_value))
        return hash_value in ended_shared_hashes(datetime.now().astimezone().date()) or owner in ended_key_ids


def undo_connections(mended: MendedConnections, main_thread: MainThread, progress: Progress) -> ConnectionsRepaired:
    """Write connections and configurations back, the last one changed first; return which, and which were left.

    Raises GpkeysError with nothing written where QGIS could not keep that.
    """
    require_room_to_write()
    done: list[str] = []
    left: list[tuple[str, Text]] = []
    for change in main_thread.call(mended.undoable):
        if progress.is_cancelled():
            return ConnectionsRepaired(tuple(done), tuple(left), is_cancelled=True)
        try:
            is_back = _put_back(change, main_thread)
        except GpkeysError as error:
            # It is not forgotten: it can be tried again.
            left.append((change.name, error.user))
            continue
        done += [change.name] if is_back else []
        left += [] if is_back else [(change.name, _CHANGED_MEANWHILE)]
        main_thread.call(partial(mended.forget, change))
    return ConnectionsRepaired(tuple(done), tuple(left))


def _put_back(change: Mended, main_thread: MainThread) -> bool:
    is_back = main_thread.call(partial(put_back, change))
    if is_back and isinstance(change, MendedConnection) and change.before.origin is not None:
        connection_origins.record_all([change.before.origin])
    return is_back


def _gone() -> GpkeysError:
    return GpkeysError(
        ErrorCode.QGIS,
        Text("The connection is no longer in QGIS."),
        "a connection to mend is gone",
        advice=Text("Look at the list of connections again."),
    )


_NO_KEY = Text("no key of yours opens it")
_NEEDS_PASSWORD = Text("QGIS does not know the password of “{name}”: connect the key first")
_NOT_ENDED = Text("its hash is not known to have ended")
_CHANGED_MEANWHILE = Text("it was changed meanwhile")
