"""The signed-in account's way to the API and to the private services."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Callable, Mapping, Protocol

import requests
from qgis.core import Qgis, QgsMessageLog

from ...entrepot.client import EntrepotClient
from ...entrepot.request_turns import RequestTurns
from ...entrepot.retries import Patience, TellWait, never
from ...keys.services import platform_address_check
from ...store.configurations.auth_configs import HASH_HEADER
from ..running.task import LOG_TAG


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
    """The API at `api_url`, spoken to by an account with the OAuth2 authentication configuration `authcfg`."""

    open_session: SessionFactory
    api_url: str
    authcfg: str
    account_id: str = ""

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
