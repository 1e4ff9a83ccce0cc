"""What administrators are told holds: names, variables, files, hosts, and presets that may be copied."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from gpkeys_plugin.store.preset import preset_values
from tests.tooling.tree import PLUGIN, TESTS, TOP, python_files

_FOLDER = TOP / "docs" / "fleet"
_DOCUMENTS = sorted(_FOLDER.glob("*.md"))
_README = _FOLDER / "README.md"
_PRESET = _FOLDER / "preset.md"
_RECORD = re.compile(r'"(\w+\.json)"')


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", _DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)]+)\)", _text(path)) if "://" not in link]
    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", [path for path in _DOCUMENTS if path != _README], ids=lambda path: path.name)
def test_the_first_page_leads_to_each(path: Path) -> None:
    assert f"({path.name})" in _text(_README)


def test_each_name_of_a_preset_is_told() -> None:
    rows = re.findall(r"^\| `(\w+)` \|", _text(_PRESET), re.MULTILINE)
    assert sorted(rows) == sorted(preset_values._READERS)


@pytest.mark.parametrize("name", ["preset.md", "deployment.md"])
def test_the_presets_that_are_shown_can_be_used(name: str) -> None:
    shown = [json.loads(code) for code in re.findall(r"```json\n(.*?)```", _text(_FOLDER / name), re.DOTALL)]
    presets = [content for content in shown if "fixed" in content]
    assert presets
    for content in presets:
        fixed, _ = preset_values.read_sections(content)
        assert fixed


def test_every_variable_that_is_read_is_told_and_no_other() -> None:
    read = set(re.findall(r'"(GPKEYS_[A-Z_]+)"', "\n".join(map(_text, python_files(PLUGIN)))))
    told = set(re.findall(r"GPKEYS_[A-Z]+(?:_[A-Z]+)*", "\n".join(map(_text, _DOCUMENTS))))
    assert told == read


def test_every_file_that_is_kept_is_told() -> None:
    records = PLUGIN / "store" / "records"
    kept = {name for path in python_files(records) for name in _RECORD.findall(_text(path))}
    assert {name for name in kept if f"`{name}`" not in _text(_README)} == set()
    assert len(kept) >= 10


def test_every_host_of_production_is_told() -> None:
    content = json.loads(_text(PLUGIN / "resources" / "environments.json"))
    production = next(entry for entry in content["environments"] if entry["name"] == "production")
    hosts = {urlsplit(value).netloc for value in production.values() if isinstance(value, str) and "://" in value}
    assert {host for host in hosts if f"`{host}" not in _text(_README)} == set()


def test_the_version_of_the_toolbelt_is_the_one_that_is_tested() -> None:
    (version,) = re.findall(
        r"^qgis-deployment-toolbelt==(\d+\.\d+)", _text(TESTS / "tooling" / "deployment_toolbelt.txt"), re.M
    )
    assert f"QDT {version}" in _text(_FOLDER / "deployment.md")
