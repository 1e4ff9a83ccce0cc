"""The Entrepôt API, consumer side: each operation a method, each failure a `GpkeysError`."""

from __future__ import annotations

from datetime import datetime
from typing import Callable, Collection, Optional, Sequence, Tuple, TypeVar

import requests

from . import api_requests, conflicts, errors_from_answers, json_reading, lost_answers
from .api_requests import Operation
from .errors import ErrorCode, GpkeysError
from .json_reading import LeftOut
from .models import Access, Account, HitStatistics, Key, KeyCreation, KeyDetails, KeyType, KeyUpdate, Permission
from .pages_ahead import PageCounts
from .request_turns import RequestTurns, side_by_side
from .retries import Patience
from .sending import Exchange, Log, described
from .whole_listings import origin_told, read_all, read_statistics

T = TypeVar("T")
Item = TypeVar("Item", bound="Access | Key | Permission")
Opening = Tuple[Optional[str], Sequence[str]]
"""A permission, None for open offerings, and the offerings that are opened through it."""

_NO_END = Patience()


class EntrepotClient:
    """The account's side of the Entrepôt API.

    Listings are complete: all pages. Reading is tried again when the server asks to wait or the connection is lost; a
    change is never sent again before it was looked whether it was made. Clients with the same `turns` share what goes
    to the platform at once, and its wish to be left alone. `patience` is asked before each request and during each
    wait, from several threads. `log` is told, in the thread
    that asks, what of a list could not be read and was left out; no value is quoted. `counts` is what was learnt of the
    length of listings: all their pages are asked for at once.
    """

    def __init__(
        self,
        session: requests.Session,
        api_url: str,
        *,
        timeout_s: float = 30.0,
        patience: Patience = _NO_END,
        turns: RequestTurns | None = None,
        log: Log | None = None,
        counts: PageCounts | None = None,
    ) -> None:
        self._counts = counts or PageCounts()
        self._exchange = Exchange(
            session,
            api_url,
            timeout_s=timeout_s,
            patience=patience,
            turns=turns,
            log=log,
        )

    def me(self) -> Account:
        """Return the account that is signed in."""
        return self._exchange.read(api_requests.me(), json_reading.read_account)

    def permissions(self) -> tuple[Permission, ...]:
        """Return all permissions received; `is_community` is told where the server knows to tell them apart."""
        try:
            personal, community = side_by_side(self._permissions, api_requests.PERMISSIONS_BY_ORIGIN)
        except GpkeysError as error:
            if error.code is not ErrorCode.INVALID:
                raise
            return self._permissions(api_requests.permissions())
        return origin_told(personal, community)

    def permission(self, permission_id: str) -> Permission:
        """Return a permission with the URLs of its offerings."""
        return self._exchange.read_noting(api_requests.permission(permission_id), json_reading.read_permission_detail)

    def keys(self) -> tuple[Key, ...]:
        """Return all keys, in short form."""
        return self._all(api_requests.keys(), lambda body, _: json_reading.read_key(body))

    def key(self, key_id: str) -> KeyDetails:
        """Return a key with its filters, and its hash if it has one."""
        return self._exchange.read(api_requests.key(key_id), json_reading.read_key_details)

    def create_key(self, creation: KeyCreation, *, existing_ids: Collection[str]) -> KeyDetails:
        """Create a key. `existing_ids` are those of the keys there were before, to recognise the new one.

        A refusal says what it runs into in `conflict`. A cancel may leave a key behind: see `find_created`.
        """
        operation = api_requests.create_key(creation)
        try:
            return self._once(
                operation, lambda: self._created(operation), lambda: self.find_created(creation, existing_ids)
            )
        except GpkeysError as error:
            if error.code is not ErrorCode.CONFLICT:
                raise
            raise self._explained(error, creation) from None

    def find_created(self, creation: KeyCreation, existing_ids: Collection[str]) -> KeyDetails | None:
        """Return the key a creation has made although its answer never came; None when it made none."""
        for key in lost_answers.candidates(creation, self.keys(), existing_ids):
            details = self.key(key.id)
            if lost_answers.is_fresh(creation, details, self.accesses(key.id)):
                return details
        return None

    def update_key(self, key_id: str, update: KeyUpdate) -> KeyDetails | None:
        """Change a key's name or filters, and return the key as read back; None where nothing is asked for."""
        operation = api_requests.update_key(key_id, update)
        seen: KeyDetails | None = None

        def is_made() -> bool:
            nonlocal seen
            seen = self.key(key_id)
            return lost_answers.is_updated(update, seen)

        if not operation.body:
            return None
        try:
            self._change(lambda: operation, is_made)
        except GpkeysError as error:
            if error.code is not ErrorCode.CONFLICT or update.name is None:
                raise
            raise conflicts.name_taken(update.name, error) from None
        return seen

    def delete_key(self, key_id: str) -> None:
        """Delete a key and its accesses; one that is gone already is no error."""
        self._delete(api_requests.delete_key(key_id), lambda: key_id not in {key.id for key in self.keys()})

    def keys_after(self, failed: Sequence[GpkeysError]) -> tuple[Key, ...]:
        """Return all keys, as read back after changes that were tried; raises what of it cannot have been made."""
        return lost_answers.looked_after(failed, self.keys, self._exchange.pause, "changes of keys")

    def accesses(self, key_id: str) -> tuple[Access, ...]:
        """Return all accesses of a key, by the names of what they open.

        The server lists them in the order they were made, which says nothing: they are opened side by side.
        """
        found = self._all(api_requests.accesses(key_id), json_reading.read_access)
        return tuple(sorted(found, key=lambda access: (access.offering.layer_name, access.offering.id)))

    def access(self, key_id: str, access_id: str) -> Access:
        """Return one access of a key."""
        return self._exchange.read(api_requests.access(key_id, access_id), json_reading.read_access)

    def create_accesses(
        self, key_id: str, permission_id: str | None, offering_ids: Sequence[str]
    ) -> tuple[Access, ...]:
        """Open offerings to a key through one permission (None: open offerings); those open already are no error.

        Returns all accesses of the key, as they were read back; none where nothing is asked for. A refusal says so in
        `conflict` where the key opens them through another permission.
        """
        wanted = missing = tuple(dict.fromkeys(offering_ids))
        accesses: tuple[Access, ...] = ()

        def operation() -> Operation:
            return api_requests.create_accesses(key_id, permission_id, missing)

        def is_made() -> bool:
            nonlocal accesses, missing
            accesses = self.accesses(key_id)
            missing = lost_answers.missing_offerings(permission_id, wanted, accesses)
            return not missing

        if not wanted:
            return ()
        try:
            self._change(operation, is_made)
        except GpkeysError as error:
            if error.code is not ErrorCode.CONFLICT:
                raise
            if missing == wanted:
                raise conflicts.opened_otherwise(error, wanted, accesses) from None
            self._change(operation, is_made)
        return accesses

    def open_offerings(self, key_id: str, openings: Sequence[Opening]) -> tuple[Access, ...]:
        """Open offerings to a key through several permissions, side by side; see `create_accesses`.

        Returns all accesses of the key, as they were read back. Raises the first refusal, once no request is under way
        any more.
        """
        return self.accesses_after(key_id, openings, (), self.try_to_open(key_id, openings))

    def try_to_open(self, key_id: str, openings: Sequence[Opening]) -> list[GpkeysError]:
        """Send openings side by side, and return what failed; `accesses_after` is to look whether they were made."""
        asked = [api_requests.create_accesses(key_id, id_, tuple(dict.fromkeys(wanted))) for id_, wanted in openings]
        return [error for error in side_by_side(self.try_change, asked) if error]

    def try_to_close(self, key_id: str, access_id: str) -> GpkeysError | None:
        """Send one closing, and return what failed; `accesses_after` is to look whether it was made."""
        error = self.try_change(api_requests.delete_access(key_id, access_id))
        return error if error is not None and error.code is not ErrorCode.NOT_FOUND else None

    def accesses_after(
        self, key_id: str, openings: Sequence[Opening], closed_ids: Collection[str], failed: Sequence[GpkeysError]
    ) -> tuple[Access, ...]:
        """Return all accesses of a key, as read back after openings and closings that were tried.

        `failed` are the failures among them; of what was not made, each is asked for once more. Raises what cannot
        have been made, and what is not made after all.
        """
        asked = f"changes of {api_requests.accesses(key_id).path}"
        accesses = lost_answers.looked_after(failed, lambda: self.accesses(key_id), self._exchange.pause, asked)
        for permission_id, offering_ids in openings:
            missing = lost_answers.missing_offerings(permission_id, offering_ids, accesses)
            accesses = self.create_accesses(key_id, permission_id, missing) or accesses
        for access in accesses:
            if access.id in closed_ids:
                accesses = self.delete_access(key_id, access.id)
        return accesses

    def try_change(self, operation: Operation) -> GpkeysError | None:
        """Send a change without looking whether it was made; return the error instead of an answer."""
        try:
            self._exchange.send(operation)
        except GpkeysError as error:
            return error
        return None

    def delete_access(self, key_id: str, access_id: str) -> tuple[Access, ...]:
        """Close an offering to a key, and return the accesses left, as read back; one that is gone is no error."""
        left: tuple[Access, ...] = ()

        def is_gone() -> bool:
            nonlocal left
            left = self.accesses(key_id)
            return access_id not in {access.id for access in left}

        self._delete(api_requests.delete_access(key_id, access_id), is_gone)
        return left

    def stats(self, start: datetime, end: datetime, details: bool = False) -> HitStatistics:
        """Return what the account consumed in a period."""
        return self._statistics(api_requests.stats(start, end, details=details))

    def key_stats(self, key_id: str, start: datetime, end: datetime, details: bool = False) -> HitStatistics:
        """Return what was consumed with a key in a period."""
        return self._statistics(api_requests.key_stats(key_id, start, end, details=details))

    def _permissions(self, operation: Operation) -> tuple[Permission, ...]:
        return self._all(operation, json_reading.read_permission)

    def _all(self, operation: Operation, read: Callable[[object, LeftOut], Item]) -> tuple[Item, ...]:
        return read_all(self._exchange, operation, read, self._counts)

    def _statistics(self, operation: Operation) -> HitStatistics:
        return read_statistics(self._exchange, operation, details=("details", "true") in operation.query)

    def _created(self, operation: Operation) -> KeyDetails:
        details = self._exchange.read(operation, json_reading.read_key_details)
        # The answer's body is documented; should it come without the hash, the key's detail has it.
        is_complete = details.key.type is not KeyType.HASH or details.hash is not None
        if is_complete:
            return details
        return lost_answers.read_back(lambda: self.key(details.key.id), described(operation))

    def _explained(self, error: GpkeysError, creation: KeyCreation) -> GpkeysError:
        try:
            return conflicts.explained(error, creation, self.keys(), self.me())
        except GpkeysError:
            return error

    def _delete(self, operation: Operation, is_gone: Callable[[], bool]) -> None:
        """Delete; the list it was in tells whether it is gone: a 404 may be that of a proxy or of a moved address."""
        self._change(lambda: operation, is_gone, harmless=ErrorCode.NOT_FOUND)

    def _change(
        self, operation: Callable[[], Operation], is_made: Callable[[], bool], *, harmless: ErrorCode | None = None
    ) -> None:
        """Send a change and look whether it was made, also where the answer says so: some answers do not know.

        A refusal that is `harmless` counts as an answer: Qt may send a deletion twice, and the second finds nothing.
        """
        asked = operation()

        def send() -> bool:
            try:
                self._exchange.send(operation())
            except GpkeysError as error:
                if error.code is not harmless:
                    raise
            if not lost_answers.read_back(is_made, described(asked)):
                raise errors_from_answers.not_made(described(asked))
            return True

        self._once(asked, send, lambda: is_made() or None)

    def _once(self, operation: Operation, send: Callable[[], T], look: Callable[[], T | None]) -> T:
        return lost_answers.applied_or_again(send, look, self._exchange.pause, described(operation))
