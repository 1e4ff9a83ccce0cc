"""Use case: delete a key, and what the plugin made for it in QGIS. What will stop working is found beforehand."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Sequence

from ..entrepot.client import EntrepotClient
from ..entrepot.errors import GpkeysError
from ..entrepot.models import Hits, KeyDetails, KeyType
from ..entrepot.translatable_text import Text
from ..keys.services.layer_recipes import WrittenConnection
from ..keys.upkeep.overview import USAGE_PERIOD
from ..store import connections, key_uses, qgis_capabilities_cache
from ..store.configurations import auth_configs
from ..store.records import connection_origins, installed_keys
from ..store.records.installed_keys import InstalledKey
from ..store.records.room_to_write import require_room_to_write
from .running.main_thread import MainThread
from .running.task import Progress
from .steps.account_sessions import SignedIn
from .steps.key_in_qgis import held_key
from .values import Deleted, DeletionOutlook, HeldKey, KeyPage


def deletion_outlook(
    page: KeyPage, signed_in: SignedIn, main_thread: MainThread, progress: Progress
) -> DeletionOutlook:
    """Return what will stop working when the key is deleted."""
    progress.tell(0, Text("Looking for what uses the key…"))
    usage = _usage(signed_in.client(progress.is_cancelled), page.details.key.id)
    return main_thread.call(lambda: _outlook(page.details, signed_in, usage))


def delete_key(
    page: KeyPage,
    outlook: DeletionOutlook,
    signed_in: SignedIn,
    main_thread: MainThread,
    progress: Progress,
) -> Deleted:
    """Delete the key, then what the outlook says is removable from QGIS; the latter cannot fail the former."""
    key = page.details.key
    require_room_to_write()
    progress.tell(10, Text("Deleting the key…"))
    # Not stopped by a cancel: cut off in between, nobody would know whether the key is gone.
    signed_in.client(main_thread.is_shut_down).delete_key(key.id)
    _forget_answers({page.details.hash or ""}, main_thread)
    return _remove(InstalledKey(key.id, key.name, key.type.value, signed_in.api_url), outlook, main_thread)


def remove_leftovers(installed: InstalledKey, sign_in_authcfg: str, main_thread: MainThread) -> Deleted:
    """Remove what the plugin made in QGIS for a key that is gone from the platform."""
    is_own = installed.key_type != KeyType.OAUTH2.value
    made = installed.authcfgs if is_own else installed.borrowed_authcfgs
    outlook = DeletionOutlook(
        removable_authcfgs=tuple(authcfg for authcfg in made if authcfg != sign_in_authcfg),
        removable_connections=installed.connections,
    )
    return _remove(installed, outlook, main_thread)


def _usage(client: EntrepotClient, key_id: str) -> Hits | None:
    end = datetime.now(timezone.utc)
    try:
        return client.key_stats(key_id, end - USAGE_PERIOD, end).total
    except GpkeysError as error:
        if error.ends_all:
            raise
        return None


def _outlook(details: KeyDetails, signed_in: SignedIn, usage: Hits | None) -> DeletionOutlook:
    held = held_key(details, signed_in)
    is_own = details.key.type is not KeyType.OAUTH2
    made = (held.authcfg, *held.borrowed_authcfgs) if is_own else held.borrowed_authcfgs
    return DeletionOutlook(
        held=held,
        removable_authcfgs=tuple(
            authcfg for authcfg in made if authcfg not in ("", signed_in.authcfg) and not _opens_more(authcfg, held)
        ),
        removable_connections=held.connections,
        usage=usage,
    )


def _opens_more(authcfg: str, held: HeldKey) -> bool:
    """Return whether a configuration also opens connections that were not written for the key: it is not its alone."""
    return any(used not in held.connections for used in key_uses.connections_with(authcfgs=[authcfg]))


def _remove(key: InstalledKey, outlook: DeletionOutlook, main_thread: MainThread) -> Deleted:
    hashes = main_thread.call(lambda: _hashes(outlook.removable_connections))
    try:
        removed = main_thread.call(lambda: connections.remove(outlook.removable_connections))
    except GpkeysError as error:
        # Not forgotten: what is left of a key that is gone is offered to be removed.
        return Deleted(key.key_name, warnings=(error.user,))
    finally:
        _forget_answers(hashes, main_thread)
    gone, warnings = main_thread.call(lambda: _remove_configurations(outlook.removable_authcfgs))
    try:
        connection_origins.forget_all(outlook.removable_connections)
        installed_keys.forget(key.api_url, key.key_id)
    except GpkeysError as error:
        warnings = (*warnings, error.user)
    return Deleted(key.key_name, removed, gone, warnings)


def _hashes(written: Sequence[WrittenConnection]) -> set[str]:
    stored = (connections.read(one.kind, one.name) for one in written)
    return {one.hash for one in stored if one is not None and one.hash}


def _forget_answers(hashes: set[str], main_thread: MainThread) -> None:
    folder = main_thread.call(qgis_capabilities_cache.disk_folder)
    for hash_value in hashes:
        qgis_capabilities_cache.forget_hash(hash_value, folder)


def _remove_configurations(authcfgs: Sequence[str]) -> tuple[tuple[str, ...], tuple[Text, ...]]:
    """Remove the configurations that nothing else uses; return those that are gone, and what to tell of the others."""
    gone: list[str] = []
    warnings: list[Text] = []
    for authcfg in authcfgs:
        if key_uses.connections_with(authcfgs=[authcfg]):
            continue
        try:
            auth_configs.remove(authcfg)
            gone.append(authcfg)
        except GpkeysError as error:
            warnings.append(error.user)
    return tuple(gone), tuple(warnings)
