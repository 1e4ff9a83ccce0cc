"""Names of new keys, so that nobody has to think of one."""

from __future__ import annotations

from typing import AbstractSet

from ..problem import DraftContext
from ..services import catalogue

_NAMELESS = "QGIS"
_MAX_STEM_LENGTH = 200


def proposed_name(permission_ids: AbstractSet[str | None], context: DraftContext) -> str:
    """Return a name that none of the account's keys has.

    It recalls the permission that what is ticked is opened through; without any, or through several, the only
    permission there is, or the only organisation the account is a member of.
    """
    return _numbered(_stem(permission_ids, context), {name.casefold() for name in context.existing_names})


def _stem(permission_ids: AbstractSet[str | None], context: DraftContext) -> str:
    ticked = [one.licence for one in context.permissions if one.id in permission_ids]
    open_ones = [one.licence for one in context.permissions if not catalogue.is_expired(one, context.now)]
    licences = ticked or open_ones
    if len(set(licences)) != 1:
        licences = [context.organisation, *ticked, _NAMELESS]
    return next((stem for stem in map(_cleaned, licences) if stem), _NAMELESS)


def _cleaned(text: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:_MAX_STEM_LENGTH].strip()


def _numbered(stem: str, taken: AbstractSet[str]) -> str:
    number, name = 1, stem
    while name.casefold() in taken:
        number += 1
        name = f"{stem} {number}"
    return name
