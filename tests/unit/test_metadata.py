"""`metadata.txt` says what QGIS and the plugin store ask, and nothing that breaks their parsers."""

from __future__ import annotations

import re

import pytest

from tests.tooling.store_rules import REQUIRED
from tests.tooling.tree import PLUGIN, TOP, metadata

METADATA = metadata()


@pytest.mark.parametrize("key", REQUIRED)
def test_the_store_finds_what_it_requires(key: str) -> None:
    assert METADATA[key].strip()


def test_no_lone_percent_breaks_the_interpolation() -> None:
    assert "%" not in (TOP / "metadata.txt").read_text("utf-8")


def test_the_description_is_one_english_line() -> None:
    assert "\n" not in METADATA["description"]
    assert METADATA["description"].replace("Géoplateforme", "").isascii()


def test_about_is_in_english_then_in_french() -> None:
    english, french = METADATA["about"].split("\n\n")
    assert english.startswith("Create")
    assert french.startswith("Créez")


def test_the_version_is_digits_and_dots_and_has_its_changes_told() -> None:
    changes = (TOP / "CHANGELOG.md").read_text("utf-8")
    newest = re.search(r"^## (\S+)", changes, re.MULTILINE)
    assert re.fullmatch(r"\d+\.\d+\.\d+", METADATA["version"])
    assert newest
    assert newest[1] == METADATA["version"]


def test_it_is_for_qgis_3_22_to_4() -> None:
    assert (METADATA["qgisMinimumVersion"], METADATA["qgisMaximumVersion"]) == ("3.22", "4.99")


@pytest.mark.parametrize("key", ["tracker", "repository", "homepage"])
def test_addresses_are_https(key: str) -> None:
    assert METADATA[key].startswith("https://")


def test_the_icon_is_there() -> None:
    assert (PLUGIN / METADATA["icon"]).is_file()


def test_a_processing_provider_is_announced_when_there_is_one() -> None:
    has_provider = (PLUGIN / "processing" / "provider.py").is_file()
    assert METADATA["hasProcessingProvider"] == ("yes" if has_provider else "no")


def test_the_licence_is_the_whole_gpl_2() -> None:
    text = (TOP / "LICENSE").read_text("utf-8")
    assert METADATA["license"] == "GPL-2.0-or-later"
    assert "GNU GENERAL PUBLIC LICENSE" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_the_top_level_holds_the_fixed_things_only() -> None:
    allowed = {
        "gpkeys_plugin",
        "tests",
        "metadata.txt",
        "Makefile",
        "README.md",
        "LICENSE",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "docs",
        "pyproject.toml",
    }
    made = {"build", "dist"}
    visible = {path.name for path in TOP.iterdir() if not path.name.startswith(".")}
    assert visible - made == allowed
