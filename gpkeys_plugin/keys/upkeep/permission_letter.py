"""The letter that asks a producer to extend a permission."""

from __future__ import annotations

from dataclasses import dataclass

from ...entrepot.models import Account, Permission
from ...entrepot.translatable_text import Text
from ..services.titles import NO_TITLES, TitleBook


@dataclass(frozen=True)
class Letter:
    """A letter to be translated and sent."""

    subject: Text
    body: Text


def letter(
    permission: Permission, account: Account, end: str, *, has_ended: bool = False, titles: TitleBook = NO_TITLES
) -> Letter:
    """Return the letter for a permission of an account; `end` is its last day as people write it, empty for none."""
    layers = "\n".join(f"- {titles.known_as(offering.layer_name)}" for offering in permission.offerings)
    values = {
        "licence": permission.licence,
        "id": permission.id,
        "layers": layers,
        "name": account.display_name,
        "email": account.email,
        "account": account.id,
    }
    if not end:
        return Letter(_SUBJECT_OPEN_END.with_values(values), _BODY_OPEN_END.with_values(values))
    body = _BODY_ENDED if has_ended else _BODY
    return Letter(_SUBJECT.with_values(values), body.with_values({**values, "end": end}))


_SUBJECT = Text("Extension of the permission “{licence}” on the Géoplateforme")
_SUBJECT_OPEN_END = Text("Permission “{licence}” on the Géoplateforme")
_BODY = Text(
    "Hello,\n\nthe permission “{licence}” ends on {end}. Could you extend it?\n\nServices:\n{layers}\n\n"
    "Permission: {id}\nAccount: {name}, {email} ({account})\n\nThank you."
)
_BODY_ENDED = Text(
    "Hello,\n\nthe permission “{licence}” ended on {end}. Could you extend it?\n\nServices:\n{layers}\n\n"
    "Permission: {id}\nAccount: {name}, {email} ({account})\n\nThank you."
)
_BODY_OPEN_END = Text(
    "Hello,\n\nI have a question about the permission “{licence}”.\n\nServices:\n{layers}\n\n"
    "Permission: {id}\nAccount: {name}, {email} ({account})\n\nThank you."
)
