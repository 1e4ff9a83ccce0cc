"""The keys that QGIS holds and that soon open less: from what was last read of them, nobody is asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ...keys.last_day import days_left, last_day
from ...store import environments
from ...store.configurations import signed_in_accounts
from ...store.records import first_ends, installed_keys

SOON_DAYS = 7


@dataclass(frozen=True)
class EndingKey:
    """A key, and the last day of the first of its permissions that ends."""

    key_id: str
    name: str
    last_day: date


def ending_keys(now: datetime) -> tuple[EndingKey, ...]:
    """Return the keys of the account in use of which a permission ends within seven days, the first to end first.

    Raises GpkeysError.
    """
    environment = environments.current()
    ends = first_ends.known(environment.api_url)
    account_id = signed_in_accounts.in_use(environment)
    held = {key.key_id: key.key_name for key in installed_keys.of_account(environment.api_url, account_id)}
    found = [
        EndingKey(key_id, held[key_id], last_day(end))
        for key_id, end in ends.items()
        if key_id in held and end > now and days_left(end, now) <= SOON_DAYS
    ]
    return tuple(sorted(found, key=lambda key: (key.last_day, key.name)))
