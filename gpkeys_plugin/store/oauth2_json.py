"""The JSON text that QGIS's OAuth2 method keeps: only keys that every QGIS from 3.22 on knows.

One unknown key voids the whole configuration in QGIS below 3.44, so the newer ones (`redirectHost`, `extraTokens`) are
never written.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from . import settings
from .environments import Environment

PKCE_SINCE = 34000
REQUEST_TIMEOUT_S = 30
_CUSTOM_CONFIGURATION = 1


class GrantFlow(IntEnum):
    """The numbers QGIS gives to the OAuth2 flows."""

    AUTHORISATION_CODE = 0
    RESOURCE_OWNER = 2
    PKCE = 3


@dataclass(frozen=True)
class TechnicalAccount:
    """An account that signs in without a browser."""

    login: str
    password: str = field(repr=False)


@dataclass(frozen=True)
class OAuth2Setup:
    """What an OAuth2 authentication configuration is made from.

    `client_secret` is None for a public client. `keep_session` keeps the tokens in the profile, so that the session
    outlives QGIS; without it, QGIS 3.40 and later also forget them each time the configuration is changed.
    """

    name: str
    environment: Environment
    client_secret: str | None = field(default=None, repr=False)
    reply_port: int = settings.REPLY_PORTS.default[0]
    keep_session: bool = True
    account: TechnicalAccount | None = None

    @classmethod
    def of(cls, environment: Environment, client_secret: str | None = None) -> OAuth2Setup:
        """Return the plugin's own sign-in to an environment, as the settings want it."""
        return cls(
            name=f"GPKeys – {environment.label}",
            environment=environment,
            client_secret=client_secret,
            reply_port=settings.reply_ports()[0],
            keep_session=settings.KEEP_SIGNED_IN.get(),
        )

    @property
    def resource(self) -> str:
        """What QGIS keeps in clear beside the configuration: tells the plugin's own sign-in, per service and client."""
        if self.account is not None:
            return self.environment.sso_url
        return own_resource(self.environment)


def own_resource(environment: Environment) -> str:
    """Return the resource that marks the plugin's own sign-in to an environment."""
    return f"{environment.sso_url}#{environment.client_id}"


def grant_flow(setup: OAuth2Setup, qgis_version: int) -> GrantFlow:
    """Return the flow for a setup in a QGIS version.

    PKCE where the client has no secret and QGIS can, no browser for an account that signs in by itself, authorisation
    code otherwise.
    """
    if setup.account is not None:
        return GrantFlow.RESOURCE_OWNER
    if not setup.client_secret and qgis_version >= PKCE_SINCE:
        return GrantFlow.PKCE
    return GrantFlow.AUTHORISATION_CODE


def oauth2_json(setup: OAuth2Setup, qgis_version: int) -> str:
    """Return the JSON text of a setup for a QGIS version (`Qgis.QGIS_VERSION_INT`)."""
    environment = setup.environment
    content: dict[str, Any] = {
        "configType": _CUSTOM_CONFIGURATION,
        "grantFlow": int(grant_flow(setup, qgis_version)),
        "requestUrl": environment.authorisation_url,
        "tokenUrl": environment.grant_url,
        "redirectPort": setup.reply_port,
        "clientId": environment.client_id,
        "clientSecret": setup.client_secret or "",
        "scope": environment.scope,
        "persistToken": setup.keep_session,
        "requestTimeout": REQUEST_TIMEOUT_S,
    }
    if setup.account is not None:
        content["username"] = setup.account.login
        content["password"] = setup.account.password
    return json.dumps(content)


def with_changes(text: str, **changes: Any) -> str:
    """Return the JSON text with some values replaced and everything else kept; raises ValueError when unreadable."""
    content = read(text)
    content.update(changes)
    return json.dumps(content)


def read(text: str) -> dict[str, Any]:
    """Return the content of a JSON text; raises ValueError when it isn't an object."""
    content = json.loads(text)
    if not isinstance(content, dict):
        raise ValueError("not an OAuth2 configuration")
    return content


def belongs_to(text: str, sso_url: str) -> bool:
    """Return whether a configuration gets its tokens from this sign-in service."""
    try:
        return str(read(text).get("tokenUrl") or "").startswith(sso_url.rstrip("/") + "/")
    except ValueError:
        return False
