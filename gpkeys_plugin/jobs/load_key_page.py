"""Use case: read everything about one key."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timezone
from typing import Iterable, Sequence

from ..entrepot.client import EntrepotClient
from ..entrepot.errors import GpkeysError
from ..entrepot.models import Access, Key, KeyDetails, Permission
from ..entrepot.request_turns import MOST_AT_ONCE
from ..entrepot.translatable_text import Text
from ..keys.services import connection_plans, platform_address_check
from ..keys.services.connection_plans import ServedLayer
from ..keys.upkeep import usage
from ..keys.upkeep.overview import KeyOverview
from ..keys.upkeep.usage import Usage
from ..store.records import installed_keys
from .running.main_thread import MainThread
from .running.task import Progress
from .steps.account_sessions import SignedIn
from .steps.key_in_qgis import held_key
from .steps.key_services import KeyRead, permission_ids, unserved, with_urls
from .values import Edited, HeldKey, KeyPage


def load_key_page(
    key: Key, signed_in: SignedIn, main_thread: MainThread, progress: Progress, opened: Iterable[Access] = ()
) -> KeyPage:
    """Return everything about a key, read side by side.

    `opened` is what it opened when last read, if it was: where those services are is asked in the first round.

    Raises GpkeysError when the key or its accesses cannot be read; what else cannot be read is left out, and said.
    """
    progress.tell(0, Text("Reading the key…"))
    client = signed_in.client(progress.is_cancelled, progress.tell_wait)

    def read(permission_id: str) -> Permission:
        return signed_in.known.permission(client, permission_id)

    def ask(permission_id: str) -> Permission:
        begun = early.get(permission_id)
        return begun.result() if begun is not None else read(permission_id)

    with ThreadPoolExecutor(max_workers=MOST_AT_ONCE) as pool:
        details = pool.submit(client.key, key.id)
        accesses = pool.submit(client.accesses, key.id)
        used = pool.submit(read_usage, client, key.id)
        early = {id_: pool.submit(read, id_) for id_ in permission_ids(opened)}
        offerings = with_urls(ask, accesses.result(), pool, is_forgiven=lambda error: not error.ends_all)
        found, problem = used.result()
        known = details.result()
    served = [layer for offering in offerings.values() for layer in connection_plans.served_layers(offering)]
    page = page_of(KeyRead(known, accesses.result()), served, signed_in.api_url)
    held = main_thread.call(lambda: held_key(known, signed_in))
    return replace(page, held=held, usage=found, usage_problem=problem)


def page_of(read: KeyRead, served: Sequence[ServedLayer], api_url: str) -> KeyPage:
    """Return the page of a key that was read, without its use and what QGIS holds of it."""
    elsewhere = platform_address_check.strangers(served, api_url)
    return KeyPage(
        details=read.details,
        accesses=tuple(read.accesses),
        served=tuple(layer for layer in served if layer not in elsewhere),
        elsewhere=elsewhere,
        unserved=unserved(read.accesses, served),
    )


def load_known_page(
    key: Key, signed_in: SignedIn, main_thread: MainThread, progress: Progress, opened: Iterable[Access] = ()
) -> KeyPage:
    """Return everything about one key, as `load_key_page` does; of a page read lately, read only what QGIS holds."""
    pages = signed_in.known.pages
    known = pages.find(key.id)
    if known is None:
        return pages.read(key.id, lambda: load_key_page(key, signed_in, main_thread, progress, opened))
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


def read_usage(client: EntrepotClient, key_id: str) -> tuple[Usage | None, GpkeysError | None]:
    """Return what a key was used for as its page shows it, or why that cannot be read.

    Raises GpkeysError where nothing can be read any more.
    """
    now = datetime.now(timezone.utc)
    try:
        statistics = client.key_stats(key_id, usage.period_start(now), now, details=True)
    except GpkeysError as error:
        if error.ends_all:
            raise
        return None, error
    return usage.usage(statistics.details, now), None
