"""Use case for scripts: change a key."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Iterable, Sequence

from ...entrepot.errors import ErrorCode, GpkeysError
from ...entrepot.models import Access, Key, KeyDetails
from ...entrepot.translatable_text import Text
from ...keys.draft import Grant
from ...keys.services import edit_catalogue
from ...keys.upkeep import named_in_scripts
from ...keys.upkeep.edit_rules import edit_problems
from ...keys.upkeep.holdings import Holdings
from ...keys.upkeep.key_edits import KeyEdit, difference, grants_of
from ...store.records.edits import EDITS, UnfinishedEdit
from ..draft_context import edit_context
from ..edit_key import KeyEditor
from ..finish_edit import finish_edit, undo_edit
from ..steps.key_services import key_and_accesses
from ..values import Edited, Failed, KeyPage
from . import report_values, script_problems
from .key_outcome import KeyOutcome
from .script_context import Script

_REFUSALS = (ErrorCode.FORBIDDEN, ErrorCode.CONFLICT, ErrorCode.INVALID)


def update_key(script: Script, wanted: str, edit: KeyEdit, *, added: str, removed: str) -> KeyOutcome:
    """Change a key: only the difference is sent, additions first; QGIS follows where it holds the key.

    A change that was cut off earlier is finished first, or undone where the platform refuses what it lacks.
    `added` and `removed` are ids and layer names of offerings, comma-separated, or `*`.
    """
    holdings = script.holdings()
    begun = _begun(script, wanted, holdings.keys)
    if begun is not None:
        _end(script, begun)
        holdings = script.holdings()
    page = script.page(script.key(begun.key_id if begun is not None else wanted, holdings.keys))
    whole = replace(edit, grants=_grants(script, page, holdings, added, removed))
    found = difference(page.details, page.accesses, whole)
    if found.is_empty:
        script.progress.inform(Text("The key “{name}” has these values already.", {"name": page.details.key.name}))
        return KeyOutcome(page.details.key.id, is_changed=begun is not None, report=_changed(page, page, ()))
    context = edit_context(page.details.key, holdings, script.side.user_agent())
    script_problems.check(script, edit_problems(whole, page.details, page.accesses, context))
    editor = KeyEditor(script.signed_in, script.main_thread, script.progress)
    edited = editor.edit(page, found, is_fresh=True)
    for warning in edited.warnings:
        script.progress.warn(warning)
    script.tell_changed()
    return KeyOutcome(page.details.key.id, report=_changed(page, _afterwards(script, page, edited), edited.warnings))


def _begun(script: Script, wanted: str, keys: Sequence[Key]) -> UnfinishedEdit | None:
    """Return a change of the key that was cut off; the key may have its new name already."""
    at = script.signed_in.api_url, script.signed_in.account_id
    key = named_in_scripts.find_key(wanted, keys)
    if key is not None:
        return EDITS.of_key(*at, key.id)
    return next((entry for entry in EDITS.entries(*at) if entry.before.name == wanted), None)


def _end(script: Script, begun: UnfinishedEdit) -> None:
    """Finish a change that was cut off; undo it where the platform refuses what it lacks."""
    at, name = (script.signed_in, script.main_thread, script.progress), {"name": begun.before.name}
    try:
        warnings = finish_edit(begun.id, *at).warnings
        script.progress.inform(Text("The change of the key “{name}” that was cut off earlier is finished.", name))
    except Failed as failure:
        if failure.error.code not in _REFUSALS:
            raise
        warnings = undo_edit(begun.id, *at).warnings
        script.progress.warn(Text("The change of the key “{name}” that was cut off earlier is undone.", name))
    for warning in warnings:
        script.progress.warn(warning)
    script.tell_changed()


def _grants(script: Script, page: KeyPage, holdings: Holdings, added: str, removed: str) -> tuple[Grant, ...]:
    catalogue = edit_catalogue.build(holdings.permissions, page.accesses, page.details.key.type, script.now())
    chosen = script_problems.selected(added, catalogue)
    additions = named_in_scripts.not_open_yet(chosen, page.accesses, script.now())
    replaced = named_in_scripts.replaced_by(additions, page.accesses, script.now())
    closed = (*replaced, *_to_remove(script, removed, page.accesses))
    return grants_of(page.accesses, added=additions, removed=closed)


def _to_remove(script: Script, text: str, accesses: Sequence[Access]) -> tuple[Access, ...]:
    """Return the accesses to remove; what the key does not open needs no removal, and is said."""
    found = named_in_scripts.select_accesses(text, accesses)
    for name in found.unknown:
        script.progress.warn(Text("The key does not open “{name}”: nothing to remove.", {"name": name}))
    return found.accesses


def _afterwards(script: Script, page: KeyPage, edited: Edited) -> KeyPage:
    """Return a key that was changed as it is now, also after a cancel that came too late for the change."""
    if edited.accesses is not None:
        return replace(page, details=edited.details, accesses=edited.accesses)
    client, key = script.signed_in.client(script.main_thread.is_shut_down, script.progress.tell_wait), page.details.key
    try:
        details, accesses = key_and_accesses(client, key.id)
    except GpkeysError as error:
        values = {"name": key.name, "reason": error.user}
        text = Text("The key “{name}” was changed, but could not be read afterwards: {reason}", values)
        raise GpkeysError(error.code, text, error.log, advice=error.advice, status=error.status) from error
    return replace(page, details=details, accesses=accesses)


def _changed(before: KeyPage, now: KeyPage, warnings: Iterable[Text]) -> dict[str, Any]:
    return {
        **report_values.key(now.details.key),
        "added_offerings": _offerings_only_in(now, before),
        "removed_offerings": _offerings_only_in(before, now),
        "changed": _changed_properties(before.details, now.details),
        "warnings": report_values.texts(warnings),
    }


def _offerings_only_in(one: KeyPage, other: KeyPage) -> list[str]:
    known = {access.id for access in other.accesses}
    return [access.offering.id for access in one.accesses if access.id not in known]


def _changed_properties(before: KeyDetails, now: KeyDetails) -> list[str]:
    filters = vars(now.filters)
    changed = [name for name, value in filters.items() if value != vars(before.filters)[name]]
    return sorted([*changed, *(["name"] if now.key.name != before.key.name else [])])
