"""What parameters offer to choose from is what the use cases know."""

from __future__ import annotations

from gpkeys_plugin.jobs.scripts.create_key import KEY_TYPES
from gpkeys_plugin.keys.draft import HashStorage
from gpkeys_plugin.keys.layer_needs.needs import SAFE_CAUSES, Cause
from gpkeys_plugin.processing import choices


def test_the_types_of_key_are_those_that_can_be_made() -> None:
    assert choices.KEY_TYPES == KEY_TYPES


def test_a_hash_can_be_kept_wherever_qgis_keeps_one() -> None:
    assert list(choices.HASH_STORAGES) == [storage.value for storage in HashStorage]


def test_each_cause_can_be_chosen_and_the_safe_ones_are_proposed() -> None:
    assert list(choices.CAUSES) == [cause.value for cause in Cause if cause is not Cause.NONE]
    assert list(choices.SAFE_CAUSES) == [cause.value for cause in Cause if cause in SAFE_CAUSES]
