"""Why a layer needs a key."""

from __future__ import annotations

import pytest

from gpkeys_plugin.keys.layer_needs.needs import SAFE_CAUSES, Cause, Known, need_of
from gpkeys_plugin.keys.layer_needs.sources import read_source

from .forms import HOST, NEW, OLD, PLATFORM, SHARED

KNOWN = Known(
    hashes={NEW: "k1", OLD: "k-ended"},
    configurations={"ours001": "k1", "ended01": "k-ended", "gone001": "k1"},
    profile_configurations=frozenset({"ours001", "ended01", "theirs1"}),
    shared_hashes=frozenset({SHARED}),
    ended_keys=frozenset({"k-ended"}),
)
WMS = f"layers=a&url={HOST}/private/wms-r"


@pytest.mark.parametrize(
    ("source", "cause", "key_id"),
    [
        (f"{WMS}?apikey%3D{SHARED}", Cause.DEAD_SHARED_HASH, ""),
        (f"http-header:apikey={SHARED}&{WMS}", Cause.DEAD_SHARED_HASH, ""),
        (f"{WMS}?apikey%3D{NEW}", Cause.NONE, "k1"),
        (f"{WMS}?apikey%3D{OLD}", Cause.ENDED_KEY, "k-ended"),
        (f"{WMS}?apikey%3Dautre", Cause.FOREIGN_HASH, ""),
        (f"{WMS}&authcfg=ours001", Cause.NONE, "k1"),
        (f"{WMS}&authcfg=ended01", Cause.ENDED_KEY, "k-ended"),
        (f"{WMS}&authcfg=theirs1", Cause.FOREIGN_CONFIGURATION, ""),
        (f"{WMS}&authcfg=OURS001", Cause.UNKNOWN_CONFIGURATION, ""),
        (f"{WMS}&authcfg=gone001", Cause.UNKNOWN_CONFIGURATION, ""),
        (f"{WMS}&username=bob&password=x", Cause.LOGIN_IN_URL, ""),
        (WMS, Cause.NO_CREDENTIAL, ""),
        (f"{WMS}?apikey%3D{NEW}&authcfg=perdue1", Cause.UNKNOWN_CONFIGURATION, ""),
        (f"{WMS}?apikey%3D{SHARED}&authcfg=ours001", Cause.DEAD_SHARED_HASH, ""),
        (f"layers=a&url={HOST}/wms-r?apikey%3D{SHARED}", Cause.NONE, ""),
        ("layers=a&url=https://wxs.ign.fr/cle/geoportail/r/wms&authcfg=ours001", Cause.OLD_GEOPORTAIL, ""),
    ],
)
def test_the_surest_cause_is_told(source: str, cause: Cause, key_id: str) -> None:
    read = read_source("wms", source, PLATFORM)
    assert read is not None
    need = need_of(read, KNOWN)
    assert (need.source, need.cause, need.key_id) == (read, cause, key_id)


def test_what_may_work_is_not_mended_unasked() -> None:
    assert not SAFE_CAUSES & {Cause.FOREIGN_HASH, Cause.FOREIGN_CONFIGURATION, Cause.LOGIN_IN_URL, Cause.NONE}


def test_what_is_known_shows_no_hash() -> None:
    assert NEW not in repr(KNOWN)
