"""What a listing had to leave out stands in QGIS's log."""

from __future__ import annotations

from qgis.core import QgsApplication

from tests.qgis.jobs.conftest import Bench


def test_the_log_says_what_was_left_out_and_quotes_nothing(bench: Bench) -> None:
    lines: list[tuple[str, str]] = []
    QgsApplication.messageLog().messageReceived.connect(lambda text, tag, _level: lines.append((tag, text)))
    body = [{"_id": "a", "name": "Une clé"}, {"name": "Clé sans identifiant"}]
    bench.simulator.fail("GET", r"/users/me/keys$", status=200, body=body)
    assert [key.name for key in bench.platform_keys()] == ["Une clé"]
    bench.qtbot.waitUntil(lambda: any("left out" in text for _, text in lines))
    assert [text for tag, text in lines if tag == "GPKeys"] == [
        "GET /users/me/keys: left out 1 (key without identifier)"
    ]
