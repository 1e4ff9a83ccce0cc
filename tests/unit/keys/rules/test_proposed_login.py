"""User names that a script is spared to invent."""

from __future__ import annotations

import re

import pytest

from gpkeys_plugin.keys.rules.proposed_login import proposed_login


@pytest.mark.parametrize(
    ("name", "stem"),
    [("Poste 12 – été", "poste-12-ete"), ("***", "gpkeys"), ("é" * 90, "e" * 40), ("a" * 39 + " b", "a" * 39)],
)
def test_a_user_name_recalls_the_key(name: str, stem: str) -> None:
    login = proposed_login(name)
    assert re.fullmatch(rf"{stem}-[0-9a-f]{{6}}", login)
    assert proposed_login(name) != login
