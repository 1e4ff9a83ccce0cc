"""How the rows of the list of keys are handed over."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from types import SimpleNamespace
from typing import Any, cast

import pytest

from gpkeys_plugin.entrepot.models import (
    Access,
    Account,
    Hits,
    Key,
    KeyType,
    Offering,
    OfferingType,
    Permission,
)
from gpkeys_plugin.jobs.load_overviews import load_overviews
from gpkeys_plugin.jobs.running.task import Progress
from gpkeys_plugin.jobs.steps.account_sessions import SignedIn
from gpkeys_plugin.keys.services.catalogue import Catalogue
from gpkeys_plugin.keys.upkeep.holdings import Holdings
from gpkeys_plugin.store import window_settings
from gpkeys_plugin.store.records import first_ends, installed_keys, opened_downloads
from gpkeys_plugin.store.records.installed_keys import InstalledKey


class _ReadyAnswers:
    """Stands in for a session and its client, which answers at once."""

    api_url = "https://example.org/api"

    def client(self, *_: object) -> _ReadyAnswers:
        return self

    def accesses(self, _key_id: str) -> tuple[Access, ...]:
        return ()

    def key_stats(self, _key_id: str, _start: datetime, _end: datetime) -> SimpleNamespace:
        return SimpleNamespace(total=Hits(1))


class _Parts(Progress):
    """Keeps what is handed over."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[Any] = []

    def hand_over(self, part: Any) -> None:
        self.parts.append(part)


def test_what_is_read_within_a_moment_is_handed_over_at_once(qgis_app: Any) -> None:
    keys = tuple(Key(f"k{number}", f"Clé {number}", KeyType.HASH) for number in range(400))
    holdings = Holdings(Account("a", "a@example.org"), (), keys, Catalogue())
    progress = _Parts()
    load_overviews(holdings.keys, cast("SignedIn", _ReadyAnswers()), progress)
    # Eight hundred reads; each used to be handed over by itself.
    assert len(progress.parts) < len(keys)
    latest = {row.key.id: row for part in progress.parts for row in part}
    assert len(latest) == len(keys)
    assert all(row.accesses == () and row.usage == Hits(1) for row in latest.values())


def test_no_key_hands_over_nothing(qgis_app: Any) -> None:
    progress = _Parts()
    holdings = Holdings(Account("a", "a@example.org"), (), (), Catalogue())
    load_overviews(holdings.keys, cast("SignedIn", _ReadyAnswers()), progress)
    assert progress.parts == []


def test_the_first_end_of_a_key_that_qgis_holds_is_noted(qgis_app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    now = datetime.now(timezone.utc)
    offering = Offering("o", OfferingType.WFS, "zonage")
    ends = (now - timedelta(days=1), now + timedelta(days=5), now + timedelta(days=40), None)
    accesses = tuple(Access(str(end), offering, Permission("p", "Licence", end)) for end in ends)
    monkeypatch.setattr(_ReadyAnswers, "accesses", lambda _answers, _key_id: accesses)
    installed_keys.remember(InstalledKey("k1", "Clé 1", "HASH", _ReadyAnswers.api_url, "abc1234"))
    keys = tuple(Key(f"k{number}", f"Clé {number}", KeyType.HASH) for number in range(3))
    holdings = Holdings(Account("a", "a@example.org"), (), keys, Catalogue())
    load_overviews(holdings.keys, cast("SignedIn", _ReadyAnswers()), _Parts())
    assert first_ends.known(_ReadyAnswers.api_url) == {"k1": ends[1]}
    assert opened_downloads.known(_ReadyAnswers.api_url) == {}
    assert window_settings.KEYS_END.get()


def test_what_keys_that_qgis_holds_have_to_download_is_noted(qgis_app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    offerings = (Offering("o1", OfferingType.DOWNLOAD, "scan"), Offering("o2", OfferingType.WFS, "zonage"))
    accesses = tuple(Access(offering.id, offering) for offering in offerings)
    monkeypatch.setattr(_ReadyAnswers, "accesses", lambda _answers, _key_id: accesses)
    installed_keys.remember(InstalledKey("k1", "Clé 1", "HASH", _ReadyAnswers.api_url, "abc1234"))
    keys = tuple(Key(f"k{number}", f"Clé {number}", KeyType.HASH) for number in range(3))
    holdings = Holdings(Account("a", "a@example.org"), (), keys, Catalogue())
    load_overviews(holdings.keys, cast("SignedIn", _ReadyAnswers()), _Parts())
    assert opened_downloads.known(_ReadyAnswers.api_url) == {"k1": {"o1": "scan"}}
    # It opens them no more.
    monkeypatch.setattr(_ReadyAnswers, "accesses", lambda _answers, _key_id: accesses[1:])
    load_overviews(holdings.keys, cast("SignedIn", _ReadyAnswers()), _Parts())
    assert opened_downloads.known(_ReadyAnswers.api_url) == {}
