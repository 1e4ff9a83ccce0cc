"""What to tell of a key that could not be deleted, or not with all that QGIS holds of it."""

from __future__ import annotations

from typing import TypeVar

from ...entrepot.errors import ErrorCode, GpkeysError
from ...entrepot.translatable_text import Text

E = TypeVar("E", bound=Exception)

# What the platform is told for these otherwise speaks of permissions and of what was typed.
_REFUSALS = frozenset({ErrorCode.FORBIDDEN, ErrorCode.CONFLICT, ErrorCode.INVALID})


def advised(error: E) -> E:
    """Return the failure of a deletion; one that the platform refused says what can be done about that."""
    if isinstance(error, GpkeysError) and error.code in _REFUSALS and error.status is not None:
        error.advice = _REFUSED
    return error


def told(error: GpkeysError) -> tuple[Text, ...]:
    """Return what went wrong and what to do next, a line each."""
    return tuple(filter(None, (error.user, error.advice)))


FINISH_LATER = Text("Nothing else is lost: finish the deletion in the list of keys, or run the algorithm again.")
"""What to do about what could not be removed from QGIS."""

_REFUSED = Text(
    "Refresh the list and try again. If it is refused again, delete the key on the Géoplateforme’s website: “Open on "
    "the web” in its menu leads there."
)
