"""What became of the layers that were added to the map, in words."""

from __future__ import annotations

from ...jobs.running.translate import counted, show, tr
from ...jobs.values import AddedLayers
from ..parts import theme


def added_words(added: AddedLayers) -> str:
    """Return how many layers were added and how many were there, then what went wrong, a line each."""
    lines = [_counts(added), *map(show, added.problems)]
    if added.is_out_of_sight:
        lines.append(tr("The map shows another place."))
    return "\n".join(filter(None, lines))


def added_level(added: AddedLayers) -> theme.Level:
    """Return how grave it is: layers out of sight are no success yet."""
    if added.problems:
        return theme.Level.WARNING
    return theme.Level.INFO if added.is_out_of_sight else theme.Level.GOOD


def _counts(added: AddedLayers) -> str:
    if added.added and added.there:
        return f"{_added(added.added)}, {_there_too(added.there)}."
    if added.added:
        return f"{_added(added.added)}."
    return f"{_there(added.there)}." if added.there else ""


def _added(count: int) -> str:
    return counted("1 layer added", "{count} layers added", count)


def _there_too(count: int) -> str:
    return counted("1 already there", "{count} already there", count)


def _there(count: int) -> str:
    return counted("1 layer was already there", "{count} layers were already there", count)
