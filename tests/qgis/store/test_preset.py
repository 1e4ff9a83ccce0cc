"""What an administrator lays down in a file: what is fixed, what is a default, and files that are not used."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsApplication

from gpkeys_plugin.keys.draft import HashStorage
from gpkeys_plugin.store import environments, settings
from gpkeys_plugin.store.preset import preset_file, preset_values
from gpkeys_plugin.store.preset.preset_setting import PresetSetting
from tests.qgis import presets

_OWN = {"api_url": "https://entrepot.example.fr/api", "sso_url": "https://sso.example.fr/realms/x", "client_id": "sig"}
_EVERYTHING = {
    "environment": _OWN,
    "reply_ports": [7090, 7091],
    "keep_session": False,
    "hash_storage": "HEADER",
    "clear_copies": False,
    "look_up_titles": False,
    "tell_of_layers": False,
    "tell_of_hashes": False,
    "tell_of_keys": False,
}
_PRESET = [value for value in vars(settings).values() if isinstance(value, PresetSetting)]


@pytest.fixture
def lay_down(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Write a preset that GPKEYS_PRESET names; return what came of it."""

    def write(content: object) -> preset_file.Preset:
        presets.lay_down(tmp_path, monkeypatch, content)
        return preset_file.current()

    return write


def test_what_is_fixed_wins_over_what_the_user_has_set(lay_down: Any) -> None:
    settings.HASH_STORAGE.set(HashStorage.URL)
    lay_down({"fixed": {"hash_storage": "HEADER"}})
    assert settings.HASH_STORAGE.get() is HashStorage.HEADER
    assert settings.HASH_STORAGE.is_fixed()
    settings.HASH_STORAGE.keep(HashStorage.URL)
    assert settings.HASH_STORAGE.get() is HashStorage.HEADER
    lay_down({})
    assert settings.HASH_STORAGE.get() is HashStorage.URL


def test_a_default_counts_until_the_user_says_otherwise(lay_down: Any) -> None:
    lay_down({"defaults": {"reply_ports": [7090], "look_up_titles": False}})
    assert (settings.reply_ports(), settings.LOOK_UP_TITLES.get()) == ((7090,), False)
    assert not settings.REPLY_PORTS.is_fixed()
    settings.REPLY_PORTS.keep((7090,))
    settings.LOOK_UP_TITLES.keep(True)
    lay_down({"defaults": {"reply_ports": [7099], "look_up_titles": False}})
    assert (settings.reply_ports(), settings.LOOK_UP_TITLES.get()) == ((7099,), True)


def test_everything_that_may_be_laid_down_reaches_its_setting(lay_down: Any) -> None:
    preset = lay_down({"fixed": _EVERYTHING})
    assert preset.problem is None
    assert set(preset.fixed) == {setting.key for setting in _PRESET}
    assert [setting.key for setting in _PRESET if setting.get() == setting.default] == ["custom/is_confidential"]
    assert all(type(setting.get()) is type(setting.default) for setting in _PRESET)


def test_the_profile_s_own_file_is_read_where_no_other_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GPKEYS_PRESET", raising=False)
    path = Path(QgsApplication.qgisSettingsDirPath()) / "gpkeys.json"
    preset_file._read.cache_clear()
    path.write_text('{"fixed": {"keep_session": false}}', encoding="utf-8-sig")
    try:
        assert (settings.KEEP_SIGNED_IN.get(), settings.KEEP_SIGNED_IN.is_fixed()) == (False, True)
        assert Path(preset_file.current().path) == path
    finally:
        path.unlink()
        preset_file._read.cache_clear()
    assert preset_file.current() == preset_file.Preset()


# The environment


def test_a_fixed_environment_is_no_variable_s_to_change(lay_down: Any) -> None:
    variables = {"GPKEYS_API_URL": "https://elsewhere.example/api", "GPKEYS_ENVIRONMENT": "qualification"}
    assert environments.current(variables).api_url == "https://elsewhere.example/api"
    lay_down({"fixed": {"environment": "production"}})
    assert environments.current(variables) == environments.known()[0]
    lay_down({"fixed": {"environment": {**_OWN, "is_confidential": False}}})
    found = environments.current(variables)
    assert (found.api_url, found.sso_url, found.client_id, found.needs_secret) == (*_OWN.values(), False)


@pytest.mark.parametrize(
    ("environment", "needs_secret"),
    [("production", True), (_OWN, True), ({**_OWN, "is_confidential": False}, False)],
)
def test_whether_a_fixed_client_has_a_secret_is_no_variable_s_to_say(
    lay_down: Any, environment: object, *, needs_secret: bool
) -> None:
    """A secret that is handed over goes to a client that has one, and to no other."""
    lay_down({"fixed": {"environment": environment}})
    for said in ("", "left"):
        variables = {"GPKEYS_CLIENT_SECRET": said}  # pragma: allowlist secret - made up
        found = environments.current(variables)
        assert found.needs_secret is needs_secret
        assert environments.client_secret(found, variables) == ((said or None) if needs_secret else None)


def test_variables_win_over_a_default_environment(lay_down: Any) -> None:
    lay_down({"defaults": {"environment": "qualification"}})
    assert environments.current({}).name == "qualification"
    assert environments.current({"GPKEYS_ENVIRONMENT": "production"}).name == "production"


# Files that are not used

_MARK = "zk7Q-never-shown"
_SECRET = {"client_secret": _MARK}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "not JSON"),
        (b'{"fixed": {\n"keep_session": yes}}', "line 2"),
        (b"\xff\xfe{\0}\0", "UTF-8"),
        (b"[" * 60_000, "JSON"),
        (b"{" + b" " * preset_file.MOST_BYTES + b"}", "larger"),
        (b'{"fixed": {}, "fixed": {"keep_session": false}}', "twice"),
        ([], "object"),
        ({"fixd": {}}, "“fixd”"),
        ({"fixed": []}, "object"),
        ({"defaults": {"keep_sessions": True}}, "“keep_sessions”"),
        (b'{"\\ud800\\n": {}}', "“??”"),
        (_SECRET, "no secret"),
        ({"fixed": _SECRET}, "no secret"),
        ({"fixed": {"environment": {**_OWN, **_SECRET}}}, "no secret"),
        ({"fixed": {"keep_session": 1}}, "true or false"),
        ({"fixed": {"hash_storage": "POCKET"}}, "URL, HEADER"),
        ({"fixed": {"hash_storage": ["URL"]}}, "URL, HEADER"),
        ({"fixed": {"reply_ports": []}}, "ports"),
        ({"fixed": {"reply_ports": [True]}}, "ports"),
        ({"fixed": {"reply_ports": 7070}}, "ports"),
        ({"fixed": {"reply_ports": [80]}}, "1024"),
        ({"fixed": {"reply_ports": [10**30]}}, "65535"),
        ({"fixed": {"reply_ports": list(range(7070, 7079))}}, "8"),
        ({"fixed": {"environment": "moon"}}, "production"),
        ({"fixed": {"environment": None}}, "production"),
        ({"fixed": {"environment": {"api_url": _OWN["api_url"]}}}, "“sso_url”"),
        ({"fixed": {"environment": {**_OWN, "client_id": ""}}}, "“client_id”"),
        ({"fixed": {"environment": {**_OWN, "is_confidential": "no"}}}, "“is_confidential”"),
        ({"fixed": {"keep_session": True}, "defaults": {"keep_session": False}}, "“keep_session”"),
    ],
)
def test_a_file_with_a_mistake_does_not_count_at_all(lay_down: Any, content: Any, words: str) -> None:
    if isinstance(content, dict) and isinstance(content.get("fixed"), dict):
        content = {**content, "fixed": {"look_up_titles": False, **content["fixed"]}}
    preset = lay_down(content)
    assert (preset.fixed, preset.defaults) == ({}, {})
    said = str(preset.problem)
    assert words in said
    assert _MARK not in said
    assert preset.path in said
    said.encode("utf-8")
    assert settings.LOOK_UP_TITLES.get()


@pytest.mark.parametrize(
    "url",
    [
        "http://api.example.fr",
        "ftp://api.example.fr",
        "https://",
        "https://[::1",
        f"https://user:{_MARK}@api.example.fr",
        "https://api.example.fr\\@evil.example",
        "https://api.example.fr\n",
        "https://api example.fr",
        "https://аpi.example.fr",
        7,
        None,
    ],
)
@pytest.mark.parametrize("name", ["api_url", "sso_url"])
def test_only_plain_https_addresses_are_taken(lay_down: Any, name: str, url: object) -> None:
    preset = lay_down({"fixed": {"environment": {**_OWN, name: url}}})
    assert preset.fixed == {}
    assert f"“{name}”" in str(preset.problem)
    assert _MARK not in str(preset.problem)


def test_on_this_machine_http_will_do(lay_down: Any) -> None:
    own = {**_OWN, "api_url": "http://127.0.0.1:8000/api", "sso_url": "http://localhost:8001/realms/x"}
    assert lay_down({"defaults": {"environment": own}}).problem is None


def test_a_named_file_must_be_there_and_be_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path, words in ((tmp_path / "none.json", "not there"), (tmp_path, "not a file"), (pipe, "not a file")):
        monkeypatch.setenv("GPKEYS_PRESET", str(path))
        assert words in str(preset_file.current().problem)
    monkeypatch.setenv("GPKEYS_PRESET", "gpkeys.json")
    assert "whole path" in str(preset_file.current().problem)


# Its cost


def test_reading_it_takes_two_milliseconds_at_most_and_is_done_once(
    lay_down: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay_down({"fixed": _EVERYTHING})

    def read_anew() -> float:
        preset_file._read.cache_clear()
        start = time.perf_counter()
        preset_file.current()
        return time.perf_counter() - start

    assert min(read_anew() for _ in range(20)) < 0.002
    monkeypatch.setattr(preset_values, "read_sections", None)
    monkeypatch.setattr(Path, "open", None)
    assert settings.KEEP_SIGNED_IN.get() is False


def test_a_fixed_platform_leaves_no_choice(lay_down: Any) -> None:
    lay_down({"fixed": {"environment": "qualification"}})
    assert [found.name for found in environments.choosable({})] == ["qualification"]
