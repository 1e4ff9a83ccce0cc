"""A key whose secret is being changed is left alone: what else was done to it would get lost with one of the two keys.

The old key's notes are those of the new one by then. What is written for the old key in between would take their place
when the rotation is finished, with the secret of a deleted key, or be forgotten when it is undone.
"""

from __future__ import annotations

from ...entrepot.errors import ErrorCode, GpkeysError
from ...entrepot.translatable_text import Text
from ...store.records.rotations import RotationRecords

IN_THE_WAY = Text("The secret of this key is being changed already: finish or undo that first.")
"""What to say of a key whose rotation has begun."""


def has_begun(rotations: RotationRecords, key_id: str) -> bool:
    """Return whether a key is the old or the new one of a rotation that was neither finished nor undone."""
    return any(key_id in (entry.old_key_id, entry.new_key_id) for entry in rotations.entries())


def require_none_begun(key_id: str) -> None:
    """Raise GpkeysError (CONFLICT) where the secret of a key is being changed."""
    if has_begun(RotationRecords(), key_id):
        raise GpkeysError(ErrorCode.CONFLICT, IN_THE_WAY, "a rotation of the key was begun", advice=_WHERE)


_WHERE = Text("The list of keys offers both.")
