"""What comes back of each service is looked at: nothing but its own answer is called good."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from gpkeys_plugin.entrepot.models import KeyType, Permission
from gpkeys_plugin.jobs.values import KeyPage, ServiceVerdict, Verdict
from gpkeys_plugin.keys.draft import Grant, KeyDraft
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.key_pages import page_of
from tests.qgis.jobs.test_check_key import full_bench, other_bench, verdicts
from tests.qgis.jobs.test_create_key import create, draft_of
from tests.simulator.gateway.error_pages import exception_report
from tests.simulator.remote.steering import Simulator

__all__ = ["full_bench"]

_SCAN, _PLAN = "rochebrune.scan25.touristique", "rochebrune.plan.vecteur"
_LAYERS = (
    "rochebrune.scan25.estompage",
    "rochebrune.limites_communales",
    "rochebrune.plu_2026",
    _SCAN,
    _PLAN,
    "rochebrune_plu_2026_archive",
)
# Label → path of its description, and of its small requests; the latter None where it has none.
_PLACES = {
    "WMS raster": (r"/private/wms-r", 2),
    "WMS vecteur": (r"/private/wms-v", 2),
    "WFS": (r"/private/wfs", 2),
    "WMTS": (r"/private/wmts", 2),
    f"TMS {_SCAN}": (rf"/private/tms/.*{_SCAN}", 2),
    f"TMS {_PLAN}": (rf"/private/tms/.*{_PLAN}", 2),
    "DOWNLOAD": (r"/private/telechargement", None),
}
_PORTAL = "<html><head><title>Portail</title><script>var a;</script></head><body>Connectez-vous</body></html>"
_WMS_OF_ANOTHER = '<WMS_Capabilities version="1.1.1" xmlns="http://www.opengis.net/wms"/>'
_WRONG: dict[str, dict[str, Any]] = {
    "portal": {"action": "html", "status": 200, "body": _PORTAL},
    "portal-xhtml": {"action": "html", "status": 200, "body": '<html xmlns="http://www.w3.org/1999/xhtml"/>'},
    "service-exception": {"action": "service-exception"},
    "exception-report": {"action": "exception-report"},
    "empty": {"action": "empty"},
    "text": {"action": "status", "status": 200, "body": "OK"},
    "cut-xml": {
        "action": "status",
        "status": 200,
        "body": '<?xml version="1.0"?><WMS_Capabilities version="1.3.0"><Ca',
    },
    "another-version": {"action": "status", "status": 200, "body": _WMS_OF_ANOTHER},
    "no-namespace": {
        "action": "status",
        "status": 200,
        "body": '<Capabilities version="1.0.0"><Contents/></Capabilities>',
    },
}
_MAPS = frozenset(_PLACES) - {"DOWNLOAD"}


def page_of_all(bench: Bench, names: tuple[str, ...] = _LAYERS, title: str = "Tous les services") -> KeyPage:
    """Return the page of a new key that opens a service of each kind."""
    permissions: tuple[Permission, ...] = bench.run(lambda _: bench.signed_in.client().permissions())
    found = {
        offering.layer_name: Grant(offering.id, permission.id)
        for permission in permissions
        for offering in permission.offerings
        if offering.layer_name in names and not permission.only_oauth
    }
    draft = KeyDraft(name=title, grants=tuple(found.values()), type=KeyType.HASH)
    return page_of(bench, create(bench, draft).key)


def test_every_service_that_answers_works(full_bench: Bench) -> None:
    page = page_of_all(full_bench)
    full_bench.simulator.clear_requests()
    found = verdicts(full_bench, page)
    assert {name: verdict.verdict for name, verdict in found.items()} == dict.fromkeys(_PLACES, Verdict.WORKS)
    asked = full_bench.simulator.requests(service="gateway")
    assert {entry.status for entry in asked} == {200}, "a small request was forgiven"
    operations = {text for entry in asked for name, text in entry.parameters.items() if name == "REQUEST"}
    assert operations == {"GetCapabilities", "GetMap", "GetTile", "GetFeature"}
    assert sum(entry.path.endswith((".png", ".pbf")) for entry in asked) == 2


@pytest.mark.parametrize("wrong", _WRONG)
def test_no_description_but_the_services_own_is_good(full_bench: Bench, wrong: str) -> None:
    page = page_of_all(full_bench)
    for path, _ in _PLACES.values():
        full_bench.simulator.fail("GET", path, times=50, **_WRONG[wrong])
    found = verdicts(full_bench, page)
    assert set(found) == set(_PLACES)
    assert {name: one.verdict for name, one in found.items()} == dict.fromkeys(_PLACES, Verdict.NOT_AN_ANSWER)
    assert_shown(found, page)


@pytest.mark.parametrize("wrong", [*_WRONG, "description-again"])
def test_nothing_but_what_was_asked_for_is_good(full_bench: Bench, wrong: str) -> None:
    page = page_of_all(full_bench)
    order = _WRONG.get(wrong, {"action": "status", "status": 200, "body": '<TileMap version="1.0.0"/>'})
    for path, nth in _PLACES.values():
        if nth is not None:
            full_bench.simulator.fail("GET", path, nth=nth, times=50, **order)
    found = verdicts(full_bench, page)
    assert {name: found[name].verdict for name in _MAPS} == dict.fromkeys(_MAPS, Verdict.NOT_AN_ANSWER)
    assert found["DOWNLOAD"].verdict is Verdict.WORKS
    assert_shown(found, page)


def assert_shown(found: dict[str, ServiceVerdict], page: KeyPage) -> None:
    """Check that what is said holds no markup and no secret."""
    for verdict in found.values():
        said = f"{verdict.text}{verdict.advice}{verdict.root}"
        assert "<" not in said
        assert page.details.hash
        assert page.details.hash not in said


def test_the_first_words_of_a_page_are_said(full_bench: Bench) -> None:
    page = page_of_all(full_bench, ("rochebrune.plu_2026",))
    asked = f"https://data.example/private/wfs?apikey={page.details.hash}"
    full_bench.simulator.fail("GET", r"/private/wfs", "html", status=200, body=f"{_PORTAL}<p>{asked}", times=50)
    text = str(verdicts(full_bench, page)["WFS"].text)
    assert "“Portail Connectez-vous https://data.example/private/wfs?apikey=…”" in text


@pytest.mark.parametrize("sentence", ["Layer X unknown", "Layer X inconnu."])
@pytest.mark.parametrize("endpoint", ["wms", "wfs"])
@pytest.mark.parametrize("status", [200, 400])
def test_a_layer_that_the_service_does_not_have_is_no_breakdown(
    full_bench: Bench, sentence: str, endpoint: str, status: int
) -> None:
    page = page_of_all(full_bench)
    body = exception_report(endpoint, "InvalidParameterValue", sentence)
    for path, _ in _PLACES.values():
        full_bench.simulator.fail("GET", path, status=status, body=body, times=50)
    found = verdicts(full_bench, page)
    assert {name: found[name].verdict for name in _MAPS} == dict.fromkeys(_MAPS, Verdict.NOT_SERVED)
    assert all("minutes" not in str(verdict.advice) for verdict in found.values())


def test_a_tile_that_is_missing_where_it_is_announced_is_no_fault_of_the_key(full_bench: Bench) -> None:
    page = page_of_all(full_bench, (_SCAN,))
    for name in ("WMTS", f"TMS {_SCAN}"):
        full_bench.simulator.fail("GET", _PLACES[name][0], nth=2, status=404, body="", times=50)
    full_bench.simulator.clear_requests()
    found = verdicts(full_bench, page)
    assert {verdict.verdict for verdict in found.values()} == {Verdict.TILE_MISSING}
    assert all("not at fault" in str(verdict.advice) for verdict in found.values())


def test_another_tile_is_asked_where_one_is_missing(full_bench: Bench) -> None:
    page = page_of_all(full_bench, (_SCAN,))
    for name in ("WMTS", f"TMS {_SCAN}"):
        full_bench.simulator.fail("GET", _PLACES[name][0], nth=2, status=404, body="", times=1)
    found = verdicts(full_bench, page)
    assert {verdict.verdict for verdict in found.values()} == {Verdict.WORKS}


def test_what_a_service_says_when_it_refuses_is_said(full_bench: Bench) -> None:
    page = page_of_all(full_bench, ("rochebrune.scan25.estompage",))
    body = exception_report("wms", "InvalidParameterValue", "Style 'normal' is not available")
    full_bench.simulator.fail("GET", r"/private/wms-r", nth=2, status=400, body=body, times=50)
    found = verdicts(full_bench, page)["WMS raster"]
    assert found.verdict is Verdict.REQUEST_REFUSED
    assert "Style 'normal' is not available" in str(found.text)


def test_a_service_that_can_only_be_asked_a_question_may_refuse_an_empty_one(bench: Bench) -> None:
    page = page_of_all(bench, ("rochebrune.altimetrie", "rochebrune.itineraires", "rochebrune.recherche"))
    bench.simulator.fail("GET", r"/private/", status=400, body={"error": {"code": "BAD_PARAMETER"}}, times=50)
    assert {verdict.verdict for verdict in verdicts(bench, page).values()} == {Verdict.WORKS}
    bench.simulator.reset_faults()
    bench.simulator.fail("GET", r"/private/", "html", status=400, times=50)
    assert {verdict.verdict for verdict in verdicts(bench, page).values()} == {Verdict.REQUEST_REFUSED}


@pytest.mark.parametrize("header", ["²", "soon", "", "9" * 5000])
def test_a_limit_that_says_no_time_is_a_limit(bench: Bench, header: str) -> None:
    page = page_of(bench, create(bench, draft_of(bench, KeyType.HASH)).key)
    bench.simulator.fail("GET", r"/private/wfs", status=429, headers={"Retry-After": header}, times=50)
    found = verdicts(bench, page)["WFS"]
    assert (found.verdict, str(found.advice)) == (Verdict.LIMIT_REACHED, "Wait 5 s, then test again.")


@pytest.fixture
def basile(
    simulator: Simulator, manager: Any, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Bench]:
    """Return a bench for the account that may open layers of every form."""
    yield from other_bench("basile", simulator, qtbot, tmp_path, monkeypatch)


def _deleting(bench: Bench, key_id: str) -> Callable[[Any], None]:
    return lambda _progress: bench.signed_in.client().delete_key(key_id)


def test_layers_of_every_form_work(basile: Bench) -> None:
    permissions: tuple[Permission, ...] = basile.run(lambda _: basile.signed_in.client().permissions())
    names = {offering.layer_name: offering.type for permission in permissions for offering in permission.offerings}
    for name, type_ in names.items():
        page = page_of_all(basile, (name,), name)
        found = verdicts(basile, page)
        basile.run(_deleting(basile, page.details.key.id))
        assert found, name
        assert {verdict.verdict for verdict in found.values()} == {Verdict.WORKS}, (name, type_, found)
        is_values = name.startswith(("rochebrune.mnt.", "rochebrune.mns"))
        assert any("elevation" in str(verdict.text) for verdict in found.values()) is is_values, (name, found)
