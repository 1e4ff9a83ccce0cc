"""Whole numbers in what others wrote: headers, files, addresses."""

from __future__ import annotations

import re

# Python refuses, since 3.11, to read numbers of thousands of digits; nothing we read needs more than these.
_DIGITS = re.compile(r"[0-9]{1,18}")


def whole_number(text: str | None) -> int | None:
    """Return the number a text of plain digits says; None for anything else (`²` is a digit to Python, too)."""
    written = (text or "").strip()
    return int(written) if _DIGITS.fullmatch(written) else None
