"""The record of an edit while it is made: written before the first request, struck or put back at its end."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from types import TracebackType
from typing import Sequence

from ...entrepot.errors import ErrorCode, GpkeysError
from ...entrepot.models import Access, Key, KeyDetails
from ...entrepot.translatable_text import Text
from ...keys.upkeep import key_states
from ...keys.upkeep.key_edits import KeyDifference
from ...store.configurations import auth_configs
from ...store.records import installed_keys
from ...store.records.edits import EDITS, UnfinishedEdit, new_id
from ...store.records.installed_keys import InstalledKey
from ..running.main_thread import MainThread
from ..values import ChangeRemainder, Failed
from .account_sessions import SignedIn
from .key_changes import rename_configurations
from .key_configurations import named_after


class BegunEdit:
    """Runs on a worker, for one edit; within the `with` block it counts as under way.

    At its end pages that were read, before it or meanwhile, are known no more.
    """

    def __init__(self, signed_in: SignedIn, main_thread: MainThread) -> None:
        self._signed_in = signed_in
        self._main_thread = main_thread
        self._at_work = ExitStack()
        self._earlier: UnfinishedEdit | None = None
        self._entry: UnfinishedEdit | None = None

    def __enter__(self) -> BegunEdit:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._at_work.close()
        self._signed_in.known.pages.forget()

    @property
    def takes_over(self) -> bool:
        """Whether an earlier edit of the key had stopped half-way; this one takes its place."""
        return self._earlier is not None

    def begin(
        self, details: KeyDetails, accesses: Sequence[Access], found: KeyDifference, *, is_extension: bool = False
    ) -> None:
        """Write down what the key is and what is wanted; raises GpkeysError when it cannot be, or is under way."""
        now = key_states.state_of(details, accesses)
        at = self._signed_in.api_url, self._signed_in.account_id
        earlier = EDITS.of_key(*at, details.key.id)
        entry = replace(
            earlier or self._fresh(details, now),
            wanted=key_states.changed(now, found),
            is_extension=is_extension or (earlier is not None and earlier.is_extension),
        )
        self._at_work.enter_context(EDITS.at_work(entry.id))
        EDITS.write(entry)
        self._earlier, self._entry = earlier, entry

    def remainder(self) -> ChangeRemainder | None:
        """Return what the user is told where it is neither done nor taken back."""
        return remainder_of(self._entry) if self._entry is not None else None

    def strike(self) -> tuple[Text, ...]:
        """Say that it is done; return what to tell where that could not be written."""
        try:
            if self._entry is not None:
                EDITS.remove(self._entry.id)
        except GpkeysError as error:
            return (error.user,)
        return ()

    def failed(self, error: Exception, stayed: tuple[Text, ...]) -> Failed:
        """Return the failure to tell, once all was taken back but what `stayed`: that can be finished or undone."""
        if not stayed and self._is_put_back():
            return Failed(error)
        return Failed(error, stayed, self.remainder())

    def _is_put_back(self) -> bool:
        try:
            if self._earlier is not None:
                EDITS.write(self._earlier)
            elif self._entry is not None:
                EDITS.remove(self._entry.id)
        except GpkeysError:
            return False
        return True

    def _fresh(self, details: KeyDetails, now: key_states.KeyState) -> UnfinishedEdit:
        api_url, account_id, key = self._signed_in.api_url, self._signed_in.account_id, details.key
        installed = installed_keys.find(api_url, key.id)
        renamed = named_after(key, installed) if installed is not None else ()
        names = self._main_thread.call(lambda: {config.id: config.name for config in auth_configs.all_configs()})
        return UnfinishedEdit(
            id=new_id(),
            api_url=api_url,
            account_id=account_id,
            key_id=key.id,
            before=now,
            wanted=now,
            was_connected=installed is not None,
            configurations=tuple((id_, names[id_]) for id_ in renamed if id_ in names),
        )


def require_whole(signed_in: SignedIn, key: Key, *, but_extensions: bool = False) -> None:
    """Raise GpkeysError (CONFLICT) where a change of the key stopped half-way: its end must not be forgotten for this.

    An extension may take the place of another one, with `but_extensions`.
    """
    left = EDITS.of_key(signed_in.api_url, signed_in.account_id, key.id)
    if left is not None and not (but_extensions and left.is_extension):
        raise GpkeysError(
            ErrorCode.CONFLICT,
            Text("A change of the key “{name}” stopped half-way.", {"name": key.name}),
            "an edit of the key is neither finished nor undone",
            advice=Text("Finish or undo it first, in “My keys”."),
        )


def end_if_made(
    signed_in: SignedIn,
    main_thread: MainThread,
    details: KeyDetails,
    accesses: Sequence[Access],
    installed: InstalledKey | None,
) -> tuple[Text, ...]:
    """Strike out a change that has stopped before QGIS followed, for a key that was written anew; return warnings.

    One of which the key does not have all stays. `installed` is what QGIS held for it before.
    """
    at = signed_in.api_url, signed_in.account_id
    entry = next((entry for entry in EDITS.unfinished(*at) if entry.key_id == details.key.id), None)
    if entry is None or not key_states.towards(entry.wanted, entry.before, details, accesses).is_empty:
        return ()
    try:
        with EDITS.at_work(entry.id):
            if installed is not None:
                main_thread.call(lambda: rename_configurations(details.key, installed))
            EDITS.remove(entry.id)
    except GpkeysError as error:
        return (error.user,)
    return ()


def remainder_of(entry: UnfinishedEdit) -> ChangeRemainder:
    """Return what the user is told of an edit that stopped half-way."""
    name = entry.before.name
    return ChangeRemainder(entry.id, name, _HALF_WAY.with_values({"name": name}))


_HALF_WAY = Text("The change of the key “{name}” stopped half-way.")
