"""Names of new keys, so that nobody has to think of one."""

from __future__ import annotations

from typing import AbstractSet

from ..problem import DraftContext
from ..services import catalogue
from .short_name import free_name, shortened

_NAMELESS = "QGIS"


def proposed_name(permission_ids: AbstractSet[str | None], context: DraftContext) -> str:
    """Return a short name that none of the account's keys has.

    It recalls the permission that what is ticked is opened through; without any, or through several, the only
    permission there is, or the only organisation the account is a member of.
    """
    return free_name(_stem(permission_ids, context), context.existing_names)


def _stem(permission_ids: AbstractSet[str | None], context: DraftContext) -> str:
    ticked = [one.licence for one in context.permissions if one.id in permission_ids]
    open_ones = [one.licence for one in context.permissions if not catalogue.is_expired(one, context.now)]
    licences = ticked or open_ones
    if len(set(licences)) != 1:
        licences = [context.organisation, *ticked, _NAMELESS]
    return next((stem for stem in map(shortened, licences) if stem), _NAMELESS)
