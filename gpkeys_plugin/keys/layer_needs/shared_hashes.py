"""The hashes that everybody used, and that open nothing any more."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Mapping


@dataclass(frozen=True)
class SharedHash:
    """A hash that its producer published for everybody. `ended` is the first day it opened nothing."""

    hash: str
    ended: date
    what: str = ""


def read_shared_hashes(text: str, today: date) -> Mapping[str, SharedHash]:
    """Return the shared hashes that have ended by `today`, by their text.

    `text` is the list as JSON: `[{"hash": …, "ended": "2026-10-26", "what": …}]`. Raises ValueError or KeyError where
    it is none.
    """
    listed = (
        SharedHash(str(entry["hash"]), date.fromisoformat(entry["ended"]), str(entry.get("what", "")))
        for entry in json.loads(text)
    )
    return {shared.hash: shared for shared in listed if shared.ended <= today}
