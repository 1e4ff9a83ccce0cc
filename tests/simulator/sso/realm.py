"""The single sign-on: Authlib's OpenID provider under the paths of Keycloak's realm `geoplateforme`."""

from __future__ import annotations

import secrets
from urllib.parse import urlencode

from authlib.oauth2 import OAuth2Error
from authlib.oauth2.rfc6749 import InvalidClientError
from authlib.oauth2.rfc6750 import InvalidTokenError
from authlib.oauth2.rfc9068 import JWTBearerTokenValidator
from authlib.oidc.discovery import OpenIDProviderMetadata
from flask import Flask, Response, jsonify, request
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, RSAKey

from tests.simulator.memory.state import State
from tests.simulator.sso.endpoints import with_session_state
from tests.simulator.sso.html_pages import error_page, logged_out_page, login_page, logout_page
from tests.simulator.sso.provider import Provider, end_by_refresh_token
from tests.simulator.sso.registry import Client, Session

REALM = "/realms/geoplateforme"
CONFIDENTIAL_CLIENT = "qgis"
PUBLIC_CLIENT = "qgis-public"
_OPENID = f"{REALM}/protocol/openid-connect"
_AUTHENTICATE = f"{REALM}/login-actions/authenticate"
_COOKIE = "KEYCLOAK_IDENTITY"
_KEY_BITS = 2048


class Sso:
    """The SSO: a Flask application, and what API and gateway ask it about tokens."""

    def __init__(self, state: State, base_url: str) -> None:
        """Draw the signing key and the client's secret; `base_url` has no path."""
        self.issuer = base_url.rstrip("/") + REALM
        self.client_id = CONFIDENTIAL_CLIENT
        self.client_secret = secrets.token_urlsafe(24)
        self._state = state
        self._key = KeySet(
            [RSAKey.generate_key(_KEY_BITS, {"use": "sig", "alg": "RS256"}, private=True, auto_kid=True)]
        )
        self.app = Flask(__name__)
        self._provider = Provider(self.app, self.issuer, self._key, state, self._clients())
        self._checker = _Checker(self.issuer, self._key)
        self._add_routes()

    def _clients(self) -> dict[str, Client]:
        options = self._state.options
        return {
            CONFIDENTIAL_CLIENT: Client(CONFIDENTIAL_CLIENT, options, self.client_secret),
            PUBLIC_CLIENT: Client(PUBLIC_CLIENT, options),
        }

    # what the others ask

    def username_of(self, bearer_token: str) -> str | None:
        """Whose access token it is; None when its signature, its age or a revocation forbid it."""
        try:
            self._checker.authenticate_token(bearer_token).validate()
        except (InvalidTokenError, JoseError, ValueError):
            return None
        record = self._provider.registry.by_access(bearer_token)
        if record is None or record.is_expired() or record.is_revoked():
            return None
        return record.session.account.username

    def revoke(self, username: str) -> None:
        """Refuse all tokens of a person, refresh tokens too."""
        self._provider.registry.end_sessions(username)

    def refuse_access_tokens(self, username: str) -> None:
        """Refuse a person's access tokens though they have not expired; refreshing still works."""
        self._provider.registry.refuse_access_tokens(username)

    def reset(self) -> None:
        """Forget sessions and tokens; the keys stay."""
        self._provider.registry.clear()

    # routes

    def _add_routes(self) -> None:
        add = self.app.add_url_rule
        add(f"{REALM}/.well-known/openid-configuration", view_func=self._discovery)
        add(f"{_OPENID}/certs", view_func=self._certs)
        add(f"{_OPENID}/auth", view_func=self._authorize, methods=["GET", "POST"])
        add(_AUTHENTICATE, view_func=self._authenticate, methods=["GET", "POST"])
        add(f"{_OPENID}/logout", view_func=self._logout, methods=["GET", "POST"])
        add(f"{_OPENID}/token", view_func=self._token, methods=["POST"])
        for path, endpoint, methods in (
            ("revoke", "revocation", ["POST"]),
            ("token/introspect", "introspection", ["POST"]),
            ("userinfo", "userinfo", ["GET", "POST"]),
        ):
            add(f"{_OPENID}/{path}", endpoint, lambda name=endpoint: self._answer(name), methods=methods)

    def _token(self) -> Response:
        answer: Response = self._provider.create_token_response()
        return answer

    def _answer(self, endpoint: str) -> Response:
        answer: Response = self._provider.create_endpoint_response(endpoint)
        return answer

    def _discovery(self) -> Response:
        base = self.issuer + "/protocol/openid-connect"
        metadata = OpenIDProviderMetadata(
            issuer=self.issuer,
            authorization_endpoint=f"{base}/auth",
            token_endpoint=f"{base}/token",
            introspection_endpoint=f"{base}/token/introspect",
            userinfo_endpoint=f"{base}/userinfo",
            end_session_endpoint=f"{base}/logout",
            revocation_endpoint=f"{base}/revoke",
            jwks_uri=f"{base}/certs",
            grant_types_supported=["authorization_code", "refresh_token", "password"],
            response_types_supported=["code"],
            response_modes_supported=["query"],
            subject_types_supported=["public"],
            id_token_signing_alg_values_supported=["RS256"],
            scopes_supported=["openid", "profile", "email", "offline_access"],
            token_endpoint_auth_methods_supported=["client_secret_basic", "client_secret_post"],
            code_challenge_methods_supported=["S256"],
            authorization_response_iss_parameter_supported=True,
        )
        return jsonify(metadata)

    def _certs(self) -> Response:
        return jsonify(self._key.as_dict(private=False))

    def _authorize(self) -> Response:
        """The start of a sign-in: the form, or straight back when the browser is known."""
        grant = self._validated(None)
        if isinstance(grant, Response):
            return grant
        session = self._remembered()
        if session is not None and "login" not in request.values.get("prompt", "").split():
            return self._grant(grant, session)
        if request.values.get("prompt") == "none":
            return self._refuse(grant)
        return self._login_form()

    def _authenticate(self) -> Response:
        """The form, sent: back to the application, or the form once more with the reason."""
        grant = self._validated(None)
        if isinstance(grant, Response):
            return grant
        if request.method == "GET":
            return self._login_form()
        if request.form.get("cancel"):
            return self._refuse(grant)
        username = request.form.get("username", "")
        session = self._provider.authenticated_account(username, request.form.get("password", ""))
        if session is None:
            return self._login_form(username, "Nom d'utilisateur ou mot de passe invalide.")
        return self._grant(grant, session)

    def _validated(self, user: Session | None) -> object:
        """Authlib's grant for this request; a page or a redirection when something is wrong with it."""
        try:
            return self._provider.get_consent_grant(end_user=user)
        except OAuth2Error as error:
            if getattr(error, "redirect_uri", None):
                answer: Response = self._provider.handle_error_response(None, error)
                return answer
            return Response(error_page(_in_keycloak_words(error)), 400)

    def _login_form(self, username: str = "", error: str | None = None) -> Response:
        query = urlencode([(name, value) for name, value in request.args.items(multi=True)])
        action = f"{_AUTHENTICATE}?{query}"
        response = Response(login_page(action, request.args.get("client_id", ""), username, error))
        response.headers["Cache-Control"] = "no-store"
        return response

    def _grant(self, grant: object, session: Session) -> Response:
        response = self._provider.create_authorization_response(grant_user=session, grant=grant)
        if self._state.options.sso_remembers:
            response.set_cookie(_COOKIE, session.id, path=f"{REALM}/", httponly=True, samesite="Lax")
        return with_session_state(response, session)

    def _refuse(self, grant: object) -> Response:
        answer: Response = self._provider.create_authorization_response(grant_user=None, grant=grant)
        return answer

    def _remembered(self) -> Session | None:
        return self._provider.registry.session(request.cookies.get(_COOKIE))

    def _logout(self) -> Response:
        """By an application (refresh token), by a browser with a hint, or by a browser after a question."""
        if "refresh_token" in request.form:
            return end_by_refresh_token(self._provider)
        try:
            wanted = self._provider.validate_endpoint_request("end_session")
        except OAuth2Error as error:
            return Response(error_page(f"Paramètre invalide : {error.description or error.error}"), 400)
        if wanted.needs_confirmation and not request.form.get("confirmLogout"):
            return Response(logout_page(f"{_OPENID}/logout"))
        session = self._remembered()
        if session is not None:
            session.is_over = True
        answer = self._provider.create_endpoint_response("end_session", wanted) or Response(logged_out_page())
        answer.delete_cookie(_COOKIE, path=f"{REALM}/")
        return answer


def _in_keycloak_words(error: OAuth2Error) -> str:
    """What Keycloak's page says: the name of the parameter, or that it does not know the client."""
    if isinstance(error, InvalidClientError):
        return "Client introuvable."
    is_address = "Redirect URI" in (error.description or "")
    return f"Paramètre invalide : {'redirect_uri' if is_address else error.description or error.error}"


class _Checker(JWTBearerTokenValidator):
    """Authlib's check of the access tokens' form, signature and claims."""

    def __init__(self, issuer: str, key: KeySet) -> None:
        super().__init__(issuer=issuer, resource_server="account")
        self._key = key

    def get_jwks(self) -> KeySet:
        return self._key
