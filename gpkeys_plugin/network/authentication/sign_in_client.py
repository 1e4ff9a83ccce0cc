"""What an OAuth2 authentication configuration says, as far as the sign-in needs it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Mapping

from qgis.core import QgsApplication, QgsAuthMethodConfig
from qgis.PyQt.QtCore import QUrl

METHOD = "OAuth2"
# What QGIS takes where a configuration says nothing.
_QGIS_REPLY_PORT = 7070
_QGIS_TIMEOUT_S = 30
_FLOWS_WITHOUT_BROWSER = (2, 4)  # resource owner's password, client credentials
_PKCE = 3
_PASSWORD = 2
_LOOPBACK = ("127.0.0.1", "localhost")
_WAITS = 5  # QGIS waits for the browser that many times the configuration's time-out


@dataclass(frozen=True)
class SignInClient:
    """The addresses, the client and the reply port of an OAuth2 configuration.

    `keeps_session` tells whether the tokens outlive QGIS; `more_query` is what the configuration adds to the address of
    the sign-in page.
    """

    authcfg: str
    authorize_url: str
    grant_url: str
    client_id: str
    client_secret: str = field(repr=False)
    reply_port: int = _QGIS_REPLY_PORT
    timeout_s: int = _QGIS_TIMEOUT_S
    needs_browser: bool = True
    uses_pkce: bool = False
    uses_password: bool = False
    scope: str = ""
    reply_path: str = ""
    reply_host: str = _LOOPBACK[0]
    own_refresh_url: str = ""
    keeps_session: bool = True
    more_query: Mapping[str, str] = field(default_factory=dict)

    @property
    def login_wait_s(self) -> int:
        """How long QGIS waits for the browser."""
        return _WAITS * self.timeout_s

    @property
    def refresh_url(self) -> str:
        """Where a session is refreshed: the token endpoint unless the configuration names another address."""
        return self.own_refresh_url or self.grant_url

    @property
    def reply_address(self) -> str:
        """Where the sign-in page sends the browser back to, as QGIS writes it."""
        return f"http://{self.reply_host}:{self.reply_port}/{self.reply_path}"

    @property
    def login_query(self) -> dict[str, str]:
        """What the sign-in page is asked, but for what is another each time."""
        scope = {"scope": self.scope} if self.scope else {}
        asked = {"response_type": "code", "client_id": self.client_id, "redirect_uri": self.reply_address}
        return {**self.more_query, **asked, **scope}

    def sibling_url(self, name: str) -> str:
        """Return the address of another endpoint beside the token endpoint (logout, revoke); empty when unknown."""
        return self.grant_url.rsplit("/", 1)[0] + f"/{name}" if self._has_usual_paths else ""

    @property
    def credentials(self) -> dict[str, str]:
        """The form fields by which the client identifies itself; a public client has no secret to show."""
        shown = {"client_id": self.client_id, "client_secret": self.client_secret}
        return {name: value for name, value in shown.items() if value}

    @property
    def _has_usual_paths(self) -> bool:
        return self.grant_url.endswith("/token")


def is_oauth2(authcfg: str) -> bool:
    """Whether `authcfg` is an OAuth2 configuration; asks for no master password."""
    return str(QgsApplication.authManager().configAuthMethodKey(authcfg)) == METHOD


def is_unlocked() -> bool:
    """Whether the authentication database can be read without asking the user for the master password."""
    return bool(QgsApplication.authManager().masterPasswordIsSet())


def read_setup(authcfg: str) -> SignInClient | None:
    """Read the configuration; None when it is not OAuth2, cannot be read, or the database is locked."""
    if not is_unlocked() or not is_oauth2(authcfg):
        return None
    config = QgsAuthMethodConfig()
    is_loaded, config = QgsApplication.authManager().loadAuthenticationConfig(authcfg, config, True)
    return _parsed(authcfg, config.config("oauth2config")) if is_loaded else None


def _parsed(authcfg: str, text: str) -> SignInClient | None:
    try:
        values = json.loads(text)
    except ValueError:
        return None
    return _setup(authcfg, values) if isinstance(values, dict) else None


def _setup(authcfg: str, values: dict[str, Any]) -> SignInClient:
    host, pairs = values.get("redirectHost"), values.get("queryPairs")
    return SignInClient(
        authcfg=authcfg,
        authorize_url=values.get("requestUrl") or "",
        grant_url=values.get("tokenUrl") or "",
        client_id=values.get("clientId") or "",
        client_secret=values.get("clientSecret") or "",
        reply_port=int(values.get("redirectPort") or _QGIS_REPLY_PORT),
        timeout_s=int(values.get("requestTimeout") or _QGIS_TIMEOUT_S),
        needs_browser=values.get("grantFlow") not in _FLOWS_WITHOUT_BROWSER,
        uses_pkce=values.get("grantFlow") == _PKCE,
        uses_password=values.get("grantFlow") == _PASSWORD,
        scope=values.get("scope") or "",
        reply_path=values.get("redirectUrl") or "",
        reply_host=host if host in _LOOPBACK else _LOOPBACK[0],
        own_refresh_url=values.get("refreshTokenUrl") or "",
        keeps_session=bool(values.get("persistToken")),
        more_query={str(name): str(value) for name, value in pairs.items()} if isinstance(pairs, dict) else {},
    )


def is_login_of(setup: SignInClient, url: QUrl) -> bool:
    """Whether `url` is the login page of this configuration's client."""
    page = QUrl(setup.authorize_url)
    parts = QUrl.UrlFormattingOption.RemoveQuery | QUrl.UrlFormattingOption.RemoveFragment
    if url.adjusted(parts) != page.adjusted(parts):
        return False
    return f"client_id={setup.client_id}" in url.query(QUrl.ComponentFormattingOption.FullyDecoded).split("&")
