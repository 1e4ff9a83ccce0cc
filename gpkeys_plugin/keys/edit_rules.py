"""What an edit must satisfy before it is sent."""

from __future__ import annotations

from ..entrepot.models import KeyType
from ..entrepot.texts import Text
from .edits import KeyEdit
from .filter_rules import filter_problems
from .problem import DraftContext, Field, Problem
from .rules import name_problems


def edit_problems(edit: KeyEdit, before: KeyEdit, key_type: KeyType, context: DraftContext) -> tuple[Problem, ...]:
    """Return what to say about an edit: of its name, its services and its filters.

    What the key opens already may stay, nothing included: `before` is the key as it is.
    """
    return (
        *name_problems(edit.name, context),
        *_service_problems(edit, before, key_type, context),
        *filter_problems(edit.filters, context),
    )


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
