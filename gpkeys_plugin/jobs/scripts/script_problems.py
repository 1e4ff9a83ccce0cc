"""What keeps a script's order from being carried out: said before anything is made."""

from __future__ import annotations

from typing import Iterable, Sequence

from ...entrepot.errors import ErrorCode, GpkeysError
from ...entrepot.translatable_text import Text
from ...keys.draft import Grant
from ...keys.problem import Problem
from ...keys.services.catalogue import Catalogue
from ...keys.upkeep import named_in_scripts
from .script_context import Script, joined


def selected(text: str, catalogue: Catalogue) -> tuple[Grant, ...]:
    """Return the services a script names; raise GpkeysError for those that cannot be opened."""
    found = named_in_scripts.select(text, catalogue)
    _refuse(found.problems)
    return found.grants


def check(script: Script, problems: Iterable[Problem]) -> None:
    """Tell warnings; raise GpkeysError with all that must be mended first."""
    found = tuple(problems)
    for problem in found:
        if not problem.is_blocking:
            script.progress.warn(problem.text)
    _refuse([problem.text for problem in found if problem.is_blocking])


def _refuse(problems: Sequence[Text]) -> None:
    if problems:
        raise GpkeysError(ErrorCode.INVALID, joined(problems), "the order cannot be carried out as it is")
