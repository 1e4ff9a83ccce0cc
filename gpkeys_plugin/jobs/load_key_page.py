"""Use case: read everything about one key."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timezone

from ..entrepot.client import EntrepotClient
from ..entrepot.errors import GpkeysError
from ..entrepot.models import Key, KeyDetails, Permission
from ..entrepot.request_turns import MOST_AT_ONCE
from ..entrepot.translatable_text import Text
from ..keys.services import connection_plans, platform_address_check
from ..keys.upkeep import usage
from ..keys.upkeep.overview import KeyOverview
from ..keys.upkeep.usage import Usage
from ..store.records import installed_keys
from .running.main_thread import MainThread
from .running.task import Progress
from .steps.account_sessions import SignedIn
from .steps.key_in_qgis import held_key
from .steps.key_services import unserved, with_urls
from .values import Edited, HeldKey, KeyPage


def load_key_page(key: Key, signed_in: SignedIn, main_thread: MainThread, progress: Progress) -> KeyPage:
    """Return everything about a key, read side by side.

    Raises GpkeysError when the key or its accesses cannot be read; what else cannot be read is left out, and said.
    """
    progress.tell(0, Text("Reading the key…"))
    client = signed_in.client(progress.is_cancelled, progress.tell_wait)

    def ask(permission_id: str) -> Permission:
        return signed_in.known.permission(client, permission_id)

    with ThreadPoolExecutor(max_workers=MOST_AT_ONCE) as pool:
        details = pool.submit(client.key, key.id)
        accesses = pool.submit(client.accesses, key.id)
        used = pool.submit(_usage, client, key.id)
        offerings = with_urls(ask, accesses.result(), pool, is_forgiven=lambda error: not error.ends_all)
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


def load_known_page(key: Key, signed_in: SignedIn, main_thread: MainThread, progress: Progress) -> KeyPage:
    """Return everything about one key, as `load_key_page` does; of a page read lately, read only what QGIS holds."""
    pages = signed_in.known.pages
    known = pages.find(key.id)
    if known is None:
        return pages.read(key.id, lambda: load_key_page(key, signed_in, main_thread, progress))
    return replace(known, held=main_thread.call(lambda: held_key(known.details, signed_in)))


def page_after(page: KeyPage, edited: Edited, api_url: str) -> KeyPage | None:
    """Return the page of a key after an edit, as far as that has read it back; None where it must be read."""
    accesses = edited.accesses
    if accesses is None or page.is_outline:
        return None
    known = (*page.served, *page.elsewhere) if accesses == page.accesses else None
    served = edited.served if edited.served is not None else known
    if served is None:
        return None
    elsewhere = platform_address_check.strangers(served, api_url)
    return replace(
        page,
        details=edited.details,
        accesses=accesses,
        served=tuple(layer for layer in served if layer not in elsewhere),
        elsewhere=elsewhere,
        unserved=unserved(accesses, served),
    )


def outline(row: KeyOverview, api_url: str) -> KeyPage:
    """Return what the list knows of a key, and what is recorded of it here, until its page is read."""
    installed = installed_keys.find(api_url, row.key.id)
    held = HeldKey(installed.authcfg, installed.connections) if installed is not None else HeldKey()
    return KeyPage(KeyDetails(row.key), row.accesses or (), held=held, is_outline=True)


def _usage(client: EntrepotClient, key_id: str) -> tuple[Usage | None, GpkeysError | None]:
    now = datetime.now(timezone.utc)
    try:
        statistics = client.key_stats(key_id, usage.period_start(now), now, details=True)
    except GpkeysError as error:
        if error.ends_all:
            raise
        return None, error
    return usage.usage(statistics.details, now), None
