"""The use cases around a new key, as the window starts them."""

from __future__ import annotations

import pytest

from gpkeys_plugin.entrepot.errors import ErrorCode, GpkeysError
from gpkeys_plugin.entrepot.translatable_text import Text
from gpkeys_plugin.jobs.values import CreationRemainder, Failed
from gpkeys_plugin.jobs.window.new_key_jobs import NewKeyJobs, QgisSide
from tests.qgis.jobs.conftest import Bench


@pytest.mark.parametrize("act", ["finish", "undo"])
def test_what_somebody_else_has_finished_or_undone_meanwhile_is_told_of_as_a_failure(bench: Bench, act: str) -> None:
    side = QgisSide(str, lambda: None, lambda _: None, lambda _: None)
    jobs = NewKeyJobs(lambda: bench.signed_in, bench.runner, bench.main_thread, bench.creations, side)
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
