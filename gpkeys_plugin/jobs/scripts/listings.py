"""Use cases for scripts: permissions, keys and consumption as rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Sequence

from ...entrepot.errors import ErrorCode, GpkeysError
from ...entrepot.models import Hits
from ...entrepot.translatable_text import Text
from ...keys.services import catalogue
from ...keys.upkeep import overview, usage
from ...keys.upkeep.overview import KeyOverview
from ..load_overviews import load_last_uses, load_overviews, unread_overviews
from . import report_values
from .script_context import Script

Row = dict[str, Any]

_USUAL_PERIOD = timedelta(days=30)


@dataclass(frozen=True)
class Listing:
    """Rows to be written down: `rows` as they are nested, `table` flat, for a CSV file."""

    rows: tuple[Row, ...]
    table: tuple[Row, ...]


@dataclass(frozen=True)
class Consumption:
    """Hits and bytes of a period, and its rows in order of time."""

    rows: tuple[Hits, ...]
    total: Hits


def list_permissions(script: Script, *, include_expired: bool) -> Listing:
    """Return the account's permissions with their offerings; those that have ended only when asked for."""
    now = script.now()
    found = [
        permission
        for permission in script.client().permissions()
        if include_expired or not catalogue.is_expired(permission, now)
    ]
    rows = tuple(report_values.permission(permission, now) for permission in found)
    lines = (line for permission in found for line in report_values.permission_lines(permission, now))
    return Listing(rows, tuple(lines))


def list_keys(
    script: Script, *, expiring_within_days: int | None, with_accesses: bool = True, with_last_use: bool = True
) -> Listing:
    """Return the account's keys; with a number of days, those of which a permission has ended or ends by then.

    What they open and when they were last used is a request a key each: what is not wanted is not read, but for what
    tells which keys end.
    """
    now, is_filtered = script.now(), expiring_within_days is not None
    rows: Sequence[KeyOverview] = unread_overviews(script.client().keys(), script.signed_in.api_url)
    reads_accesses = with_accesses or is_filtered
    is_use_read = with_last_use and reads_accesses and not is_filtered
    if reads_accesses:
        rows = _with_accesses(script, rows, with_last_use=is_use_read)
    if expiring_within_days is not None:
        rows = [row for row in rows if overview.ends_within(row, expiring_within_days, now)]
    if with_last_use and not is_use_read:
        rows = _with_last_use(script, rows)
    for row in rows:
        if row.problem is not None:
            values = {"name": row.key.name, "reason": row.problem.user}
            script.progress.warn(Text("The key “{name}” could not be read: {reason}", values))
    listed = tuple(report_values.overview(row, now) for row in rows)
    return Listing(listed, tuple(report_values.overview_line(row) for row in listed))


def _with_accesses(script: Script, rows: Sequence[KeyOverview], *, with_last_use: bool) -> list[KeyOverview]:
    """Return rows with what their keys open; both are asked for in one go where the last use is wanted of all."""
    keys = [row.key for row in rows]
    load_overviews(keys, script.signed_in, script.progress, with_last_use=with_last_use)
    # The last row of a key knows all that was read of it.
    latest: dict[str, KeyOverview] = {row.key.id: row for part in script.progress.parts for row in part}
    return [latest[key.id] for key in keys]


def _with_last_use(script: Script, rows: Sequence[KeyOverview]) -> list[KeyOverview]:
    """Return rows with the last use of their keys: of those that are not listed it is of no interest."""
    script.progress.parts.clear()
    load_last_uses([row.key for row in rows], script.signed_in, script.progress)
    uses = dict(use for part in script.progress.parts for use in part)
    return [replace(row, usage=uses.get(row.key.id)) for row in rows]


def key_stats(script: Script, wanted: str, start: datetime | None, end: datetime | None) -> Consumption:
    """Return what a key, or without one the account, consumed; the past 30 days unless told otherwise."""
    until = end or script.now()
    since = start or until - _USUAL_PERIOD
    if since >= until:
        raise GpkeysError(
            ErrorCode.INVALID, Text("The period ends before it begins."), "the period ends before it begins"
        )
    client = script.client()
    key = script.key(wanted) if wanted else None
    found = client.key_stats(key.id, since, until, details=True) if key else client.stats(since, until, details=True)
    rows = sorted(found.details, key=lambda row: (row.begin_date is None, row.begin_date))
    return Consumption(tuple(rows), found.total if found.total.hits else usage.total(rows))
