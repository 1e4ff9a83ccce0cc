"""Use cases: read for the list what all keys open, and when keys were last used."""

from __future__ import annotations

import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timezone
from functools import partial
from queue import Empty, SimpleQueue
from typing import Callable, Iterable, Optional, Sequence, Tuple, TypeVar

from qgis.core import Qgis, QgsMessageLog

from ..entrepot.client import EntrepotClient
from ..entrepot.errors import GpkeysError
from ..entrepot.models import Hits, Key, OfferingType
from ..entrepot.request_turns import MOST_AT_ONCE
from ..keys.upkeep.holdings import Holdings
from ..keys.upkeep.overview import USAGE_PERIOD, KeyOverview, first_end
from ..store import window_settings
from ..store.records import first_ends, installed_keys, opened_downloads
from .running.task import LOG_TAG, Progress
from .steps.account_sessions import SignedIn

R = TypeVar("R")

GATHERED_S = 0.05
"""How long what was read is gathered before it is handed over."""
BEHIND_AT_ONCE = MOST_AT_ONCE - 2
"""How many requests go at once for what nobody waits for: a key and its accesses, once asked for, need not wait."""
LastUse = Tuple[str, Optional[Hits]]
"""The id of a key, and its use in the past 365 days; None where the platform does not tell."""
_Read = Future[Tuple[str, "partial[KeyOverview]"]]
# What concerns one key is told in its row; these concern all of them.


def initial_overviews(holdings: Holdings, api_url: str) -> tuple[KeyOverview, ...]:
    """Return a row a key, with what is known without asking the network."""
    return unread_overviews(holdings.keys, api_url)


def unread_overviews(keys: Iterable[Key], api_url: str) -> tuple[KeyOverview, ...]:
    """Return a row a key, of which nothing is read yet."""
    # One that is only said to be here was being connected when QGIS stopped.
    here = {known.key_id for known in installed_keys.installed(api_url) if known.authcfgs or known.connections}
    return tuple(KeyOverview(key, is_connected=key.id in here) for key in keys)


def load_overviews(
    keys: Sequence[Key],
    signed_in: SignedIn,
    progress: Progress,
    *,
    with_last_use: bool = True,
    at_once: int = MOST_AT_ONCE,
) -> None:
    """Hand over the rows of which something was read, those of a moment at once; so many requests are under way.

    Raises GpkeysError when the sign-in is refused or the user cancels.
    """
    rows = {row.key.id: row for row in unread_overviews(keys, signed_in.api_url)}
    client = signed_in.client(progress.is_cancelled, progress.tell_wait)
    end = datetime.now(timezone.utc)

    def hand_over(reads: Iterable[_Read]) -> None:
        changes = [read.result() for read in reads]
        for key_id, change in changes:
            rows[key_id] = change(rows[key_id])
        progress.hand_over(tuple(rows[key_id] for key_id in dict.fromkeys(key_id for key_id, _ in changes)))

    with ThreadPoolExecutor(max_workers=at_once) as pool:
        # The accesses of all keys first: they say what wants attention.
        reads = [pool.submit(_with_accesses, client, key) for key in keys]
        reads += [pool.submit(_with_usage, client, key, end) for key in keys if with_last_use]
        _gather(reads, hand_over)
    _note_ends(rows.values(), signed_in.api_url, end)
    _note_downloads(rows.values(), signed_in.api_url)


def load_last_uses(
    keys: Iterable[Key], signed_in: SignedIn, progress: Progress, *, at_once: int = MOST_AT_ONCE
) -> None:
    """Hand over the last uses of keys as they are read, as `load_overviews` does with rows; it raises the same."""
    client = signed_in.client(progress.is_cancelled, progress.tell_wait)
    end = datetime.now(timezone.utc)
    with ThreadPoolExecutor(max_workers=at_once) as pool:
        reads = [pool.submit(_last_use, client, key, end) for key in keys]
        _gather(reads, lambda found: progress.hand_over(tuple(read.result() for read in found)))


def _gather(reads: Sequence[Future[R]], hand_over: Callable[[Iterable[Future[R]]], None]) -> None:
    """Hand over reads as they end; once one of them raises, those not begun are not made."""
    ended: SimpleQueue[Future[R]] = SimpleQueue()
    for read in reads:
        read.add_done_callback(ended.put)
    left = len(reads)
    try:
        while left:
            found = _of_a_moment(ended, left)
            left -= len(found)
            hand_over(found)
    except GpkeysError:
        for read in reads:
            read.cancel()
        raise


def _note_ends(rows: Iterable[KeyOverview], api_url: str, now: datetime) -> None:
    """Note when keys that QGIS holds open less, to tell of it when QGIS starts; that it can't be is in nobody's way."""
    ends = {row.key.id: first_end(row, now) for row in rows if row.is_connected and row.accesses is not None}
    try:
        first_ends.learn(api_url, ends)
        window_settings.KEYS_END.set(bool(first_ends.known(api_url)))
    except GpkeysError as error:
        QgsMessageLog.logMessage(f"ends of permissions: {error.log}", LOG_TAG, Qgis.MessageLevel.Info)


def _note_downloads(rows: Iterable[KeyOverview], api_url: str) -> None:
    """Note what keys that QGIS holds open for download, for its Browser; that it can't be is in nobody's way."""
    opened = {
        row.key.id: {
            access.offering.id: access.offering.layer_name
            for access in row.accesses
            if access.offering.type is OfferingType.DOWNLOAD
        }
        for row in rows
        if row.is_connected and row.accesses is not None
    }
    try:
        opened_downloads.learn(api_url, opened)
    except GpkeysError as error:
        QgsMessageLog.logMessage(f"downloads of keys: {error.log}", LOG_TAG, Qgis.MessageLevel.Info)


def _of_a_moment(ended: SimpleQueue[Future[R]], most: int) -> list[Future[R]]:
    """Wait for a read, and for what ends in the moment after it: the window shows its list anew for each hand-over."""
    found = [ended.get()]
    until = time.monotonic() + GATHERED_S
    while len(found) < most and (left_s := until - time.monotonic()) > 0:
        with suppress(Empty):
            found.append(ended.get(timeout=left_s))
    return found


def _with_accesses(client: EntrepotClient, key: Key) -> tuple[str, partial[KeyOverview]]:
    try:
        return key.id, partial(replace, accesses=client.accesses(key.id))
    except GpkeysError as error:
        if error.ends_all:
            raise
        return key.id, partial(replace, problem=error)


def _with_usage(client: EntrepotClient, key: Key, end: datetime) -> tuple[str, partial[KeyOverview]]:
    key_id, usage = _last_use(client, key, end)
    return key_id, partial(replace, usage=usage)


def _last_use(client: EntrepotClient, key: Key, end: datetime) -> LastUse:
    """Read the last use; what cannot be read stays unknown, since the list is of use without it."""
    try:
        return key.id, client.key_stats(key.id, end - USAGE_PERIOD, end).total
    except GpkeysError as error:
        if error.ends_all:
            raise
        return key.id, None
