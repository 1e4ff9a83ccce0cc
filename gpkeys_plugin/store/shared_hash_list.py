"""The shared hashes that open nothing any more, from the list that comes with the plugin."""

from __future__ import annotations

from datetime import date
from typing import Mapping

from ..keys.layer_needs.shared_hashes import SharedHash, read_shared_hashes
from .environments import RESOURCES


def ended_shared_hashes(today: date) -> Mapping[str, SharedHash]:
    """Return the hashes of the list that have ended by `today`, by their text."""
    return read_shared_hashes((RESOURCES / "shared_hashes.json").read_text(encoding="utf-8"), today)
