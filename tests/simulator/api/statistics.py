"""Statistics: what the gateway served, by account, permission, key and access."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from flask import Blueprint, Response, jsonify

from tests.simulator.api.answer_bodies import Json
from tests.simulator.api.paging import flag, instant, page_of
from tests.simulator.api.route_context import RouteContext
from tests.simulator.memory.records import HitRecord

_SHORT_PERIOD = timedelta(days=1)
_STEP = timedelta(minutes=5)


def add_routes(routes: Blueprint, context: RouteContext) -> None:
    """The four statistics routes."""
    me = "/users/me"
    key = f"{me}/keys/<key_id>"
    routes.add_url_rule(f"{me}/stats", "stats", lambda: _answer(context, lambda _hit: True))
    routes.add_url_rule(
        f"{me}/permissions/<permission_id>/stats",
        "permission_stats",
        lambda permission_id: _of_permission(context, permission_id),
    )
    routes.add_url_rule(f"{key}/stats", "key_stats", lambda key_id: _of_key(context, key_id))
    routes.add_url_rule(
        f"{key}/accesses/<access_id>/stats",
        "access_stats",
        lambda key_id, access_id: _of_access(context, key_id, access_id),
    )


def _of_permission(context: RouteContext, permission_id: str) -> Response:
    permission = context.permission(permission_id)
    return _answer(context, lambda hit: hit.permission_id == permission.id)


def _of_key(context: RouteContext, key_id: str) -> Response:
    key = context.key(key_id)
    return _answer(context, lambda hit: hit.key_id == key.id)


def _of_access(context: RouteContext, key_id: str, access_id: str) -> Response:
    access = context.access(key_id, access_id)
    return _answer(context, lambda hit: hit.access_id == access.id)


def _answer(context: RouteContext, is_wanted: Callable[[HitRecord], bool]) -> Response:
    start, end, has_details = instant("start"), instant("end"), flag("details")
    hits = [
        hit
        for hit in context.state.hits()
        if hit.username == context.account.username and is_wanted(hit) and _is_within(hit.moment, start, end)
    ]
    body: Json = {"total": _row(hits)}
    rows, content_range = page_of(_rows(hits, start, end), context.state.options)
    if has_details:
        body["details"] = rows
    response = jsonify(body)
    if has_details and context.state.options.stats_content_range:
        response.headers["Content-Range"] = content_range
    return response


def _is_within(moment: datetime, start: datetime | None, end: datetime | None) -> bool:
    return (start is None or moment >= start) and (end is None or moment <= end)


def _rows(hits: list[HitRecord], start: datetime | None, end: datetime | None) -> list[Json]:
    """One row an interval that has hits: five minutes over a day, else a day."""
    is_short = start is not None and end is not None and end - start <= _SHORT_PERIOD
    interval: Callable[[HitRecord], Any] = _five_minutes if is_short else _day
    return [_row(list(group)) for _, group in groupby(hits, interval)]


def _day(hit: HitRecord) -> Any:
    return hit.moment.date()


def _five_minutes(hit: HitRecord) -> Any:
    return int(hit.moment.timestamp() // _STEP.total_seconds())


def _row(hits: list[HitRecord]) -> Json:
    """Sum of hits; without any there are no dates."""
    body: Json = {"data_transfer": sum(hit.size for hit in hits), "hits": len(hits)}
    if hits:
        body |= {"begin_date": _milliseconds(hits[0].moment), "end_date": _milliseconds(hits[-1].moment)}
    return body


def _milliseconds(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
