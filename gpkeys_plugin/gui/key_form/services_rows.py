"""What a row of the services tree shows, worked out from the catalogue."""

from __future__ import annotations

import textwrap
from datetime import datetime

from ...entrepot.models import Permission
from ...jobs.running.translate import show, tr
from ...keys.services.catalogue import Choice, Group, is_expired
from ...keys.services.titles import NO_TITLES, TitleBook
from ..parts import value_words
from ..parts.row_content import Row, hint

_LONGEST_DESCRIPTION = 240


def group_row(permission: Permission, count: int, now: datetime, *, is_muted: bool = False) -> Row:
    """Return the row of a permission with so many services."""
    warning = value_words.expiry(permission, now)
    end = "" if warning else end_in_words(permission, now)
    parts = (end, owner(permission.is_community), value_words.services(count))
    return Row(
        title=_title(permission),
        badges=(tr("OAuth2 only"),) if permission.only_oauth else (),
        warning=warning,
        details=" · ".join(part for part in parts if part),
        is_heading=True,
        is_muted=is_muted,
    )


def choice_row(
    choice: Choice, home: Group, now: datetime, titles: TitleBook = NO_TITLES, *, is_folded: bool = False
) -> Row:
    """Return the row of an offering, as it would be opened now; `home` is the group it stands in.

    `is_folded`: it stands among what has expired.
    """
    moved = choice.permission.id != home.permission.id
    badges = [value_words.offering_type(choice.offering.type)]
    if choice.permission.only_oauth and (moved or not home.permission.only_oauth):
        badges.append(tr("OAuth2 only"))
    name = choice.offering.layer_name
    title = titles.title(name)
    return Row(
        title=title or name,
        badges=tuple(badges),
        warning=_warning(choice, now, moved=moved),
        details="" if is_folded else _details(choice, moved=moved),
        is_muted=is_folded or not choice.is_selectable,
        name=name if title else "",
    )


def choice_hint(choice: Choice, row: Row, titles: TitleBook) -> str:
    """Return the tooltip of an offering: all of its row, then what the catalogue says of it."""
    found = titles.find(choice.offering.layer_name)
    said = [row.sentence]
    if choice.alternatives:
        said.append(tr("Several of your permissions open it. Select it, and choose below the list through which one."))
    if found is None:
        return hint(said)
    producers = ", ".join(found.producers)
    origin = tr("Producer: {names}").format(names=producers) if producers else ""
    return hint((*said, textwrap.shorten(found.description, _LONGEST_DESCRIPTION, placeholder="…"), origin))


def expired_row(count: int) -> Row:
    """Return the row that the expired permissions are folded into."""
    return Row(
        title=tr("Expired permissions ({count})").format(count=value_words.number(count)),
        details=tr("Ask the producer to extend them."),
        is_heading=True,
        is_muted=True,
    )


def _title(permission: Permission) -> str:
    if not permission.id:
        return tr("Services that need no permission")
    return permission.licence or tr("Permission without a name")


def end_in_words(permission: Permission, now: datetime) -> str:
    """Return until when a permission holds or held; nothing for what needs none."""
    if not permission.id:
        return ""
    if is_expired(permission, now) and permission.end_date is not None:
        return tr("expired on {date}").format(date=value_words.end_date(permission.end_date))
    return value_words.expiry(permission, now) or value_words.end(permission)


def owner(is_community: bool | None) -> str:
    """Return whose a permission is; nothing where the platform does not tell."""
    if is_community is None:
        return ""
    return tr("Community") if is_community else tr("Personal")


def _warning(choice: Choice, now: datetime, *, moved: bool) -> str:
    if choice.warning is not None:
        return show(choice.warning)
    if not moved:
        return ""
    is_over = is_expired(choice.permission, now)
    return end_in_words(choice.permission, now) if is_over else value_words.expiry(choice.permission, now)


def _through(permission: Permission) -> str:
    if not permission.id:
        return tr("without a permission")
    return tr("through: {licence}").format(licence=permission.licence)


def _details(choice: Choice, *, moved: bool) -> str:
    if choice.reason is not None:
        return show(choice.reason)
    if moved:
        return _through(choice.permission)
    if choice.alternatives:
        return tr("choice of {count} permissions").format(count=value_words.number(1 + len(choice.alternatives)))
    return ""
