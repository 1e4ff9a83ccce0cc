"""What the key page says in words: what the key is, filters, accesses, and what calls for attention."""

from __future__ import annotations

from datetime import datetime

from ...entrepot.models import Access, Filters
from ...jobs.running.translate import counted, tr
from ...jobs.values import KeyPage
from ...keys.last_day import days_left
from ...keys.rules import header_patterns
from ...keys.services.catalogue import is_expired
from ...keys.services.titles import TitleBook
from ...keys.upkeep.overview import Attention, KeyOverview, expired_accesses, first_end
from ..parts import value_words


def kind_in_words(page: KeyPage) -> str:
    """Return what a key is, whose it is, and when it was made and used."""
    details = page.details
    parts = [tr("{type} key").format(type=value_words.key_type(details.key.type))]
    if details.login:
        parts.append(tr("user name {login}").format(login=details.login))
    if details.key.creation is not None:
        parts.append(tr("made on {date}").format(date=value_words.local_date(details.key.creation)))
    if page.usage is not None and page.usage.last_use is not None:
        parts.append(tr("used on {date}").format(date=value_words.local_date(page.usage.last_use)))
    return " · ".join(parts)


def act_hints() -> dict[str, str]:
    """Return what the acts do whose names do not say it, by the object names of their buttons."""
    return {
        "editKeyButton": tr("Its name, its services and who may use it."),
        "testKeyButton": tr("Asks each of its services with what QGIS holds for it."),
        "rotateKeyButton": tr("A new key takes its place; the old one works until you delete it."),
        "shareKeyButton": tr("Share a project that uses this key"),
        "deleteKeyButton": tr("Shows first what will stop working, then asks."),
    }


def attention_in_a_sentence(attention: Attention, row: KeyOverview, now: datetime) -> str:
    """Return what calls for attention, as the page of the key says it."""
    if attention is Attention.EXPIRED_ACCESSES:
        count = len(expired_accesses(row.accesses or (), now))
        return counted(
            "One access of this key has ended: its service no longer opens.",
            "{count} accesses of this key have ended: their services no longer open.",
            count,
        )
    if attention is Attention.NO_ACCESS:
        return tr("This key opens no service yet.")
    end = first_end(row, now)
    left = days_left(end, now) if end is not None else 0
    if left <= 0:
        return tr("A permission of this key ends today.")
    return counted("A permission of this key ends tomorrow.", "A permission of this key ends in {count} days.", left)


def filters_in_words(filters: Filters) -> str:
    """Return the filters of a key, a line each."""
    lines = []
    if filters.whitelist:
        lines.append(tr("Only from these addresses: {ranges}").format(ranges=", ".join(filters.whitelist)))
    if filters.blacklist:
        lines.append(tr("Not from these addresses: {ranges}").format(ranges=", ".join(filters.blacklist)))
    if filters.user_agent:
        lines.append(tr("User-Agent: {filter}").format(filter=_pattern_in_words(filters.user_agent)))
    if filters.referer:
        lines.append(tr("Referer: {filter}").format(filter=_pattern_in_words(filters.referer)))
    return "\n".join(lines) or tr("None: the key works from everywhere.")


def accesses_in_words(accesses: tuple[Access, ...], now: datetime, titles: TitleBook) -> list[tuple[str, str, bool]]:
    """Return the accesses by permission: its licence, its end and layers, and whether it has ended."""
    groups: dict[str, list[Access]] = {}
    for access in accesses:
        groups.setdefault(access.permission.id if access.permission is not None else "", []).append(access)
    return [_group(group, now, titles) for group in groups.values()]


def _group(group: list[Access], now: datetime, titles: TitleBook) -> tuple[str, str, bool]:
    layers = value_words.offerings_in_words((access.offering for access in group), titles)
    permission = group[0].permission
    if permission is None:
        return tr("Services that need no permission"), layers, False
    has_ended = is_expired(permission, now)
    end = value_words.end(permission)
    if has_ended and permission.end_date is not None:
        end = tr("expired on {date}").format(date=value_words.end_date(permission.end_date))
    title = permission.licence or tr("Permission without a name")
    return f"{title} – {end}", layers, has_ended


def _pattern_in_words(pattern: str) -> str:
    text = header_patterns.plain_text(pattern)
    if text is None:
        return tr("pattern {pattern}").format(pattern=pattern)
    return tr("contains “{text}”").format(text=text)
