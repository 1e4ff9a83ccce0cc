"""The use cases around a new key, as the window starts them."""

from __future__ import annotations

import pytest

from gpkeys_plugin.entrepot.errors import ErrorCode, GpkeysError
from gpkeys_plugin.entrepot.translatable_text import Text
from gpkeys_plugin.jobs.values import CreationRemainder, Failed
from gpkeys_plugin.jobs.window.new_key_jobs import NewKeyJobs, QgisSide
from gpkeys_plugin.keys.services.connection_plans import ConnectionKind
from gpkeys_plugin.keys.services.layer_recipes import WrittenConnection
from gpkeys_plugin.store import connections
from gpkeys_plugin.store.records import connection_origins
from gpkeys_plugin.store.records.connection_origins import Origin
from tests.qgis.jobs.conftest import Bench
from tests.qgis.store.sources import earlier_version
from tests.qgis.store.sources.earlier_version import EarlierConnection


def jobs_of(bench: Bench) -> NewKeyJobs:
    """Return the use cases, of a QGIS without a map."""
    side = QgisSide(str, lambda: None, lambda _: None, lambda _: None)
    return NewKeyJobs(lambda: bench.signed_in, bench.runner, bench.main_thread, bench.creations, side)


def test_connections_of_an_earlier_version_are_taken_over_before_anything_shows(bench: Bench) -> None:
    written = EarlierConnection(ConnectionKind.WFS, "Poste 12 – WFS", "k1", "https://exemple.fr/wfs", apikey="abcdef")
    # The record of this version is there before: what stands in the notes was moved on.
    connection_origins.record_all([Origin(WrittenConnection(ConnectionKind.WMS, "Autre"), "k2", "https://exemple.fr")])
    earlier_version.connect(written, api_url=bench.signed_in.api_url)
    assert connections.ours([written.written]) == ()
    heard: list[tuple[WrittenConnection, ...]] = []
    jobs_of(bench).load(lambda _: heard.append(connections.ours([written.written])), lambda _error: None)
    bench.qtbot.waitUntil(lambda: bool(heard))
    assert heard == [(written.written,)]


@pytest.mark.parametrize("act", ["finish", "undo"])
def test_what_somebody_else_has_finished_or_undone_meanwhile_is_told_of_as_a_failure(bench: Bench, act: str) -> None:
    jobs = jobs_of(bench)
    gone = CreationRemainder("gone", "Poste 12", Text("Half of it is there."))
    errors: list[GpkeysError] = []

    def fail(failure: Failed | GpkeysError) -> None:
        errors.append(failure.error if isinstance(failure, Failed) else failure)

    if act == "finish":
        jobs.finish(gone, lambda _percent, _text: None, lambda _created: None, fail)
    else:
        jobs.undo(gone, lambda: None, fail)
    bench.qtbot.waitUntil(lambda: bool(errors))
    assert errors[0].code is ErrorCode.NOT_FOUND
