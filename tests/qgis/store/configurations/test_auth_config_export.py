"""Configurations in a file: for who knows its password, and nobody else."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsApplication

from gpkeys_plugin.entrepot.errors import ErrorCode, GpkeysError
from gpkeys_plugin.store.configurations import auth_config_export, auth_configs

_PHRASE = "Phrase-de-passe-26"  # pragma: allowlist secret - made up


def test_the_file_is_encrypted_and_its_owners_alone(manager: Any, tmp_path: Path) -> None:
    authcfg = auth_configs.store_basic("Clé d’essai", "essai-login", "essai-secret")
    file = tmp_path / "clé.xml"
    # One that was there, open to all.
    file.write_text("autre", encoding="utf-8")
    file.chmod(0o644)
    auth_config_export.export([authcfg], file, _PHRASE)
    content = file.read_text(encoding="utf-8")
    assert content
    for word in ("essai-secret", "essai-login", "Clé d", authcfg):
        assert word not in content
    if os.name == "posix":
        assert file.stat().st_mode & 0o777 == 0o600
    auth_configs.remove(authcfg)
    assert not QgsApplication.authManager().importAuthenticationConfigsFromXml(str(file), "autre phrase")
    assert QgsApplication.authManager().importAuthenticationConfigsFromXml(str(file), _PHRASE)
    assert auth_configs.loaded(authcfg, auth_configs.BASIC).config("password") == "essai-secret"


@pytest.mark.parametrize("typed", ["", "court"])
def test_without_a_real_password_nothing_is_written(manager: Any, tmp_path: Path, typed: str) -> None:
    authcfg = auth_configs.store_basic("Clé d’essai", "essai-login", "essai-secret")
    with pytest.raises(GpkeysError) as caught:
        auth_config_export.export([authcfg], tmp_path / "clé.xml", typed)
    assert caught.value.code is ErrorCode.INVALID
    assert list(tmp_path.glob("*.xml")) == []


def test_a_folder_that_is_not_there_is_said(manager: Any, tmp_path: Path) -> None:
    authcfg = auth_configs.store_basic("Clé d’essai", "essai-login", "essai-secret")
    with pytest.raises(GpkeysError) as caught:
        auth_config_export.export([authcfg], tmp_path / "nulle part" / "clé.xml", _PHRASE)
    assert caught.value.code is ErrorCode.QGIS
