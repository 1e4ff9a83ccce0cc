"""Use case: read everything about one key."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone

from ..entrepot.client import EntrepotClient
from ..entrepot.errors import GpkeysError
from ..entrepot.models import Key
from ..entrepot.request_turns import MOST_AT_ONCE
from ..entrepot.translatable_text import Text
from ..keys.services import connection_plans, platform_address_check
from ..keys.upkeep import usage
from ..keys.upkeep.usage import Usage
from .running.main_thread import MainThread
from .running.task import Progress
from .steps.account_sessions import SignedIn
from .steps.key_in_qgis import held_key
from .steps.key_services import unserved, with_urls
from .values import KeyPage


def load_key_page(key: Key, signed_in: SignedIn, main_thread: MainThread, progress: Progress) -> KeyPage:
    """Return everything about a key, read side by side.

    Raises GpkeysError when the key or its accesses cannot be read; what else cannot be read is left out, and said.
    """
    progress.tell(0, Text("Reading the key…"))
    client = signed_in.client(progress.is_cancelled, progress.tell_wait)
    with ThreadPoolExecutor(max_workers=MOST_AT_ONCE) as pool:
        details = pool.submit(client.key, key.id)
        accesses = pool.submit(client.accesses, key.id)
        used = pool.submit(_usage, client, key.id)
        offerings = with_urls(client, accesses.result(), pool, is_forgiven=lambda error: not error.ends_all)
        found, problem = used.result()
        known = details.result()
    served = tuple(layer for offering in offerings.values() for layer in connection_plans.served_layers(offering))
    elsewhere = platform_address_check.strangers(served, signed_in.api_url)
    return KeyPage(
        details=known,
        accesses=accesses.result(),
        served=tuple(layer for layer in served if layer not in elsewhere),
        elsewhere=elsewhere,
        unserved=unserved(accesses.result(), served),
        held=main_thread.call(lambda: held_key(known, signed_in)),
        usage=found,
        usage_problem=problem,
    )


def _usage(client: EntrepotClient, key_id: str) -> tuple[Usage | None, GpkeysError | None]:
    now = datetime.now(timezone.utc)
    try:
        statistics = client.key_stats(key_id, usage.period_start(now), now, details=True)
    except GpkeysError as error:
        if error.ends_all:
            raise
        return None, error
    return usage.usage(statistics.details, now), None
