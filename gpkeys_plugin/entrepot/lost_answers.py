"""Changes that must not be made twice: after a lost answer, look before sending again."""

from __future__ import annotations

from ipaddress import ip_network
from typing import Callable, Collection, Iterable, Sequence, TypeVar

from . import errors_from_answers
from .errors import ErrorCode, GpkeysError
from .models import Access, Key, KeyCreation, KeyDetails, KeyType, KeyUpdate
from .retries import LONGEST_WAIT_S

T = TypeVar("T")

# What was sent may still be on its way when its answer is lost: a moment before looking.
_MOMENT_S = 0.5


def applied_or_again(
    send: Callable[[], T], look: Callable[[], T | None], pause: Callable[[float], None], described: str
) -> T:
    """Make a change once: `send` it; when its answer is lost, `look`, and send once more if it was not made.

    `look` returns what `send` would have returned, or None when the change was not made. When looking fails too, the
    error is OUTCOME_UNKNOWN. A conflict is never sent again.
    """
    may_send_again = True
    while True:
        try:
            return send()
        except GpkeysError as error:
            failed = error
        found = _looked(failed, look, pause, described)
        if found is not None:
            return found
        if failed.code is ErrorCode.CONFLICT or not may_send_again:
            raise failed
        may_send_again = False


def looked_after(
    failed: Sequence[GpkeysError], look: Callable[[], T], pause: Callable[[float], None], described: str
) -> T:
    """Return what `look` sees after changes that were sent side by side; `failed` are the failures among them.

    Raises that of one that cannot have been made, else OUTCOME_UNKNOWN where looking fails.
    """
    for error in failed:
        if not errors_from_answers.may_have_been_applied(error):
            raise error
    if not failed:
        try:
            return read_back(look, described)
        except GpkeysError as error:
            if not error.can_retry:
                raise
            failed = [error]
    pause(max(map(_wait_before_looking_s, failed)))
    return _seen(look, described)


def read_back(look: Callable[[], T], described: str) -> T:
    """Return what `look` sees of a change that was confirmed; where nobody may look, the error is OUTCOME_UNKNOWN.

    Raised as it is: a cancel, and what another look may mend.
    """
    try:
        return look()
    except GpkeysError as error:
        is_worth_another_look = error.can_retry and error.code is not ErrorCode.RATE_LIMITED
        if error.code is ErrorCode.CANCELLED or is_worth_another_look:
            raise
        raise errors_from_answers.not_read_back(described, error) from None


def _looked(
    failed: GpkeysError, look: Callable[[], T | None], pause: Callable[[float], None], described: str
) -> T | None:
    if not errors_from_answers.may_have_been_applied(failed):
        raise failed
    pause(_wait_before_looking_s(failed))
    return _seen(look, described)


def _seen(look: Callable[[], T], described: str) -> T:
    try:
        return look()
    except GpkeysError as cause:
        if cause.code is ErrorCode.CANCELLED:
            raise
        raise errors_from_answers.outcome_unknown(described, cause) from None


def _wait_before_looking_s(failed: GpkeysError) -> float:
    if failed.code is ErrorCode.CONFLICT:
        return 0.0
    asked = failed.retry_after_s or _MOMENT_S
    if asked <= LONGEST_WAIT_S:
        return asked
    if failed.code is ErrorCode.RATE_LIMITED:
        # Nothing was done, and the user is not to be kept waiting for so long.
        raise failed
    return _MOMENT_S


def candidates(creation: KeyCreation, keys: Iterable[Key], existing_ids: Collection[str]) -> list[Key]:
    """Return the keys that may be the one just created: its name and type, and not there before."""
    return [
        key for key in keys if key.id not in existing_ids and key.name == creation.name and key.type is creation.type
    ]


def is_fresh(creation: KeyCreation, details: KeyDetails, accesses: Collection[Access]) -> bool:
    """Return whether a key of the right name can be the one just created: same login, and no access yet.

    A key the user made elsewhere meanwhile, with the same name, has accesses: it must not be taken for ours.
    """
    return not accesses and (creation.type is not KeyType.BASIC or details.login == creation.login)


def is_updated(update: KeyUpdate, details: KeyDetails) -> bool:
    """Return whether a key has all that an update asked for."""
    filters = details.filters
    return all(
        (
            update.name is None or update.name == details.key.name,
            update.whitelist is None or _networks(update.whitelist) == _networks(filters.whitelist),
            update.blacklist is None or _networks(update.blacklist) == _networks(filters.blacklist),
            update.user_agent is None or update.user_agent.strip() == (filters.user_agent or ""),
            update.referer is None or update.referer.strip() == (filters.referer or ""),
        )
    )


def _networks(addresses: Iterable[str]) -> list[str]:
    """Return addresses as they compare: the platform makes networks of them."""
    return sorted(map(_network, addresses))


def _network(address: str) -> str:
    try:
        return str(ip_network(address.strip(), strict=False))
    except ValueError:
        return address


def missing_offerings(
    permission_id: str | None, offering_ids: Iterable[str], accesses: Iterable[Access]
) -> tuple[str, ...]:
    """Return those of the offerings that the accesses do not open through that permission yet."""
    there = {(access.offering.id, access.permission.id if access.permission else None) for access in accesses}
    return tuple(wanted for wanted in dict.fromkeys(offering_ids) if (wanted, permission_id) not in there)
