"""Authlib's authorization server, put together for the simulated SSO."""

from __future__ import annotations

from typing import Any

from authlib.integrations.flask_oauth2 import AuthorizationServer, ResourceProtector
from authlib.oauth2 import OAuth2Error
from authlib.oauth2.rfc6749 import InvalidClientError, InvalidGrantError, OAuth2Request
from flask import Flask, Response
from joserfc.jwk import KeySet

from tests.simulator.memory.state import State
from tests.simulator.sso.endpoints import (
    CallbackParameters,
    IntrospectionEndpoint,
    LogoutEndpoint,
    RevocationEndpoint,
    UserInfoEndpoint,
    Validator,
)
from tests.simulator.sso.grants import (
    ALL_METHODS,
    CodeGrant,
    Identity,
    PasswordGrant,
    Pkce,
    RefreshGrant,
    TokenGenerator,
)
from tests.simulator.sso.registry import Client, Registry, Session, TokenRecord


class Provider(AuthorizationServer):
    """Authlib's server with the simulator's clients, accounts, registry and signing key."""

    def __init__(self, app: Flask, issuer: str, key: KeySet, state: State, clients: dict[str, Client]) -> None:
        """Ready to answer: grants and endpoints are registered."""
        self.issuer = issuer
        self.key = key
        self.state = state
        self.registry = Registry()
        self._clients = clients
        super().__init__(app, clients.get, self._remember)
        self.register_token_generator("default", TokenGenerator(self))
        self._register()

    def _register(self) -> None:
        self.register_grant(CodeGrant, [Identity(), Pkce()])
        self.register_grant(RefreshGrant, [Identity()])
        self.register_grant(PasswordGrant, [Identity()])
        protector = ResourceProtector()
        protector.register_token_validator(Validator(self.registry))
        self.register_endpoint(UserInfoEndpoint(resource_protector=protector))
        for endpoint in (RevocationEndpoint, IntrospectionEndpoint, LogoutEndpoint):
            self.register_endpoint(endpoint)
        self.register_extension(CallbackParameters)

    def _remember(self, token: dict[str, Any], request: OAuth2Request) -> None:
        now = token.pop("issued_at")
        self.registry.add_token(
            TokenRecord(
                request.client,
                request.user,
                token["scope"],
                token["access_token"],
                token["refresh_token"],
                now + token["expires_in"],
                now + token["refresh_expires_in"],
                now,
            )
        )

    def handle_error_response(self, request: OAuth2Request | None, error: OAuth2Error) -> Response:
        """Say it as Keycloak does, that has other words for a wrong client, and no challenge beside them."""
        if isinstance(error, InvalidClientError) and self.state.options.client_refusal == "keycloak":
            is_known = request is not None and request.payload.client_id in self._clients
            name = "unauthorized_client" if is_known else "invalid_client"
            error = OAuth2Error("Invalid client or Invalid client credentials", error=name, status_code=401)
        answer: Response = super().handle_error_response(request, error)
        return answer

    def authenticated_account(self, username: str, password: str) -> Session | None:
        """A new session when the password is the account's."""
        account = self.state.account_by_login(username)
        if account is None or account.password != password:
            return None
        return self.registry.open_session(account)


def end_by_refresh_token(provider: Provider) -> Response:
    """Keycloak's own logout for applications: client credentials and `refresh_token` in a form, 204."""
    request = provider.create_oauth2_request(None)
    try:
        client = provider.authenticate_client(request, ALL_METHODS)
    except InvalidClientError as error:
        return provider.handle_error_response(request, error)
    token = provider.registry.by_refresh(request.form["refresh_token"])
    if token is None or not token.check_client(client):
        return provider.handle_error_response(request, InvalidGrantError("Invalid refresh token"))
    token.session.is_over = True
    return Response(status=204)
