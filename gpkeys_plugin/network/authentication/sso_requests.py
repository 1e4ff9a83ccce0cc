"""Asking the sign-in service something ourselves, without any authentication configuration, and what it refuses."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import Any

import requests

from ..http.network_threads import IsCancelled
from ..http.transport import QgisAdapter
from .token_file import NewTokens

TIMEOUT_S = 15.0
_UNAUTHORIZED = 401
_FIRST_SERVER_ERROR = 500


@dataclass(frozen=True)
class Refusal:
    """What an answer refuses: its status, and OAuth2's error and description (empty when it says none)."""

    status: int
    error: str = ""
    description: str = ""

    @property
    def is_failure(self) -> bool:
        """Whether the service could not answer at all."""
        return self.status >= _FIRST_SERVER_ERROR

    @property
    def is_grant_forbidden(self) -> bool:
        """Whether the client is known, but may not get tokens in this way."""
        words = self.description.lower()
        return self.error == "unauthorized_client" and (self.status != _UNAUTHORIZED or "not allowed" in words)

    @property
    def is_wrong_client(self) -> bool:
        """Whether the client or its secret is refused; Keycloak calls a wrong secret `unauthorized_client`, 401."""
        is_unauthorized = self.error == "unauthorized_client" and not self.is_grant_forbidden
        return self.error == "invalid_client" or is_unauthorized


def post_form(url: str, fields: dict[str, str], is_cancelled: IsCancelled | None = None) -> requests.Response:
    """Post a form, without following a redirect."""
    request = requests.Request("POST", url, data=fields, headers={"Accept": "application/json"}).prepare()
    return QgisAdapter(is_cancelled=is_cancelled).send(request, timeout=TIMEOUT_S)


def get_page(url: str, query: dict[str, str], is_cancelled: IsCancelled | None = None) -> requests.Response:
    """Get a page as a browser would, without following a redirect."""
    request = requests.Request("GET", url, params=query, headers={"Accept": "text/html"}).prepare()
    return QgisAdapter(is_cancelled=is_cancelled).send(request, timeout=TIMEOUT_S)


def json_of(body: bytes) -> dict[str, Any]:
    """Return the object that a body is; an empty one when it is something else."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def refusal_of(status: int, body: bytes) -> Refusal:
    """Return what an answer refuses."""
    said = json_of(body)
    return Refusal(status, str(said.get("error", "")), str(said.get("error_description", "")))


def tokens_of(status: int | None, body: bytes) -> NewTokens | None:
    """Return the tokens that an answer of the token endpoint holds; None when it holds none."""
    said = json_of(body) if status == requests.codes.ok else {}
    access, refresh, lifetime = said.get("access_token"), said.get("refresh_token"), said.get("expires_in")
    if not isinstance(access, str) or not access:
        return None
    return NewTokens(
        access=access,
        refresh=refresh if isinstance(refresh, str) and refresh else None,
        lifetime_s=int(lifetime) if isinstance(lifetime, (int, float)) and math.isfinite(lifetime) else None,
    )
