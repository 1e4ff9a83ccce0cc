"""Looking up titles, against the simulator's search service."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from gpkeys_plugin.entrepot.models import Offering, OfferingType
from gpkeys_plugin.entrepot.retries import Patience
from gpkeys_plugin.jobs.load_holdings import load_holdings
from gpkeys_plugin.jobs.load_titles import FEW, TitleLookup
from gpkeys_plugin.jobs.running.task import Progress
from gpkeys_plugin.jobs.window.new_key_jobs import NewKeyJobs, QgisSide
from gpkeys_plugin.keys.services.titles import NO_TITLES, TitleBook
from gpkeys_plugin.keys.upkeep.holdings import Holdings
from gpkeys_plugin.store import environments, settings
from gpkeys_plugin.store.records import titles
from tests.qgis.jobs.conftest import Bench
from tests.simulator.remote.steering import LoggedRequest

SCAN = Offering("o-scan", OfferingType.WMTS_TMS, "rochebrune.scan25.touristique")
PLU = Offering("o-plu", OfferingType.WFS, "rochebrune.plu_2026")
WATER = Offering("o-water", OfferingType.WMS_VECTOR, "rochebrune.reseaux_eau_potable_carte")
TOWNS = Offering("o-towns", OfferingType.WMS_VECTOR, "rochebrune.limites_communales", is_open=True)
STRANGERS = tuple(Offering(f"o{number}", OfferingType.WMS_VECTOR, f"autre.couche_{number}") for number in range(FEW))


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Write the pauses between requests down instead of waiting."""
    waited: list[float] = []
    monkeypatch.setattr(Patience, "pause", lambda _patience, seconds: waited.append(seconds))
    return waited


def asked(bench: Bench) -> list[LoggedRequest]:
    """Return what the search service was asked."""
    return bench.simulator.requests(service="search")


def look_up(bench: Bench, offerings: Iterable[Offering], lookup: TitleLookup | None = None) -> TitleBook:
    """Look titles up as the window does, on a task; the pace is not the service's concern here."""
    bench.simulator.switch(search_limit_per_s=0)
    return _look_up(bench, offerings, lookup)


def _look_up(bench: Bench, offerings: Iterable[Offering], lookup: TitleLookup | None = None) -> TitleBook:
    url = environments.current().search_url
    found: TitleBook = bench.run(
        lambda progress: (lookup or TitleLookup()).run(offerings, bench.signed_in, url, progress)
    )
    return found


@pytest.mark.parametrize("comparison", ["words", "prefix", "exact"])
@pytest.mark.parametrize("strangers", [(), STRANGERS], ids=["few", "many"])
def test_titles_are_found_however_names_are_compared(
    bench: Bench, comparison: str, strangers: tuple[Offering, ...]
) -> None:
    bench.simulator.switch(search_layer_name=comparison)
    book = look_up(bench, (SCAN, PLU, WATER, TOWNS, *strangers))
    assert book.title(SCAN.layer_name) == "SCAN 25 touristique de Rochebrune"
    assert book.title(PLU.layer_name) == "Plan local d'urbanisme 2026"
    assert book.title(TOWNS.layer_name) == "Limites communales"
    assert book.find(WATER.layer_name) is None
    found = book.find(SCAN.layer_name)
    assert found is not None
    assert found.producers == ("Pays de Rochebrune",)
    assert found.description.startswith("SCAN 25 touristique de Rochebrune.")


def test_no_credential_is_sent(bench: Bench) -> None:
    look_up(bench, (SCAN,))
    (request,) = asked(bench)
    assert (request.authentication, request.user) == ("none", None)
    assert request.body == {"layer_name": SCAN.layer_name}


def test_many_names_cost_few_requests(bench: Bench) -> None:
    many = tuple(Offering(f"o{number}", OfferingType.WMS_VECTOR, f"couche_{number}") for number in range(200))
    look_up(bench, (*many, SCAN))
    assert [request.body for request in asked(bench)] == [{"open": False}, {"open": False}]


def test_nothing_is_asked_twice_a_day(bench: Bench) -> None:
    first = look_up(bench, (SCAN, WATER))
    before = len(asked(bench))
    assert look_up(bench, (SCAN, WATER)) == first
    assert len(asked(bench)) == before
    look_up(bench, (SCAN, WATER, TOWNS))
    assert [request.body for request in asked(bench)[before:]] == [{"layer_name": TOWNS.layer_name}]


def test_the_pace_stays_below_the_limit_of_the_service(bench: Bench, pauses: list[float]) -> None:
    look_up(bench, STRANGERS)
    assert len(pauses) == len(asked(bench)) == FEW
    assert all(1 / seconds <= 8 for seconds in pauses)


def test_a_refusal_ends_it_for_as_long_as_the_service_says(bench: Bench) -> None:
    bench.simulator.switch(search_layer_name="exact")
    now = 1000.0
    lookup = TitleLookup(lambda: now)
    bench.simulator.fail("POST", "/recherche/", status=429, headers={"Retry-After": "30"}, nth=2)
    book = look_up(bench, (SCAN, TOWNS, WATER), lookup)
    assert (book.title(SCAN.layer_name), book.title(TOWNS.layer_name)) == ("SCAN 25 touristique de Rochebrune", "")
    assert len(asked(bench)) == 2
    now += 29
    look_up(bench, (SCAN, TOWNS, WATER), lookup)
    assert len(asked(bench)) == 2
    now += 1
    book = look_up(bench, (SCAN, TOWNS, WATER), lookup)
    assert book.title(TOWNS.layer_name) == "Limites communales"
    assert len(asked(bench)) == 4


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 503},
        {"status": 401},
        {"action": "html", "status": 200},
        {"action": "bad-json"},
        {"action": "reset"},
    ],
    ids=str,
)
def test_a_failure_says_nothing_and_keeps_what_is_known(bench: Bench, fault: dict[str, Any]) -> None:
    known = look_up(bench, (TOWNS,))
    bench.simulator.clear_requests()
    bench.simulator.fail("POST", "/recherche/", times=9, **fault)
    lookup = TitleLookup()
    assert look_up(bench, (SCAN, TOWNS, WATER), lookup) == known
    # Qt itself sends again what a connection lost.
    assert {str(request.body) for request in asked(bench)} == {str({"layer_name": SCAN.layer_name})}
    bench.simulator.reset_faults()
    bench.simulator.clear_requests()
    assert look_up(bench, (SCAN, TOWNS), lookup) == known
    assert asked(bench) == []
    assert look_up(bench, (SCAN, TOWNS)).title(SCAN.layer_name) == "SCAN 25 touristique de Rochebrune"


def test_the_limit_of_the_service_is_met_as_a_refusal(bench: Bench) -> None:
    bench.simulator.switch(search_limit_per_s=1)
    book = _look_up(bench, (SCAN, TOWNS, WATER, *STRANGERS[:4]))
    assert book.title(SCAN.layer_name) == "SCAN 25 touristique de Rochebrune"
    assert [request.status for request in asked(bench)][-1] == 429


def test_a_cancel_keeps_what_was_found(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.simulator.switch(search_limit_per_s=0, search_layer_name="exact")
    url, progress = environments.current().search_url, Progress()
    is_cancelled = [False]
    monkeypatch.setattr(progress, "is_cancelled", lambda: is_cancelled[0])
    monkeypatch.setattr(Patience, "pause", lambda _patience, _seconds: is_cancelled.__setitem__(0, True))
    lookup = TitleLookup()
    book = lookup.run((SCAN, TOWNS), bench.signed_in, url, progress)
    assert (book.title(SCAN.layer_name), book.title(TOWNS.layer_name)) == ("SCAN 25 touristique de Rochebrune", "")
    is_cancelled[0] = False
    monkeypatch.setattr(Patience, "pause", lambda _patience, _seconds: None)
    assert lookup.run((SCAN, TOWNS), bench.signed_in, url, progress).title(TOWNS.layer_name) == "Limites communales"


def test_what_is_known_comes_with_the_holdings(bench: Bench) -> None:
    def read() -> Holdings:
        held: Holdings = bench.run(lambda progress: load_holdings(bench.signed_in, progress))
        return held

    assert read().titles == NO_TITLES
    look_up(bench, (SCAN,))
    titles.learn_from_services(bench.signed_in.api_url, {PLU.layer_name: "Le plan"})
    assert read().titles.title(SCAN.layer_name) == "SCAN 25 touristique de Rochebrune"
    settings.LOOK_UP_TITLES.set(False)
    assert (read().titles.title(SCAN.layer_name), read().titles.title(PLU.layer_name)) == ("", "Le plan")


@pytest.fixture
def new_key_jobs(bench: Bench) -> NewKeyJobs:
    """Return what the window works on."""
    side = QgisSide(lambda: "", lambda: None, lambda _connection: None, lambda _authcfg: None)
    return NewKeyJobs(lambda: bench.signed_in, bench.runner, bench.main_thread, bench.creations, side)


def test_the_window_hears_what_was_found(bench: Bench, new_key_jobs: NewKeyJobs) -> None:
    found: list[TitleBook] = []
    assert new_key_jobs.look_up_titles((SCAN,), found.append) is not None
    bench.qtbot.waitUntil(lambda: bool(found))
    assert found[-1].title(SCAN.layer_name) == "SCAN 25 touristique de Rochebrune"


def test_nothing_is_asked_where_nobody_wants_it(
    bench: Bench, new_key_jobs: NewKeyJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.LOOK_UP_TITLES.set(False)
    assert new_key_jobs.look_up_titles((SCAN,), lambda _book: None) is None
    settings.LOOK_UP_TITLES.reset()
    monkeypatch.delenv("GPKEYS_SEARCH_URL")
    assert new_key_jobs.look_up_titles((SCAN,), lambda _book: None) is None
    assert asked(bench) == []
