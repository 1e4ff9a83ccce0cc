"""Jobs after QGIS has disabled its authentication database, which nothing but its end undoes: run in a process apart.

`test_disabled_database.py` does.
"""

from __future__ import annotations

import pytest
from qgis.core import QgsApplication

from gpkeys_plugin.entrepot.errors import GpkeysError
from gpkeys_plugin.entrepot.models import KeyType
from gpkeys_plugin.jobs.values import Failed
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.key_pages import page_of
from tests.qgis.jobs.test_create_key import create, draft_of
from tests.qgis.jobs.test_room_to_write import works

_TRIES = 5


def test_wrong_passwords_and_then_a_disabled_database_are_said_before_anything_is_changed(bench: Bench) -> None:
    page = page_of(bench, create(bench, draft_of(bench, KeyType.BASIC)).key)
    jobs, manager = works(bench, page), QgsApplication.authManager()
    bench.simulator.clear_requests()
    # Taken unchecked, as other plugins do; QGIS notices when it first needs it, and counts.
    for _ in range(_TRIES):
        manager.clearMasterPassword()
        manager.setMasterPassword("faux")
        with pytest.raises(Failed, match=r"refused by QGIS|database of QGIS is locked"):
            bench.run(jobs["rotate"])
    assert manager.isDisabled()
    for work in jobs.values():
        with pytest.raises((Failed, GpkeysError), match="database of QGIS is locked") as caught:
            bench.run(work)
        assert Failed.of(caught.value).stayed == ()
    assert {request.method for request in bench.simulator.requests(service="api")} <= {"GET"}
    assert (bench.creations.entries(), bench.rotations.entries()) == ((), ())
