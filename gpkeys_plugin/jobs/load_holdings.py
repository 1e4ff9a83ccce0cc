"""Use case: read what the signed-in account has."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone
from typing import Iterable

from qgis.core import Qgis, QgsMessageLog

from ..entrepot import api_requests
from ..entrepot.errors import GpkeysError
from ..entrepot.models import Key
from ..entrepot.pages_ahead import PageCounts
from ..entrepot.translatable_text import Text
from ..keys.services import catalogue
from ..keys.upkeep.holdings import Holdings
from ..store import settings
from ..store.records import installed_keys, titles
from .running.task import LOG_TAG, Progress
from .steps.account_sessions import SignedIn

_LISTINGS = (*api_requests.PERMISSIONS_BY_ORIGIN, api_requests.keys())


def load_holdings(signed_in: SignedIn, progress: Progress) -> Holdings:
    """Return the account, its permissions and its keys, read side by side.

    The account as the sign-in has just read it is believed, once. As many pages as there were the last time, also in an
    earlier session, are asked for at once. Raises GpkeysError when one of them cannot be read: a list that is silently
    empty would be a lie.
    """
    progress.tell(0, Text("Reading your account, permissions and keys…"))
    signed_in.known.forget()
    _expect_pages(signed_in.known.counts)
    known_account = signed_in.known.take_account()
    client = signed_in.client(progress.is_cancelled, progress.tell_wait)
    with ThreadPoolExecutor(max_workers=3) as pool:
        account = pool.submit(lambda: known_account or client.me())
        listed, keys = pool.submit(client.permissions), pool.submit(client.keys)
        known = titles.book(signed_in.api_url, with_catalogue=settings.LOOK_UP_TITLES.get())
        permissions = listed.result()
        choices = catalogue.build(permissions, datetime.now(timezone.utc))
        holdings = Holdings(account.result(), permissions, keys.result(), choices, known)
    _keep_pages(signed_in.known.counts)
    _note_whose(holdings.keys, signed_in)
    return holdings


def _expect_pages(counts: PageCounts) -> None:
    for listing, pages in zip(_LISTINGS, settings.LISTING_PAGES.get()):
        if not counts.knows(listing):
            counts.expect(listing, pages)


def _keep_pages(counts: PageCounts) -> None:
    pages = tuple(map(counts.of, _LISTINGS))
    if pages != settings.LISTING_PAGES.get():
        settings.LISTING_PAGES.set(pages)


def _note_whose(keys: Iterable[Key], signed_in: SignedIn) -> None:
    """Note that keys which an earlier version wrote down are this account's; that it can't be is in nobody's way."""
    try:
        installed_keys.claim(signed_in.api_url, signed_in.account_id, {key.id for key in keys})
    except GpkeysError as error:
        QgsMessageLog.logMessage(f"whose keys: {error.log}", LOG_TAG, Qgis.MessageLevel.Info)
