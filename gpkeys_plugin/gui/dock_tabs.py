"""The tabs of the dock, in their order."""

from __future__ import annotations

from enum import IntEnum

from ..jobs.running.translate import tr


class Tab(IntEnum):
    """The places of the tabs."""

    NEW_KEY = 0
    MY_KEYS = 1
    PERMISSIONS = 2
    REPAIR = 3


def tab_titles() -> tuple[tuple[str, str], ...]:
    """Return the title and the icon of each."""
    return (tr("New"), "add"), (tr("My keys"), "key"), (tr("Permissions"), "permission"), (tr("Repair"), "repair")


def help_page(place: int) -> str:
    """Return the help's page of what a tab begins with, for what has none of its own, as while something runs."""
    return ("services", "my_keys", "permissions", "repair_project")[place]
