"""Opening services to a key, and asking them meanwhile."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Callable, Sequence, TypeVar

from ...entrepot import lost_answers
from ...entrepot.client import EntrepotClient
from ...keys.draft import Grant
from ...keys.upkeep import draft_requests

T = TypeVar("T")


def open_services(client: EntrepotClient, key_id: str, grants: Sequence[Grant], meanwhile: Callable[[], T]) -> T:
    """Open the granted offerings to a key, one request a permission, side by side; return what `meanwhile` returns.

    That is called while what is open is read back: the platform has answered that all is. Where that was not so, it is
    called once it is. Raises GpkeysError for what is not opened after all.
    """
    openings = [(step.permission_id, step.offering_ids) for step in draft_requests.access_steps(grants)]
    failed = client.try_to_open(key_id, openings)
    with ThreadPoolExecutor(max_workers=1) as pool:
        ahead = None if failed else pool.submit(meanwhile)
        opened = client.accesses_after(key_id, (), (), failed)
    left = [(id_, lost_answers.missing_offerings(id_, wanted, opened)) for id_, wanted in openings]
    missing = [(id_, offering_ids) for id_, offering_ids in left if offering_ids]
    for permission_id, offering_ids in missing:
        client.create_accesses(key_id, permission_id, offering_ids)
    return meanwhile() if ahead is None or missing else ahead.result()
