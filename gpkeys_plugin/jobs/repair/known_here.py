"""What is known in this profile of keys and their secrets, without any request or prompt. On the main thread only."""

from __future__ import annotations

from datetime import datetime
from typing import Collection, Iterable, Mapping, Sequence

from ...entrepot.models import Key, KeyType
from ...keys import configuration_ids
from ...keys.layer_needs.needs import Known
from ...keys.upkeep.holdings import Holdings
from ...keys.upkeep.overview import KeyOverview
from ...store.configurations import auth_configs
from ...store.credential_owners import owners_of_configurations, owners_of_hashes
from ...store.records import installed_keys
from ...store.records.installed_keys import InstalledKey
from ...store.shared_hash_list import ended_shared_hashes
from ..steps.account_sessions import SignedIn
from ..steps.key_configurations import unrecorded


def known_here(
    hashes: Collection[str], signed_in: SignedIn, overviews: Sequence[KeyOverview], holdings: Holdings | None
) -> Known:
    """Return what is known of these hashes and of every configuration of the profile."""
    installed = installed_keys.installed(signed_in.api_url)
    return Known(
        hashes=owners_of_hashes(hashes, signed_in.api_url),
        configurations=_configurations(installed, signed_in, holdings),
        profile_configurations=frozenset(auth_configs.ids()),
        shared_hashes=frozenset(ended_shared_hashes(datetime.now().astimezone().date())) if hashes else frozenset(),
        ended_keys=signed_in.known.gone_keys.union(_ended(installed, signed_in, overviews, holdings)),
    )


def keys_without_secret(keys: Iterable[Key], signed_in: SignedIn) -> frozenset[str]:
    """Return the BASIC keys whose password this QGIS does not hold: the platform never gives it."""
    held = {known.key_id: known for known in installed_keys.installed(signed_in.api_url)}
    ids = frozenset(auth_configs.ids())
    return frozenset(
        key.id for key in keys if key.type is KeyType.BASIC and not _has_password(key, held.get(key.id), ids, signed_in)
    )


def _has_password(key: Key, held: InstalledKey | None, ids: Collection[str], signed_in: SignedIn) -> bool:
    known = held.authcfgs if held is not None else ()
    return any(authcfg in ids for authcfg in known) or bool(unrecorded(signed_in, key.name, key.type))


def _configurations(
    installed: Iterable[InstalledKey], signed_in: SignedIn, holdings: Holdings | None
) -> Mapping[str, str]:
    """Return the keys that configurations hold. The sign-in's holds the account's OAUTH2 key, if it has one."""
    # Those of other accounts hold keys too, of which nothing is known here: their layers go on drawing.
    signing_in = dict.fromkeys((*auth_configs.own_sign_in_ids(), signed_in.authcfg), "")
    if holdings is not None:
        del signing_in[signed_in.authcfg]
    if holdings is not None and holdings.oauth2_key is not None:
        signing_in[signed_in.authcfg] = holdings.oauth2_key.id
    return {**signing_in, **owners_of_configurations(installed)}


def _ended(
    installed: Iterable[InstalledKey],
    signed_in: SignedIn,
    overviews: Sequence[KeyOverview],
    holdings: Holdings | None,
) -> Iterable[str]:
    """Yield the keys that surely open nothing any more, as far as the signed-in account tells.

    Keys of other accounts may be set up in this profile, too: one that is not among the account's is gone only if the
    id of its configuration says that it was the account's.
    """
    if holdings is None:
        return
    there = {key.id for key in holdings.keys}
    for known in installed:
        derived = configuration_ids.ids_for_key(signed_in.api_url, signed_in.account_id, known.key_name)
        if known.key_id not in there and known.authcfg in derived:
            yield known.key_id
    for row in overviews:
        if row.accesses is not None and not row.accesses:
            yield row.key.id
