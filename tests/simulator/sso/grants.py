"""The SSO's grants and tokens: Authlib's, bound to the registry, with Keycloak's words."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from authlib.common.security import generate_token
from authlib.oauth2.rfc6749 import (
    InvalidGrantError,
    InvalidRequestError,
    OAuth2Request,
    UnauthorizedClientError,
    grants,
)
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oauth2.rfc9068 import JWTBearerTokenGenerator
from authlib.oidc.core import OpenIDCode, OpenIDToken, UserInfo
from joserfc.jwk import KeySet

from tests.simulator.sso.registry import Client, CodeRecord, Session, TokenRecord

if TYPE_CHECKING:
    from tests.simulator.sso.provider import Provider

SECRET_METHODS = ["client_secret_basic", "client_secret_post"]
ALL_METHODS = [*SECRET_METHODS, "none"]


class TokenGenerator(JWTBearerTokenGenerator):
    """Access tokens as Keycloak writes them: JWT signed with RS256, with the name of the account."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider
        super().__init__(
            provider.issuer,
            refresh_token_generator=lambda **_: generate_token(64),
            expires_generator=lambda _client, _grant_type: provider.state.options.token_lifetime_s,
        )

    def get_jwks(self) -> KeySet:
        return self._provider.key

    def get_audiences(self, client: Client, user: Session, scope: str) -> str:
        return "account"

    def get_extra_claims(self, client: Client, grant_type: str, user: Session, scope: str) -> dict[str, Any]:
        return {"azp": client.client_id, "sid": user.id, **user_info(user, scope)}

    def generate(self, grant_type: str, client: Client, user: Session, *more: Any) -> dict[str, Any]:
        token: dict[str, Any] = super().generate(grant_type, client, user, *more)
        return token | {
            "refresh_expires_in": self._provider.state.options.refresh_lifetime_s,
            "not-before-policy": 0,
            "session_state": user.id,
            "issued_at": time.time(),
        }


def user_info(session: Session, scope: str | None) -> UserInfo:
    """What the scopes tell about a person, under Keycloak's names."""
    account = session.account
    return UserInfo(
        sub=account.id,
        name=f"{account.first_name} {account.last_name}",
        given_name=account.first_name,
        family_name=account.last_name,
        preferred_username=account.username,
        email=account.email,
        email_verified=True,
    ).filter(f"openid {scope or ''}")


class Identity(OpenIDCode):
    """The identity token, when the scope `openid` was asked for."""

    def __call__(self, grant: Any) -> None:
        if isinstance(grant, CodeGrant):
            super().__call__(grant)
        else:
            OpenIDToken.__call__(self, grant)
        self._provider: Provider = grant.server

    def exists_nonce(self, nonce: str, request: OAuth2Request) -> bool:
        return False

    def resolve_client_private_key(self, client: Client) -> KeySet:
        return self._provider.key

    def get_client_claims(self, client: Client) -> dict[str, Any]:
        return {"iss": self._provider.issuer, "azp": client.client_id, "aud": client.client_id}

    def generate_user_info(self, user: Session, scope: str) -> dict[str, Any]:
        return {**user_info(user, scope), "sid": user.id}


class Pkce(CodeChallenge):
    """S256 only, and demanded of public clients at once, as Keycloak does; by a switch of confidential ones too."""

    SUPPORTED_CODE_CHALLENGE_METHOD = ["S256"]
    DEFAULT_CODE_CHALLENGE_METHOD = "S256"

    def validate_code_challenge(self, grant: Any, redirect_uri: str) -> None:
        wanted = grant.request.payload.data
        client = grant.request.client
        is_demanded = client.is_public or client.options.pkce_demanded
        if (is_demanded or wanted.get("code_challenge")) and not wanted.get("code_challenge_method"):
            raise InvalidRequestError("Missing parameter: code_challenge_method")
        super().validate_code_challenge(grant, redirect_uri)


class CodeGrant(grants.AuthorizationCodeGrant):
    """Authorization code, for both kinds of client."""

    TOKEN_ENDPOINT_AUTH_METHODS = ALL_METHODS

    def save_authorization_code(self, code: str, request: OAuth2Request) -> None:
        wanted = request.payload.data
        self.server.registry.add_code(
            CodeRecord(
                code,
                request.client.client_id,
                request.payload.redirect_uri,
                request.scope,
                request.user,
                wanted.get("nonce"),
                wanted.get("code_challenge"),
                wanted.get("code_challenge_method"),
            )
        )

    def query_authorization_code(self, code: str, client: Client) -> CodeRecord | None:
        found: CodeRecord | None = self.server.registry.take_code(code, client)
        return found

    def delete_authorization_code(self, authorization_code: CodeRecord) -> None:
        """Nothing: a used code is remembered, to notice its second use."""

    def authenticate_user(self, authorization_code: CodeRecord) -> Session | None:
        session = authorization_code.session
        return None if session.is_over else session


class RefreshGrant(grants.RefreshTokenGrant):
    """Refresh token; always with a new one, the old one serving on unless a switch rotates them."""

    TOKEN_ENDPOINT_AUTH_METHODS = ALL_METHODS
    INCLUDE_NEW_REFRESH_TOKEN = True

    def authenticate_refresh_token(self, refresh_token: str) -> TokenRecord:
        record: TokenRecord | None = self.server.registry.by_refresh(refresh_token)
        if record is None:
            raise InvalidGrantError("Invalid refresh token")
        if not record.is_refreshable():
            raise InvalidGrantError("Token is not active")
        return record

    def authenticate_user(self, refresh_token: TokenRecord) -> Session:
        return refresh_token.session

    def revoke_old_credential(self, refresh_token: TokenRecord) -> None:
        if self.server.state.options.refresh_rotation:
            refresh_token.is_refresh_refused = True


class PasswordGrant(grants.ResourceOwnerPasswordCredentialsGrant):
    """User name and password sent by the application, for technical accounts."""

    TOKEN_ENDPOINT_AUTH_METHODS = SECRET_METHODS

    def validate_token_request(self) -> None:
        """Check the client's right first, with Keycloak's words."""
        client = self.authenticate_token_endpoint_client()
        if not client.check_grant_type(self.GRANT_TYPE):
            raise UnauthorizedClientError("Client not allowed for direct access grants")
        super().validate_token_request()

    def authenticate_user(self, username: str, password: str) -> Session:
        session: Session | None = self.server.authenticated_account(username, password)
        if session is None:
            raise InvalidGrantError("Invalid user credentials", status_code=401)
        return session
