"""A key whose secret is being changed is left alone: what else was done to it would get lost with one of the two keys.

The old key's notes are those of the new one by then. What is written for the old key in between would take their place
when the rotation is finished, with the secret of a deleted key, or be forgotten when it is undone.
"""

from __future__ import annotations

from ...entrepot.errors import ErrorCode, GpkeysError
from ...entrepot.translatable_text import Text
from ...store.records.rotations import RotationRecords

IN_THE_WAY = Text("This key is being changed for a new one already: finish or undo that first.")
"""What to say of a key whose rotation has begun."""


def has_begun(rotations: RotationRecords, key_id: str, key_name: str = "") -> bool:
    """Return whether a key is the old or the new one of a rotation that was neither finished nor undone.

    By its name, too, where it is given: stopped before the id was noted, the record knows the new one by that only.
    """
    return any(
        key_id in (entry.old_key_id, entry.new_key_id)
        or (not entry.new_key_id and key_name == entry.new_key_name and key_id not in entry.known_ids)
        for entry in rotations.entries()
    )


def require_none_begun(key_id: str, key_name: str = "") -> None:
    """Raise GpkeysError (CONFLICT) where the secret of a key is being changed."""
    if has_begun(RotationRecords(), key_id, key_name):
        raise GpkeysError(ErrorCode.CONFLICT, IN_THE_WAY, "a rotation of the key was begun", advice=_WHERE)


_WHERE = Text("The list of keys offers both.")
