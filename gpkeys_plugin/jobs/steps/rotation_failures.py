"""Why a rotation cannot be finished or undone, and what to do then."""

from __future__ import annotations

from ...entrepot.errors import ErrorCode, GpkeysError
from ...entrepot.translatable_text import Text
from ...store.records.rotations import UnfinishedRotation


def not_swapped(entry: UnfinishedRotation) -> GpkeysError:
    """Return the error of one that cannot be finished: the new key's secret is not in QGIS."""
    return GpkeysError(
        ErrorCode.QGIS,
        Text(
            "The change of the key “{name}” was interrupted before QGIS used the new key.", {"name": entry.old_key_name}
        ),
        "a rotation that was not swapped cannot be finished",
        advice=Text("Undo it, then start it again."),
    )


def new_is_gone(entry: UnfinishedRotation, *, is_old_there: bool) -> GpkeysError:
    """Return the error of a new key that somebody has deleted; without the old one, too, nothing is left to finish."""
    name = {"name": entry.old_key_name}
    if is_old_there:
        user = Text("The new key of “{name}” was deleted elsewhere; the old one is still there.", name)
        advice = Text("Undo the change: QGIS then uses the old key again.")
    else:
        user = Text("The new key of “{name}” was deleted elsewhere, and the old one is deleted, too.", name)
        advice = Text("Create the key again.")
    return GpkeysError(ErrorCode.NOT_FOUND, user, "the new key of a rotation is not on the platform", advice=advice)


def old_is_gone(entry: UnfinishedRotation) -> GpkeysError:
    """Return the error of one that cannot be undone: the old key is deleted."""
    return GpkeysError(
        ErrorCode.QGIS,
        Text("The old key of “{name}” is deleted already: there is no way back.", {"name": entry.old_key_name}),
        "a rotation whose old key is deleted cannot be undone",
        advice=Text("Finish the change: the new key gets the name of the old one."),
    )


def no_way_back(entry: UnfinishedRotation) -> GpkeysError:
    """Return the error of one that cannot be undone: the old key's password is gone."""
    return GpkeysError(
        ErrorCode.QGIS,
        Text(
            "The old password of “{name}” is not in QGIS any more: there is no way back.", {"name": entry.old_key_name}
        ),
        "the spare configuration of a rotation was removed",
        advice=Text("Finish the change: QGIS uses the new key, which works."),
    )


def password_lost(entry: UnfinishedRotation) -> GpkeysError:
    """Return the error of one that was undone without the old key's password."""
    return GpkeysError(
        ErrorCode.QGIS,
        Text(
            "The change is undone, but the password of “{name}” is not in QGIS any more.",
            {"name": entry.old_key_name},
        ),
        "the spare configuration of a rotation was removed, and its new key deleted",
        advice=Text("Open the key’s page and connect it to QGIS again: its password is typed there."),
    )
