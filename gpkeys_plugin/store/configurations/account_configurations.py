"""An OAuth2 configuration an account: a file of tokens is one's, and layers that name it are one person's.

Works on the main thread.
"""

from __future__ import annotations

from qgis.core import QgsProject

from .. import environments, key_uses
from ..environments import Environment
from ..records import installed_keys
from . import auth_configs, oauth2_json, signed_in_accounts
from .oauth2_json import OAuth2Setup
from .signed_in_accounts import SignedInAccount

_OAUTH2_ENTRY = "oauth2config"
_CLIENT = ("clientId", "clientSecret", "tokenUrl")


def is_anothers(environment: Environment, authcfg: str, account_id: str, email: str = "") -> bool:
    """Return whether a configuration keeps the session of somebody else than this account.

    An environment of one's own may be another API behind the same sign-in, where a person has the same address.
    """
    here = signed_in_accounts.holders(authcfg, (environment,))
    elsewhere = [other for other in environments.choosable() if other.settings_name != environment.settings_name]
    there = signed_in_accounts.holders(authcfg, elsewhere)
    return any(account.id != account_id for account in here) or any(account.email != email for account in there)


def home_of(environment: Environment, authcfg: str, account: SignedInAccount) -> str:
    """Return the configuration to keep the session of an account in, which was begun with the client of `authcfg`.

    That one, unless it is another account's: then the account's own, or a copy, made now. Raises GpkeysError.
    """
    if not is_anothers(environment, authcfg, account.id, account.email):
        return authcfg
    known = signed_in_accounts.find(environment, account.id)
    if known is not None and auth_configs.exists(known.authcfg) and _has_client_of(known.authcfg, authcfg):
        return known.authcfg
    text = _text(authcfg)
    name = f"{_plain_name(environment)} ({account.email or account.name})"
    resource = f"{environment.sso_url}#{oauth2_json.read(text).get('clientId', '')}"
    return auth_configs.store(name, auth_configs.OAUTH2, {_OAUTH2_ENTRY: text}, uri=resource)


def let_go(environment: Environment, authcfg: str) -> None:
    """Remove the configuration of an account that is forgotten, if the plugin made it and nothing here uses it.

    The last one stays, without the account's name: it holds the client secret, which is everybody's.
    Raises GpkeysError.
    """
    own = auth_configs.own_sign_in_ids(environment)
    if authcfg not in own or _is_used(authcfg):
        return
    if len(own) > 1:
        auth_configs.remove(authcfg)
    elif auth_configs.is_unlocked():
        name = _plain_name(environment)
        auth_configs.change(authcfg, auth_configs.OAUTH2, lambda config: config.setName(name))


def _is_used(authcfg: str) -> bool:
    return (
        any(authcfg in key.authcfgs for key in installed_keys.installed())
        or bool(key_uses.connections_with(authcfgs=[authcfg]))
        or bool(key_uses.project_layers_with(QgsProject.instance(), authcfgs=[authcfg]))
        or bool(signed_in_accounts.holders(authcfg, environments.choosable()))
    )


def _has_client_of(authcfg: str, other: str) -> bool:
    one, two = oauth2_json.read(_text(authcfg)), oauth2_json.read(_text(other))
    return all(one.get(key) == two.get(key) for key in _CLIENT)


def _text(authcfg: str) -> str:
    return str(auth_configs.loaded(authcfg, auth_configs.OAUTH2).config(_OAUTH2_ENTRY))


def _plain_name(environment: Environment) -> str:
    return OAuth2Setup.of(environment).name
