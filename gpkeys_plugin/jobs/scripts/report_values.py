"""What scripts read of keys and permissions: values of JSON, in the API's words, dates in UTC. No secret in it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Iterable

from ...entrepot.models import Access, Hits, Key, Offering, Permission
from ...entrepot.translatable_text import Text
from ...keys.services import connection_plans
from ...keys.services.catalogue import is_expired
from ...keys.services.connection_plans import ServedLayer
from ...keys.services.layer_recipes import LayerRecipe, WrittenConnection
from ...keys.upkeep import overview as overviews
from ...keys.upkeep.overview import KeyOverview
from ..running.translate import show
from ..values import ServiceVerdict

Json = dict[str, Any]


def time(moment: datetime | None) -> str | None:
    """Return a moment in ISO 8601, None for none."""
    return moment.isoformat() if moment is not None else None


def texts(found: Iterable[Text]) -> list[str]:
    """Return sentences in the user's language."""
    return [show(text) for text in found]


def offering(found: Offering | None) -> Json:
    """Return an offering; empty values for none."""
    known = (found.id, found.layer_name, found.type.value, found.status) if found else ("", "", "", "")
    return dict(zip(("id", "layer_name", "type", "status"), known))


def permission(found: Permission, now: datetime) -> Json:
    """Return a permission with its offerings; `is_community` is null where the platform does not tell."""
    return {**_permission(found, now), "offerings": [offering(one) for one in found.offerings]}


def permission_lines(found: Permission, now: datetime) -> list[Json]:
    """Return a permission as lines of a table, one an offering."""
    whole = {f"permission_{name}" if name == "id" else name: value for name, value in _permission(found, now).items()}
    return [{**whole, **_prefixed("offering", offering(one))} for one in found.offerings or (None,)]


def key(found: Key) -> Json:
    """Return a key in short form."""
    return {"id": found.id, "name": found.name, "type": found.type.value}


def overview(row: KeyOverview, now: datetime) -> Json:
    """Return a key as the list shows it; `accesses` is null where they could not be read."""
    return {
        **key(row.key),
        "creation": time(row.key.creation),
        "is_connected": row.is_connected,
        "first_end": time(overviews.first_end(row, now)),
        "last_use": time(row.last_use),
        "attention": [found.name for found in overviews.attentions(row, now)],
        "accesses": None if row.accesses is None else [access(one) for one in row.accesses],
    }


def overview_line(row: Json) -> Json:
    """Return a key of `overview` as a line of a table: several values in one stand apart by spaces."""
    layers = (one["offering"]["layer_name"] for one in row["accesses"] or ())
    return {**row, "attention": " ".join(row["attention"]), "accesses": " ".join(dict.fromkeys(layers))}


def access(found: Access) -> Json:
    """Return an access: the offering and the permission it is opened through."""
    through = found.permission
    return {
        "id": found.id,
        "offering": offering(found.offering),
        "permission_id": through.id if through else None,
        "end_date": time(through.end_date) if through else None,
    }


def connection(found: WrittenConnection) -> Json:
    """Return a connection as QGIS's Browser lists it."""
    return {"kind": found.kind.value, "name": found.name}


def recipe(found: LayerRecipe) -> Json:
    """Return a layer and the connection that lists it; `is_proposed` is false for a second way to the same data."""
    return {
        "title": found.title,
        "name": found.name,
        "connection": found.connection.name,
        "crs": found.crs,
        "is_proposed": found.is_proposed,
    }


def other_service(found: ServedLayer) -> Json:
    """Return a service that QGIS has no connection for."""
    return {"service": found.service, "name": found.name, "url": connection_plans.shown_url(found)}


def verdict(found: ServiceVerdict) -> Json:
    """Return the verdict on a service."""
    return {
        "service": found.service,
        "url": found.root,
        "verdict": found.verdict.name,
        "text": show(found.text),
        "advice": show(found.advice) if found.advice is not None else "",
        "missing": list(found.missing),
    }


def hits(found: Hits | None) -> Json | None:
    """Return consumption, None where it is not known."""
    return None if found is None else {"hits": found.hits, "bytes": found.data_transfer}


def _permission(found: Permission, now: datetime) -> Json:
    return {
        "id": found.id,
        "licence": found.licence,
        "end_date": time(found.end_date),
        "is_expired": is_expired(found, now),
        "only_oauth": found.only_oauth,
        "is_community": found.is_community,
    }


def _prefixed(prefix: str, values: Json) -> Json:
    return {f"{prefix}_{name}": value for name, value in values.items()}
