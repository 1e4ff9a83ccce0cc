"""Settings keep their type through QGIS's settings file."""

from __future__ import annotations

from typing import Any

import pytest

from gpkeys_plugin.keys.draft import HashStorage
from gpkeys_plugin.store import settings, window_settings
from gpkeys_plugin.store.qgis_settings.setting import PREFIX, Setting

ALL = [value for module in (settings, window_settings) for value in vars(module).values() if isinstance(value, Setting)]


@pytest.mark.parametrize("setting", ALL, ids=lambda setting: setting.key)
def test_every_setting_has_a_default_and_says_what_it_is_for(setting: Setting[Any]) -> None:
    assert setting.get() == setting.default
    assert setting.description.endswith(".")


def test_keys_are_declared_once() -> None:
    keys = [setting.key for setting in ALL]

    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        (settings.ENVIRONMENT, "custom"),
        (settings.CUSTOM_IS_CONFIDENTIAL, False),
        (settings.REPLY_PORTS, (7080, 7081)),
        (settings.REPLY_PORTS, (7080,)),
        (settings.HASH_STORAGE, HashStorage.HEADER),
        (settings.LOOK_UP_TITLES, False),
        (settings.sign_in_authcfg("production"), "abc1234"),
    ],
    ids=lambda value: getattr(value, "key", repr(value)),
)
def test_a_value_is_read_back_from_the_file_as_it_was(setting: Setting[Any], value: object) -> None:
    setting.set(value)
    _reread()

    assert setting.get() == value
    assert type(setting.get()) is type(value)


def test_reset_brings_the_default_back() -> None:
    window_settings.DOCK_VISIBLE.set(True)
    window_settings.DOCK_VISIBLE.reset()

    assert window_settings.DOCK_VISIBLE.get() is False


@pytest.mark.parametrize(
    ("setting", "rubbish"),
    [(settings.REPLY_PORTS, "7070,door"), (settings.HASH_STORAGE, "POCKET")],
    ids=["ports", "enum"],
)
def test_rubbish_reads_as_the_default(setting: Setting[Any], rubbish: str) -> None:
    from qgis.core import QgsSettings

    QgsSettings().setValue(PREFIX + setting.key, rubbish)

    assert setting.get() == setting.default


def _reread() -> None:
    """Have QSettings write the file; a fresh object then reads texts instead of what was given to it."""
    from qgis.core import QgsSettings

    QgsSettings().sync()
