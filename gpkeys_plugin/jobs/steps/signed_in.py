"""The signed-in account's way to the API and to the private services."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Protocol

import requests
from qgis.core import Qgis, QgsMessageLog

from ...entrepot.client import EntrepotClient, never
from ..running.task import LOG_TAG


class SessionFactory(Protocol):
    """Opens a `requests` session over QGIS's network stack."""

    def __call__(
        self, authcfg: str = "", *, guarded_url: str = "", is_cancelled: Callable[[], bool] | None = None
    ) -> requests.Session:
        """Return a session that sends the authentication configuration `authcfg` to `guarded_url` and below only."""


@dataclass(frozen=True)
class SignedIn:
    """The API at `api_url`, spoken to by an account with the OAuth2 authentication configuration `authcfg`."""

    open_session: SessionFactory
    api_url: str
    authcfg: str
    account_id: str = ""

    def client(self, is_cancelled: Callable[[], bool] | None = None) -> EntrepotClient:
        """Return a client for use on one worker; it stops between and within requests once `is_cancelled`."""
        session = self.open_session(self.authcfg, guarded_url=self.api_url, is_cancelled=is_cancelled)
        return EntrepotClient(session, self.api_url, is_cancelled=is_cancelled or never, log=_log)

    def service_session(
        self, authcfg: str, root: str, is_cancelled: Callable[[], bool] | None = None
    ) -> requests.Session:
        """Return a session to a private service, with the authentication configuration of a key or with none."""
        return self.open_session(authcfg, guarded_url=root if authcfg else "", is_cancelled=is_cancelled)


def _log(line: str) -> None:
    QgsMessageLog.logMessage(line, LOG_TAG, Qgis.MessageLevel.Warning)
