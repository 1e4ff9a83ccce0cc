"""Whether a key can take another one's place: the same accesses, the same filters, and services that accept it."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Sequence

from ..entrepot.client import EntrepotClient
from ..entrepot.errors import ErrorCode, GpkeysError
from ..entrepot.models import Access, Filters, KeyDetails
from ..entrepot.translatable_text import Text
from ..keys.services import connection_plans
from ..keys.services.connection_plans import ServedLayer
from ..keys.upkeep import key_edits
from ..keys.upkeep.overview import expired_accesses
from .running.task import Progress
from .steps.account_sessions import SignedIn
from .steps.offerings_with_urls import offerings_with_urls
from .steps.service_probe import Credential, ServiceProbe


class SuccessorCheck:
    """Runs on a worker; changes nothing."""

    def __init__(self, signed_in: SignedIn, client: EntrepotClient, progress: Progress) -> None:
        self._signed_in = signed_in
        self._client = client
        self._progress = progress

    def require_alike(self, old: KeyDetails, new: KeyDetails) -> None:
        """Raise GpkeysError (CONFLICT) unless the platform's new key opens all that the old one does, for the same."""
        now = datetime.now(timezone.utc)
        accesses = self._client.accesses(old.key.id)
        ended = expired_accesses(accesses, now)
        wanted = {key_edits.grant_of(access) for access in accesses if access not in ended}
        if wanted - {key_edits.grant_of(access) for access in self._client.accesses(new.key.id)}:
            raise _unlike(Text("The new key does not open all services of the old one."))
        if _comparable(old.filters) != _comparable(new.filters):
            raise _unlike(Text("The new key does not have the filters of the old one."))

    def require_accepted(self, new: Credential, old: Credential | None, accesses: Sequence[Access]) -> None:
        """Raise GpkeysError (SERVER) where services refuse the new key that they give to the old one.

        Without an `old` credential to compare with, they must not refuse at all.
        """
        offerings = offerings_with_urls(self._client, accesses)
        layers = [layer for offering in offerings.values() for layer in connection_plans.served_layers(offering)]
        refused = self._refused(new, layers)
        if refused and (old is None or len(self._refused(old, refused)) < len(refused)):
            raise _not_accepted()

    def _refused(self, credential: Credential, layers: Sequence[ServedLayer]) -> list[ServedLayer]:
        answers = ServiceProbe(self._signed_in, credential, self._progress).answers(layers)
        self._progress.check()
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
