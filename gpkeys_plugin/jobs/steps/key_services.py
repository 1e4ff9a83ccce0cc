"""Where the services of a key are: only its permissions tell."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Callable, Iterable, NamedTuple, Sequence

from ...entrepot.client import EntrepotClient
from ...entrepot.errors import ErrorCode, GpkeysError
from ...entrepot.models import Access, KeyDetails, Offering, Permission
from ...entrepot.request_turns import MOST_AT_ONCE
from ...entrepot.translatable_text import Text
from ...keys.services import connection_plans
from ...keys.services.connection_plans import ServedLayer
from .account_sessions import KnownToAccount

AskPermission = Callable[[str], Permission]
IsForgiven = Callable[[GpkeysError], bool]


class KeyRead(NamedTuple):
    """A key as the platform has it."""

    details: KeyDetails
    accesses: Sequence[Access]


def services_of(client: EntrepotClient, known: KnownToAccount, accesses: Sequence[Access]) -> list[ServedLayer]:
    """Return where the offerings of accesses are served, as their permissions tell.

    Raises GpkeysError when a permission cannot be read: what is written into QGIS must not lack a service by accident.
    """

    def ask(permission_id: str) -> Permission:
        return known.permission(client, permission_id)

    with ThreadPoolExecutor(max_workers=MOST_AT_ONCE) as pool:
        found = with_urls(ask, accesses, pool, is_forgiven=lambda error: error.code is ErrorCode.NOT_FOUND)
    return [layer for offering in found.values() for layer in connection_plans.served_layers(offering)]


def key_and_accesses(client: EntrepotClient, key_id: str) -> tuple[KeyDetails, tuple[Access, ...]]:
    """Return a key and what it opens, read side by side."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        opened = pool.submit(client.accesses, key_id)
        details = client.key(key_id)
    return details, opened.result()


def unserved(accesses: Iterable[Access], served: Iterable[ServedLayer]) -> tuple[Access, ...]:
    """Return the accesses that no URL is known of."""
    told = {layer.offering_id for layer in served}
    return tuple(access for access in accesses if access.offering.id not in told)


def unserved_warnings(accesses: Iterable[Access], served: Iterable[ServedLayer]) -> tuple[Text, ...]:
    """Return what to tell of them, where there are any: QGIS gets no connection."""
    names = ", ".join(access.offering.layer_name for access in unserved(accesses, served))
    return (_UNSERVED.with_values({"names": names}),) if names else ()


def with_urls(
    ask: AskPermission, accesses: Sequence[Access], pool: ThreadPoolExecutor, *, is_forgiven: IsForgiven
) -> dict[str, Offering]:
    """Return the offerings of accesses by their id, with the URLs that their permissions tell.

    They are read by the workers of a pool; a permission whose error is forgiven tells no URL.
    """
    ids = permission_ids(accesses)
    known = {access.offering.id: access.offering for access in accesses}
    for offerings in pool.map(lambda id_: _offerings(ask, id_, is_forgiven), ids):
        known.update({offering.id: offering for offering in offerings if offering.id in known and offering.urls})
    return known


def permission_ids(accesses: Iterable[Access]) -> list[str]:
    """Return the ids of the permissions of accesses, each once, sorted."""
    return sorted({access.permission.id for access in accesses if access.permission is not None})


def _offerings(ask: AskPermission, permission_id: str, is_forgiven: IsForgiven) -> Iterable[Offering]:
    try:
        return ask(permission_id).offerings
    except GpkeysError as error:
        if not is_forgiven(error):
            raise
        return ()


_UNSERVED = Text(
    "The Géoplateforme does not tell where these services are, so QGIS has no connection to them: {names}."
    " Connect the key again later."
)
