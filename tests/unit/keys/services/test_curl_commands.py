"""Commands to paste that ask a service."""

from __future__ import annotations

from gpkeys_plugin.entrepot.models import (
    Key,
    KeyDetails,
    KeyType,
)
from gpkeys_plugin.keys.services import curl_commands

URL = "https://data.geopf.fr/private/wms-r?SERVICE=WMS&REQUEST=GetCapabilities"
SECRET = "FauxHash0000"  # pragma: allowlist secret - made up


def details(kind: KeyType, login: str | None = None) -> KeyDetails:
    """Return a key."""
    return KeyDetails(Key("k", "Clé", kind), login=login, hash=SECRET if kind is KeyType.HASH else None)


def test_a_command_holds_the_hash_only_on_request() -> None:
    assert SECRET not in curl_commands.curl_line(URL, details(KeyType.HASH), with_hash=False)
    line = curl_commands.curl_line(URL, details(KeyType.HASH), with_hash=True)
    assert line == f'curl "{URL}&apikey={SECRET}"'


def test_a_command_never_holds_a_password_or_a_token() -> None:
    basic = curl_commands.curl_line(URL, details(KeyType.BASIC, 'voi"rie'), with_hash=True)
    assert basic == f'curl -u "voi\\"rie" "{URL}"'
    assert "Bearer ACCESS_TOKEN" in curl_commands.curl_line(URL, details(KeyType.OAUTH2), with_hash=True)
    assert curl_commands.curl_line(URL, details(KeyType.HEADER), with_hash=True) == f'curl "{URL}"'


def test_a_user_name_that_is_not_known_has_a_placeholder() -> None:
    line = curl_commands.curl_line(URL, details(KeyType.BASIC), with_hash=False)
    assert line == f'curl -u "LOGIN" "{URL}"'
