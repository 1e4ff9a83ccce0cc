"""What a row of the list of keys shows, worked out from what was read of the key."""

from __future__ import annotations

from datetime import datetime

from ...entrepot.models import KeyType
from ...jobs.running.translate import counted, show, tr
from ...keys.last_day import days_left
from ...keys.services.titles import NO_TITLES, TitleBook
from ...keys.upkeep.overview import (
    USAGE_PERIOD,
    Attention,
    KeyOverview,
    attentions,
    expired_accesses,
    first_end,
)
from ..parts import value_words
from ..parts.row_content import Row, hint
from ..parts.theme import Level

ROTATABLE = (KeyType.BASIC, KeyType.HASH)
_MOST_NAMED = 12
_URGENT = frozenset({Attention.UNREADABLE, Attention.EXPIRED_ACCESSES, Attention.ENDS_WITHIN_1_DAY})


def key_row(row: KeyOverview, now: datetime, titles: TitleBook = NO_TITLES) -> Row:
    """Return the row of a key."""
    return Row(
        title=row.key.name or tr("Key without a name"),
        badges=(value_words.key_type(row.key.type),),
        details=_services(row, titles),
        is_heading=True,
        more=_state(row, now),
        foot=_facts(row, now),
    )


def key_hint(row: KeyOverview, now: datetime, titles: TitleBook) -> str:
    """Return the tooltip of a key: its row, then the services it opens, as far as there is room."""
    names = list(dict.fromkeys(titles.known_as(access.offering.layer_name) for access in row.accesses or ()))
    rest = ["…"] if len(names) > _MOST_NAMED else []
    return hint((key_row(row, now, titles).sentence, *names[:_MOST_NAMED], *rest))


def attention_in_words(attention: Attention, row: KeyOverview, now: datetime) -> str:
    """Return what calls for attention, in a few words."""
    if attention is Attention.UNREADABLE:
        return show(row.problem.user) if row.problem is not None else ""
    if attention is Attention.EXPIRED_ACCESSES:
        count = len(expired_accesses(row.accesses or (), now))
        return counted("1 expired access", "{count} expired accesses", count)
    if attention is Attention.NO_ACCESS:
        return tr("opens no service")
    if attention is Attention.UNUSED:
        return tr("unused for 90 days")
    return _ends(row, now)


def level_of(attention: Attention) -> Level:
    """Return how serious it is."""
    return Level.ERROR if attention in _URGENT else Level.WARNING


def _services(row: KeyOverview, titles: TitleBook) -> str:
    if row.accesses is None:
        return "" if row.problem is not None else tr("reading…")
    types = ", ".join(value_words.offering_type(kind) for kind in row.offering_types)
    if not row.accesses:
        return ""
    title = titles.title(row.accesses[0].offering.layer_name) if len(row.accesses) == 1 else ""
    count = title or value_words.services(len(row.accesses))
    return f"{count} · {types}" if types else count


def _state(row: KeyOverview, now: datetime) -> tuple[tuple[str, Level | None], ...]:
    connected: tuple[tuple[str, Level | None], ...] = ((f"✔ {tr('in QGIS')}", Level.GOOD),) if row.is_connected else ()
    found = attentions(row, now)
    if found:
        return ((f"▲ {attention_in_words(found[0], row, now)}", level_of(found[0])), *connected)
    return connected


def _facts(row: KeyOverview, now: datetime) -> str:
    """Return until when it opens something and when it was used, unless that is what calls for attention."""
    parts = []
    end = first_end(row, now)
    if end is not None:
        parts.append(tr("until {date}").format(date=value_words.end_date(end)))
    if Attention.UNUSED not in attentions(row, now)[:1]:
        parts += _use(row, now)
    return " · ".join(parts)


def _use(row: KeyOverview, now: datetime) -> list[str]:
    """Return when a key was last used; where it was not, since when it could have been."""
    if row.usage is None:
        return []
    if row.last_use is not None:
        return [tr("used on {date}").format(date=value_words.local_date(row.last_use))]
    if row.key.creation is None:
        return [tr("not used in 12 months")]
    if row.key.creation < now - USAGE_PERIOD:
        return [tr("not used for a year")]
    return [tr("not used yet, made on {date}").format(date=value_words.local_date(row.key.creation))]


def _ends(row: KeyOverview, now: datetime) -> str:
    end = first_end(row, now)
    left = days_left(end, now) if end is not None else 0
    if left <= 0:
        return tr("expires today")
    return counted("expires tomorrow", "expires in {count} days", left)
