"""The plain verdict on each service of a key, and what the list and the page of a key read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import requests
from pytestqt.qtbot import QtBot

from gpkeys_plugin.entrepot.errors import ErrorCode, GpkeysError
from gpkeys_plugin.entrepot.models import Filters, KeyType
from gpkeys_plugin.jobs.check_key import check_key
from gpkeys_plugin.jobs.load_holdings import load_holdings
from gpkeys_plugin.jobs.load_overviews import load_overviews
from gpkeys_plugin.jobs.running.part_progress import PartProgress
from gpkeys_plugin.jobs.running.task import Progress
from gpkeys_plugin.jobs.values import HeldKey, KeyPage, ServiceVerdict, Verdict
from gpkeys_plugin.keys.upkeep.holdings import Holdings
from gpkeys_plugin.keys.upkeep.key_edits import KeyEdit
from gpkeys_plugin.keys.upkeep.overview import Attention, KeyOverview, attentions
from gpkeys_plugin.store.configurations import auth_configs
from tests.qgis.jobs.conftest import Bench, benches
from tests.qgis.jobs.key_pages import page_named, page_of
from tests.qgis.jobs.test_create_key import create, draft_of
from tests.qgis.jobs.test_edit_key import edit
from tests.simulator.remote.steering import Simulator

_AGENT = "Mozilla/5.0 QGIS/32216/Debian GNU/Linux 12"


class _Parts(PartProgress):
    """Keeps what is handed over."""

    def __init__(self, progress: Progress) -> None:
        super().__init__(progress, 0, 100)
        self.parts: list[Any] = []

    def hand_over(self, part: Any) -> None:
        self.parts.append(part)


def parts(bench: Bench, work: Any) -> list[Any]:
    """Run a job and return what it handed over."""

    def run(progress: Progress) -> list[Any]:
        kept = _Parts(progress)
        work(kept)
        return kept.parts

    found: list[Any] = bench.run(run)
    return found


def verdicts(bench: Bench, page: KeyPage) -> dict[str, ServiceVerdict]:
    """Test a key, as the window does."""
    found = parts(bench, lambda progress: check_key(page, bench.signed_in, _AGENT, progress))
    return {verdict.service: verdict for verdict in found}


def rows(bench: Bench) -> dict[str, KeyOverview]:
    """Read the list, as the window does."""
    holdings: Holdings = bench.run(lambda progress: load_holdings(bench.signed_in, progress))
    found = parts(bench, lambda progress: load_overviews(holdings.keys, bench.signed_in, progress))
    return {row.key.name: row for handed in found for row in handed}


@pytest.fixture
def full_bench(
    simulator: Simulator, manager: Any, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Bench]:
    """Return a bench with the OGC server behind the gateway."""
    yield from benches(simulator, qtbot, tmp_path, monkeypatch)


def other_bench(
    user: str, simulator: Simulator, qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Bench]:
    """Yield a bench for another account."""
    yield from benches(simulator, qtbot, folder, monkeypatch, user)


@pytest.fixture
def hector(
    light_simulator: Simulator, manager: Any, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Bench]:
    """Return a bench for the account with keys of all four types."""
    yield from other_bench("hector", light_simulator, qtbot, tmp_path, monkeypatch)


@pytest.fixture
def edith(
    light_simulator: Simulator, manager: Any, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Bench]:
    """Return a bench for the account with permissions that end."""
    yield from other_bench("edith", light_simulator, qtbot, tmp_path, monkeypatch)


@pytest.mark.parametrize("type_", [KeyType.BASIC, KeyType.HASH, KeyType.OAUTH2])
def test_a_key_that_works_is_told_so_after_a_real_request(full_bench: Bench, type_: KeyType) -> None:
    page = page_of(full_bench, create(full_bench, draft_of(full_bench, type_)).key)
    full_bench.simulator.clear_requests()
    found = verdicts(full_bench, page)
    assert {verdict.verdict for verdict in found.values()} == {Verdict.WORKS}, found
    assert set(found) == {"WMS raster", "WFS", "DOWNLOAD"}
    asked = [entry.parameters for entry in full_bench.simulator.requests(service="gateway")]
    kinds = {next((text for name, text in one.items() if name.lower() == "request"), "") for one in asked}
    assert {"GetCapabilities", "GetMap", "GetFeature"} <= kinds
    answered = {entry.status for entry in full_bench.simulator.requests(service="gateway")}
    assert answered == {200}


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (401, Verdict.KEY_REFUSED),
        (429, Verdict.LIMIT_REACHED),
        (503, Verdict.SERVICE_DOWN),
    ],
)
def test_a_refusal_is_named(bench: Bench, status: int, expected: Verdict) -> None:
    page = page_of(bench, create(bench, draft_of(bench, KeyType.HASH)).key)
    bench.simulator.fail("GET", r"/private/wfs", "status", status=status, times=50)
    found = verdicts(bench, page)["WFS"]
    assert found.verdict is expected
    assert found.advice is not None
    assert str(page.details.hash) not in f"{found.text}{found.advice}{found.root}"


def test_no_connection_is_named(bench: Bench) -> None:
    page = page_of(bench, create(bench, draft_of(bench, KeyType.HASH)).key)
    bench.simulator.fail("GET", r"/private/wfs", "reset", times=50)
    assert verdicts(bench, page)["WFS"].verdict is Verdict.NO_CONNECTION


@pytest.mark.parametrize(
    ("error", "expected", "word"),
    [
        (requests.exceptions.SSLError("certificate"), Verdict.CERTIFICATE, "certificate"),
        (requests.exceptions.ProxyError("proxy"), Verdict.PROXY, "proxy"),
        (requests.exceptions.ReadTimeout("late"), Verdict.SERVICE_DOWN, "in time"),
    ],
)
def test_what_stands_between_qgis_and_the_service_is_named(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, error: Exception, expected: Verdict, word: str
) -> None:
    page = page_of(bench, create(bench, draft_of(bench, KeyType.HASH)).key)

    def fail(*_values: Any, **_options: Any) -> None:
        raise error

    monkeypatch.setattr(requests.Session, "get", fail)
    found = verdicts(bench, page)["WFS"]
    assert found.verdict is expected
    assert word in str(found.text)
    assert found.advice is not None


def test_a_configuration_that_is_gone_is_not_taken_for_a_service_that_is(bench: Bench) -> None:
    created = create(bench, draft_of(bench, KeyType.BASIC))
    page = page_of(bench, created.key)
    auth_configs.remove(created.authcfg)
    assert {verdict.verdict for verdict in verdicts(bench, page).values()} == {Verdict.NOT_SET_UP}


def test_a_limit_says_how_long_to_wait(bench: Bench) -> None:
    page = page_of(bench, create(bench, draft_of(bench, KeyType.HASH)).key)
    bench.simulator.fail("GET", r"/private/wfs", "status", status=429, times=50)
    assert "Wait" in str(verdicts(bench, page)["WFS"].advice)


def test_the_filter_that_shuts_qgis_out_is_named(bench: Bench) -> None:
    page = page_of(bench, create(bench, draft_of(bench, KeyType.HASH)).key)
    edit(bench, page, KeyEdit(user_agent="Autre logiciel"))
    found = verdicts(bench, page_of(bench, page.details.key))["WFS"]
    assert found.verdict is Verdict.FILTERED
    assert "Autre logiciel" in str(found.text)
    assert _AGENT in str(found.text)


@pytest.mark.parametrize(
    ("filters", "word"),
    [
        (Filters(whitelist=("192.0.2.0/24",)), "192.0.2.0/24"),
        (Filters(blacklist=("0.0.0.0/0",)), "0.0.0.0/0"),
        (Filters(referer=".*exemple.*"), "Referer"),
        (Filters(user_agent=".*QGIS/.*"), "seem to allow it"),
        (Filters(), "no filter"),
    ],
)
def test_each_filter_is_named(bench: Bench, filters: Filters, word: str) -> None:
    page = page_of(bench, create(bench, draft_of(bench, KeyType.HASH)).key)
    bench.simulator.fail("GET", r"/private/wfs", "status", status=403, times=50)
    page = replace(page, details=replace(page.details, filters=filters))
    assert word in str(verdicts(bench, page)["WFS"].text)


def test_a_layer_that_the_service_does_not_list_is_named(full_bench: Bench) -> None:
    page = page_of(full_bench, create(full_bench, draft_of(full_bench, KeyType.HASH)).key)
    strange = [replace(layer, name="inconnue") for layer in page.served if layer.service == "WMS"]
    found = verdicts(full_bench, replace(page, served=tuple(strange)))["WMS raster"]
    assert (found.verdict, found.missing) == (Verdict.NOTHING_GRANTED, ("inconnue",))
    both = tuple(layer for layer in page.served if layer.service == "WMS")
    found = verdicts(full_bench, replace(page, served=(*both, *strange)))["WMS raster"]
    assert (found.verdict, found.missing) == (Verdict.LAYERS_MISSING, ("inconnue",))


def test_a_basic_key_that_qgis_does_not_know_is_not_tested(bench: Bench) -> None:
    created = create(bench, draft_of(bench, KeyType.BASIC))
    page = page_of(bench, created.key)
    auth_configs.remove(created.authcfg)
    bench.simulator.clear_requests()
    found = verdicts(bench, replace(page, held=HeldKey()))
    assert {verdict.verdict for verdict in found.values()} == {Verdict.NOT_SET_UP}
    assert bench.simulator.requests(service="gateway") == []


def test_keys_of_every_type_are_read(hector: Bench) -> None:
    found = rows(hector)
    assert set(found) == {
        "Portail cartographique interne",
        "QGIS du service urbanisme",
        "Compte personnel",
        "Passerelle historique",
    }
    assert found["Portail cartographique interne"].last_use is not None
    assert attentions(found["Passerelle historique"], draft_now()) == (Attention.UNUSED,)
    for name in found:
        page = page_named(hector, name)
        assert len(page.accesses) + 0 == len(found[name].accesses or ())
        assert page.usage is not None


def test_an_access_without_permission_tells_no_url_and_is_no_error(hector: Bench) -> None:
    page = page_named(hector, "Passerelle historique")
    assert [access.permission for access in page.unserved] == [None]
    assert page.served == ()


def test_consumption_that_cannot_be_read_leaves_the_rest(hector: Bench) -> None:
    hector.simulator.fail("GET", r"/stats", "status", status=403, times=50)
    page = page_named(hector, "QGIS du service urbanisme")
    assert page.usage is None
    assert page.usage_problem is not None
    assert page.served


def test_expired_accesses_show_in_the_list(edith: Bench) -> None:
    (row,) = rows(edith).values()
    assert attentions(row, draft_now())[:2] == (Attention.EXPIRED_ACCESSES, Attention.ENDS_WITHIN_7_DAYS)


def test_one_key_that_cannot_be_read_does_not_hide_the_others(hector: Bench) -> None:
    broken = page_named(hector, "Passerelle historique").details.key
    hector.simulator.fail("GET", f"/keys/{broken.id}/accesses", "status", status=403, times=50)
    found = rows(hector)
    assert found[broken.name].problem is not None
    assert sum(row.accesses is not None for row in found.values()) == 3


def test_a_session_that_ended_fails_the_whole(hector: Bench) -> None:
    holdings: Holdings = hector.run(lambda progress: load_holdings(hector.signed_in, progress))
    hector.simulator.fail("GET", r"/accesses", "status", status=401, times=50)
    with pytest.raises(GpkeysError) as caught:
        hector.run(lambda progress: load_overviews(holdings.keys, hector.signed_in, progress))
    assert caught.value.code in (ErrorCode.TOKEN_REFUSED, ErrorCode.NOT_SIGNED_IN)


def draft_now() -> Any:
    """Return the time, aware."""
    from datetime import datetime, timezone

    return datetime.now(timezone.utc)
