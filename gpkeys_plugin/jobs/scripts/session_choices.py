"""What the account that is signed in may name in an algorithm: its keys, and the services that its permissions open.

The window tells it; no algorithm asks for it, since its dialog is to open at once. On the main thread only.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from ...keys.services.search_folding import folded
from ...keys.upkeep import natural_order
from ...keys.upkeep.holdings import Holdings
from ..running.translate import tr

_MOST_SERVICES = 2000


class Choice(NamedTuple):
    """What is shown in a list, and what is typed for it."""

    label: str
    text: str


class _Session:
    holdings: Holdings | None = None


def keep(holdings: Holdings | None) -> None:
    """Note what the account has, None once nobody is signed in."""
    _Session.holdings = holdings


def keys() -> tuple[Choice, ...]:
    """Return the account's keys by name, nothing where none are known."""
    found = _Session.holdings.keys if _Session.holdings is not None else ()
    names = sorted((key.name for key in found if key.name), key=natural_order.rank)
    return tuple(Choice(name, name) for name in names)


def services() -> tuple[Choice, ...]:
    """Return all services, those of each permission, then each of them; nothing where none are known."""
    holdings = _Session.holdings
    if holdings is None:
        return ()
    offerings = {one.id: one for group in holdings.catalogue.groups for one in group.rows.offerings}
    counts = Counter(one.layer_name for one in offerings.values())
    # A name that several have does not tell which is meant.
    names = {id_: one.layer_name if counts[one.layer_name] == 1 else id_ for id_, one in offerings.items()}
    whole = [
        Choice(
            tr("All services of “{licence}”").format(licence=group.permission.licence),
            ", ".join(names[offering_id] for offering_id in group.grants),
        )
        for group in holdings.catalogue.groups
        if group.is_selectable and len(group) <= _MOST_SERVICES
    ]
    each = [
        Choice(f"{holdings.titles.known_as(one.layer_name)} ({one.type.value})", names[one.id])
        for one in list(offerings.values())[:_MOST_SERVICES]
    ]
    return (Choice(tr("All services"), "*"), *whole, *sorted(each, key=lambda choice: folded(choice.label)))
