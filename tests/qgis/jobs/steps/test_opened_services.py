"""Services are asked while what is open is read back, and again where that was not all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gpkeys_plugin.entrepot.errors import GpkeysError
from gpkeys_plugin.entrepot.models import KeyType
from gpkeys_plugin.jobs.steps.opened_services import open_services
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.requests_sent.drafts import draft_for
from tests.qgis.jobs.test_create_key import create


def opened(bench: Bench) -> list[int]:
    """Open services to a key; return how many were open each time something was done meanwhile, the outcome last."""
    draft = draft_for(bench, KeyType.HASH)
    key_id = create(bench, replace(draft, grants=()), is_connected=False).key.id
    client, seen = bench.signed_in.client(), list[int]()

    def look() -> int:
        seen.append(len(client.accesses(key_id)))
        return seen[-1]

    outcome: int = bench.run(lambda _: open_services(client, key_id, draft.grants, look))
    assert outcome == len(draft.grants)
    return [*seen, outcome]


def test_what_is_done_meanwhile_is_done_once(bench: Bench) -> None:
    assert len(opened(bench)) == 2


@pytest.mark.parametrize("action", ["ignored", "applied-lost"])
def test_where_not_all_was_open_it_is_done_once_all_is(bench: Bench, action: str) -> None:
    bench.simulator.fail("POST", "/accesses$", action, times=1)
    assert opened(bench)[-1] > 0


def test_what_is_not_opened_after_all_is_a_failure(bench: Bench) -> None:
    bench.simulator.fail("POST", "/accesses$", "ignored", times=100)
    with pytest.raises(GpkeysError):
        opened(bench)
