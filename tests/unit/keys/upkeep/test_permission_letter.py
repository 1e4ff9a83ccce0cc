"""The letter that asks a producer for more time."""

from __future__ import annotations

from datetime import datetime, timezone

from gpkeys_plugin.entrepot.models import (
    Account,
    Offering,
    OfferingType,
    Permission,
)
from gpkeys_plugin.keys.upkeep import permission_letter

NOW = datetime(2026, 11, 24, 12, tzinfo=timezone.utc)


def test_the_letter_names_permission_layers_and_account() -> None:
    permission = Permission("p-7", "SCAN 25", NOW, False, (Offering("o", OfferingType.WFS, "ma.couche"),))
    account = Account("id-1", "camille@exemple.fr", "Camille", "Durand")
    letter = permission_letter.letter(permission, account, "24/11/2026")
    assert "SCAN 25" in str(letter.subject)
    assert all(part in str(letter.body) for part in ("p-7", "ma.couche", "24/11/2026", "camille@exemple.fr", "id-1"))
    assert "24/11" not in str(permission_letter.letter(permission, account, "").body)
    assert "ended on" in str(permission_letter.letter(permission, account, "24/11/2026", has_ended=True).body)
