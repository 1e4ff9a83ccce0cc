"""What an edit must satisfy before it is sent."""

from __future__ import annotations

from typing import Iterator

from ...entrepot.models import KeyType
from ...entrepot.texts import Text
from ..draft import PlainFilters
from ..problem import DraftContext, Field, Problem
from ..rules.draft_rules import name_problems
from ..rules.filter_rules import filter_problems
from .key_edits import KeyEdit


def edit_problems(edit: KeyEdit, before: KeyEdit, key_type: KeyType, context: DraftContext) -> tuple[Problem, ...]:
    """Return what to say about an edit: of its name, its services and its filters.

    What the key opens already may stay, nothing included: `before` is the key as it is.
    """
    return (
        *name_problems(edit.name, context),
        *_service_problems(edit, before, key_type, context),
        *_filter_problems(edit.filters, before.filters, context),
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


def _service_problems(edit: KeyEdit, before: KeyEdit, key_type: KeyType, context: DraftContext) -> tuple[Problem, ...]:
    if before.grants and not edit.grants:
        return (Problem(Field.SERVICES, Text("Tick at least one service, or delete the key.")),)
    wanted = {grant.permission_id for grant in edit.grants if grant not in before.grants}
    if key_type is KeyType.OAUTH2:
        return ()
    return tuple(
        Problem(
            Field.SERVICES,
            Text("Services of “{licence}” can only be opened with an OAuth2 key.", {"licence": permission.licence}),
        )
        for permission in context.permissions
        if permission.only_oauth and permission.id in wanted
    )
