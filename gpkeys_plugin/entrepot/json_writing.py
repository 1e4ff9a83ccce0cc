"""Writing the API's JSON: models to bodies."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any, Sequence

from .models import Filters, KeyCreation, KeyType, KeyUpdate


def key_creation(creation: KeyCreation) -> dict[str, Any]:
    """Return the body of POST /users/me/keys; filters that are not set are left out."""
    return {
        "name": creation.name,
        "type": creation.type.value,
        "type_infos": _type_infos(creation),
        **_set_filters(creation.filters),
    }


def key_update(update: KeyUpdate) -> dict[str, Any]:
    """Return the body of PATCH /users/me/keys/{key}: what is not None, empty values included."""
    wanted = {
        "name": update.name,
        "whitelist": None if update.whitelist is None else list(update.whitelist),
        "blacklist": None if update.blacklist is None else list(update.blacklist),
        "user_agent": update.user_agent,
        "referer": update.referer,
    }
    return {name: value for name, value in wanted.items() if value is not None}


def access_creation(permission_id: str | None, offering_ids: Sequence[str]) -> dict[str, Any]:
    """Return the body of POST /users/me/keys/{key}/accesses; open offerings go without a permission."""
    body: dict[str, Any] = {"offerings": list(dict.fromkeys(offering_ids))}
    return body if permission_id is None else {"permission": permission_id, **body}


def write_time(moment: datetime) -> str:
    """Return a time as the API takes it: UTC, milliseconds, `Z`."""
    utc = moment.astimezone(timezone.utc)
    return f"{utc:%Y-%m-%dT%H:%M:%S}.{utc.microsecond // 1000:03d}Z"


def _type_infos(creation: KeyCreation) -> dict[str, str | None]:
    if creation.type is not KeyType.BASIC:
        return {}
    return {"login": creation.login, "password": creation.password}


def _set_filters(filters: Filters) -> dict[str, Any]:
    wanted = {
        "whitelist": list(filters.whitelist),
        "blacklist": list(filters.blacklist),
        "user_agent": filters.user_agent,
        "referer": filters.referer,
    }
    return {name: value for name, value in wanted.items() if value}
