"""What people call the values of the API."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from gpkeys_plugin.entrepot.models import KeyType, Offering, OfferingType, Permission
from gpkeys_plugin.gui.my_keys.acts import check_page
from gpkeys_plugin.gui.parts import value_words
from gpkeys_plugin.jobs.steps import verdict_words

from .. import fakes


def test_every_type_has_words(qgis_app: Any) -> None:
    assert all(value_words.offering_type(kind) for kind in OfferingType)
    assert all(value_words.key_type(kind) for kind in KeyType)


@pytest.mark.parametrize(("days", "words"), [(0, "expires today"), (1, "expires tomorrow"), (31, ""), (-1, "")])
def test_the_expiry_in_words(days: int, words: str, qgis_app: Any) -> None:
    end = fakes.NOW + timedelta(days=days, seconds=1)
    one = Permission("p", "L", end, False, (Offering("o", OfferingType.WFS, "n"),))
    assert value_words.expiry(one, fakes.NOW) == words


def test_a_verdict_names_the_service_as_people_do(qgis_app: Any) -> None:
    works = verdict_words.works("DOWNLOAD", "https://example.org/private/telechargement")
    assert check_page.verdict_in_words(works).startswith("Download – ")
