"""What was read is believed for ten minutes, unless something has it read again."""

from __future__ import annotations

import pytest

from gpkeys_plugin.entrepot.errors import GpkeysError
from gpkeys_plugin.entrepot.models import Access, Key, KeyDetails, KeyType, Offering, OfferingType
from gpkeys_plugin.jobs.steps.account_sessions import FRESH_S, KeptReads, KnownToAccount
from gpkeys_plugin.jobs.values import KeyPage
from tests.gui import fakes

_HASH = "FauxHashPortail0000"  # pragma: allowlist secret - made up
_KEY = Key("k1", "Clé", KeyType.HASH)
_PAGE = KeyPage(KeyDetails(_KEY, hash=_HASH))


def test_what_is_kept_is_asked_again_when_it_is_too_old() -> None:
    now, asked = [0.0], list[str]()
    kept: KeptReads[str] = KeptReads(now=lambda: now[0])

    def told() -> str:
        asked.append(str(now[0]))
        return asked[-1]

    for now[0] in (5.0, 5.0 + FRESH_S - 1, 5.0 + FRESH_S):
        kept.read("a", told)
    assert asked == ["5.0", str(5.0 + FRESH_S)]
    assert kept.find("a") == str(5.0 + FRESH_S)
    kept.forget()
    assert kept.find("a") is None


def test_its_age_counts_from_the_question() -> None:
    now = [0.0]
    kept: KeptReads[str] = KeptReads(now=lambda: now[0])

    def slow() -> str:
        now[0] = 100.0
        return "read"

    kept.read("a", slow)
    now[0] = float(FRESH_S)
    assert kept.find("a") is None


def test_what_was_asked_before_a_change_is_not_kept() -> None:
    kept: KeptReads[str] = KeptReads()

    def overtaken() -> str:
        kept.forget()
        return "before"

    assert kept.read("a", overtaken) == "before"
    assert kept.find("a") is None


def test_what_could_not_be_read_is_asked_again() -> None:
    kept: KeptReads[str] = KeptReads()

    def refused() -> str:
        raise fakes.error()

    with pytest.raises(GpkeysError):
        kept.read("a", refused)
    assert kept.read("a", lambda: "read") == "read"


@pytest.mark.parametrize(
    "page",
    [
        KeyPage(KeyDetails(_KEY), usage_problem=fakes.error()),
        KeyPage(KeyDetails(_KEY), unserved=(Access("a", Offering("o", OfferingType.WFS, "couche")),)),
    ],
)
def test_a_page_that_lacks_something_is_read_again(page: KeyPage) -> None:
    pages = KnownToAccount().pages
    pages.read("k1", lambda: page)
    assert pages.find("k1") is None


def test_a_hash_is_in_no_words_and_forgotten_with_the_rest() -> None:
    known = KnownToAccount()
    known.pages.read("k1", lambda: _PAGE)
    assert known.pages.find("k1") == _PAGE
    assert _HASH not in repr(known) + repr(known.pages) + repr(vars(known))
    known.forget()
    assert known.pages.find("k1") is None
    assert not known.pages._kept
