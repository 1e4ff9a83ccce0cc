"""All states of the window, by their names."""

from __future__ import annotations

from typing import Callable

from gpkeys_plugin.jobs.window import window_memory
from tests.gui import my_keys_scenes, repair_scenes, result_scenes, scenes, share_scenes
from tests.gui.downloads import download_scenes
from tests.gui.looks import fixed_scenes, options_scenes
from tests.gui.my_keys import key_test_scenes
from tests.gui.new_key import own_key_scenes
from tests.gui.scenes import Stage
from tests.gui.sign_in import account_scenes

_ROOMS = (
    scenes,
    result_scenes,
    my_keys_scenes,
    key_test_scenes,
    repair_scenes,
    share_scenes,
    options_scenes,
    fixed_scenes,
    download_scenes,
    account_scenes,
    own_key_scenes,
)

SCENES: dict[str, Callable[[Stage], None]] = {name: act for room in _ROOMS for name, act in room.SCENES.items()}


def forget_window() -> None:
    """Have nothing remembered of another state, such as the tab that was shown."""
    for name in window_memory.__all__:
        getattr(window_memory, name).reset()
