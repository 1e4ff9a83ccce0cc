"""What saving an edit will change, in words: old, then new."""

from __future__ import annotations

from typing import Iterable, Sequence

from ....entrepot.models import Filters, KeyDetails, KeyUpdate, Offering
from ....jobs.running.translate import counted, tr
from ....keys.rules import header_patterns
from ....keys.services.catalogue import Catalogue
from ....keys.services.titles import TitleBook
from ....keys.upkeep.key_edits import KeyDifference
from ...parts import value_words

_MOST_NAMED = 20


def difference_in_words(
    wanted: KeyDifference, details: KeyDetails, catalogue: Catalogue, titles: TitleBook
) -> tuple[str, ...]:
    """Return what will be sent, a paragraph a change: the services by their names, all else as it was and will be."""
    lines = []
    added = [offering_id for step in wanted.additions for offering_id in step.offering_ids]
    if wanted.update.name is not None:
        lines.append(_change(tr("Name"), details.key.name, wanted.update.name))
    if added:
        title = tr("To be opened: {services}").format(services=value_words.services(len(added)))
        lines.append(_named(title, _offerings(added[:_MOST_NAMED], catalogue), len(added), titles))
    if wanted.removals:
        title = tr("To be closed: {services}").format(services=value_words.services(len(wanted.removals)))
        named = [access.offering for access in wanted.removals[:_MOST_NAMED]]
        lines.append(_named(title, named, len(wanted.removals), titles))
    return (*lines, *_filters(wanted.update, details.filters))


def _named(title: str, offerings: Sequence[Offering], count: int, titles: TitleBook) -> str:
    more = count - len(offerings)
    rest = [counted("… and 1 more", "… and {count} more", more)] if more else []
    return "\n".join((title, value_words.offerings_in_words(offerings, titles), *rest))


def _offerings(ids: Iterable[str], catalogue: Catalogue) -> list[Offering]:
    """Return offerings by their ids; an account may have a hundred thousand of them, and no book of all."""
    wanted = dict.fromkeys(ids)
    groups = {id(group): group for group in map(catalogue.homes.get, wanted) if group is not None}
    found = {one.id: one for group in groups.values() for one in group.rows.offerings if one.id in wanted}
    return [found[offering_id] for offering_id in wanted if offering_id in found]


def _filters(update: KeyUpdate, filters: Filters) -> list[str]:
    lists = (
        (tr("Only from these addresses"), filters.whitelist, update.whitelist),
        (tr("Not from these addresses"), filters.blacklist, update.blacklist),
    )
    patterns = (
        (tr("The User-Agent contains"), filters.user_agent, update.user_agent),
        (tr("The Referer contains"), filters.referer, update.referer),
    )
    lines = [_change(title, ", ".join(old), ", ".join(new)) for title, old, new in lists if new is not None]
    return lines + [_change(title, _plain(old), _plain(new)) for title, old, new in patterns if new is not None]


def _plain(pattern: str | None) -> str:
    text = header_patterns.plain_text(pattern or "")
    return (pattern or "") if text is None else text


def _change(title: str, old: str, new: str) -> str:
    nothing = tr("nothing")
    return tr("{title}: {old} → {new}").format(title=title, old=old or nothing, new=new or nothing)
