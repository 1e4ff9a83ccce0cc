"""Commands to paste that have GDAL open a service."""

from __future__ import annotations

import pytest

from gpkeys_plugin.entrepot.models import Key, KeyDetails, KeyType
from gpkeys_plugin.keys.services import gdal_commands
from gpkeys_plugin.keys.services.connection_plans import ConnectionKind

URL = "https://data.geopf.fr/private/wms-r?SERVICE=WMS&VERSION=1.3.0&REQUEST=GetCapabilities"
SECRET = "FauxHash0000"  # pragma: allowlist secret - made up


def line(kind: KeyType, *, of: ConnectionKind = ConnectionKind.WMS, login: str = "", with_hash: bool = False) -> str:
    """Return the command of a key."""
    details = KeyDetails(Key("k", "Clé", kind), login=login or None, hash=SECRET if kind is KeyType.HASH else None)
    return gdal_commands.gdal_line(of, URL, details, with_hash=with_hash)


def test_a_hash_goes_as_a_header_and_only_on_request() -> None:
    assert line(KeyType.HASH) == f'gdalinfo "WMS:{URL}" --config GDAL_HTTP_HEADERS "apikey: HASH"'
    assert line(KeyType.HASH, with_hash=True).endswith(f'"apikey: {SECRET}"')


def test_a_password_or_a_token_never_does() -> None:
    basic = line(KeyType.BASIC, login="voirie", with_hash=True)
    assert basic.endswith('--config GDAL_HTTP_AUTH BASIC --config GDAL_HTTP_USERPWD "voirie:PASSWORD"')
    assert '"LOGIN:PASSWORD"' in line(KeyType.BASIC)
    assert line(KeyType.OAUTH2).endswith('"Authorization: Bearer ACCESS_TOKEN"')
    assert line(KeyType.HEADER) == f'gdalinfo "WMS:{URL}"'


def test_features_are_for_ogr_and_tiles_for_neither() -> None:
    assert line(KeyType.HASH, of=ConnectionKind.WFS).startswith('ogrinfo "WFS:https://data.geopf.fr/private/wms-r" ')
    assert line(KeyType.HASH, of=ConnectionKind.WMTS).startswith(f'gdalinfo "WMTS:{URL}" ')
    assert line(KeyType.HASH, of=ConnectionKind.XYZ) == ""
    assert gdal_commands.gdal_line(None, URL, KeyDetails(Key("k", "", KeyType.HASH)), with_hash=True) == ""


@pytest.mark.parametrize("kind", list(KeyType))
def test_no_secret_unasked(kind: KeyType) -> None:
    assert SECRET not in line(kind)
