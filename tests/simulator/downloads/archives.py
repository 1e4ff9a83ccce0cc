"""Archives of made-up data, as producers make them: zip, 7z, and 7z in volumes."""

from __future__ import annotations

import io
import math
import zipfile
from collections.abc import Mapping


def zipped(members: Mapping[str, bytes]) -> bytes:
    """A zip of these files; the same bytes each time."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), data)
    return content.getvalue()


def seven_zipped(members: Mapping[str, bytes]) -> bytes:
    """A 7z of these files."""
    # Imported here: who downloads nothing of this kind does without it.
    import py7zr

    content = io.BytesIO()
    with py7zr.SevenZipFile(content, "w") as archive:
        for name, data in members.items():
            archive.writestr(data, name)
    return content.getvalue()


def volume(whole: bytes, number: int, count: int) -> bytes:
    """A volume, counted from 1, of an archive cut into `count`: put end to end, they are the archive."""
    size = math.ceil(len(whole) / count)
    return whole[(number - 1) * size : number * size]
