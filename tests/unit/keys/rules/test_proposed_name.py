"""Names of new keys."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from gpkeys_plugin.entrepot.models import Permission
from gpkeys_plugin.keys.problem import DraftContext
from gpkeys_plugin.keys.rules.proposed_name import proposed_name

NOW = datetime(2026, 9, 1, tzinfo=timezone.utc)
SCAN = Permission("scan", "Licence SCAN 25")
TOWN = Permission("town", "Convention communale")
OLD = Permission("old", "Passée", NOW - timedelta(days=1))
BOTH = DraftContext(NOW, permissions=(SCAN, TOWN, OLD), organisation="Pays de Rochebrune")


def test_it_recalls_the_permission_of_what_is_ticked() -> None:
    assert proposed_name({"town"}, BOTH) == "Convention communale"


def test_several_permissions_have_the_organisation_in_common() -> None:
    assert proposed_name({"town", "scan"}, BOTH) == "Pays de Rochebrune"
    assert proposed_name({"town", "scan"}, replace(BOTH, organisation="")) == "Licence SCAN 25"


def test_before_anything_is_ticked_the_only_permission_that_lasts_counts() -> None:
    assert proposed_name(set(), replace(BOTH, permissions=(SCAN, OLD))) == "Licence SCAN 25"
    assert proposed_name(set(), BOTH) == "Pays de Rochebrune"
    assert proposed_name({None}, DraftContext(NOW)) == "QGIS"


@pytest.mark.parametrize(
    ("taken", "name"),
    [
        ({"Licence SCAN 25"}, "Licence SCAN 25 (2)"),
        ({"licence scan 25", "LICENCE SCAN 25 (2)"}, "Licence SCAN 25 (3)"),
        ({"Licence SCAN"}, "Licence SCAN 25"),
    ],
)
def test_none_of_the_keys_has_it(taken: set[str], name: str) -> None:
    assert proposed_name({"scan"}, replace(BOTH, existing_names=frozenset(taken))) == name


def test_a_long_licence_is_recalled_in_short_and_stays_apart() -> None:
    long = Permission("long", "Convention SCAN 25 - usage interne du Pays de Rochebrune")
    context = DraftContext(NOW, permissions=(long,))
    assert proposed_name({"long"}, context) == "Convention SCAN 25"
    taken = replace(context, existing_names=frozenset({"Convention SCAN 25"}))
    assert proposed_name({"long"}, taken) == "Convention SCAN 25 (2)"
    team = replace(BOTH, organisation="Communauté de communes du Pays de Rochebrune")
    assert proposed_name({"town", "scan"}, team) == "CC du Pays de Rochebrune"


def test_what_a_name_cannot_hold_is_left_out() -> None:
    odd = Permission("odd", "Licence\nen  deux\u200b lignes")
    assert proposed_name({"odd"}, DraftContext(NOW, permissions=(odd,))) == "Licence en deux lignes"
    assert proposed_name({"blank"}, DraftContext(NOW, permissions=(Permission("blank", " \t"),))) == "QGIS"
