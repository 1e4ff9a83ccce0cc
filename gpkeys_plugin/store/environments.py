"""The Géoplateforme the plugin works with: a known one, a custom one, or what the GPKEYS_* variables say."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Mapping
from urllib.parse import urlsplit

from ..entrepot.errors import ErrorCode, GpkeysError
from ..entrepot.translatable_text import Text
from ..keys.protected_addresses import url_problem
from . import settings

CUSTOM = "custom"
PRODUCTION = "production"
RESOURCES = Path(__file__).resolve().parent.parent / "resources"
_DIGEST_LENGTH = 12


@dataclass(frozen=True)
class Environment:
    """Where the API and the sign-in are, and the OAuth2 client the plugin is there.

    `help_url` is the page that publishes what the client needs, `account_url` where an account's keys are looked after
    on the web, `data_url` the catalogue where access to data is asked for. `search_url` is the public search service,
    which tells the titles of services, empty where there is none. `scope` is what is asked for at sign-in:
    `openid` makes it an OpenID Connect session and is the one scope every client of the realm has; asking for an
    optional one that a client lacks (`profile`, `email`) is refused outright with `invalid_scope`, and the API needs
    none.
    """

    name: str
    label: str
    api_url: str
    sso_url: str
    client_id: str
    needs_secret: bool = True
    scope: str = "openid"
    help_url: str = ""
    account_url: str = ""
    data_url: str = ""
    search_url: str = ""

    @property
    def settings_name(self) -> str:
        """What settings are kept under: of one's own environments, each of which has another.

        A configuration or an account of one is never taken for another's.
        """
        if self.name != CUSTOM:
            return self.name
        whole = f"{self.api_url} {self.sso_url} {self.client_id}"
        return f"{CUSTOM}-{hashlib.sha256(whole.encode()).hexdigest()[:_DIGEST_LENGTH]}"

    @property
    def authorisation_url(self) -> str:
        """Where the browser signs in."""
        return f"{self.sso_url}/protocol/openid-connect/auth"

    @property
    def grant_url(self) -> str:
        """Where tokens are given and refreshed."""
        return f"{self.sso_url}/protocol/openid-connect/token"


def known() -> tuple[Environment, ...]:
    """Return the environments the plugin knows, production first."""
    content = json.loads((RESOURCES / "environments.json").read_text(encoding="utf-8"))
    return tuple(_from_json(entry) for entry in content["environments"])


def choosable(variables: Mapping[str, str] | None = None) -> tuple[Environment, ...]:
    """Return the environments that one may change to: those known, and one's own where the options have one.

    Only the one in use where a preset or a GPKEYS_* variable says which it is. Raises GpkeysError as `current`.
    """
    variables = os.environ if variables is None else variables
    said = any(variables.get(name) for name in ("GPKEYS_ENVIRONMENT", *_VARIABLES.values()))
    if said or settings.ENVIRONMENT.is_fixed():
        return (current(variables),)
    own = custom()
    is_whole = url_problem(own.api_url) is None and url_problem(own.sso_url) is None
    return (*known(), own) if is_whole else known()


def current(variables: Mapping[str, str] | None = None) -> Environment:
    """Return the environment to work with; the GPKEYS_* variables win over the settings, not over what is fixed.

    Whether the client has a secret is fixed with it: an empty GPKEYS_CLIENT_SECRET says so only where it is not.
    Raises GpkeysError when one of its addresses is not usable.
    """
    variables = os.environ if variables is None else variables
    if settings.ENVIRONMENT.is_fixed():
        variables = {}
    name = variables.get("GPKEYS_ENVIRONMENT") or settings.ENVIRONMENT.get()
    environment = _overridden(_named(name), variables)
    for url in (environment.api_url, environment.sso_url):
        problem = url_problem(url)
        if problem is not None:
            raise GpkeysError(
                ErrorCode.INVALID, problem, f"unusable address in environment {environment.name}", advice=_CHECK_OPTIONS
            )
    return environment if url_problem(environment.search_url) is None else replace(environment, search_url="")


def custom() -> Environment:
    """Return the environment the settings describe."""
    api_url = _trimmed(settings.CUSTOM_API_URL.get())
    return Environment(
        name=CUSTOM,
        label=urlsplit(api_url).netloc or CUSTOM,
        api_url=api_url,
        sso_url=_trimmed(settings.CUSTOM_SSO_URL.get()),
        client_id=settings.CUSTOM_CLIENT_ID.get(),
        needs_secret=settings.CUSTOM_IS_CONFIDENTIAL.get(),
    )


def client_secret(
    environment: Environment, variables: Mapping[str, str] | None = None, packaged: Path | None = None
) -> str | None:
    """Return the client secret that came with the machine or the package.

    None when it must be asked for, and for a public client: a secret that was left on a machine is another client's.
    The packaged file is `{"client_id": …, "client_secret": …, "environment": …}`, the last being `production` when
    left out: the secret of one realm is never sent to another.
    """
    variables = os.environ if variables is None else variables
    if not environment.needs_secret:
        return None
    from_variable = variables.get("GPKEYS_CLIENT_SECRET")
    if from_variable:
        return from_variable
    return _packaged_secret(environment, packaged or RESOURCES / "client.json")


_CHECK_OPTIONS = Text("Check the addresses in the plugin's options.")
_VARIABLES = {
    "api_url": "GPKEYS_API_URL",
    "sso_url": "GPKEYS_SSO_URL",
    "client_id": "GPKEYS_CLIENT_ID",
    "search_url": "GPKEYS_SEARCH_URL",
}


def _named(name: str) -> Environment:
    """Return the environment of that name; production for one that is no longer known."""
    if name == CUSTOM:
        return custom()
    environments = known()
    return next((environment for environment in environments if environment.name == name), environments[0])


def _overridden(environment: Environment, variables: Mapping[str, str]) -> Environment:
    """Apply the GPKEYS_* variables: an environment changed by them is a custom one."""
    changes: dict[str, Any] = {field: variables[name] for field, name in _VARIABLES.items() if variables.get(name)}
    for field in ("api_url", "sso_url", "search_url"):
        if field in changes:
            changes[field] = _trimmed(changes[field])
    if changes.get("api_url", environment.api_url) != environment.api_url:
        # Another platform's services are not in this one's catalogue.
        changes.setdefault("search_url", "")
    if any(getattr(environment, field) != value for field, value in changes.items()):
        changes["name"] = CUSTOM
        changes["label"] = urlsplit(changes.get("api_url", environment.api_url)).netloc
    if "GPKEYS_CLIENT_SECRET" in variables:
        # Set but empty says that the client is a public one.
        changes["needs_secret"] = bool(variables["GPKEYS_CLIENT_SECRET"])
    return replace(environment, **changes)


def _from_json(entry: Mapping[str, Any]) -> Environment:
    return Environment(
        name=entry["name"],
        label=entry["label"],
        api_url=_trimmed(entry["api_url"]),
        sso_url=_trimmed(entry["sso_url"]),
        client_id=entry["client_id"],
        needs_secret=bool(entry["is_confidential"]),
        scope=entry["scope"],
        help_url=entry["help_url"],
        account_url=entry["account_url"],
        data_url=entry["data_url"],
        search_url=_trimmed(entry.get("search_url", "")),
    )


def _packaged_secret(environment: Environment, path: Path) -> str | None:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(content, dict) or content.get("client_id") != environment.client_id:
        return None
    if content.get("environment", PRODUCTION) != environment.name:
        return None
    return content.get("client_secret") or None


def _trimmed(url: str) -> str:
    return url.strip().rstrip("/")
