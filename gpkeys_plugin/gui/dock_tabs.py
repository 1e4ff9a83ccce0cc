"""The tabs of the dock, in their order."""

from __future__ import annotations

from enum import IntEnum

from qgis.PyQt.QtWidgets import QWidget

from ..jobs.running.translate import tr
from .parts.help_button import help_of


class Tab(IntEnum):
    """The places of the tabs."""

    NEW_KEY = 0
    MY_KEYS = 1
    PERMISSIONS = 2
    REPAIR = 3


def tab_titles() -> tuple[tuple[str, str], ...]:
    """Return the title and the icon of each."""
    return (tr("New"), "add"), (tr("My keys"), "key"), (tr("Permissions"), "permission"), (tr("Repair"), "repair")


def help_page(shown: QWidget | None, place: int) -> str:
    """Return the help's page of what shows, else that of what its tab begins with, as while something runs."""
    return help_of(shown) or ("services", "my_keys", "permissions", "repair_project")[place]
