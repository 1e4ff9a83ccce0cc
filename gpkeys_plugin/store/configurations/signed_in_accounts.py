"""The accounts that were signed in on this profile, by environment, and the OAuth2 configuration of each one's session.

No secret in it. A setting an account, so that two QGIS on a profile don't undo each other's.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import Any, Collection
from urllib.parse import quote

from .. import settings
from ..environments import CUSTOM, Environment
from ..qgis_settings.setting import Setting, names_below
from ..records import installed_keys
from . import auth_configs

MOST = 5
"""How many are remembered that hold no key here."""


@dataclass(frozen=True)
class SignedInAccount:
    """An account, as it was when it was used last, `used_s` seconds after 1970.

    `authcfg` is the OAuth2 configuration that keeps its session.
    """

    id: str
    authcfg: str
    name: str = ""
    email: str = ""
    used_s: float = 0.0


def recent(environment: Environment) -> tuple[SignedInAccount, ...]:
    """Return the accounts of an environment, the one used last first."""
    names = names_below(settings.signed_in_accounts(environment.settings_name))
    found = (_read(_setting(environment, name).get()) for name in names)
    return tuple(sorted(filter(None, found), key=lambda account: -account.used_s))


def find(environment: Environment, account_id: str) -> SignedInAccount | None:
    """Return an account, None for one that is not remembered."""
    return next((account for account in recent(environment) if account.id == account_id), None)


def in_use(environment: Environment) -> str:
    """Return the id of the account in use, signed in or not; empty for none."""
    return settings.last_account(environment.settings_name).get()


def authcfg_in_use(environment: Environment) -> str:
    """Return the configuration of the account in use, empty where it has none, or QGIS has it no more."""
    chosen = settings.sign_in_authcfg(environment.settings_name).get() or _of_earlier_version(environment)
    return chosen if auth_configs.exists(chosen) else ""


def use(environment: Environment, account: SignedInAccount) -> None:
    """Remember an account as the one in use, just now."""
    entry = {"id": account.id, "authcfg": account.authcfg, "name": account.name, "email": account.email}
    _setting(environment, _quoted(account.id)).set(json.dumps({**entry, "used_s": time.time()}))
    settings.last_account(environment.settings_name).set(account.id)
    settings.sign_in_authcfg(environment.settings_name).set(account.authcfg)


def superfluous(environment: Environment) -> tuple[SignedInAccount, ...]:
    """Return those that are too many: not in use, used longest ago, and without any key here."""
    return tuple(account for account in recent(environment)[MOST:] if not _is_needed(environment, account))


def forget(environment: Environment, account_id: str) -> None:
    """Forget an account; if it was the one in use, there is none."""
    _setting(environment, _quoted(account_id)).reset()
    if in_use(environment) == account_id:
        settings.last_account(environment.settings_name).reset()
        settings.sign_in_authcfg(environment.settings_name).reset()


def holders(authcfg: str, environments: Collection[Environment]) -> tuple[SignedInAccount, ...]:
    """Return the accounts whose session a configuration keeps, in any of the environments."""
    return tuple(
        account for environment in environments for account in recent(environment) if account.authcfg == authcfg
    )


def _is_needed(environment: Environment, account: SignedInAccount) -> bool:
    has_keys = any(key.account_id == account.id for key in installed_keys.installed(environment.api_url))
    return has_keys or account.id == in_use(environment)


def _of_earlier_version(environment: Environment) -> str:
    """Return what was kept for whichever environment was one's own, if it is this one's."""
    if environment.name != CUSTOM:
        return ""
    kept = settings.sign_in_authcfg(CUSTOM).get()
    return kept if kept in dict(auth_configs.oauth2_configs(environment.sso_url)) else ""


def _setting(environment: Environment, name: str) -> Setting[str]:
    key = f"{settings.signed_in_accounts(environment.settings_name)}/{name}"
    return Setting(key, "", "An account that was signed in: its name, and its OAuth2 configuration.")


def _quoted(account_id: str) -> str:
    # A slash would make a group of it.
    return quote(account_id, safe="")


def _read(text: str) -> SignedInAccount | None:
    try:
        told = json.loads(text)
        return _account(told)
    except (ValueError, KeyError, TypeError):
        return None


def _account(told: dict[str, Any]) -> SignedInAccount:
    return SignedInAccount(
        str(told["id"]),
        str(told["authcfg"]),
        str(told.get("name") or ""),
        str(told.get("email") or ""),
        float(told.get("used_s") or 0),
    )
