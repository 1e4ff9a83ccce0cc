"""The options, on the real store."""

from __future__ import annotations

import errno
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gpkeys_plugin.entrepot.errors import GpkeysError
from gpkeys_plugin.jobs.window.preferences import PluginPreferences
from gpkeys_plugin.jobs.window.sign_in_set_up import SetUp
from gpkeys_plugin.keys.draft import HashStorage
from gpkeys_plugin.store import environments, settings
from gpkeys_plugin.store.configurations import auth_configs
from gpkeys_plugin.store.configurations.oauth2_json import OAuth2Setup
from tests.qgis.presets import lay_down
from tests.qgis.store.conftest import MASTER


def test_the_platform_changes_only_when_it_does(set_up: SetUp) -> None:
    changes: list[str] = []
    preferences = PluginPreferences(lambda: changes.append(environments.current().api_url))
    preferences.save(replace(preferences.load(), hash_storage=HashStorage.HEADER))
    assert set_up.default_storage() is HashStorage.HEADER
    assert changes == []
    own = replace(
        preferences.load(), environment_id="", api_url="https://api.example", sso_url="https://sso.example/realms/x"
    )
    preferences.save(own)
    assert changes == ["https://api.example"]
    assert preferences.load().api_url == "https://api.example"


def test_the_reply_port_of_the_options_is_written_into_our_configuration(set_up: SetUp) -> None:
    own = set_up.prepare(None, "un secret")
    other = auth_configs.store_oauth2(replace(OAuth2Setup.of(environments.known()[1], "autre"), name="Autre"))
    preferences = PluginPreferences(lambda: None)
    preferences.save(replace(preferences.load(), reply_port=7081))
    assert auth_configs.reply_port(own) == 7081
    assert auth_configs.reply_port(other) == 7070
    assert settings.reply_ports() == (7081, 7082, 7083, 7084)
    assert (preferences.load().reply_port, preferences.load().only_reply_port) == (7081, False)


def test_one_reply_port_only(set_up: SetUp) -> None:
    own = set_up.prepare(None, "un secret")
    auth_configs.update_reply_port(own, 7072)
    preferences = PluginPreferences(lambda: None)
    preferences.save(replace(preferences.load(), reply_port=7070, only_reply_port=True))
    assert settings.reply_ports() == (7070,)
    assert auth_configs.reply_port(own) == 7070
    assert preferences.load().only_reply_port


def test_a_port_chosen_while_the_vault_was_locked_is_written_before_the_next_sign_in(
    set_up: SetUp, manager: Any
) -> None:
    own = set_up.prepare(None, "un secret")
    manager.clearMasterPassword()
    preferences = PluginPreferences(lambda: None)
    preferences.save(replace(preferences.load(), reply_port=7081))
    manager.setMasterPassword(MASTER, True)
    assert auth_configs.reply_port(own) == 7070
    assert set_up.prepare(None, None) == own
    assert auth_configs.reply_port(own) == 7081


@pytest.mark.parametrize(
    ("port", "is_alone", "is_fine"),
    [
        (0, True, False),
        (1023, True, False),
        (1024, True, True),
        (65532, False, True),
        (65535, False, False),
        (65535, True, True),
        (65536, True, False),
    ],
)
def test_a_port_that_does_not_exist_is_refused_with_a_text(
    set_up: SetUp, port: int, *, is_alone: bool, is_fine: bool
) -> None:
    preferences = PluginPreferences(lambda: None)
    wanted = replace(preferences.load(), reply_port=port, only_reply_port=is_alone)
    problem = preferences.port_problem(wanted)
    assert (problem is None) is is_fine
    if is_fine:
        preferences.save(wanted)
    else:
        assert "1024" in str(problem)
        with pytest.raises(GpkeysError):
            preferences.save(wanted)
        assert settings.reply_ports() == settings.REPLY_PORTS.default


def test_ports_written_by_hand_that_do_not_exist_are_passed_over(set_up: SetUp) -> None:
    settings.REPLY_PORTS.set((80, 7090, 70700))
    assert settings.reply_ports() == (7090,)
    settings.REPLY_PORTS.set((80,))
    assert settings.reply_ports() == settings.REPLY_PORTS.default


def test_an_unprotected_platform_is_refused(set_up: SetUp) -> None:
    preferences = PluginPreferences(lambda: None)
    with pytest.raises(GpkeysError):
        preferences.save(
            replace(preferences.load(), environment_id="", api_url="http://api.example", sso_url="https://sso.example")
        )
    assert environments.current() == environments.known()[0]


@pytest.mark.parametrize(
    "change",
    [
        lambda preferences: preferences.save(replace(preferences.load(), hash_storage=HashStorage.HEADER)),
        lambda preferences: preferences.stop_telling_of_layers(),
    ],
)
def test_on_a_full_disk_nothing_is_set(
    set_up: SetUp, monkeypatch: pytest.MonkeyPatch, change: Callable[[PluginPreferences], None]
) -> None:
    def refuse(**_: Any) -> Any:
        raise OSError(errno.ENOSPC, "No space left on device")

    preferences = PluginPreferences(lambda: None)
    before = preferences.load()
    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    with pytest.raises(GpkeysError, match="no room"):
        change(preferences)
    assert preferences.load() == before


# An administrator's preset


def test_what_is_fixed_is_told_and_stays(set_up: SetUp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.HASH_STORAGE.set(HashStorage.URL)
    content = {"environment": "qualification", "hash_storage": "HEADER", "tell_of_layers": True, "reply_ports": [7090]}
    path = lay_down(tmp_path, monkeypatch, {"fixed": content})
    preferences = PluginPreferences(lambda: pytest.fail("the platform has not changed"))
    fixed, loaded = preferences.fixed(), preferences.load()
    assert fixed.names == {"platform", "hash_storage", "tells_of_layers", "reply_port"}
    assert (fixed.file, fixed.reply_ports, fixed.problem) == (str(path), (7090,), None)
    assert (loaded.environment_id, loaded.hash_storage) == ("qualification", HashStorage.HEADER)
    assert set_up.default_storage() is HashStorage.HEADER
    preferences.save(replace(loaded, environment_id="production", hash_storage=HashStorage.URL, reply_port=80))
    assert preferences.load() == loaded
    with pytest.raises(GpkeysError, match="fixed"):
        preferences.stop_telling_of_layers()
    lay_down(tmp_path, monkeypatch, {})
    assert preferences.load().hash_storage is HashStorage.URL
    assert preferences.load().environment_id == "production"


def test_options_that_are_kept_unchanged_go_on_following_the_default(
    set_up: SetUp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """QGIS keeps all its pages whenever one option is changed."""
    lay_down(tmp_path, monkeypatch, {"defaults": {"look_up_titles": False, "reply_ports": [7090]}})
    preferences = PluginPreferences(lambda: None)
    assert preferences.fixed() == replace(preferences.fixed(), names=frozenset(), file="")
    preferences.save(replace(preferences.load(), tells_of_layers=False))
    lay_down(tmp_path, monkeypatch, {})
    assert settings.LOOK_UP_TITLES.get()
    assert settings.reply_ports() == settings.REPLY_PORTS.default
    assert not settings.TELL_OF_LAYERS.get()


def test_why_a_file_is_not_used_is_told(set_up: SetUp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = lay_down(tmp_path, monkeypatch, b"{")
    fixed = PluginPreferences(lambda: None).fixed()
    assert fixed.names == frozenset()
    assert str(path) in str(fixed.problem)
