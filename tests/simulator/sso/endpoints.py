"""The SSO's further endpoints: Authlib's, bound to the registry, behaving as Keycloak does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from authlib.common.urls import add_params_to_uri
from authlib.oauth2 import OAuth2Error
from authlib.oauth2.rfc6749 import InvalidClientError, OAuth2Request
from authlib.oauth2.rfc6750 import BearerTokenValidator
from authlib.oauth2.rfc7009 import RevocationEndpoint as AuthlibRevocation
from authlib.oauth2.rfc7662 import IntrospectionEndpoint as AuthlibIntrospection
from authlib.oauth2.rfc9207 import IssuerParameter
from authlib.oidc.core import UserInfo
from authlib.oidc.core import UserInfoEndpoint as AuthlibUserInfo
from authlib.oidc.rpinitiated import EndSessionEndpoint
from flask import Response
from joserfc.jwk import KeySet

from tests.simulator.sso.grants import ALL_METHODS, user_info
from tests.simulator.sso.registry import Client, Registry, Session, TokenRecord

if TYPE_CHECKING:
    from tests.simulator.sso.provider import Provider


class Validator(BearerTokenValidator):
    """Accepts access tokens that the registry knows, unexpired and unrevoked."""

    def __init__(self, registry: Registry) -> None:
        super().__init__(realm="geoplateforme")
        self._registry = registry

    def authenticate_token(self, token_string: str) -> TokenRecord | None:
        return self._registry.by_access(token_string)


class UserInfoEndpoint(AuthlibUserInfo):
    """Tells who is signed in."""

    def generate_user_info(self, user: Session, scope: str) -> UserInfo:
        return user_info(user, scope)


def _found(registry: Registry, token: str) -> TokenRecord | None:
    return registry.by_access(token) or registry.by_refresh(token)


class RevocationEndpoint(AuthlibRevocation):
    """Refuses a token from now on."""

    CLIENT_AUTH_METHODS = ALL_METHODS

    def query_token(self, token_string: str, token_type_hint: str | None) -> TokenRecord | None:
        return _found(self.server.registry, token_string)

    def revoke_token(self, token: TokenRecord, request: OAuth2Request) -> None:
        """An access token alone, or with its refresh token the whole sign-in, as Keycloak does."""
        if request.form["token"] == token.access_token:
            token.is_access_refused = True
        else:
            token.session.is_over = True


class _RefreshToken:
    """A token record seen as its refresh token: Authlib asks whether it is expired, and means the access token."""

    def __init__(self, record: TokenRecord) -> None:
        self._record = record

    def __getattr__(self, name: str) -> Any:
        return getattr(self._record, name)

    def is_expired(self) -> bool:
        """Whether the refresh token no longer works."""
        return not self._record.is_refreshable()

    def is_revoked(self) -> bool:
        """Whether the session is over; access tokens refused before their time do not matter."""
        return self._record.session.is_over


class IntrospectionEndpoint(AuthlibIntrospection):
    """Tells confidential clients about a token; refuses the others with Keycloak's words."""

    CLIENT_AUTH_METHODS = ALL_METHODS

    def authenticate_endpoint_client(self, request: OAuth2Request) -> Client:
        try:
            client: Client = super().authenticate_endpoint_client(request)
        except InvalidClientError as error:
            raise OAuth2Error("Authentication failed.", error="invalid_request", status_code=401) from error
        if client.is_public:
            raise OAuth2Error("Client not allowed.", error="invalid_request", status_code=403)
        return client

    def query_token(self, token_string: str, token_type_hint: str | None) -> TokenRecord | _RefreshToken | None:
        """What Keycloak since 26.6.2 is not told the kind of is an access token, and a refresh token is not one."""
        registry: Registry = self.server.registry
        is_any_kind = token_type_hint == "refresh_token" or not self.server.state.options.token_type_hint_demanded
        refreshing = registry.by_refresh(token_string) if is_any_kind else None
        return _RefreshToken(refreshing) if refreshing is not None else registry.by_access(token_string)

    def check_permission(self, token: TokenRecord | _RefreshToken, client: Client, request: OAuth2Request) -> bool:
        return True

    def introspect_token(self, token: TokenRecord) -> dict[str, Any]:
        return {
            "client_id": token.client.client_id,
            "username": token.session.account.username,
            "token_type": "Bearer",
            "scope": token.scope,
            "sub": token.session.get_user_id(),
            "sid": token.session.id,
            "iss": self.server.issuer,
            "iat": int(token.issued_at),
            "exp": int(token.access_expires_at),
        }


class LogoutEndpoint(EndSessionEndpoint):
    """Logout by a browser with `id_token_hint`; see `end_by_refresh_token` for that of an application."""

    def get_server_jwks(self) -> KeySet:
        return self.server.key

    def _is_valid_post_logout_redirect_uri(self, client: Client, post_logout_redirect_uri: str) -> bool:
        return client.check_redirect_uri(post_logout_redirect_uri)

    def end_session(self, end_session_request: Any) -> None:
        claims = end_session_request.id_token_claims or {}
        session = self.server.registry.session(claims.get("sid"))
        if session is not None:
            session.is_over = True


class CallbackParameters(IssuerParameter):
    """Adds `session_state` and `iss` to the callback, as Keycloak does."""

    def __init__(self, provider: Provider) -> None:
        self._issuer = provider.issuer
        self(provider)

    def get_issuer(self) -> str:
        return self._issuer


def with_session_state(response: Response, session: Session | None) -> Response:
    """The redirection to the application, telling the session too."""
    if session is not None and response.location and "code=" in response.location:
        response.location = add_params_to_uri(response.location, {"session_state": session.id})
    return response
