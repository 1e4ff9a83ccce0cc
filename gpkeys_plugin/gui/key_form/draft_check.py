"""What the pages show of a draft: the rules' answers, put the way the pages want them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Mapping

from ...entrepot.models import KeyType
from ...entrepot.translatable_text import Text
from ...jobs.running.translate import show, tr
from ...keys.draft import KeyDraft
from ...keys.rules import draft_rules
from ...keys.rules.draft_rules import DraftContext, Field, Problem
from ..parts import value_words


@dataclass(frozen=True)
class DraftViews:
    """`can_only_extend`: adding to the existing OAUTH2 key is the only way; `is_stopped`: there is no way at all."""

    service_problems: tuple[Problem, ...]
    quota: str
    is_stopped: bool
    can_only_extend: bool
    types: Mapping[KeyType, Text | None]
    forced: str
    existing_key: str | None
    summary: str


def now() -> datetime:
    """Return the time, aware."""
    return datetime.now(timezone.utc)


def of(draft: KeyDraft, context: DraftContext) -> DraftViews:
    """Return what to show of a draft."""
    found = draft_rules.service_problems(draft, context)
    quota = next((problem for problem in found if problem.field is Field.QUOTA), None)
    can_extend = draft_rules.can_extend_oauth2_key(draft, context)
    is_forced = draft_rules.must_be_oauth2(draft, context)
    types = draft_rules.allowed_types(draft, context)
    can_only_extend = can_extend and (quota is not None or all(reason is not None for reason in types.values()))
    return DraftViews(
        service_problems=_to_mend(found, can_only_extend=can_only_extend),
        quota=_quota_words(quota, context),
        is_stopped=quota is not None and context.oauth2_key_name is None,
        can_only_extend=can_only_extend,
        types=types if quota is None else dict.fromkeys(types, quota.text),
        forced=_forced_words(types, context, is_forced=is_forced),
        existing_key=context.oauth2_key_name if can_extend else None,
        summary=_summary(draft),
    )


def _to_mend(found: tuple[Problem, ...], *, can_only_extend: bool) -> tuple[Problem, ...]:
    """Leave the quota to its own bar; a key that is only added to needs no name either."""
    aside = {Field.QUOTA, Field.NAME} if can_only_extend else {Field.QUOTA}
    return tuple(problem for problem in found if problem.field not in aside)


def _quota_words(quota: Problem | None, context: DraftContext) -> str:
    if quota is None:
        return ""
    words = show(quota.text)
    if context.oauth2_key_name is None:
        return words
    more = tr("You can still add services to your OAuth2 key “{name}”: tick them, then Next.")
    return f"{words} {more.format(name=context.oauth2_key_name)}"


def _forced_words(types: Mapping[KeyType, Text | None], context: DraftContext, *, is_forced: bool) -> str:
    reason = types.get(KeyType.BASIC)
    if not is_forced or reason is None:
        return ""
    words = show(reason)
    if context.oauth2_key_name is not None:
        return f"{words} {tr('Add them to the OAuth2 key you have, or go back and untick them.')}"
    return f"{words} {tr('To choose another type, go back and untick them.')}"


def _summary(draft: KeyDraft) -> str:
    services = value_words.services(len(draft.grants))
    if not draft.name:
        return services
    return tr("Key “{name}” · {services}").format(name=draft.name, services=services)
