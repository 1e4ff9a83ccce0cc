"""A release is built twice alike, keeps the store's rules, tells its changes; or none is made, and it is said why."""

from __future__ import annotations

import configparser
import itertools
from pathlib import Path

import pytest

from tests.tooling import changelog, package, release
from tests.tooling.tree import TOP, metadata

_CHANGELOG = """# Changes

What users notice.

## 1.2.0

All of it, for 100 % of *those* who ask.

- A `key` is made.

## 1.1.0

- Before.
"""


@pytest.fixture(autouse=True)
def _small_and_committed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "contents", lambda: {package.QM_NAME: b"compiled"})
    monkeypatch.setattr(release, "_of_tree", list)
    monkeypatch.setattr(release, "refusals", lambda *_, **__: [])


def test_a_release_is_said_with_what_to_upload(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    release.main(tmp_path, is_online=False)
    (zip_file,) = tmp_path.iterdir()
    said = capsys.readouterr().out
    assert str(zip_file) in said
    assert f"v{metadata()['version']}" in said
    assert "https://plugins.qgis.org/plugins/gpkeys_plugin/version/add/" in said


def test_what_is_built_anew_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counter = itertools.count()
    monkeypatch.setattr(package, "contents", lambda: {package.QM_NAME: str(next(counter)).encode()})
    with pytest.raises(SystemExit, match="two builds of this tree differ"):
        release.release(tmp_path)


def test_what_the_store_would_refuse_does_not_go_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(release, "refusals", lambda *_, **__: ["LICENSE is missing"])
    with pytest.raises(SystemExit, match="LICENSE is missing"):
        release.release(tmp_path)


def test_version_and_changelog_agree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(release, "metadata", lambda: {"version": "0.0.1"})
    with pytest.raises(SystemExit, match=r"metadata.txt has version 0\.0\.1"):
        release.release(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_committed_does_not_go_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(release, "_of_tree", lambda: ["not committed:", " M metadata.txt"])
    with pytest.raises(SystemExit, match="not committed"):
        release.release(tmp_path)


def test_the_newest_changes_are_plain_text(tmp_path: Path) -> None:
    file = tmp_path / "CHANGELOG.md"
    file.write_text(_CHANGELOG, "utf-8")
    changes = changelog.newest(file)
    assert changes == changelog.Changes("1.2.0", ("All of it, for 100 % of those who ask.", "- A key is made."))
    told = "[general]\nname=x\n" + changelog.metadata_entry(changes) + "server=False\n"
    parser = configparser.ConfigParser()
    parser.read_string(told)
    assert parser["general"]["changelog"] == "1.2.0:\nAll of it, for 100 % of those who ask.\n- A key is made."
    assert parser["general"]["server"] == "False"


def test_a_changelog_without_a_version_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "CHANGELOG.md"
    file.write_text("# Changes\n", "utf-8")
    with pytest.raises(ValueError, match="no version"):
        changelog.newest(file)


def test_the_zip_tells_the_changes_of_its_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    packed = package.contents()["gpkeys_plugin/metadata.txt"].decode()
    assert packed.startswith((TOP / "metadata.txt").read_text("utf-8"))
    parser = configparser.ConfigParser()
    parser.read_string(packed)
    assert parser["general"]["changelog"].startswith(f"{metadata()['version']}:\n")
