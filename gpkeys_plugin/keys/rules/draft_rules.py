"""What a draft must satisfy before it becomes a key."""

from __future__ import annotations

from typing import AbstractSet, Iterable, Sequence

from ...entrepot.models import Filters, KeyType, Permission
from ...entrepot.translatable_text import Text
from ..draft import Grant, Grants, KeyDraft, PlainFilters
from ..problem import DraftContext, Field, Problem
from ..services import catalogue
from . import header_patterns, ip_ranges
from .filter_rules import filter_problems
from .secret_rules import secret_problems

__all__ = [
    "DraftContext",
    "Field",
    "Problem",
    "allowed_types",
    "api_filters",
    "can_extend_oauth2_key",
    "is_blocked",
    "must_be_oauth2",
    "name_problems",
    "problems",
    "security_problems",
    "service_problems",
]

MAX_NAME_LENGTH = 255


def problems(draft: KeyDraft, context: DraftContext) -> tuple[Problem, ...]:
    """Return everything to say about a draft, in the order of the wizard."""
    return service_problems(draft, context) + security_problems(draft, context)


def service_problems(draft: KeyDraft, context: DraftContext) -> tuple[Problem, ...]:
    """Return what to say about the first step: quota, name, services."""
    return (*_quota_problems(context), *name_problems(draft.name, context), *_grant_problems(draft, context))


def security_problems(draft: KeyDraft, context: DraftContext) -> tuple[Problem, ...]:
    """Return what to say about the second step: type, login and password, storage, filters."""
    return (
        *_type_problems(draft, context),
        *secret_problems(draft, context),
        *filter_problems(draft.filters, context),
    )


def is_blocked(found: Iterable[Problem]) -> bool:
    """Return whether one of the problems must be mended before going on."""
    return any(problem.is_blocking for problem in found)


def name_problems(name: str, context: DraftContext) -> tuple[Problem, ...]:
    """Return what to say about a key's name, spaces around it left aside."""
    stripped = name.strip()
    text = _name_fault(stripped, context)
    if text is not None:
        return (Problem(Field.NAME, text),)
    twin = next((other for other in context.existing_names if other.casefold() == stripped.casefold()), None)
    if twin is None:
        return ()
    warning = Text("One of your keys has nearly the same name: “{name}”.", {"name": twin})
    return (Problem(Field.NAME, warning, is_blocking=False),)


def allowed_types(draft: KeyDraft, context: DraftContext) -> dict[KeyType, Text | None]:
    """Return, for each type the wizard offers, None when the draft may have it, otherwise why not."""
    forced = _why_oauth2(draft, context)
    return {KeyType.BASIC: forced, KeyType.HASH: forced, KeyType.OAUTH2: _why_not_oauth2(context)}


def must_be_oauth2(draft: KeyDraft, context: DraftContext) -> bool:
    """Return whether one of the ticked services accepts OAuth2 keys only."""
    return _only_oauth_permission(draft, context) is not None


def can_extend_oauth2_key(draft: KeyDraft, context: DraftContext) -> bool:
    """Return whether "add these services to that key" is to be offered: there is an OAUTH2 key, and services to add."""
    return context.oauth2_key_name is not None and bool(draft.grants)


def api_filters(plain: PlainFilters) -> Filters:
    """Return the filters as the API stores them: ranges in CIDR notation, texts escaped into patterns."""
    return Filters(
        _ranges(plain.whitelist), _ranges(plain.blacklist), _pattern(plain.user_agent), _pattern(plain.referer)
    )


def _quota_problems(context: DraftContext) -> tuple[Problem, ...]:
    if context.quota is None or context.used is None or context.used < context.quota:
        return ()
    text = Text(
        "You have {used} of {quota} keys. Delete one you no longer need before making another.",
        {"used": context.used, "quota": context.quota},
    )
    return (Problem(Field.QUOTA, text),)


def _name_fault(name: str, context: DraftContext) -> Text | None:
    if not name:
        return Text("Give the key a name.")
    if len(name) > MAX_NAME_LENGTH:
        return Text("The name is too long: {limit} characters at most.", {"limit": MAX_NAME_LENGTH})
    if not name.isprintable():
        return Text("The name holds a character that cannot be shown, such as a line break.")
    if name in context.existing_names:
        return Text("One of your keys is already called “{name}”.", {"name": name})
    return None


def _grant_problems(draft: KeyDraft, context: DraftContext) -> tuple[Problem, ...]:
    if not draft.grants:
        return (Problem(Field.SERVICES, Text("Tick at least one service.")),)
    if _has_twins(draft.grants):
        return (Problem(Field.SERVICES, Text("The same service is ticked twice, through two permissions.")),)
    return tuple(
        Problem(Field.SERVICES, Text("The permission “{licence}” has ended.", {"licence": permission.licence}))
        for permission in _granted(draft, context)
        if catalogue.is_expired(permission, context.now)
    )


def _has_twins(grants: Sequence[Grant]) -> bool:
    return not isinstance(grants, Grants) and len({grant.offering_id for grant in grants}) < len(grants)


def _permission_ids(grants: Sequence[Grant]) -> AbstractSet[str | None]:
    return grants.permission_ids if isinstance(grants, Grants) else {grant.permission_id for grant in grants}


def _type_problems(draft: KeyDraft, context: DraftContext) -> tuple[Problem, ...]:
    unknown = Text("Choose BASIC, HASH or OAUTH2.")
    reason = allowed_types(draft, context).get(draft.type, unknown)
    return () if reason is None else (Problem(Field.TYPE, reason),)


def _only_oauth_permission(draft: KeyDraft, context: DraftContext) -> Permission | None:
    return next((permission for permission in _granted(draft, context) if permission.only_oauth), None)


def _granted(draft: KeyDraft, context: DraftContext) -> list[Permission]:
    wanted = _permission_ids(draft.grants)
    return [permission for permission in context.permissions if permission.id in wanted] if wanted else []


def _why_oauth2(draft: KeyDraft, context: DraftContext) -> Text | None:
    permission = _only_oauth_permission(draft, context)
    if permission is None:
        return None
    return Text("Services of “{licence}” can only be opened with an OAuth2 key.", {"licence": permission.licence})


def _why_not_oauth2(context: DraftContext) -> Text | None:
    if context.oauth2_key_name is None:
        return None
    return Text("Your account already has its one OAuth2 key: “{name}”.", {"name": context.oauth2_key_name})


def _ranges(entries: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ip_ranges.normalized(entry) for entry in entries if entry.strip()))


def _pattern(text: str) -> str | None:
    stripped = text.strip()
    return header_patterns.containing(stripped) if stripped else None
