"""A profile that cannot be written to, or a full disk: said before the platform is asked to change anything."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from qgis.core import QgsSettings

from gpkeys_plugin.entrepot.models import KeyType
from gpkeys_plugin.jobs.add_services import extend_key
from gpkeys_plugin.jobs.connect_existing import ExistingKeyConnector
from gpkeys_plugin.jobs.create_key import KeyCreator
from gpkeys_plugin.jobs.delete_key import delete_key, deletion_outlook
from gpkeys_plugin.jobs.edit_key import KeyEditor
from gpkeys_plugin.jobs.rotate_key import KeyRotator
from gpkeys_plugin.jobs.running.task import Progress
from gpkeys_plugin.jobs.values import ConnectRequest, Failed, KeyPage, RotationRequest
from gpkeys_plugin.keys.upkeep.key_edits import KeyEdit, difference
from gpkeys_plugin.store.records import record_file
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.key_pages import page_of
from tests.qgis.jobs.test_create_key import create, draft_of

Work = Callable[[Progress], Any]


class _Usage(NamedTuple):
    free: int


def works(bench: Bench, page: KeyPage) -> dict[str, Work]:
    """Return the jobs that change something, by name."""
    at, outlook = (bench.signed_in, bench.main_thread), partial(deletion_outlook, page, *(bench.signed_in,))
    found = bench.run(lambda progress: outlook(bench.main_thread, progress))
    draft = draft_of(bench, KeyType.HASH, "Une autre")
    wanted = difference(page.details, page.accesses, KeyEdit("Autre nom"))
    return {
        "create": lambda progress: KeyCreator(bench.signed_in, bench.creations, bench.main_thread, progress).create(
            draft
        ),
        "rotate": lambda progress: KeyRotator(bench.signed_in, bench.rotations, bench.main_thread, progress).rotate(
            page, RotationRequest()
        ),
        "edit": lambda progress: KeyEditor(*at, progress).edit(page, wanted),
        "extend": lambda progress: extend_key(page.details.key, draft.grants, *at, progress),
        "connect": lambda progress: ExistingKeyConnector(*at, progress).connect(page, ConnectRequest()),
        "delete": lambda progress: delete_key(page, found, *at, progress),
    }


@pytest.mark.parametrize("job", ["create", "rotate", "edit", "extend", "connect", "delete"])
@pytest.mark.parametrize("what", ["settings", "records", "disk"])
def test_nothing_is_changed_where_it_could_not_be_kept(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, job: str, what: str
) -> None:
    page = page_of(bench, create(bench, draft_of(bench, KeyType.HASH)).key)
    work = works(bench, page)[job]
    closed = {"settings": Path(QgsSettings().fileName()), "records": record_file.profile_folder(), "disk": None}[what]
    access, usage = os.access, shutil.disk_usage
    monkeypatch.setattr(os, "access", lambda place, mode: Path(place) != closed and access(place, mode))
    monkeypatch.setattr(shutil, "disk_usage", lambda place: usage(place) if closed else _Usage(1000))
    bench.simulator.clear_requests()
    with pytest.raises(Exception, match=r"writable|room") as caught:
        bench.run(work)
    assert "Nothing was changed" in str(Failed.of(caught.value).error.user)
    assert {request.method for request in bench.simulator.requests(service="api")} <= {"GET"}
    assert (bench.creations.entries(), bench.rotations.entries()) == ((), ())
