"""The zip is what the plugin store accepts, holds what QGIS needs, and is the same each time."""

from __future__ import annotations

import json
import os
import shutil
import stat
import zipfile
from pathlib import Path, PurePosixPath

import pytest

from tests.tooling import package
from tests.tooling.install import install, profiles_folder
from tests.tooling.tree import PLUGIN, TOP, metadata

_HANDED_OVER = "made-up-for-this-test"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of what is packed, with its translation compiled and what an editor and Python leave behind."""
    plugin = tmp_path / "tree" / PLUGIN.name
    shutil.copytree(PLUGIN, plugin, ignore=shutil.ignore_patterns("__pycache__", "client.json"))
    (plugin / "i18n").mkdir(exist_ok=True)
    (plugin / "i18n" / "gpkeys_fr.qm").write_bytes(b"compiled")
    left_behind = ("__pycache__/plugin.cpython-39.pyc", "keys/.hidden", ".idea/x.xml", "resources/client.json")
    for name in left_behind:
        (plugin / name).parent.mkdir(exist_ok=True)
        (plugin / name).write_text("left behind", "utf-8")
    for name in ("metadata.txt", "LICENSE", "CHANGELOG.md"):
        shutil.copy(TOP / name, plugin.parent)
    return plugin


@pytest.fixture
def zip_file(tree: Path, tmp_path: Path) -> Path:
    return package.write(package.contents(tree, tree.parent), tmp_path / "made" / "plugin.zip")


@pytest.fixture
def names(zip_file: Path) -> list[PurePosixPath]:
    with zipfile.ZipFile(zip_file) as archive:
        return [PurePosixPath(name) for name in archive.namelist()]


def test_one_folder_holds_everything(names: list[PurePosixPath]) -> None:
    assert {name.parts[0] for name in names} == {"gpkeys_plugin"}


@pytest.mark.parametrize(
    "name",
    ["__init__.py", "metadata.txt", "LICENSE", "plugin.py", "i18n/gpkeys_fr.qm", "resources/environments.json"],
)
def test_what_the_store_and_qgis_need_is_in(names: list[PurePosixPath], name: str) -> None:
    assert PurePosixPath("gpkeys_plugin", name) in names


def test_the_icon_of_the_metadata_is_in(names: list[PurePosixPath]) -> None:
    assert PurePosixPath("gpkeys_plugin", metadata()["icon"]) in names


def test_nothing_else_is_in(names: list[PurePosixPath]) -> None:
    endings = {".py", ".txt", ".json", ".svg", ".png", ".html", ".css", ".qm", ".md", ""}
    parts = {part for name in names for part in name.parts}
    assert not [part for part in parts if part.startswith(".")]
    assert parts.isdisjoint({"__pycache__", "tests", "docs", "CONTRIBUTING.md", "client.json"})
    assert {name.suffix for name in names} <= endings


def test_it_is_far_below_the_store_s_limit(zip_file: Path) -> None:
    assert zip_file.stat().st_size < 5 * 1024**2


def test_the_same_tree_gives_the_same_bytes(tree: Path, zip_file: Path, tmp_path: Path) -> None:
    for path in tree.rglob("*"):
        path.touch()
    again = package.write(package.contents(tree, tree.parent), tmp_path / "again.zip")
    assert again.read_bytes() == zip_file.read_bytes()


def test_a_secret_is_in_only_when_it_was_handed_over(tree: Path) -> None:
    (name, content), *others = package.client_file(_HANDED_OVER, tree).items()
    assert others == []
    assert name == "gpkeys_plugin/resources/client.json"
    assert json.loads(content) == {"client_id": "qgis", "client_secret": _HANDED_OVER, "environment": "production"}


def test_the_file_is_named_for_the_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "contents", lambda: {package.QM_NAME: b"compiled"})
    built = package.build(tmp_path)
    assert built.name == f"gpkeys_plugin.{metadata()['version']}.zip"


@pytest.fixture
def with_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package that carries a client secret, made where everybody may read what is made."""
    monkeypatch.setattr(package, "contents", lambda: {package.QM_NAME: b"compiled"})
    before = os.umask(0)
    try:
        return package.build(tmp_path, _HANDED_OVER)
    finally:
        os.umask(before)


def test_a_package_with_a_secret_has_another_name(with_secret: Path) -> None:
    assert with_secret.name == f"gpkeys_plugin.{metadata()['version']}.with-client-secret.zip"


def test_a_package_with_a_secret_is_the_owner_s_only(with_secret: Path) -> None:
    assert stat.S_IMODE(with_secret.stat().st_mode) == 0o600
    with zipfile.ZipFile(with_secret) as archive:
        modes = {entry.filename: stat.S_IMODE(entry.external_attr >> 16) for entry in archive.infolist()}
    assert modes == {package.CLIENT_NAME: 0o600, package.QM_NAME: 0o644}


def test_the_secret_is_installed_for_the_owner_only(with_secret: Path, tmp_path: Path) -> None:
    target = install(with_secret, tmp_path / "profile")
    secret_file = target / "resources" / "client.json"
    assert stat.S_IMODE(secret_file.stat().st_mode) == 0o600
    assert json.loads(secret_file.read_bytes())["client_secret"] == _HANDED_OVER


def test_the_package_for_the_store_carries_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "contents", lambda: {package.QM_NAME: b"compiled"})
    with pytest.raises(SystemExit, match="unset CLIENT_SECRET"):
        package.build(tmp_path, _HANDED_OVER, is_for_store=True)
    assert list(tmp_path.iterdir()) == []
    assert package.build(tmp_path, is_for_store=True).is_file()


def test_without_french_there_is_no_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "contents", dict)
    with pytest.raises(SystemExit, match="make i18n"):
        package.build(tmp_path)


def test_installing_replaces_an_earlier_version(zip_file: Path, tmp_path: Path) -> None:
    earlier = tmp_path / "profile" / "python" / "plugins" / "gpkeys_plugin" / "gone.py"
    earlier.parent.mkdir(parents=True)
    earlier.touch()
    target = install(zip_file, tmp_path / "profile")
    assert target == earlier.parent
    assert (target / "metadata.txt").is_file()
    assert not earlier.exists()


@pytest.mark.parametrize(
    ("platform", "variables", "folder"),
    [
        ("linux", {"HOME": "/h"}, "/h/.local/share/QGIS/QGIS3/profiles"),
        ("linux", {"HOME": "/h", "XDG_DATA_HOME": "/d"}, "/d/QGIS/QGIS3/profiles"),
        ("darwin", {"HOME": "/h"}, "/h/Library/Application Support/QGIS/QGIS3/profiles"),
        ("win32", {"APPDATA": "/a"}, "/a/QGIS/QGIS3/profiles"),
        ("linux", {"HOME": "/h", "QGIS_CUSTOM_CONFIG_PATH": "/c"}, "/c/profiles"),
    ],
)
def test_profiles_are_where_qgis_keeps_them(platform: str, variables: dict[str, str], folder: str) -> None:
    assert profiles_folder(platform=platform, variables=variables) == Path(folder)
