"""The parameters that several algorithms share, and how their values are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import (
    QgsProcessingParameterAuthConfig,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
)
from qgis.PyQt.QtCore import QDateTime

from ..jobs.running.translate import tr
from .choices import HASH_STORAGES

if TYPE_CHECKING:
    from datetime import datetime

    from ..keys.draft import HashStorage

ADD_OFFERINGS = "ADD_OFFERINGS"
AUTHCFG = "AUTHCFG"
BLACKLIST = "BLACKLIST"
CAUSES = "CAUSES"
CONNECT = "CONNECT"
CREDENTIALS = "CREDENTIALS"
END = "END"
EXPIRING_WITHIN_DAYS = "EXPIRING_WITHIN_DAYS"
HASH_STORAGE = "HASH_STORAGE"
INCLUDE_ACCESSES = "INCLUDE_ACCESSES"
INCLUDE_EXPIRED = "INCLUDE_EXPIRED"
INCLUDE_LAST_USE = "INCLUDE_LAST_USE"
INPUT = "INPUT"
KEY = "KEY"
LOGIN = "LOGIN"
NAME = "NAME"
OFFERINGS = "OFFERINGS"
OUTPUT = "OUTPUT"
REFERER = "REFERER"
REMOVE_FROM_QGIS = "REMOVE_FROM_QGIS"
REMOVE_OFFERINGS = "REMOVE_OFFERINGS"
START = "START"
TYPE = "TYPE"
USER_AGENT = "USER_AGENT"
WHITELIST = "WHITELIST"

# A text field of a dialog is never without a value: this one stands for "leave it as it is", in either language, since
# a model may be made in one and run in the other.
_UNCHANGED = ("(unchanged)", "(inchangé)")


def authcfg() -> QgsProcessingParameterDefinition:
    """Return the parameter for the configuration to sign in with."""
    found = QgsProcessingParameterAuthConfig(AUTHCFG, tr("Sign-in (by default that of the panel)"), optional=True)
    return advanced(found)


def key(*, optional: bool = False) -> QgsProcessingParameterDefinition:
    """Return the parameter for a key."""
    return chosen(QgsProcessingParameterString(KEY, tr("Access key (id or name)"), optional=optional), "keys")


def services(name: str, description: str, *, optional: bool) -> QgsProcessingParameterDefinition:
    """Return the parameter for services, by ids or layer names, separated by commas."""
    return chosen(QgsProcessingParameterString(name, description, optional=optional), "services")


def chosen(found: QgsProcessingParameterDefinition, what: str) -> QgsProcessingParameterDefinition:
    """Return the parameter with a list to choose from in dialogs: `KEYS` or `SERVICES` of `browser/typed_choice.py`.

    Named, not imported: Processing does that when a dialog is opened, and never in a process without a window.
    """
    package = __name__.partition(".")[0]
    found.setMetadata({"widget_wrapper": {"class": f"{package}.gui.browser.typed_choice.TypedChoice", "what": what}})
    return found


def credentials(description: str) -> QgsProcessingParameterDefinition:
    """Return the parameter for a Basic configuration: the one way to hand over a password."""
    return QgsProcessingParameterAuthConfig(CREDENTIALS, description, optional=True)


def hash_storage() -> QgsProcessingParameterDefinition:
    """Return the parameter for the place of a hash."""
    return QgsProcessingParameterEnum(
        HASH_STORAGE,
        tr("HASH: kept in the URL (URL) or sent as a header (HEADER)"),
        options=list(HASH_STORAGES),
        usesStaticStrings=True,
        optional=True,
    )


def files(description: str, *, optional: bool) -> QgsProcessingParameterDefinition:
    """Return the parameter for a file or a folder: a text, since QGIS's own take the one or the other."""
    return QgsProcessingParameterString(INPUT, description, optional=optional)


def text(name: str, description: str) -> QgsProcessingParameterDefinition:
    """Return an optional text that is empty unless given."""
    return QgsProcessingParameterString(name, description, optional=True)


def change(name: str, description: str) -> QgsProcessingParameterDefinition:
    """Return an optional text that leaves things as they are unless given, and clears them when empty."""
    return QgsProcessingParameterString(name, description, defaultValue=tr("(unchanged)"), optional=True)


def report_file() -> QgsProcessingParameterDefinition:
    """Return the parameter for the file of a report."""
    return QgsProcessingParameterFileDestination(
        OUTPUT, tr("Report"), fileFilter="JSON (*.json)", optional=True, createByDefault=False
    )


def listing_file(description: str) -> QgsProcessingParameterDefinition:
    """Return the parameter for the file of a listing: its ending chooses the format."""
    return QgsProcessingParameterFileDestination(
        OUTPUT, description, fileFilter="JSON (*.json);;CSV (*.csv)", optional=True, createByDefault=True
    )


def advanced(found: QgsProcessingParameterDefinition) -> QgsProcessingParameterDefinition:
    """Return the parameter, folded away in dialogs."""
    found.setFlags(found.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
    return found


def storage_of(word: str) -> HashStorage | None:
    """Return the storage a word means, None for none."""
    # Imported here: QGIS starts without what algorithms run on.
    from ..keys.draft import HashStorage

    return HashStorage(word) if word else None


def changed_text(value: str) -> str | None:
    """Return the value of a `change` parameter, None where it leaves things as they are."""
    return None if value.strip() in (*_UNCHANGED, tr("(unchanged)")) else value


def changed_ranges(value: str) -> tuple[str, ...] | None:
    """Return the ranges of a `change` parameter, none of them to clear, None where it leaves things as they are."""
    # Imported here: QGIS starts without what algorithms run on.
    from ..keys.upkeep import named_in_scripts

    found = changed_text(value)
    return None if found is None else named_in_scripts.entries(found)


def utc(value: QDateTime) -> datetime | None:
    """Return a moment as aware UTC time, None where there is none."""
    # Imported here: QGIS starts without it.
    from datetime import datetime, timezone

    if not value.isValid():
        return None
    return datetime.fromtimestamp(value.toMSecsSinceEpoch() / 1000, timezone.utc)
