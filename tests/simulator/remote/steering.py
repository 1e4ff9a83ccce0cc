"""The handle of a running simulator: where it is, and its controls."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from requests import Response, Session

from tests.simulator.memory.seeds import seed_id
from tests.simulator.remote.browser_login import new_browser, walk_login

_TIMEOUT_S = 30.0


class Account(NamedTuple):
    """What a person types on the login page."""

    username: str
    password: str


@dataclass(frozen=True)
class LoggedRequest:
    """A request that the simulator received. `status` is None as long as (or because) there is no answer.

    `service` is api, gateway, search or sso; `authentication` bearer, apikey-query, apikey-header, basic or none;
    `user` the owner of the token or key; `body` JSON or form fields. Secrets are masked everywhere.
    """

    moment: float
    service: str
    method: str
    path: str
    query: str
    status: int | None
    fault: str | None
    duration_ms: int | None
    authentication: str
    user: str | None
    user_agent: str
    referer: str
    body: Any

    @property
    def parameters(self) -> dict[str, str]:
        """The query, read; the last value of a repeated parameter."""
        return dict(parse_qsl(self.query, keep_blank_values=True))


@dataclass(frozen=True)
class Simulator:
    """A running simulator."""

    api_url: str
    gateway_url: str
    control_url: str
    sso_url: str
    ogc_url: str | None
    client_id: str
    client_secret: str = field(repr=False)
    accounts: dict[str, Account] = field(repr=False)
    _http: Session = field(default_factory=new_browser, repr=False, compare=False)

    @classmethod
    def from_description(cls, description: dict[str, Any]) -> Simulator:
        """From the JSON line that the process prints."""
        accounts = {
            known["username"]: Account(known["username"], known["password"]) for known in description["accounts"]
        }
        return cls(**{**description, "accounts": accounts})

    @property
    def search_url(self) -> str:
        """Root of the public search service."""
        return f"{self.api_url[: -len('/api')]}/recherche"

    # SSO

    @property
    def auth_url(self) -> str:
        """Where a browser signs in."""
        return f"{self.sso_url}/protocol/openid-connect/auth"

    @property
    def token_url(self) -> str:
        """Where codes and refresh tokens become access tokens."""
        return f"{self.sso_url}/protocol/openid-connect/token"

    def account(self, username: str) -> Account:
        """User name and password of a seeded account."""
        return self.accounts[username]

    def token_for(self, username: str) -> str:
        """An access token of the account, by the SSO's password grant."""
        token: str = self.tokens_for(username)["access_token"]
        return token

    def tokens_for(self, username: str) -> dict[str, Any]:
        """The SSO's whole answer to a password grant, refresh token included."""
        form = {
            "grant_type": "password",
            "scope": "openid profile email",
            "client_id": self.client_id,
            "client_secret": self.client_secret,
            **self.account(username)._asdict(),
        }
        answer = self._http.post(self.token_url, data=form, timeout=_TIMEOUT_S)
        answer.raise_for_status()
        tokens: dict[str, Any] = answer.json()
        return tokens

    def session_for(self, username: str) -> Session:
        """A `requests` session that signs everything with an access token of the account."""
        session = new_browser()
        session.headers["Authorization"] = f"Bearer {self.token_for(username)}"
        return session

    def browse_login(
        self,
        auth_url: str,
        username: str,
        *,
        password: str | None = None,
        browser: Session | None = None,
        cancel: bool = False,
        follow: bool = True,
    ) -> Response:
        """Sign in at `auth_url` like a person with a browser; the answer is that of the reply port.

        See `walk_login` for the options; without `follow` the answer is the redirection to the reply port.
        """
        known = self.account(username)
        secret = known.password if password is None else password
        return walk_login(auth_url, username, secret, browser=browser, cancel=cancel, follow=follow)

    def revoke(self, username: str) -> None:
        """Refuse all tokens of the account from now on, refresh tokens too."""
        self._order("revoke", username=username)

    def refuse_access_tokens(self, username: str) -> None:
        """Refuse the account's access tokens though they have not expired; refreshing still works."""
        self._order("expire-refused", username=username)

    def token_lifetime(self, lifetime_s: int) -> None:
        """Seconds that access tokens made from now on last."""
        self._order("token-lifetime", s=lifetime_s)

    # faults, switches, log

    def reset(self) -> None:
        """Back to the seeds. Tokens are forgotten, ports and SSO keys stay."""
        self._order("reset")

    def remember(self) -> None:
        """Keep what all accounts have, for `recall`."""
        self._order("remember")

    def recall(self) -> None:
        """Have the accounts have what they had when it was remembered; tokens and switches stay."""
        self._order("recall")

    def fail(self, method: str | None, path: str, action: str = "status", **more: Any) -> None:
        """Spoil a request to come; `path` is a regular expression. See control/faults.py for `action` and the rest."""
        self._order("fail", method=method, path=path, action=action, **more)

    def reset_faults(self) -> None:
        """Forget the faults ordered and the latency; everything else stays as it is."""
        self._order("repair")

    def switch(self, **values: Any) -> None:
        """Turn assumptions the other way. See memory/switches.py."""
        self._order("switch", **values)

    def latency(self, latency_ms: int, since: str | None = None) -> None:
        """Delay every answer, or every one from the next request of the method `since` on."""
        self._order("latency", ms=latency_ms, since=since)

    def change_permission(self, username: str, licence: str, **changes: Any) -> None:
        """Change a seeded permission: `ends_in_s` (None = never), `only_oauth`, or `withdrawn=True`."""
        self._order("permission", id=seed_id("permission", f"{username}/{licence}"), **changes)

    def sow(self, username: str, *, permissions: int, offerings: int, keys: int, accesses: int) -> None:
        """Give an account permissions with as many offerings each, and HASH keys with as many accesses each."""
        size = {"permissions": permissions, "offerings": offerings, "keys": keys, "accesses": accesses}
        self._order("large-account", username=username, **size)

    def requests(self, *, service: str | None = None, method: str | None = None, path: str = "") -> list[LoggedRequest]:
        """The log since the last reset or clearing; `path` is a part of the path."""
        answer = self._http.get(f"{self.control_url}/requests", timeout=_TIMEOUT_S)
        answer.raise_for_status()
        return [
            entry
            for entry in (LoggedRequest(**known) for known in answer.json())
            if service in (None, entry.service) and method in (None, entry.method) and path in entry.path
        ]

    def requests_log(self) -> list[LoggedRequest]:
        """The whole log."""
        return self.requests()

    def clear_requests(self) -> None:
        """Forget the log."""
        self._http.delete(f"{self.control_url}/requests", timeout=_TIMEOUT_S).raise_for_status()

    def _order(self, order: str, **body: Any) -> None:
        answer = self._http.post(f"{self.control_url}/{order}", json=body, timeout=_TIMEOUT_S)
        if not answer.ok:
            raise ValueError(answer.text)
