"""Use case: delete a key, and what the plugin made for it in QGIS. What will stop working is found beforehand."""

from __future__ import annotations

from datetime import datetime, timezone

from ..entrepot.client import EntrepotClient
from ..entrepot.errors import GpkeysError
from ..entrepot.models import Hits, KeyDetails, KeyType
from ..entrepot.texts import Text
from ..keys.upkeep.overview import USAGE_PERIOD
from ..store import auth_configs, connections, key_uses
from ..store.records import installed_keys
from ..store.records.installed_keys import InstalledKey
from .running.main_thread import MainThread
from .running.task import Progress, as_gpkeys_error
from .steps.key_in_qgis import held_key
from .steps.signed_in import SignedIn
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
    progress.tell(10, Text("Deleting the key…"))
    # Not stopped by a cancel: cut off in between, nobody would know whether the key is gone.
    signed_in.client(main_thread.is_shut_down).delete_key(key.id)
    return main_thread.call(lambda: _remove(key.name, key.id, outlook, signed_in.api_url))


def remove_leftovers(installed: InstalledKey, sign_in_authcfg: str) -> Deleted:
    """Remove what the plugin made in QGIS for a key that is gone from the platform; on the main thread only."""
    is_own = installed.key_type != KeyType.OAUTH2.value
    made = installed.authcfgs if is_own else installed.borrowed_authcfgs
    outlook = DeletionOutlook(
        removable_authcfgs=tuple(authcfg for authcfg in made if authcfg != sign_in_authcfg),
        removable_connections=installed.connections,
    )
    return _remove(installed.key_name, installed.key_id, outlook, installed.api_url)


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


def _remove(key_name: str, key_id: str, outlook: DeletionOutlook, api_url: str) -> Deleted:
    warnings: list[Text] = []
    removed = tuple(made for made in outlook.removable_connections if connections.remove(made))
    gone: list[str] = []
    for authcfg in outlook.removable_authcfgs:
        if key_uses.connections_with(authcfgs=[authcfg]):
            continue
        try:
            auth_configs.remove(authcfg)
            gone.append(authcfg)
        except GpkeysError as error:
            warnings.append(as_gpkeys_error(error).user)
    installed_keys.forget(api_url, key_id)
    return Deleted(key_name, removed, tuple(gone), tuple(warnings))
