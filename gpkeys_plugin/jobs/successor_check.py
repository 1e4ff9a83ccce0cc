"""Whether a key can take another one's place: the same accesses, the same filters, and services that accept it."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Mapping, NamedTuple, Sequence

from ..entrepot.errors import ErrorCode, GpkeysError
from ..entrepot.models import Access, Filters, KeyDetails
from ..entrepot.translatable_text import Text
from ..keys.services import connection_plans
from ..keys.services.connection_plans import ServedLayer
from ..keys.upkeep import key_edits
from ..keys.upkeep.overview import expired_accesses
from .running.task import Progress
from .steps.account_sessions import SignedIn
from .steps.service_probe import Credential, ProbeAnswer, ServiceProbe


class KeyRead(NamedTuple):
    """A key as the platform has it."""

    details: KeyDetails
    accesses: Sequence[Access]


class SuccessorCheck:
    """Runs on a worker; changes nothing."""

    def __init__(self, signed_in: SignedIn, progress: Progress) -> None:
        self._signed_in = signed_in
        self._progress = progress

    def require_alike(self, old: KeyRead, new: KeyRead) -> None:
        """Raise GpkeysError (CONFLICT) unless the platform's new key opens all that the old one does, for the same."""
        ended = expired_accesses(old.accesses, datetime.now(timezone.utc))
        wanted = {key_edits.grant_of(access) for access in old.accesses if access not in ended}
        if wanted - {key_edits.grant_of(access) for access in new.accesses}:
            raise _unlike(Text("The new key does not open all services of the old one."))
        if _comparable(old.details.filters) != _comparable(new.details.filters):
            raise _unlike(Text("The new key does not have the filters of the old one."))

    def require_accepted(self, new: Credential, old: Credential | None, layers: Sequence[ServedLayer]) -> None:
        """Raise GpkeysError (SERVER) where services refuse the new key that they give to the old one.

        Without an `old` credential to compare with, none must say that it does not know the new key: what does not
        answer says nothing of it.
        """
        answers = self._answers(new, layers)
        if old is None:
            is_refused = any(answer.is_key_refused for answer in answers.values())
        else:
            refused = _not_opened(answers, layers)
            is_refused = bool(refused) and len(_not_opened(self._answers(old, refused), refused)) < len(refused)
        if is_refused:
            raise _not_accepted()

    def _answers(self, credential: Credential, layers: Sequence[ServedLayer]) -> Mapping[str, ProbeAnswer]:
        answers = ServiceProbe(self._signed_in, credential, self._progress).answers(layers)
        self._progress.check()
        return answers


def _not_opened(answers: Mapping[str, ProbeAnswer], layers: Sequence[ServedLayer]) -> list[ServedLayer]:
    urls = {url for url, answer in answers.items() if not answer.is_key_known}
    return [layer for layer in layers if connection_plans.capabilities_url(layer) in urls]


def _comparable(filters: Filters) -> tuple[object, ...]:
    return frozenset(filters.whitelist), frozenset(filters.blacklist), filters.user_agent, filters.referer


def _unlike(user: Text) -> GpkeysError:
    return GpkeysError(
        ErrorCode.CONFLICT,
        user,
        "the new key of a rotation is not like the old one",
        advice=Text("Undo the change of secret, then change it again; nothing was deleted."),
    )


def _not_accepted() -> GpkeysError:
    return GpkeysError(
        ErrorCode.SERVER,
        Text("The services do not accept the new key; the old one still works."),
        "the new key of a rotation was refused where the old one is accepted",
        advice=Text("Try again in a few minutes."),
    )
