"""What an edit must satisfy before it is sent."""

from __future__ import annotations

from typing import Collection, Iterator, Sequence

from ...entrepot.models import Access, KeyDetails, KeyType
from ...entrepot.translatable_text import Text
from ..draft import Grant, PlainFilters
from ..problem import DraftContext, Field, Problem
from ..rules.draft_rules import name_problems
from ..rules.filter_rules import filter_problems
from .key_edits import KeyEdit, grants_of, plain_filters


def edit_problems(
    edit: KeyEdit, details: KeyDetails, accesses: Sequence[Access], context: DraftContext
) -> tuple[Problem, ...]:
    """Return what to say about an edit of a key: of its name, its services and its filters.

    What the key opens already may stay, nothing included.
    """
    before = plain_filters(details.filters)
    name = details.key.name if edit.name is None else edit.name
    return (
        *name_problems(name, context),
        *_service_problems(edit.grants, grants_of(accesses), details.key.type, context),
        *_filter_problems(_filters(edit, before), before, context),
    )


def _filters(edit: KeyEdit, before: PlainFilters) -> PlainFilters:
    return PlainFilters(
        before.whitelist if edit.whitelist is None else edit.whitelist,
        before.blacklist if edit.blacklist is None else edit.blacklist,
        before.user_agent if edit.user_agent is None else edit.user_agent,
        before.referer if edit.referer is None else edit.referer,
    )


def _filter_problems(filters: PlainFilters, before: PlainFilters, context: DraftContext) -> Iterator[Problem]:
    """What the platform has taken already, like two lists at once, is no reason not to change something else."""
    same = set()
    if (filters.whitelist, filters.blacklist) == (before.whitelist, before.blacklist):
        same |= {Field.WHITELIST, Field.BLACKLIST}
    if filters.user_agent == before.user_agent:
        same.add(Field.USER_AGENT)
    if filters.referer == before.referer:
        same.add(Field.REFERER)
    for problem in filter_problems(filters, context):
        if not (problem.is_blocking and problem.field in same):
            yield problem


def _service_problems(
    grants: Collection[Grant] | None, before: Collection[Grant], key_type: KeyType, context: DraftContext
) -> tuple[Problem, ...]:
    if grants is None:
        return ()
    if before and not grants:
        return (Problem(Field.SERVICES, Text("Tick at least one service, or delete the key.")),)
    if key_type is KeyType.OAUTH2:
        return ()
    wanted = {grant.permission_id for grant in set(grants).difference(before)}
    return tuple(
        Problem(
            Field.SERVICES,
            Text("Services of “{licence}” can only be opened with an OAuth2 key.", {"licence": permission.licence}),
        )
        for permission in context.permissions
        if permission.only_oauth and permission.id in wanted
    )
