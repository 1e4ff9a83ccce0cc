"""Whether a key can take another one's place: the same accesses, the same filters, and services that accept it."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timezone
from typing import Collection, Mapping, Sequence

from ..entrepot.client import EntrepotClient
from ..entrepot.errors import ErrorCode, GpkeysError
from ..entrepot.models import Filters
from ..entrepot.translatable_text import Text
from ..keys.draft import Grant
from ..keys.services import connection_plans
from ..keys.services.connection_plans import ServedLayer
from ..keys.upkeep import draft_requests, key_edits
from ..keys.upkeep.overview import expired_accesses
from ..store.configurations import auth_configs
from ..store.records.rotations import UnfinishedRotation
from .running.task import Progress
from .steps.account_sessions import SignedIn, TriedKey
from .steps.key_services import KeyRead, services_of
from .steps.service_probe import Credential, ProbeAnswer, ServiceProbe


class SuccessorCheck:
    """Runs on a worker; changes nothing."""

    def __init__(self, signed_in: SignedIn, progress: Progress) -> None:
        self._signed_in = signed_in
        self._progress = progress

    def require_alike(self, old: KeyRead, new: KeyRead) -> None:
        """Raise GpkeysError (CONFLICT) unless the platform's new key opens all that the old one does, for the same."""
        if _lacking(old, new):
            raise _unlike(Text("The new key does not open all services of the old one."))
        if _comparable(old.details.filters) != _comparable(new.details.filters):
            raise _unlike(Text("The new key does not have the filters of the old one."))

    def require_accepted(self, new: Credential, old: Credential | None, layers: Collection[ServedLayer]) -> None:
        """Raise GpkeysError (SERVER) where services refuse the new key that they give to the old one.

        Without an `old` credential to compare with, none must say that it does not know the new key: what does not
        answer says nothing of it.
        """
        self.require_no_less(self.answers(new, layers), old, layers)

    def require_no_less(
        self, answers: Mapping[str, ProbeAnswer], old: Credential | None, layers: Collection[ServedLayer]
    ) -> None:
        """Raise GpkeysError (SERVER) where what services answered a new key is less than they answer the old one."""
        if old is None:
            is_refused = any(answer.is_key_refused for answer in answers.values())
        else:
            refused = _not_opened(answers, layers)
            is_refused = bool(refused) and len(_not_opened(self.answers(old, refused), refused)) < len(refused)
        if is_refused:
            raise _not_accepted()

    def answers(self, credential: Credential, layers: Collection[ServedLayer]) -> Mapping[str, ProbeAnswer]:
        """Return what the services of layers answer to a key, by their addresses."""
        answers = ServiceProbe(self._signed_in, credential, self._progress).answers(layers)
        self._progress.check()
        return answers


def _not_opened(answers: Mapping[str, ProbeAnswer], layers: Collection[ServedLayer]) -> list[ServedLayer]:
    urls = {url for url, answer in answers.items() if not answer.is_key_known}
    return [layer for layer in layers if connection_plans.capabilities_url(layer) in urls]


class SuccessorTrial:
    """Tries the new key of a rotation before the old one is deleted: nothing brings that back.

    What is known from the rotation itself is tried while the two keys are read; `require_passed` sees whether that was
    all of it.
    """

    def __init__(self, signed_in: SignedIn, progress: Progress, entry: UnfinishedRotation) -> None:
        self._known = signed_in.known
        self._check = SuccessorCheck(signed_in, progress)
        self._entry = entry
        self._tried: TriedKey | None = None
        self._ahead: Future[Mapping[str, ProbeAnswer]] = Future()

    def begin(self, pool: ThreadPoolExecutor) -> None:
        """Begin with what is known."""
        tried = self._known.tried.find(self._entry.new_key_id)
        credential = self._credential(tried.hash) if tried is not None else None
        if tried is not None and credential is not None:
            self._tried, self._ahead = tried, pool.submit(self._check.answers, credential, tried.served)

    def require_passed(
        self, old: KeyRead, new: KeyRead, client: EntrepotClient
    ) -> tuple[KeyRead, Sequence[ServedLayer]]:
        """Raise GpkeysError unless the new key is like the old one, and the services accept it.

        Where QGIS cannot go back to the old one, what the new one lacks is opened on it first. Returns the new key as
        it is then, and where its services are.
        """
        if self._entry.spare_authcfg and not auth_configs.exists(self._entry.spare_authcfg):
            # Its permission had ended when the new key was made, and was given again since.
            new = _completed(old, new, client)
        self._check.require_alike(old, new)
        services = services_of(client, self._known, new.accesses)
        credential = self._credential(new.details.hash)
        if credential is None:
            return new, services
        are_tried = self._tried == TriedKey(new.details.hash, frozenset(services))
        answers = self._ahead.result() if are_tried else self._check.answers(credential, services)
        self._check.require_no_less(answers, self._former(old), services)
        return new, services

    def _credential(self, hash_value: str | None) -> Credential | None:
        if hash_value is not None:
            return Credential(hash=hash_value)
        return Credential(self._entry.authcfg) if self._entry.authcfg else None

    def _former(self, old: KeyRead) -> Credential | None:
        if old.details.hash is not None:
            return Credential(hash=old.details.hash)
        has_former = auth_configs.exists(self._entry.spare_authcfg) and not self._entry.predecessor_id
        return Credential(self._entry.spare_authcfg) if has_former else None


def _lacking(old: KeyRead, new: KeyRead) -> set[Grant]:
    """Return what the old key opens today and the new one does not."""
    ended = expired_accesses(old.accesses, datetime.now(timezone.utc))
    wanted = {key_edits.grant_of(access) for access in old.accesses if access not in ended}
    return wanted - {key_edits.grant_of(access) for access in new.accesses}


def _completed(old: KeyRead, new: KeyRead, client: EntrepotClient) -> KeyRead:
    steps = draft_requests.access_steps(_lacking(old, new))
    # A key with other filters is refused all the same: nothing is opened on it.
    if not steps or _comparable(old.details.filters) != _comparable(new.details.filters):
        return new
    openings = [(step.permission_id, step.offering_ids) for step in steps]
    return new._replace(accesses=client.open_offerings(new.details.key.id, openings))


def _comparable(filters: Filters) -> tuple[object, ...]:
    return frozenset(filters.whitelist), frozenset(filters.blacklist), filters.user_agent, filters.referer


def _unlike(user: Text) -> GpkeysError:
    return GpkeysError(
        ErrorCode.CONFLICT,
        user,
        "the new key of a rotation is not like the old one",
        advice=Text("Undo the change, then start it again; nothing was deleted."),
    )


def _not_accepted() -> GpkeysError:
    return GpkeysError(
        ErrorCode.SERVER,
        Text("The services do not accept the new key; the old one still works."),
        "the new key of a rotation was refused where the old one is accepted",
        advice=Text("Try again in a few minutes."),
    )
