"""Paging, parameters and text filters of the simulated Entrepôt API."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime, timezone
from typing import TypeVar

from flask import Response, jsonify, request

from tests.simulator.api.errors import bad_request
from tests.simulator.memory.switches import Switches

DEFAULT_LIMIT = 10
_MOST_DIGITS = 18
Row = TypeVar("Row")


def page_response(rows: Sequence[Row], body: Callable[[Row], object], options: Switches) -> Response:
    """One page of rows with its `Content-Range`."""
    page, content_range = page_of(rows, options)
    response = jsonify([body(row) for row in page])
    if options.content_range:
        response.headers["Content-Range"] = content_range
    return response


def page_of(rows: Sequence[Row], options: Switches) -> tuple[Sequence[Row], str]:
    """The rows of the asked page, and `<first>-<last>/<total>`."""
    number = _whole_number("page", 1)
    limit = _limit(options)
    first = (number - 1) * limit
    page = rows[first : first + limit]
    if not page:
        return page, f"0-0/{len(rows)}"
    return page, f"{first + 1}-{first + len(page)}/{len(rows)}"


def _limit(options: Switches) -> int:
    limit = _whole_number("limit", min(DEFAULT_LIMIT, options.page_limit_max))
    if limit > options.page_limit_max:
        if options.page_limit_excess == "400":
            raise bad_request(f"Le paramètre limit ne peut pas dépasser {options.page_limit_max}")
        return options.page_limit_max
    return limit


def _whole_number(name: str, default: int) -> int:
    text = request.args.get(name)
    if text is None:
        return default
    if not re.fullmatch(r"[0-9]+", text) or not text.strip("0"):
        raise bad_request(f"Le paramètre {name} doit être un entier supérieur ou égal à 1")
    digits = text.lstrip("0")
    # Python refuses to read thousands of digits, and past this there is no page anyway.
    return int(digits) if len(digits) <= _MOST_DIGITS else 10**_MOST_DIGITS


def flag(name: str) -> bool | None:
    """A parameter that is `true` or `false`; None when it is not there."""
    text = request.args.get(name)
    if text is None:
        return None
    if text.lower() not in ("true", "false"):
        raise bad_request(f"Le paramètre {name} doit être true ou false")
    return text.lower() == "true"


def one_of(name: str, allowed: Sequence[str]) -> str | None:
    """A parameter out of a few words; None when it is not there."""
    text = request.args.get(name)
    if text is not None and text not in allowed:
        raise bad_request(f"Le paramètre {name} doit être l'une des valeurs {', '.join(allowed)}")
    return text


def instant(name: str) -> datetime | None:
    """A parameter that is a date with its time; None when it is not there."""
    text = request.args.get(name)
    if text is None:
        return None
    # A `+` of the zone that was not encoded arrives as a blank.
    match = _INSTANT.fullmatch(text.strip().replace(" ", "+"))
    try:
        if match is None:
            raise ValueError
        fraction = (match["fraction"] or "0")[:6].ljust(6, "0")
        zone = "+00:00" if match["zone"] in ("Z", "z") else match["zone"]
        return datetime.fromisoformat(f"{match['day']}T{match['time']}.{fraction}{zone}").astimezone(timezone.utc)
    except (ValueError, OverflowError):
        raise bad_request(f"Le paramètre {name} doit être une date (exemple : 2026-08-01T00:00:00.000Z)") from None


_INSTANT = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})[Tt](?P<time>\d{2}:\d{2}:\d{2})(\.(?P<fraction>\d+))?(?P<zone>[Zz]|[+-]\d{2}:\d{2})"
)


def text_filter(*names: str) -> Callable[[str | None], bool]:
    """A test from a parameter (under one of its names) where `%` stands for any run of characters; case is ignored."""
    pattern = next((request.args[name] for name in names if name in request.args), None)
    if pattern is None:
        return lambda _text: True
    expression = re.compile(".*".join(re.escape(part) for part in pattern.split("%")), re.IGNORECASE | re.DOTALL)
    return lambda text: text is not None and expression.fullmatch(text) is not None
