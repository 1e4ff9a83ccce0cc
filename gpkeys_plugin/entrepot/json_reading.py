"""Reading the API's JSON: bodies to models.

Readers survive missing optional properties, `null`, unknown properties and unknown enumeration values. They raise
`UnreadableError` when what makes the thing what it is (its identifier, its shape) is not there. In a list, only
the item that cannot be read is left out: one that is broken must not hide the others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from enum import Enum
from typing import Any, Callable, Iterator, Mapping, Sequence, TypeVar, Union

from .models import (
    Access,
    Account,
    Community,
    EndpointUrl,
    Filters,
    Hits,
    HitStatistics,
    Key,
    KeyDetails,
    KeyType,
    Offering,
    OfferingType,
    Permission,
)

T = TypeVar("T")
E = TypeVar("E", bound=Enum)

_TIME = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)(?:[Tt ](?P<clock>\d\d:\d\d(?::\d\d)?)(?:[.,](?P<fraction>\d+))?)?"
    r"\s*(?:[Zz]|(?P<sign>[+-])(?P<hours>\d\d):?(?P<minutes>\d\d))?"
)
# JSON may hold half of a surrogate pair: no file can be written with it, and no text of Qt's made of it.
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")

LeftOut = Callable[[str], None]
"""Called with the reason, which quotes no value, for each item of a list that cannot be read."""


def _unheard(_reason: str) -> None:
    """Tell nobody."""


class UnreadableError(ValueError):
    """A body that is not what the API announces. Its text names what is missing, never a value."""


@dataclass(frozen=True)
class Unread:
    """An item of a list that cannot be read: the reason, which quotes no value, its place from 0 on and its page."""

    reason: str
    place: int
    page: int = 1


Read = Union[T, Unread]


def read_account(body: object) -> Account:
    """Read GET /users/me."""
    data = _object(body, "account")
    return Account(
        id=_id(data, "account"),
        email=_text(data.get("email")),
        first_name=_text(data.get("first_name")),
        last_name=_text(data.get("last_name")),
        keys_quota=_integer(data.get("keys_quota")),
        keys_use=_integer(data.get("keys_use")),
        communities=tuple(_communities(data.get("communities_member"))),
    )


def read_permission(body: object, left_out: LeftOut = _unheard) -> Permission:
    """Read a permission: its detail, one of the list, or one embedded in an access."""
    data = _object(body, "permission")
    return Permission(
        id=_id(data, "permission"),
        licence=_text(data.get("licence")),
        end_date=read_time(data.get("end_date")),
        only_oauth=data.get("only_oauth") is True,
        offerings=_several(read_offering, data.get("offerings"), left_out),
    )


def read_permission_detail(body: object, left_out: LeftOut = _unheard) -> Permission:
    """Read GET /users/me/permissions/{permission}: an object, or an array of one as the tutorial prints it."""
    return read_permission(body[0] if isinstance(body, list) and body else body, left_out)


def read_offering(body: object) -> Offering:
    """Read an offering as permissions and accesses embed it."""
    data = _object(body, "offering")
    return Offering(
        id=_id(data, "offering"),
        type=_member(OfferingType, data.get("type"), OfferingType.UNKNOWN),
        layer_name=_text(data.get("layer_name")),
        status=_text(data.get("status")),
        is_open=data.get("open") is True,
        is_available=data.get("available") is not False,
        urls=_several(_endpoint_url, _mappings(data.get("urls"))),
    )


def read_key(body: object) -> Key:
    """Read a key's short form."""
    data = _object(body, "key")
    return Key(
        id=_id(data, "key"),
        name=_text(data.get("name")),
        type=_member(KeyType, data.get("type"), KeyType.UNKNOWN),
        creation=read_time(data.get("creation")),
        update=read_time(data.get("update")),
    )


def read_key_details(body: object) -> KeyDetails:
    """Read a key's detail. The digest that stands for a BASIC password is left out."""
    data = _object(body, "key")
    infos = data.get("type_infos")
    infos = infos if isinstance(infos, Mapping) else {}
    return KeyDetails(
        key=read_key(data),
        filters=_filters(data),
        login=_text(infos.get("login")) or None,
        hash=_text(infos.get("hash")) or None,
    )


def read_access(body: object, left_out: LeftOut = _unheard) -> Access:
    """Read an access, with or without its key embedded."""
    data = _object(body, "access")
    permission = data.get("permission")
    return Access(
        id=_id(data, "access"),
        offering=read_offering(data.get("offering")),
        permission=read_permission(permission, left_out) if permission else None,
    )


def read_hits(body: object) -> Hits:
    """Read one line of statistics."""
    data = _object(body, "line of statistics")
    return Hits(
        hits=_integer(data.get("hits")) or 0,
        data_transfer=_integer(data.get("data_transfer")) or 0,
        begin_date=read_time(data.get("begin_date")),
        end_date=read_time(data.get("end_date")),
    )


def read_statistics(body: object) -> HitStatistics:
    """Read statistics, or one page of them."""
    total, lines = read_statistics_page(body)
    return HitStatistics(total, known(lines))


def read_statistics_page(body: object) -> tuple[Hits, tuple[Read[Hits], ...]]:
    """Read one page of statistics: the total, and each line or why it cannot be read."""
    data = _object(body, "statistics")
    total, details = data.get("total"), data.get("details")
    lines = read_items(read_hits, details) if isinstance(details, list) else ()
    return (read_hits(total) if isinstance(total, Mapping) else Hits()), lines


def read_items(read: Callable[[object], T], body: object) -> tuple[Read[T], ...]:
    """Read an array: each item with `read`, or why it cannot be read."""
    if not isinstance(body, list):
        raise UnreadableError("no array where a list was expected")
    return tuple(_read_or_not(read, item, place) for place, item in enumerate(body))


def known(items: Sequence[Read[T]]) -> tuple[T, ...]:
    """Return the items that could be read."""
    return tuple(item for item in items if not isinstance(item, Unread))


def _read_or_not(read: Callable[[object], T], item: object, place: int) -> Read[T]:
    try:
        return read(item)
    except UnreadableError as error:
        return Unread(str(error), place)


def read_time(value: object) -> datetime | None:
    """Read a date as an aware UTC time, with or without time of day, fraction and zone; None when it is no date."""
    found = _TIME.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        return None
    clock = found["clock"] or "00:00"
    fraction = (found["fraction"] or "")[:6].ljust(6, "0")
    try:
        local = datetime.fromisoformat(f"{found['day']}T{clock if len(clock) > 5 else clock + ':00'}.{fraction}+00:00")
        return (local - _offset(found)).astimezone(timezone.utc)
    except (ValueError, OverflowError):
        return None


def _offset(found: re.Match[str]) -> timedelta:
    if not found["sign"]:
        return timedelta()
    size = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"]))
    return -size if found["sign"] == "-" else size


def _communities(members: object) -> Iterator[Community]:
    for member in _mappings(members):
        community = member.get("community")
        if isinstance(community, Mapping) and _text(community.get("_id")):
            name, technical_name = _text(community.get("name")), _text(community.get("technical_name"))
            yield Community(_text(community.get("_id")), name, technical_name)


def _endpoint_url(body: object) -> EndpointUrl:
    data = _object(body, "url")
    return EndpointUrl(_text(data.get("type")), _text(data.get("url")))


def _filters(data: Mapping[str, Any]) -> Filters:
    return Filters(
        whitelist=_texts(data.get("whitelist")),
        blacklist=_texts(data.get("blacklist")),
        user_agent=_text(data.get("user_agent")) or None,
        referer=_text(data.get("referer")) or None,
    )


def _object(body: object, what: str) -> Mapping[str, Any]:
    if not isinstance(body, Mapping):
        raise UnreadableError(f"no object where the {what} was expected")
    return body


def _id(data: Mapping[str, Any], what: str) -> str:
    found = _text(data.get("_id"))
    if not found:
        raise UnreadableError(f"{what} without identifier")
    return found


def _several(read: Callable[[object], T], value: object, left_out: LeftOut = _unheard) -> tuple[T, ...]:
    items = read_items(read, value) if isinstance(value, list) else ()
    for item in items:
        if isinstance(item, Unread):
            left_out(item.reason)
    return known(items)


def _mappings(value: object) -> list[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def _text(value: object) -> str:
    return _HALF_CHARACTER.sub("\ufffd", value) if isinstance(value, str) else ""


def _texts(value: object) -> tuple[str, ...]:
    return tuple(_text(item) for item in value if isinstance(item, str)) if isinstance(value, list) else ()


def _integer(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    try:
        return int(value)
    except (ValueError, OverflowError):
        return None


def _member(kind: type[E], value: object, otherwise: E) -> E:
    try:
        return kind(value)
    except ValueError:
        return otherwise
