"""The signed-in account's way to the API and to the private services, and what it was told in this session of QGIS."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from functools import cache
from typing import Callable, Generic, Mapping, Protocol, TypeVar

import requests
from qgis.core import Qgis, QgsMessageLog

from ...entrepot.client import EntrepotClient
from ...entrepot.models import Account, Permission
from ...entrepot.pages_ahead import PageCounts
from ...entrepot.request_turns import RequestTurns
from ...entrepot.retries import Patience, TellWait, never
from ...keys.services import platform_address_check
from ...keys.services.connection_plans import ServedLayer
from ...store.configurations.auth_configs import HASH_HEADER
from ..running.task import LOG_TAG
from ..values import KeyPage

T = TypeVar("T")

FRESH_S = 600
"""How long what was read is believed."""


class KeptReads(Generic[T]):
    """What was read, by id, until it is too old or forgotten. Any thread may use it."""

    def __init__(
        self, is_whole: Callable[[T], bool] = lambda _: True, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._is_whole = is_whole
        self._now = now
        self._lock = threading.Lock()
        self._kept: dict[str, tuple[float, T]] = {}
        self._times_forgotten = 0

    def find(self, id_: str) -> T | None:
        """Return what is kept, None when nothing is or it is too old."""
        with self._lock:
            read_at, value = self._kept.get(id_, (0.0, None))
        return value if value is not None and self._now() - read_at < FRESH_S else None

    def read(self, id_: str, ask: Callable[[], T]) -> T:
        """Return what is kept, or what `ask` returns, which is kept if it is whole.

        What is forgotten while it is asked for is not kept: it may have been read before a change.
        """
        found = self.find(id_)
        if found is not None:
            return found
        asked_at, before = self._now(), self._times_forgotten
        value = ask()
        with self._lock:
            if before == self._times_forgotten and self._is_whole(value):
                self._kept[id_] = (asked_at, value)
        return value

    def keep(self, id_: str, value: T) -> None:
        """Keep what was read otherwise, if it is whole."""
        with self._lock:
            if self._is_whole(value):
                self._kept[id_] = (self._now(), value)

    def forget(self) -> None:
        """Have all be read again."""
        with self._lock:
            self._kept.clear()
            self._times_forgotten += 1


@dataclass(frozen=True)
class TriedKey:
    """A key that services were asked with: its hash if it has one, and where they are."""

    hash: str | None = field(repr=False)
    served: frozenset[ServedLayer] = frozenset()


class KnownToAccount:
    """What `owner`, an API and an account of it, was told; the pages hold hashes, in memory only.

    `account` is it as the sign-in has read it; `tried` are the new keys of rotations, as they were tried; `counts` is
    how many pages its listings had. `gone_keys` are the ids of those that were deleted here: none comes back.

    A change of ours forgets the pages; a refresh and the end of the sign-in forget everything that may change.
    """

    def __init__(self, owner: tuple[str, str] = ("", ""), account: Account | None = None) -> None:
        self.owner = owner
        self._account = account
        self.pages: KeptReads[KeyPage] = KeptReads(_is_whole)
        self.tried: KeptReads[TriedKey] = KeptReads()
        self.counts = PageCounts()
        self.gone_keys: set[str] = set()
        self._permissions: KeptReads[Permission] = KeptReads()

    def take_account(self) -> Account | None:
        """Return the account as the sign-in has read it, to the first who asks: what it has is not so for long."""
        account, self._account = self._account, None
        return account

    def permission(self, client: EntrepotClient, permission_id: str) -> Permission:
        """Return a permission with the URLs of its offerings; raises GpkeysError when it cannot be read."""
        return self._permissions.read(permission_id, lambda: client.permission(permission_id))

    def forget(self) -> None:
        """Have everything be read again; how long its listings were stays known, and which keys are gone."""
        for kept in (self._permissions, self.pages, self.tried):
            kept.forget()


def _is_whole(page: KeyPage) -> bool:
    """Return whether nothing of a page is missing that may be told at the next reading."""
    return page.usage_problem is None and not page.unserved


class SessionFactory(Protocol):
    """Opens a `requests` session over QGIS's network stack."""

    def __call__(
        self,
        authcfg: str = "",
        *,
        guarded_url: str = "",
        guarded_headers: Mapping[str, str] | None = None,
        is_cancelled: Callable[[], bool] | None = None,
    ) -> requests.Session:
        """Return a session that sends credentials to `guarded_url` and below only.

        They are the authentication configuration `authcfg` and the `guarded_headers`.
        """


@dataclass(frozen=True)
class SignedIn:
    """The API at `api_url`, spoken to by an account with the OAuth2 authentication configuration `authcfg`.

    `known` is what it was told in this session of QGIS.
    """

    open_session: SessionFactory
    api_url: str
    authcfg: str
    account_id: str = ""
    known: KnownToAccount = field(default_factory=KnownToAccount, repr=False, compare=False)

    def client(
        self, is_cancelled: Callable[[], bool] | None = None, tell_wait: TellWait = lambda left_s: None
    ) -> EntrepotClient:
        """Return a client for use on one worker; it stops between and within requests once `is_cancelled`.

        `tell_wait` is told the seconds left when the platform asks to wait.
        """
        session = self.open_session(self.authcfg, guarded_url=self.api_url, is_cancelled=is_cancelled)
        return EntrepotClient(
            session,
            self.api_url,
            patience=Patience(is_cancelled or never, tell_wait),
            turns=_turns(self.api_url),
            log=_log,
            counts=self.known.counts,
        )

    def is_on_platform(self, url: str) -> bool:
        """Whether an address is on the servers of this platform: nothing that opens a key's services goes elsewhere."""
        return platform_address_check.is_on_platform(url, self.api_url)

    def service_session(
        self, authcfg: str, root: str, is_cancelled: Callable[[], bool] | None = None, hash_value: str | None = None
    ) -> requests.Session:
        """Return a session to a private service, with the authentication configuration or the hash of a key, or none.

        The hash goes as a header: QGIS's network log shows URLs. Where `root` is not on the platform's servers, the
        session has no credential to send.
        """
        if not self.is_on_platform(root):
            return self.open_session(is_cancelled=is_cancelled)
        headers = {HASH_HEADER: hash_value} if hash_value is not None else {}
        guarded = root if authcfg or headers else ""
        return self.open_session(authcfg, guarded_url=guarded, guarded_headers=headers, is_cancelled=is_cancelled)


@cache
def _turns(api_url: str) -> RequestTurns:
    """Return the turns of all that this QGIS asks of an API: the platform counts requests, not jobs."""
    return RequestTurns()


def _log(line: str) -> None:
    QgsMessageLog.logMessage(line, LOG_TAG, Qgis.MessageLevel.Warning)
