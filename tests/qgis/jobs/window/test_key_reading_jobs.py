"""The command that is copied for GDAL opens a service with the key, and with a wrong key does not."""

from __future__ import annotations

import os
import shlex
import subprocess

import pytest

from gpkeys_plugin.entrepot.models import KeyDetails, KeyType
from gpkeys_plugin.keys.services import connection_plans
from gpkeys_plugin.keys.services.connection_plans import ConnectionKind
from gpkeys_plugin.keys.services.gdal_commands import gdal_line
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.key_pages import page_of
from tests.qgis.jobs.test_create_key import create, draft_of


def said(details: KeyDetails, kind: ConnectionKind, url: str, secret: str) -> str:
    """Run the command; return what is printed."""
    line = gdal_line(kind, url, details, with_hash=True).replace("PASSWORD", secret)
    # The services are on this computer, whatever proxy it has.
    direct = {**os.environ, "no_proxy": "*", "NO_PROXY": "*"}
    ran = subprocess.run(shlex.split(line), capture_output=True, text=True, check=False, timeout=60, env=direct)
    return ran.stdout + ran.stderr


@pytest.mark.parametrize("type_", [KeyType.HASH, KeyType.BASIC])
def test_gdal_lists_what_the_key_opens(bench: Bench, type_: KeyType) -> None:
    draft = draft_of(bench, type_)
    page = page_of(bench, create(bench, draft).key)
    layer = next(layer for layer in page.served if layer.endpoint == "wms-r")
    assert layer.kind is not None
    url = connection_plans.capabilities_url(layer)
    assert layer.name in said(page.details, layer.kind, url, draft.password)
    refused = KeyDetails(page.details.key, login="nobody", hash="wrong" if page.details.hash else None)
    assert layer.name not in said(refused, layer.kind, url, "wrong")
