"""What the simulated SSO remembers: its clients, sessions, authorization codes and tokens."""

from __future__ import annotations

import hmac
import re
import secrets
import threading
import time
from dataclasses import dataclass, field

from authlib.oauth2.rfc6749 import ClientMixin, TokenMixin
from authlib.oidc.core import AuthorizationCodeMixin

from tests.simulator.memory.records import AccountRecord
from tests.simulator.memory.switches import Switches

CODE_LIFETIME_S = 60
_DECLARED_REPLY = re.compile(r"http://127\.0\.0\.1:707[0-9]/")
_LOOPBACK_REPLY = re.compile(r"http://(127\.0\.0\.1|localhost|\[::1\]):[0-9]+/?")
_DEFAULT_SCOPES = ("profile", "email")
_KNOWN_SCOPES = ("openid", *_DEFAULT_SCOPES, "offline_access")
_GRANTS = ("authorization_code", "refresh_token", "password")


@dataclass
class Client(ClientMixin):
    """An application known to the SSO. Without a secret it is a public one, that has to use PKCE."""

    client_id: str
    options: Switches
    client_secret: str | None = field(default=None, repr=False)
    client_metadata: dict[str, str] = field(default_factory=dict)

    @property
    def is_public(self) -> bool:
        """Whether it cannot keep a secret."""
        return self.client_secret is None

    def get_client_id(self) -> str:
        """Identifier of the application."""
        return self.client_id

    def get_default_redirect_uri(self) -> None:
        """None: as with Keycloak, the redirection has to be said."""

    def get_allowed_scope(self, scope: str | None) -> str | None:
        """The default scopes and the wanted ones; None refuses an unknown one."""
        wanted = (scope or "").split()
        if any(name not in _KNOWN_SCOPES for name in wanted):
            return None
        return " ".join(dict.fromkeys([*wanted, *_DEFAULT_SCOPES]))

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        """Whether the browser may be sent there: the declared ports, or any loopback one by a switch."""
        expected = _LOOPBACK_REPLY if self.options.any_redirect_port else _DECLARED_REPLY
        return expected.fullmatch(redirect_uri) is not None

    def check_client_secret(self, client_secret: str) -> bool:
        """Whether the secret is the client's own."""
        return self.client_secret is not None and hmac.compare_digest(self.client_secret, client_secret)

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        """A public client shows no secret, a confidential one in the header or in the body."""
        return method in (("none",) if self.is_public else ("client_secret_basic", "client_secret_post"))

    def check_response_type(self, response_type: str) -> bool:
        """Only the authorization code flow is switched on."""
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        """Password grants are for clients that keep a secret, unless a switch forbids them to all."""
        if grant_type == "password":
            return self.options.direct_grants and not self.is_public
        return grant_type in _GRANTS


@dataclass
class Session:
    """A sign-in. Ending it refuses all the tokens that came of it."""

    account: AccountRecord
    id: str = field(default_factory=lambda: secrets.token_hex(16))
    started_at: int = field(default_factory=lambda: int(time.time()))
    is_over: bool = False

    def get_user_id(self) -> str:
        """Subject of the tokens."""
        return self.account.id


@dataclass
class CodeRecord(AuthorizationCodeMixin):
    """An authorization code on its way to the token endpoint."""

    code: str
    client_id: str
    redirect_uri: str
    scope: str
    session: Session
    nonce: str | None = None
    code_challenge: str | None = None
    code_challenge_method: str | None = None
    issued_at: float = field(default_factory=time.time)
    is_used: bool = False

    def get_redirect_uri(self) -> str:
        """Where the code went."""
        return self.redirect_uri

    def get_scope(self) -> str:
        """What it was asked for."""
        return self.scope

    def get_nonce(self) -> str | None:
        """The client's own number, repeated in the identity token."""
        return self.nonce

    def get_auth_time(self) -> int:
        """When the person signed in."""
        return self.session.started_at


@dataclass
class TokenRecord(TokenMixin):
    """A pair of access and refresh tokens."""

    client: Client
    session: Session
    scope: str
    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    access_expires_at: float
    refresh_expires_at: float
    issued_at: float = field(default_factory=time.time)
    is_access_refused: bool = False
    is_refresh_refused: bool = False

    def check_client(self, client: Client) -> bool:
        """Whether the client got it."""
        return self.client.client_id == client.client_id

    def get_scope(self) -> str:
        """What it is good for."""
        return self.scope

    def get_expires_in(self) -> int:
        """Seconds that the access token was given."""
        return int(self.access_expires_at - self.issued_at)

    def is_expired(self) -> bool:
        """Whether the access token is too old."""
        return time.time() >= self.access_expires_at

    def is_revoked(self) -> bool:
        """Whether the access token is refused before its time."""
        return self.is_access_refused or self.session.is_over

    def is_refreshable(self) -> bool:
        """Whether the refresh token still works."""
        return not self.is_refresh_refused and not self.session.is_over and time.time() < self.refresh_expires_at

    def get_user(self) -> Session:
        """The sign-in behind it."""
        return self.session

    def get_client(self) -> Client:
        """The client that got it."""
        return self.client


class Registry:
    """Sessions, codes and tokens, behind one lock."""

    def __init__(self) -> None:
        """Nobody is signed in."""
        self._lock = threading.RLock()
        self._sessions: dict[str, Session] = {}
        self._codes: dict[str, CodeRecord] = {}
        self._by_access: dict[str, TokenRecord] = {}
        self._by_refresh: dict[str, TokenRecord] = {}

    def clear(self) -> None:
        """Forget everything: every token is refused from now on."""
        with self._lock:
            for known in (self._sessions, self._codes, self._by_access, self._by_refresh):
                known.clear()

    def open_session(self, account: AccountRecord) -> Session:
        """A new sign-in of the account."""
        session = Session(account)
        with self._lock:
            self._sessions[session.id] = session
        return session

    def session(self, session_id: str | None) -> Session | None:
        """A sign-in that is not over."""
        with self._lock:
            session = self._sessions.get(session_id or "")
        return None if session is None or session.is_over else session

    def add_code(self, code: CodeRecord) -> None:
        """Remember an authorization code."""
        with self._lock:
            self._codes[code.code] = code

    def take_code(self, code: str, client: Client) -> CodeRecord | None:
        """The code, once and soon. A second use ends the session, as the OAuth2 specification advises."""
        with self._lock:
            record = self._codes.get(code)
            if record is None or record.client_id != client.client_id:
                return None
            if record.is_used:
                record.session.is_over = True
                return None
            record.is_used = True
        return record if time.time() < record.issued_at + CODE_LIFETIME_S else None

    def add_token(self, token: TokenRecord) -> None:
        """Remember a pair of tokens."""
        with self._lock:
            self._by_access[token.access_token] = token
            self._by_refresh[token.refresh_token] = token

    def by_access(self, access_token: str) -> TokenRecord | None:
        """The pair that an access token belongs to."""
        with self._lock:
            return self._by_access.get(access_token)

    def by_refresh(self, refresh_token: str) -> TokenRecord | None:
        """The pair that a refresh token belongs to."""
        with self._lock:
            return self._by_refresh.get(refresh_token)

    def end_sessions(self, username: str) -> None:
        """Sign a person out everywhere: access and refresh tokens are refused."""
        with self._lock:
            for session in self._sessions.values():
                if session.account.username == username:
                    session.is_over = True

    def refuse_access_tokens(self, username: str) -> None:
        """Refuse a person's present access tokens; refreshing still works."""
        with self._lock:
            for token in self._by_access.values():
                if token.session.account.username == username:
                    token.is_access_refused = True
