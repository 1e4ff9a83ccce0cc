"""Use cases for scripts that make, change and connect keys."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Iterable, Sequence

from ...entrepot.errors import ErrorCode, GpkeysError
from ...entrepot.models import Access, KeyDetails, KeyType
from ...entrepot.texts import Text
from ...keys.draft import Grant, HashStorage, KeyDraft
from ...keys.problem import Problem
from ...keys.rules import draft_rules, logins, passwords
from ...keys.services import edit_catalogue
from ...keys.services.catalogue import Catalogue
from ...keys.upkeep import edit_rules, key_edits, script_selection
from ...keys.upkeep.partial_edits import KeyWish, with_wish
from ...store import auth_configs, settings
from ..connect_existing import ExistingKeyConnector
from ..create_key import KeyCreator
from ..draft_context import draft_context, edit_context
from ..edit_key import KeyEditor
from ..values import ConnectRequest, CreatedKey, Holdings, KeyPage
from . import report_values
from .script import BasicCredentials, Script, basic_credentials, joined
from .values import KeyChange, KeyOrder, KeyOutcome

KEY_TYPES = tuple(kind.value for kind in (KeyType.BASIC, KeyType.HASH, KeyType.OAUTH2))
"""The types of key that can be made, in the API's words."""


def create_key(script: Script, order: KeyOrder) -> KeyOutcome:
    """Create a key and, if wanted, write it into QGIS; or leave everything as it was.

    Raises GpkeysError before anything is made where the order cannot be carried out, CreationFailed afterwards.
    """
    holdings = script.holdings()
    if script.unfinished(order.name.strip()) is not None:
        raise _half_made(order.name.strip())
    draft = _draft(script, order, holdings)
    _check(script, draft_rules.problems(draft, draft_context(holdings, script.side.user_agent())))
    creator = KeyCreator(script.signed_in, script.creations, script.main_thread, script.progress)
    created = creator.create(draft, is_connected=order.is_connected)
    return _connected(script, created)


def update_key(script: Script, wanted: str, change: KeyChange) -> KeyOutcome:
    """Change a key: only the difference is sent, additions first; QGIS follows where it holds the key."""
    holdings = script.holdings()
    page = script.page(script.key(wanted, holdings.keys))
    before = key_edits.as_edit(page.details, page.accesses)
    edit = with_wish(before, _wish(script, page, change, holdings))
    context = edit_context(page.details.key, holdings, script.side.user_agent())
    changes = key_edits.key_changes(page.details, page.accesses, edit)
    if changes.is_empty:
        script.progress.inform(Text("The key “{name}” has these values already.", {"name": before.name}))
        return KeyOutcome(page.details.key.id, is_changed=False, report=_changed(page, page, ()))
    _check(script, edit_rules.edit_problems(edit, before, page.details.key.type, context))
    edited = KeyEditor(script.signed_in, script.main_thread, script.progress).edit(page, edit)
    for warning in edited.warnings:
        script.progress.warn(warning)
    script.tell_changed()
    return KeyOutcome(page.details.key.id, report=_changed(page, _afterwards(script, page), edited.warnings))


def connect_key(script: Script, wanted: str, credentials: str, storage: HashStorage | None) -> KeyOutcome:
    """Write a key into this QGIS, or write it anew. `credentials`: a Basic configuration with the key's password."""
    page = script.page(script.key(wanted))
    known = basic_credentials(script, credentials) if credentials else None
    _check_credentials(page, known)
    chosen = storage or page.held.hash_storage or settings.HASH_STORAGE.get()
    request = ConnectRequest(chosen, known.password if known else "")
    connector = ExistingKeyConnector(script.signed_in, script.main_thread, script.progress)
    return _connected(script, connector.connect(page, request))


def _draft(script: Script, order: KeyOrder, holdings: Holdings) -> KeyDraft:
    kind = KeyType(order.type)
    known = basic_credentials(script, order.credentials) if order.credentials and kind is KeyType.BASIC else None
    generated = BasicCredentials(order.login or logins.proposed_login(order.name), passwords.generate())
    chosen = known or generated
    return KeyDraft(
        name=order.name,
        grants=_selected(order.offerings, edit_catalogue.build(holdings.permissions, (), kind, script.now())),
        type=kind,
        login=chosen.login,
        password=chosen.password,
        hash_storage=order.hash_storage or settings.HASH_STORAGE.get(),
        filters=order.filters,
    )


def _selected(text: str, catalogue: Catalogue) -> tuple[Grant, ...]:
    found = script_selection.select(text, catalogue)
    _refuse(found.problems)
    return found.grants


def _wish(script: Script, page: KeyPage, change: KeyChange, holdings: Holdings) -> KeyWish:
    catalogue = edit_catalogue.build(holdings.permissions, page.accesses, page.details.key.type, script.now())
    additions = script_selection.not_open_yet(_selected(change.added, catalogue), page.accesses, script.now())
    replaced = script_selection.replaced_by(additions, page.accesses, script.now())
    removed = (*replaced, *_to_remove(script, change.removed, page.accesses))
    return KeyWish(
        name=change.name,
        additions=additions,
        removals=tuple(map(key_edits.grant_of, removed)),
        whitelist=change.whitelist,
        blacklist=change.blacklist,
        user_agent=change.user_agent,
        referer=change.referer,
    )


def _to_remove(script: Script, text: str, accesses: Sequence[Access]) -> tuple[Access, ...]:
    """Return the accesses to remove; what the key does not open needs no removal, and is said."""
    found = script_selection.select_accesses(text, accesses)
    for name in found.unknown:
        script.progress.warn(Text("The key does not open “{name}”: nothing to remove.", {"name": name}))
    return found.accesses


def _check(script: Script, problems: Iterable[Problem]) -> None:
    """Tell warnings; raise GpkeysError with all that must be mended first."""
    found = tuple(problems)
    for problem in found:
        if not problem.is_blocking:
            script.progress.warn(problem.text)
    _refuse([problem.text for problem in found if problem.is_blocking])


def _refuse(problems: Sequence[Text]) -> None:
    if problems:
        raise GpkeysError(ErrorCode.INVALID, joined(problems), "the order cannot be carried out as it is")


def _check_credentials(page: KeyPage, known: BasicCredentials | None) -> None:
    details = page.details
    if details.key.type is not KeyType.BASIC:
        return
    if known is None and not auth_configs.exists(page.held.authcfg):
        raise GpkeysError(
            ErrorCode.INVALID,
            Text("QGIS does not know the password of “{name}”, and the Géoplateforme does not give it.", _name(page)),
            "no password for a BASIC key",
            advice=Text("Keep it in a Basic authentication configuration and give its id as CREDENTIALS."),
        )
    if known is not None and details.login and known.login != details.login:
        raise GpkeysError(
            ErrorCode.INVALID,
            Text("The user name in CREDENTIALS is not that of “{name}”.", _name(page)),
            "the credentials are another key's",
            advice=Text("Choose the Basic authentication configuration of this key."),
        )


def _half_made(name: str) -> GpkeysError:
    return GpkeysError(
        ErrorCode.CONFLICT,
        Text("The creation of the key “{name}” stopped half-way.", {"name": name}),
        "an unfinished creation of that name stands in the way",
        advice=Text("Delete the key, or finish it in the “Géoplateforme access keys” panel."),
    )


def _connected(script: Script, created: CreatedKey) -> KeyOutcome:
    script.tell_changed()
    for warning in created.warnings:
        script.progress.warn(warning)
    report = {
        **report_values.key(created.key),
        "auth_id": created.authcfg,
        "connections": [report_values.connection(made) for made in created.connections],
        "layers": [report_values.recipe(made) for made in created.layers],
        "other_services": [report_values.other_service(served) for served in created.other_layers],
        "warnings": report_values.texts(created.warnings),
    }
    names = tuple(made.name for made in created.connections)
    return KeyOutcome(created.key.id, created.authcfg, names, report=report)


def _afterwards(script: Script, page: KeyPage) -> KeyPage:
    """Return a key that was changed as it is now, also after a cancel that came too late for the change."""
    client, key = script.signed_in.client(script.main_thread.is_shut_down), page.details.key
    try:
        return replace(page, details=client.key(key.id), accesses=client.accesses(key.id))
    except GpkeysError as error:
        values = {"name": key.name, "reason": error.user}
        text = Text("The key “{name}” was changed, but could not be read afterwards: {reason}", values)
        raise GpkeysError(error.code, text, error.log, advice=error.advice, status=error.status) from error


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


def _name(page: KeyPage) -> dict[str, object]:
    return {"name": page.details.key.name}
