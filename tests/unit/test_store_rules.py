"""A zip that the plugin store would refuse is refused, with the reason; one that it would take is not."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
import requests
from requests_mock import Mocker

from tests.tooling import store_rules
from tests.tooling.store_rules import refusals

_METADATA = """[general]
name=Essai
description=A trial
about=More of it
version=1.2.3
qgisMinimumVersion=3.22
author=Camille
email=camille@x.example
tracker=https://x.example/tracker
repository=https://x.example/repository
homepage=https://x.example
icon=icon.svg
"""
_GOOD = {
    "essai/__init__.py": '"""A trial."""\n',
    "essai/metadata.txt": _METADATA,
    "essai/LICENSE": "GPL\n",
    "essai/icon.svg": "<svg/>\n",
}
# Put together here, so that no search for secrets finds them in this file.
_HARD_CODED = "SIGN_IN_" + 'PASSWORD = "Rue-des-7-Tilleuls"\n'  # pragma: allowlist secret - made up


def zipped(folder: Path, files: Mapping[str, str]) -> Path:
    """Return a zip with these files."""
    path = folder / "essai.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


@pytest.fixture
def _unscanned(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_found_by_bandit", "_found_by_detect_secrets", "_found_by_flake8"):
        monkeypatch.setattr(store_rules, name, lambda _: [])


def test_what_keeps_the_rules_is_taken(tmp_path: Path) -> None:
    assert refusals(zipped(tmp_path, _GOOD)) == []


@pytest.mark.usefixtures("_unscanned")
@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"essai/../x.py": ""}, "leads out"),
        ({"essai/keys/__pycache__/x": ""}, "not allowed"),
        ({"essai/plugin.pyc": ""}, "not allowed"),
        ({"essai/.git/config": ""}, "not allowed"),
        ({"essai/.idea.xml": ""}, "hidden"),
        ({"essai/run.SH": ""}, "a program"),
        ({"__MACOSX/essai": ""}, "not allowed"),
        ({"README.md": ""}, "2 folders or files at its top"),
        ({"essai/metadata.txt": "[general]\nname=Essai 100 %\n"}, "cannot be read"),
        ({"essai/metadata.txt": _METADATA.replace("[general]", "[other]")}, "cannot be read"),
        ({"essai/metadata.txt": _METADATA.replace("about=More of it\n", "")}, "no about"),
        ({"essai/metadata.txt": _METADATA.replace("1.2.3", "1.2.3-beta")}, "digits and dots"),
        ({"essai/metadata.txt": _METADATA.replace("Camille", "Camille/Hector")}, "slash"),
        ({"essai/metadata.txt": _METADATA.replace("icon.svg", "icons.svg")}, "no file of the zip"),
        (
            {"essai/metadata.txt": _METADATA.replace("https://x.example/tracker", "http://bugs")},
            "tracker is no address",
        ),
        ({"essai/metadata.txt": _METADATA.replace("https://x.example\n", "x.example\n")}, "homepage is no address"),
        ({"essai/metadata.txt": f"{_METADATA}experimental=no\n"}, "neither True nor False"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_what_breaks_a_rule_is_refused(tmp_path: Path, more: Mapping[str, str], reason: str) -> None:
    found = refusals(zipped(tmp_path, {**_GOOD, **more}))
    assert any(reason in line for line in found), found


@pytest.mark.usefixtures("_unscanned")
@pytest.mark.parametrize("name", ["__init__.py", "metadata.txt", "LICENSE"])
def test_what_each_plugin_has_is_missed(tmp_path: Path, name: str) -> None:
    files = {path: content for path, content in _GOOD.items() if path != f"essai/{name}"}
    assert f"{name} is missing" in refusals(zipped(tmp_path, files))


@pytest.mark.usefixtures("_unscanned")
def test_a_folder_python_cannot_import_is_refused(tmp_path: Path) -> None:
    files = {path.replace("essai/", "mon-essai/"): content for path, content in _GOOD.items()}
    assert [line.partition(":")[0] for line in refusals(zipped(tmp_path, files))] == ["mon-essai"]


@pytest.mark.parametrize(
    ("source", "finder"),
    [
        ("assert True\n", "bandit B101"),
        (_HARD_CODED, "detect-secrets: Secret Keyword"),
        ("import os\n", "F401"),
        (f"# {'x ' * 60}x\n", "E501"),
    ],
)
def test_what_the_scanners_find_is_refused(tmp_path: Path, source: str, finder: str) -> None:
    found = refusals(zipped(tmp_path, {**_GOOD, "essai/more.py": source}))
    assert any(finder in line for line in found), found


def test_what_is_no_zip_or_is_damaged_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path, _GOOD)
    content = path.read_bytes()
    path.write_bytes(content.replace(b"A trial.", b"A spoil."))
    assert refusals(path) == ["essai/__init__.py: damaged"]
    path.write_bytes(b"no zip")
    assert refusals(path) == ["it is no zip"]


def test_a_zip_that_is_too_large_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "essai.zip"
    with path.open("wb") as file:
        file.truncate(25_000_001)
    assert refusals(path) == ["it has more than 25000000 bytes"]


@pytest.mark.usefixtures("_unscanned")
def test_addresses_are_asked_where_that_is_wished(tmp_path: Path, requests_mock: Mocker) -> None:
    requests_mock.head("https://x.example/tracker", status_code=404)
    requests_mock.head("https://x.example/repository", exc=requests.ConnectTimeout)
    requests_mock.head("https://x.example")
    path = zipped(tmp_path, _GOOD)
    assert refusals(path) == []
    assert requests_mock.call_count == 0
    assert [line.partition(" ")[0] for line in refusals(path, is_online=True)] == ["tracker", "repository"]
