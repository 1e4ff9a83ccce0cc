"""Use case: read everything about one key."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone
from typing import Callable, Iterable, Sequence

from ..entrepot.client import EntrepotClient
from ..entrepot.errors import ErrorCode, GpkeysError
from ..entrepot.models import Access, Key, Offering
from ..entrepot.translatable_text import Text
from ..keys.services import connection_plans, platform_address_check
from ..keys.services.connection_plans import ServedLayer
from ..keys.upkeep import usage
from ..keys.upkeep.usage import Usage
from .running.main_thread import MainThread
from .running.task import Progress
from .steps.account_sessions import SignedIn
from .steps.key_in_qgis import held_key
from .values import KeyPage

IsForgiven = Callable[[GpkeysError], bool]

_AT_ONCE = 4


def load_key_page(key: Key, signed_in: SignedIn, main_thread: MainThread, progress: Progress) -> KeyPage:
    """Return everything about a key, read side by side.

    Raises GpkeysError when the key or its accesses cannot be read; what else cannot be read is left out, and said.
    """
    progress.tell(0, Text("Reading the key…"))
    client = signed_in.client(progress.is_cancelled)
    with ThreadPoolExecutor(max_workers=_AT_ONCE) as pool:
        details = pool.submit(client.key, key.id)
        accesses = pool.submit(client.accesses, key.id)
        used = pool.submit(_usage, client, key.id)
        offerings = _with_urls(client, accesses.result(), pool, is_forgiven=lambda error: not error.ends_all)
        found, problem = used.result()
        known = details.result()
    served = tuple(layer for offering in offerings.values() for layer in connection_plans.served_layers(offering))
    elsewhere = platform_address_check.strangers(served, signed_in.api_url)
    return KeyPage(
        details=known,
        accesses=accesses.result(),
        served=tuple(layer for layer in served if layer not in elsewhere),
        elsewhere=elsewhere,
        unserved=_unserved(accesses.result(), served),
        held=main_thread.call(lambda: held_key(known, signed_in)),
        usage=found,
        usage_problem=problem,
    )


def offerings_with_urls(client: EntrepotClient, accesses: Sequence[Access]) -> dict[str, Offering]:
    """Return the offerings of accesses by their id, with the URLs that their permissions tell.

    Raises GpkeysError when a permission cannot be read: what is written into QGIS must not lack a service by accident.
    """
    with ThreadPoolExecutor(max_workers=_AT_ONCE) as pool:
        return _with_urls(client, accesses, pool, is_forgiven=lambda error: error.code is ErrorCode.NOT_FOUND)


def unserved_warnings(accesses: Iterable[Access], served: Iterable[ServedLayer]) -> tuple[Text, ...]:
    """Return what to tell of the accesses that no URL is known of, where there are any: QGIS gets no connection."""
    names = ", ".join(access.offering.layer_name for access in _unserved(accesses, served))
    return (_UNSERVED.with_values({"names": names}),) if names else ()


def _unserved(accesses: Iterable[Access], served: Iterable[ServedLayer]) -> tuple[Access, ...]:
    told = {layer.offering_id for layer in served}
    return tuple(access for access in accesses if access.offering.id not in told)


def _with_urls(
    client: EntrepotClient, accesses: Sequence[Access], pool: ThreadPoolExecutor, *, is_forgiven: IsForgiven
) -> dict[str, Offering]:
    ids = sorted({access.permission.id for access in accesses if access.permission is not None})
    known = {access.offering.id: access.offering for access in accesses}
    for offerings in pool.map(lambda id_: _offerings(client, id_, is_forgiven), ids):
        known.update({offering.id: offering for offering in offerings if offering.id in known and offering.urls})
    return known


def _offerings(client: EntrepotClient, permission_id: str, is_forgiven: IsForgiven) -> Iterable[Offering]:
    try:
        return client.permission(permission_id).offerings
    except GpkeysError as error:
        if not is_forgiven(error):
            raise
        return ()


def _usage(client: EntrepotClient, key_id: str) -> tuple[Usage | None, GpkeysError | None]:
    now = datetime.now(timezone.utc)
    try:
        statistics = client.key_stats(key_id, usage.period_start(now), now, details=True)
    except GpkeysError as error:
        if error.ends_all:
            raise
        return None, error
    return usage.usage(statistics.details, now), None


_UNSERVED = Text(
    "The Géoplateforme does not tell where these services are, so QGIS has no connection to them: {names}."
    " Connect the key again later."
)
