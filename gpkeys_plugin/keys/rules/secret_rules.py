"""The rules for what identifies a key: login and password of BASIC, storage of a hash."""

from __future__ import annotations

from typing import Iterator

from ...entrepot.models import KeyType
from ...entrepot.translatable_text import Text
from ..draft import HashStorage, KeyDraft
from ..problem import DraftContext, Field, Problem
from .passwords import WEAK_BELOW, strength, unsafe_characters

SHORT_LOGIN = 3
SHORT_PASSWORD = 8


def secret_problems(draft: KeyDraft, context: DraftContext) -> tuple[Problem, ...]:
    """Return what to say about a draft's login and password, or the storage of its hash, as its type has them."""
    if draft.type is KeyType.BASIC:
        return (*_login_problems(draft.login), *_password_problems(draft))
    if draft.type is KeyType.HASH:
        return tuple(_storage_problems(draft, context))
    return ()


def _login_problems(login: str) -> tuple[Problem, ...]:
    fault = _login_fault(login)
    if fault is not None:
        return (Problem(Field.LOGIN, fault),)
    return tuple(_login_warnings(login))


def _login_warnings(login: str) -> Iterator[Problem]:
    if len(login) < SHORT_LOGIN:
        text = Text("A user name this short is easy to guess. Make it longer, or go on once more to keep it.")
        yield Problem(Field.LOGIN, text, is_blocking=False, is_doubtful=True)
    unsafe = unsafe_characters(login)
    if unsafe:
        text = Text("Some software cannot send these characters of the user name: {characters}", {"characters": unsafe})
        yield Problem(Field.LOGIN, text, is_blocking=False)


def _login_fault(login: str) -> Text | None:
    if not login.strip():
        return Text("Give a user name.")
    if login != login.strip():
        return Text("The user name starts or ends with a space.")
    if ":" in login:
        return Text("The user name cannot hold a colon: what follows it would be taken for the password.")
    if not login.isprintable():
        return Text("The user name holds a character that cannot be typed, such as a line break.")
    return None


def _password_problems(draft: KeyDraft) -> tuple[Problem, ...]:
    fault = _password_fault(draft.password)
    if fault is not None:
        return (Problem(Field.PASSWORD, fault),)
    warnings = tuple(Problem(Field.PASSWORD, text, is_blocking=False) for text in _password_warnings(draft))
    if len(draft.password) >= SHORT_PASSWORD:
        return warnings
    text = Text("A password this short is found at once. Generate one, or go on once more to keep it.")
    return (Problem(Field.PASSWORD, text, is_blocking=False, is_doubtful=True), *warnings)


def _password_fault(password: str) -> Text | None:
    if not password.strip():
        return Text("Give a password, or have one generated.")
    if not password.isprintable():
        return Text("The password holds a character that cannot be typed, such as a line break.")
    return None


def _password_warnings(draft: KeyDraft) -> Iterator[Text]:
    is_short = len(draft.password) < SHORT_PASSWORD
    if not is_short and strength(draft.password, draft.login).level < WEAK_BELOW:
        yield Text("This password is easy to guess. Generate one, or make it longer.")
    if draft.password != draft.password.strip():
        yield Text("The password starts or ends with a space.")
    if unsafe_characters(draft.password):
        yield Text("Some characters of the password have a meaning in URLs: some software may not send them unchanged.")


def fixed_elsewhere(wanted: HashStorage, fixed: HashStorage | None) -> Text | None:
    """Return why a hash cannot go where it is wanted, None where it can: an administrator may have fixed its place."""
    if fixed is None or wanted is fixed:
        return None
    if fixed is HashStorage.HEADER:
        return Text("Your administrator has fixed that a hash is kept encrypted and sent as a header.")
    return Text("Your administrator has fixed that a hash goes into the URLs of the connections.")


def _storage_problems(draft: KeyDraft, context: DraftContext) -> Iterator[Problem]:
    fixed = context.fixed_storage
    elsewhere = fixed_elsewhere(draft.hash_storage, fixed)
    if elsewhere is not None:
        yield Problem(Field.HASH_STORAGE, elsewhere)
    if HashStorage.HEADER in (draft.hash_storage, fixed) and not context.has_header_method:
        text = Text("This QGIS cannot send the key as a header: keep it in the URLs of the connections.")
        if fixed is HashStorage.HEADER:
            text = Text("This QGIS cannot send the key as a header: choose another type of key.")
        yield Problem(Field.HASH_STORAGE, text)
