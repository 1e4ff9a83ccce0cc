"""Where an administrator has fixed the place of a hash, nobody puts one elsewhere."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from gpkeys_plugin.entrepot.errors import ErrorCode
from gpkeys_plugin.entrepot.models import KeyType
from gpkeys_plugin.jobs.draft_context import draft_context, edit_context
from gpkeys_plugin.jobs.load_holdings import load_holdings
from gpkeys_plugin.jobs.repair.key_credentials import KeyCredentials
from gpkeys_plugin.jobs.repair.repair_values import WhereKept
from gpkeys_plugin.jobs.running.task import Progress
from gpkeys_plugin.jobs.steps.key_steps import KeySteps
from gpkeys_plugin.jobs.values import ConnectRequest, Failed
from gpkeys_plugin.keys.draft import HashStorage
from gpkeys_plugin.keys.layer_needs.credential_replacement import Configuration, HashInUrl
from gpkeys_plugin.keys.rules import draft_rules
from gpkeys_plugin.store.configurations import auth_configs
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.key_pages import page_of
from tests.qgis.jobs.test_connect_existing import connect, from_elsewhere
from tests.qgis.jobs.test_create_key import create, draft_of, held
from tests.qgis.presets import lay_down

_OTHER = {HashStorage.URL: HashStorage.HEADER, HashStorage.HEADER: HashStorage.URL}


@pytest.mark.parametrize("fixed", list(HashStorage))
def test_a_key_is_not_connected_otherwise(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fixed: HashStorage
) -> None:
    page = from_elsewhere(bench, KeyType.HASH)
    lay_down(tmp_path, monkeypatch, {"fixed": {"hash_storage": fixed.value}})
    before = held(bench)
    with pytest.raises(Failed) as caught:
        connect(bench, page, ConnectRequest(_OTHER[fixed]))
    assert caught.value.error.code is ErrorCode.INVALID
    assert "administrator" in str(caught.value.error.user)
    assert held(bench) == before
    if fixed is HashStorage.URL or auth_configs.has_header_method():
        assert bool(connect(bench, page, ConnectRequest(fixed)).authcfg) is (fixed is HashStorage.HEADER)


def test_other_types_of_key_are_connected_all_the_same(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = from_elsewhere(bench, KeyType.OAUTH2)
    lay_down(tmp_path, monkeypatch, {"fixed": {"hash_storage": "HEADER"}})
    assert connect(bench, page, ConnectRequest(HashStorage.URL)).connections


def test_a_draft_is_checked_against_it(bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    holdings = bench.run(lambda progress: load_holdings(bench.signed_in, progress))
    assert draft_context(holdings, "").fixed_storage is None
    lay_down(tmp_path, monkeypatch, {"fixed": {"hash_storage": "URL"}})
    context = draft_context(holdings, "")
    assert context.fixed_storage is HashStorage.URL
    draft = replace(draft_of(bench, KeyType.HASH), hash_storage=HashStorage.HEADER)
    assert any("administrator" in str(problem.text) for problem in draft_rules.problems(draft, context))
    key = create(bench, draft_of(bench, KeyType.HASH)).key
    assert edit_context(key, holdings, "").fixed_storage is None


@pytest.mark.parametrize(
    ("fixed", "where", "is_in_url"),
    [
        ("HEADER", WhereKept.AS_THE_KEY, False),
        ("HEADER", WhereKept.IN_URL, False),
        ("URL", WhereKept.AS_THE_KEY, True),
        ("URL", WhereKept.IN_URL, True),
    ],
)
def test_what_is_mended_carries_it_there(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fixed: str, where: WhereKept, *, is_in_url: bool
) -> None:
    """The key is held in URLs, from before the place was fixed."""
    if fixed == "HEADER" and not auth_configs.has_header_method():
        pytest.skip("this QGIS sends no header")
    key = page_of(bench, create(bench, draft_of(bench, KeyType.HASH)).key).details.key
    lay_down(tmp_path, monkeypatch, {"fixed": {"hash_storage": fixed}})

    def credential(progress: Progress) -> object:
        steps = KeySteps(bench.signed_in, bench.main_thread, progress)
        return KeyCredentials(bench.signed_in, bench.main_thread, steps, where).of(key)

    assert isinstance(bench.run(credential), HashInUrl if is_in_url else Configuration)
