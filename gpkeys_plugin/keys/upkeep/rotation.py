"""What a rotation would do, and the names it needs while two keys stand for one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Collection, Sequence

from ...entrepot.models import Access, KeyDetails, KeyType
from ...entrepot.translatable_text import Text
from ..rules.draft_rules import MAX_NAME_LENGTH
from .overview import expired_accesses

_NUMBERED = re.compile(r"^(?P<stem>.*?)-(?P<number>\d+)$")
_MARKS = {KeyType.BASIC: " (nouveau mot de passe{number})", KeyType.HASH: " (nouveau secret{number})"}


@dataclass(frozen=True)
class RotationOutlook:
    """What a rotation would do, said beforehand.

    `obstacle` says why it cannot be done, `offers` what can be done about it. `dropped` are the accesses that cannot be
    carried over, since their permission has ended. `needs_login`: a BASIC login serves once on the whole platform.
    """

    needs_login: bool = False
    proposed_login: str = ""
    obstacle: Text | None = None
    offers: tuple[Text, ...] = ()
    dropped: tuple[Access, ...] = ()


def outlook(
    details: KeyDetails, accesses: Sequence[Access], *, used: int, quota: int | None, now: datetime
) -> RotationOutlook:
    """Return what a rotation of a key would do and what stands in its way."""
    kind = details.key.type
    if kind not in (KeyType.BASIC, KeyType.HASH):
        return RotationOutlook(
            obstacle=Text("Only BASIC and HASH keys have a password or a secret that can be changed.")
        )
    dropped = expired_accesses(accesses, now)
    if quota is not None and used >= quota:
        text = Text("You have {used} of {quota} keys; this change needs one more for a moment.", _counts(used, quota))
        return RotationOutlook(obstacle=text, offers=_OFFERS, dropped=dropped)
    if kind is KeyType.BASIC:
        return RotationOutlook(needs_login=True, proposed_login=next_login(details.login or ""), dropped=dropped)
    return RotationOutlook(dropped=dropped)


def next_login(login: str) -> str:
    """Return a login like the old one, with a number at its end that is one higher."""
    found = _NUMBERED.match(login)
    return f"{found['stem']}-{int(found['number']) + 1}" if found else f"{login}-2"


def temporary_name(name: str, kind: KeyType, taken: Collection[str]) -> str:
    """Return the new key's name as long as the old one has its own: never longer than the platform allows."""
    number = 1
    while True:
        mark = _MARKS[kind].format(number="" if number == 1 else f" {number}")
        made = f"{name[: MAX_NAME_LENGTH - len(mark)]}{mark}"
        if made not in taken:
            return made
        number += 1


def _counts(used: int, quota: int) -> dict[str, object]:
    return {"used": used, "quota": quota}


_OFFERS = (
    Text("Delete a key that is no longer used: the list can be sorted by last use."),
    Text("Or ask the Géoplateforme for a higher number of keys."),
)
