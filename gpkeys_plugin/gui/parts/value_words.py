"""Short words for the values the pages show."""

from __future__ import annotations

from datetime import datetime
from typing import Iterable

from qgis.PyQt.QtCore import QLocale

from ...entrepot.models import KeyType, Offering, OfferingType, Permission
from ...jobs.running.translate import counted, tr, written_day
from ...keys import last_day
from ...keys.draft import HashStorage
from ...keys.services.connection_plans import ConnectionKind, ServedLayer
from ...keys.services.titles import TitleBook

SOON_DAYS = 30


def offering_type(kind: OfferingType) -> str:
    """Return the short name of a diffusion type."""
    if kind is OfferingType.WMS_VECTOR:
        return tr("WMS vector")
    if kind is OfferingType.WMS_RASTER:
        return tr("WMS raster")
    if kind is OfferingType.VECTOR_TMS:
        return tr("Vector tiles")
    return _plain_offering_type(kind)


def _plain_offering_type(kind: OfferingType) -> str:
    if kind is OfferingType.WMTS_TMS:
        return "WMTS-TMS"
    if kind is OfferingType.DOWNLOAD:
        return tr("Download")
    if kind is OfferingType.ALTIMETRY:
        return tr("Altimetry")
    if kind is OfferingType.ITINERARY_ISOCURVE:
        return tr("Routes and isochrones")
    if kind is OfferingType.SEARCH:
        return tr("Search service")
    return "WFS" if kind is OfferingType.WFS else tr("Other service")


def connection_kind(kind: ConnectionKind) -> str:
    """Return what QGIS's Browser calls a kind of connection."""
    if kind is ConnectionKind.XYZ:
        return tr("XYZ tiles")
    if kind is ConnectionKind.VECTOR_TILES:
        return tr("Vector tiles")
    return kind.value


def connection(kind: ConnectionKind) -> str:
    """Return what a connection of a kind is called."""
    if kind is ConnectionKind.XYZ:
        return tr("XYZ tiles connection")
    if kind is ConnectionKind.VECTOR_TILES:
        return tr("Vector tiles connection")
    return tr("{kind} connection").format(kind=kind.value)


def service_without_connection(layer: ServedLayer) -> str:
    """Return what a service is called that QGIS has no connection for; unknown ones by their short name."""
    return service_called(layer.service, layer.endpoint)


def service_called(short_name: str, otherwise: str) -> str:
    """Return what people call a service without connection that has a short name of the API (`DOWNLOAD`)."""
    words = {
        "DOWNLOAD": tr("Download"),
        "ALTIMETRY": tr("Altimetry"),
        "ITINERARY": tr("Routes"),
        "ISOCURVE": tr("Isochrones"),
        "SEARCH": tr("Search service"),
    }
    return words.get(short_name, otherwise)


def key_type(kind: KeyType) -> str:
    """Return the name of a type of key, in the words of the web site."""
    if kind is KeyType.OAUTH2:
        return "OAuth2"
    return tr("unknown type") if kind is KeyType.UNKNOWN else kind.value


def local_date(moment: datetime) -> str:
    """Return the day of a moment that was, here, in the user's way of writing dates."""
    return written_day(moment.astimezone().date())


def end_date(end: datetime) -> str:
    """Return the last day of a permission, the same everywhere, in the user's way of writing dates."""
    return written_day(last_day.last_day(end))


def end(permission: Permission) -> str:
    """Return until when a permission holds."""
    if permission.end_date is None:
        return tr("no end date")
    return tr("until {date}").format(date=end_date(permission.end_date))


def days_left(permission: Permission, now: datetime) -> int | None:
    """Return the calendar days from today to a permission's last day; None when it never ends."""
    return None if permission.end_date is None else last_day.days_left(permission.end_date, now)


def expiry(permission: Permission, now: datetime) -> str:
    """Return a warning when a permission ends soon, else nothing."""
    left = days_left(permission, now)
    if left is None or left > SOON_DAYS or permission.end_date is None or permission.end_date <= now:
        return ""
    if left <= 0:
        return tr("expires today")
    date = end_date(permission.end_date)
    return counted("expires tomorrow", "expires in {count} days ({date})", left, date=date)


def services_ticked(count: int) -> str:
    """Return how many services are ticked."""
    if count == 0:
        return tr("No service ticked")
    return counted("1 service ticked", "{count} services ticked", count)


def services(count: int) -> str:
    """Return a number of services."""
    return counted("1 service", "{count} services", count)


def services_lost(count: int) -> str:
    """Return what is said of services that were ticked and are no longer open to the account."""
    return counted(
        "1 service you had ticked is no longer open to you.",
        "{count} services you had ticked are no longer open to you.",
        count,
    )


def keys_used(used: int | None, quota: int | None) -> str:
    """Return how many keys of the quota are used; nothing when that is not known."""
    if used is None:
        return ""
    if quota is None:
        return tr("{used} keys used").format(used=used)
    return tr("{used} of {quota} keys used").format(used=used, quota=quota)


def hash_place(storage: HashStorage) -> str:
    """Return where a hash goes."""
    return tr("In the URL of the connections") if storage is HashStorage.URL else tr("Encrypted, in a header")


def fixed(value: str) -> str:
    """Return what is said below a choice that an administrator has made."""
    return tr("Fixed by your administrator: {value}").format(value=value)


def requests(count: int) -> str:
    """Return a number of requests."""
    return counted("1 request", "{count} requests", count)


def number(count: int) -> str:
    """Return a number as people of the user's language write it."""
    return str(QLocale().toString(count))


def connections(count: int) -> str:
    """Return a number of connections."""
    return counted("1 connection", "{count} connections", count)


def configurations(count: int) -> str:
    """Return a number of authentication configurations."""
    return counted("1 authentication configuration", "{count} authentication configurations", count)


def layers(count: int) -> str:
    """Return a number of layers."""
    return counted("1 layer", "{count} layers", count)


def size(count: int) -> str:
    """Return a number of bytes in the unit that suits it, by thousands."""
    units = (tr("{size} B"), tr("{size} kB"), tr("{size} MB"), tr("{size} GB"), tr("{size} TB"))
    amount, power = float(count), 0
    while amount >= 1000 and power < len(units) - 1:
        amount, power = amount / 1000, power + 1
    digits = 0 if power == 0 or amount >= 100 else 1
    return units[power].format(size=QLocale().toString(amount, "f", digits))


def offerings_in_words(offerings: Iterable[Offering], titles: TitleBook) -> str:
    """Return offerings a line each: title, technical name, type."""
    return "\n".join(
        f"• {titles.known_as(offering.layer_name)} ({offering_type(offering.type)})" for offering in offerings
    )
