"""Use case: read accesses and last use of all keys, for the list."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import replace
from datetime import datetime, timezone
from functools import partial

from ..entrepot.client import EntrepotClient
from ..entrepot.errors import GpkeysError
from ..entrepot.models import Hits, Key
from ..entrepot.request_turns import MOST_AT_ONCE
from ..keys.upkeep.overview import USAGE_PERIOD, KeyOverview
from ..store.records import installed_keys
from .running.task import Progress
from .steps.account_sessions import SignedIn
from .values import Holdings

# What concerns one key is told in its row; these concern all of them.


def initial_overviews(holdings: Holdings, api_url: str) -> tuple[KeyOverview, ...]:
    """Return a row a key, with what is known without asking the network."""
    here = {installed.key_id for installed in installed_keys.installed(api_url)}
    return tuple(KeyOverview(key, is_connected=key.id in here) for key in holdings.keys)


def load_overviews(holdings: Holdings, signed_in: SignedIn, progress: Progress) -> None:
    """Hand over a row each time something of a key was read; at most six requests are under way at once.

    Raises GpkeysError when the sign-in is refused or the user cancels.
    """
    rows = {row.key.id: row for row in initial_overviews(holdings, signed_in.api_url)}
    client = signed_in.client(progress.is_cancelled, progress.tell_wait)
    end = datetime.now(timezone.utc)
    with ThreadPoolExecutor(max_workers=MOST_AT_ONCE) as pool:
        # The accesses of all keys first: they say what wants attention.
        reads = [pool.submit(_with_accesses, client, key) for key in holdings.keys]
        reads += [pool.submit(_with_usage, client, key, end) for key in holdings.keys]
        try:
            for read in as_completed(reads):
                _hand_over(rows, read, progress)
        except GpkeysError:
            for read in reads:
                read.cancel()
            raise


def _hand_over(
    rows: dict[str, KeyOverview], read: Future[tuple[str, partial[KeyOverview]]], progress: Progress
) -> None:
    key_id, change = read.result()
    rows[key_id] = change(rows[key_id])
    progress.hand_over(rows[key_id])


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
