"""Use case: read accesses and last use of all keys, for the list."""

from __future__ import annotations

import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timezone
from functools import partial
from queue import Empty, SimpleQueue
from typing import Iterable, Tuple

from qgis.core import Qgis, QgsMessageLog

from ..entrepot.client import EntrepotClient
from ..entrepot.errors import GpkeysError
from ..entrepot.models import Hits, Key
from ..entrepot.request_turns import MOST_AT_ONCE
from ..keys.holdings import Holdings
from ..keys.upkeep.overview import USAGE_PERIOD, KeyOverview, first_end
from ..store import window_settings
from ..store.records import first_ends, installed_keys
from .running.task import LOG_TAG, Progress
from .steps.account_sessions import SignedIn

GATHERED_S = 0.05
"""How long what was read is gathered before it is handed over."""
_Read = Future[Tuple[str, "partial[KeyOverview]"]]
# What concerns one key is told in its row; these concern all of them.


def initial_overviews(holdings: Holdings, api_url: str) -> tuple[KeyOverview, ...]:
    """Return a row a key, with what is known without asking the network."""
    here = {installed.key_id for installed in installed_keys.installed(api_url)}
    return tuple(KeyOverview(key, is_connected=key.id in here) for key in holdings.keys)


def load_overviews(holdings: Holdings, signed_in: SignedIn, progress: Progress) -> None:
    """Hand over the rows of which something was read, those of a moment at once; six requests at most are under way.

    Raises GpkeysError when the sign-in is refused or the user cancels.
    """
    rows = {row.key.id: row for row in initial_overviews(holdings, signed_in.api_url)}
    client = signed_in.client(progress.is_cancelled, progress.tell_wait)
    end = datetime.now(timezone.utc)
    with ThreadPoolExecutor(max_workers=MOST_AT_ONCE) as pool:
        # The accesses of all keys first: they say what wants attention.
        reads = [pool.submit(_with_accesses, client, key) for key in holdings.keys]
        reads += [pool.submit(_with_usage, client, key, end) for key in holdings.keys]
        ended: SimpleQueue[_Read] = SimpleQueue()
        for read in reads:
            read.add_done_callback(ended.put)
        left = len(reads)
        try:
            while left:
                found = _gathered(ended, left)
                left -= len(found)
                _hand_over(rows, found, progress)
        except GpkeysError:
            for read in reads:
                read.cancel()
            raise
    _note_ends(rows.values(), signed_in.api_url, end)


def _note_ends(rows: Iterable[KeyOverview], api_url: str, now: datetime) -> None:
    """Note when keys that QGIS holds open less, to tell of it when QGIS starts; that it can't be is in nobody's way."""
    ends = {row.key.id: first_end(row, now) for row in rows if row.is_connected and row.accesses is not None}
    try:
        first_ends.learn(api_url, ends)
        window_settings.KEYS_END.set(bool(first_ends.known(api_url)))
    except GpkeysError as error:
        QgsMessageLog.logMessage(f"ends of permissions: {error.log}", LOG_TAG, Qgis.MessageLevel.Info)


def _gathered(ended: SimpleQueue[_Read], most: int) -> list[_Read]:
    """Wait for a read, and for what ends in the moment after it: the window shows its list anew for each hand-over."""
    found = [ended.get()]
    until = time.monotonic() + GATHERED_S
    while len(found) < most and (left_s := until - time.monotonic()) > 0:
        with suppress(Empty):
            found.append(ended.get(timeout=left_s))
    return found


def _hand_over(rows: dict[str, KeyOverview], reads: Iterable[_Read], progress: Progress) -> None:
    changed: dict[str, None] = {}
    for read in reads:
        key_id, change = read.result()
        rows[key_id] = change(rows[key_id])
        changed[key_id] = None
    progress.hand_over(tuple(rows[key_id] for key_id in changed))


def _with_accesses(client: EntrepotClient, key: Key) -> tuple[str, partial[KeyOverview]]:
    try:
        return key.id, partial(replace, accesses=client.accesses(key.id))
    except GpkeysError as error:
        if error.ends_all:
            raise
        return key.id, partial(replace, problem=error)


def _with_usage(client: EntrepotClient, key: Key, end: datetime) -> tuple[str, partial[KeyOverview]]:
    """Read the last use; what cannot be read stays unknown, since the list is of use without it."""
    usage: Hits | None = None
    try:
        usage = client.key_stats(key.id, end - USAGE_PERIOD, end).total
    except GpkeysError as error:
        if error.ends_all:
            raise
    return key.id, partial(replace, usage=usage)
