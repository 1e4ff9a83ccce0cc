"""The states of pages that ask where a hash goes, where an administrator has fixed that."""

from __future__ import annotations

from collections.abc import Callable

from gpkeys_plugin.keys.draft import HashStorage
from tests.gui import fake_repair, my_keys_scenes, repair_scenes, scenes
from tests.gui.scenes import Stage


def new_key(one: Stage, place: HashStorage = HashStorage.HEADER) -> None:
    """Choose a HASH key in the wizard."""
    one.new_key_jobs.fixed_storage = one.my_keys_jobs.fixed = one.set_up.storage = place
    scenes.hash_key(one)
    scenes.scroll_to(one, "hashInHeaderRadio")


def new_key_without_header(one: Stage) -> None:
    """Choose a HASH key in a QGIS that cannot send it as it is fixed."""
    one.new_key_jobs.has_header_method = False
    new_key(one)


def connect(one: Stage, place: HashStorage = HashStorage.HEADER) -> None:
    """Show what connecting a HASH key asks."""
    one.my_keys_jobs.fixed = place
    my_keys_scenes.connect(one)


def rotate(one: Stage, place: HashStorage = HashStorage.HEADER) -> None:
    """Show what changing the secret of a key does whose hash is in URLs."""
    one.my_keys_jobs.fixed = place
    my_keys_scenes.key_page(one)
    one.click("rotateKeyButton")


def repair(one: Stage, place: HashStorage = HashStorage.HEADER) -> None:
    """Show what mends layers."""
    one.repair_jobs.fixed = place
    repair_scenes.ready(one, fake_repair.SHEETS)


SCENES: dict[str, Callable[[Stage], None]] = {
    "step_2_hash_fixed": new_key,
    "step_2_hash_fixed_no_header": new_key_without_header,
    "connect_hash_fixed": connect,
    "rotate_hash_fixed": rotate,
    "repair_hash_fixed": repair,
}
