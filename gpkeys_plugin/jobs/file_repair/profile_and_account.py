"""What is known that tells why something needs a key and what mends it: of this profile, and of the account."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timezone
from functools import partial
from typing import Iterable, Mapping, Sequence

from ...entrepot.client import EntrepotClient
from ...entrepot.errors import GpkeysError
from ...entrepot.models import Key, KeyType
from ...entrepot.request_turns import MOST_AT_ONCE
from ...keys import configuration_ids
from ...keys.layer_needs.needs import Known
from ...keys.layer_needs.platform_hosts import Platform
from ...keys.layer_needs.rights import AccountRights, KeyRights, key_rights
from ...keys.services import catalogue
from ...keys.upkeep.overview import KeyOverview
from ...store import connections
from ...store.configurations import auth_configs
from ...store.records import installed_keys
from ...store.shared_hash_list import ended_shared_hashes
from ..load_holdings import load_holdings
from ..running.main_thread import MainThread
from ..running.task import Progress
from ..steps.account_sessions import SignedIn


@dataclass(frozen=True)
class Knowledge:
    """The platform, what is known without any request, and the account's rights: None where nobody is signed in.

    `rights` are those of the account's keys that could be read, by their ids.
    """

    platform: Platform
    known: Known
    account: AccountRights | None = None
    rights: Mapping[str, KeyRights] = field(default_factory=dict)


def of_profile(api_url: str, main_thread: MainThread) -> Knowledge:
    """Return what this profile knows, without any request."""
    return Knowledge(Platform.of(api_url), main_thread.call(lambda: _known(api_url)))


def of_account(signed_in: SignedIn, main_thread: MainThread, progress: Progress) -> Knowledge:
    """Return what this profile and the account know. Raises GpkeysError where the account cannot be read."""
    holdings = load_holdings(signed_in, progress)
    client = signed_in.client(progress.is_cancelled, progress.tell_wait)
    with ThreadPoolExecutor(max_workers=MOST_AT_ONCE) as pool:
        overviews = pool.map(partial(_overview, client), holdings.keys)
        told = pool.map(partial(_hash, client), holdings.keys)
        rows, hashes = tuple(overviews), dict(filter(None, told))
    now = datetime.now(timezone.utc)
    account = AccountRights(rows, catalogue.build(holdings.permissions, now), signed_in.account_id)
    here = of_profile(signed_in.api_url, main_thread)
    known = Known(
        {**here.known.hashes, **hashes},
        {**_of_sign_in(signed_in, holdings.keys), **here.known.configurations},
        here.known.profile_configurations,
        here.known.shared_hashes,
        frozenset(_ended(signed_in, rows, now)),
    )
    read = key_rights((row for row in rows if row.accesses is not None), now)
    return Knowledge(here.platform, known, account, {found.row.key.id: found for found in read})


def _known(api_url: str) -> Known:
    """Return what the records and the connections of this profile tell; on the main thread only."""
    installed = installed_keys.installed(api_url)
    stored = ((key.key_id, connections.read(made.kind, made.name)) for key in installed for made in key.connections)
    return Known(
        hashes={found.hash: key_id for key_id, found in stored if found is not None and found.hash},
        configurations={authcfg: key.key_id for key in installed for authcfg in key.authcfgs},
        profile_configurations=frozenset(auth_configs.ids()),
        shared_hashes=frozenset(ended_shared_hashes(datetime.now(timezone.utc).date())),
    )


def _ended(signed_in: SignedIn, rows: Sequence[KeyOverview], now: datetime) -> Iterable[str]:
    """Yield the keys that surely open nothing any more.

    Keys of other accounts may be set up in this profile, too: one that is not among the account's is gone only if the
    id of its configuration says that it was the account's.
    """
    there = {row.key.id for row in rows}
    for known in installed_keys.installed(signed_in.api_url):
        derived = configuration_ids.ids_for_key(signed_in.api_url, signed_in.account_id, known.key_name)
        if known.key_id not in there and known.authcfg in derived:
            yield known.key_id
    for rights in key_rights(rows, now):
        if rights.row.accesses is not None and not rights.ends:
            yield rights.row.key.id


def _of_sign_in(signed_in: SignedIn, keys: tuple[Key, ...]) -> dict[str, str]:
    """Return the sign-in's configuration as that of the account's OAUTH2 key, of which there is at most one."""
    key = next((key for key in keys if key.type is KeyType.OAUTH2), None)
    return {} if key is None else {signed_in.authcfg: key.id}


def _overview(client: EntrepotClient, key: Key) -> KeyOverview:
    try:
        return KeyOverview(key, accesses=client.accesses(key.id))
    except GpkeysError as error:
        if error.ends_all:
            raise
        return KeyOverview(key, problem=error)


def _hash(client: EntrepotClient, key: Key) -> tuple[str, str] | None:
    """Return a HASH key's hash and its id; a key that cannot be read is a stranger's for now."""
    if key.type is not KeyType.HASH:
        return None
    try:
        found = client.key(key.id).hash
    except GpkeysError as error:
        if error.ends_all:
            raise
        return None
    return (found, key.id) if found else None
