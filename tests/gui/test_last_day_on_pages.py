"""The end of a permission is the same day on every page, wherever QGIS runs, written as the user's language does."""

from __future__ import annotations

import time
from datetime import datetime, timedelta, timezone
from typing import Any, Iterator

import pytest
from qgis.PyQt.QtCore import QLocale

from gpkeys_plugin.entrepot.models import Access, Account, Key, KeyType, Offering, OfferingType, Permission
from gpkeys_plugin.gui.key_form import services_rows
from gpkeys_plugin.gui.my_keys import key_list_rows, key_page_words
from gpkeys_plugin.gui.new_key import nothing_to_choose_pages
from gpkeys_plugin.gui.parts import value_words
from gpkeys_plugin.jobs.running.translate import show
from gpkeys_plugin.keys.services import catalogue
from gpkeys_plugin.keys.services.titles import NO_TITLES
from gpkeys_plugin.keys.upkeep import permission_letter
from gpkeys_plugin.keys.upkeep.overview import Attention, KeyOverview, attentions

END = datetime(2026, 12, 31, 23, 59, 59, tzinfo=timezone.utc)
BEFORE, AFTER = END - timedelta(days=20), END + timedelta(days=3)
OFFERING = Offering("o", OfferingType.WFS, "plan")
PERMISSION = Permission("p", "Convention", END, offerings=(OFFERING,))
ROW = KeyOverview(Key("k", "Clé", KeyType.HASH), (Access("a", OFFERING, PERMISSION),))
WRITTEN = {"fr_FR": "31/12/2026", "de_DE": "31.12.26", "en_US": "12/31/26"}


@pytest.fixture(params=["Europe/Paris", "Pacific/Noumea", "America/Martinique"], autouse=True)
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, qgis_app: Any) -> Iterator[None]:
    """Run QGIS in a time zone."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture(params=WRITTEN)
def written(request: pytest.FixtureRequest) -> Iterator[str]:
    """Return how the day is written in a language that QGIS speaks."""
    usual = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield WRITTEN[request.param]
    QLocale.setDefault(usual)


def test_every_page_says_the_day_that_was_chosen(written: str) -> None:
    (ended,) = catalogue.build([PERMISSION], AFTER).expired
    letter = permission_letter.letter(PERMISSION, Account("u", "c@x.example"), value_words.end_date(END))
    said = {
        "end": value_words.end(PERMISSION),
        "expiry": value_words.expiry(PERMISSION, BEFORE),
        "group": services_rows.group_row(PERMISSION, 1, BEFORE).warning,
        "ended": services_rows.end_in_words(PERMISSION, AFTER),
        "reason": show(ended.choices[0].reason) if ended.choices[0].reason else "",
        "key row": key_list_rows.key_row(ROW, BEFORE).foot,
        "accesses": key_page_words.accesses_in_words(ROW.accesses or (), BEFORE, NO_TITLES)[0][0],
        "ended accesses": key_page_words.accesses_in_words(ROW.accesses or (), AFTER, NO_TITLES)[0][0],
        "halt": nothing_to_choose_pages._reason((PERMISSION,)),
        "letter": show(letter.body),
    }
    assert {place: text for place, text in said.items() if written not in text} == {}


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (timedelta(days=20), "expires in 20 days"),
        (timedelta(days=1), "expires tomorrow"),
        (timedelta(hours=12), "expires today"),
        (timedelta(minutes=1), "expires today"),
    ],
)
def test_the_days_are_counted_to_that_day(before: timedelta, words: str) -> None:
    # Noon by the clock of Paris: the same day on all three calendars.
    now = END.replace(hour=11, minute=0, second=0) - before if before >= timedelta(days=1) else END - before
    assert value_words.expiry(PERMISSION, now).partition(" (")[0] == words
    assert key_list_rows.attention_in_words(attentions(ROW, now)[0], ROW, now) == words
    sentence = key_page_words.attention_in_a_sentence(attentions(ROW, now)[0], ROW, now)
    assert sentence.endswith(words.replace("expires", "ends") + ".")


def test_a_week_is_seven_days_of_the_calendar() -> None:
    now = datetime(2026, 12, 24, 11, tzinfo=timezone.utc)
    assert attentions(ROW, now) == (Attention.ENDS_WITHIN_7_DAYS,)
    assert attentions(ROW, now - timedelta(days=1)) == (Attention.ENDS_WITHIN_30_DAYS,)
