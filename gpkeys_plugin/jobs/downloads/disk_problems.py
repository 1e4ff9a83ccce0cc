"""What a disk that cannot be written to means, and what may be wrong with a file that arrives."""

from __future__ import annotations

import errno
from pathlib import Path

from ...entrepot.errors import ErrorCode, GpkeysError
from ...entrepot.translatable_text import Text

_RUN_AGAIN = Text("Make room, then start it again: what was fetched is kept, and gone on with.")
_LATER = Text("Nothing of it was kept. Try again later; if it stays so, tell the producer of the data.")
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_READ_ONLY = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_GONE = frozenset({errno.ENOENT, errno.ENOTDIR})


class DiskError(GpkeysError):
    """The folder cannot be written to: no other file can be fetched into it either."""


def of_os_error(error: OSError, folder: Path) -> DiskError:
    """Return what to tell of a folder that cannot be written to."""
    values = {"folder": str(folder), "reason": error.strerror or type(error).__name__}
    log = f"writing a download: {errno.errorcode.get(error.errno or 0, type(error).__name__)}"
    if error.errno in _FULL:
        return DiskError(
            ErrorCode.QGIS, Text("The disk of the folder “{folder}” is full.", values), log, advice=_RUN_AGAIN
        )
    if error.errno in _READ_ONLY:
        sentence = Text("Nothing may be written to the folder “{folder}”.", values)
        return DiskError(ErrorCode.QGIS, sentence, log, advice=Text("Choose a folder that you may write to."))
    if error.errno in _GONE:
        sentence = Text("The folder “{folder}” is not there, or no longer.", values)
        return DiskError(ErrorCode.QGIS, sentence, log, advice=Text("Make it or connect its disk, then start again."))
    sentence = Text("The folder “{folder}” cannot be written to: {reason}.", values)
    return DiskError(ErrorCode.QGIS, sentence, log, advice=Text("Choose a folder that you may write to."))


def no_room(sentence: Text) -> DiskError:
    """Return the error of a disk that has no room for what is to be fetched."""
    advice = Text("Make room, choose another folder, or ask for less.")
    return DiskError(ErrorCode.QGIS, sentence, "not enough room for the download", advice=advice)


def wrong_sum(name: str) -> GpkeysError:
    """Return the error of a file that arrived twice with a wrong sum."""
    sentence = Text("“{name}” arrived twice with another checksum than the one the platform tells.", {"name": name})
    return GpkeysError(ErrorCode.BAD_ANSWER, sentence, "wrong checksum twice", advice=_LATER)


def wrong_length(name: str, size: int, told: int) -> GpkeysError:
    """Return the error of a file that is of another length than was told."""
    values = {"name": name, "size": size, "told": told}
    sentence = Text("“{name}” has {size} bytes, where the platform's list says {told}.", values)
    return GpkeysError(ErrorCode.BAD_ANSWER, sentence, f"length {size} instead of {told}", advice=_LATER)


def without_end(name: str) -> GpkeysError:
    """Return the error of an answer that goes on beyond its length."""
    sentence = Text("The answer for “{name}” goes on beyond the length that was announced.", {"name": name})
    return GpkeysError(ErrorCode.BAD_ANSWER, sentence, "a body beyond its length", advice=_LATER)


def empty(name: str) -> GpkeysError:
    """Return the error of a file of no bytes."""
    sentence = Text("“{name}” is empty at the platform.", {"name": name})
    return GpkeysError(ErrorCode.BAD_ANSWER, sentence, "a file of 0 bytes", advice=_LATER)


def damaged(name: str) -> GpkeysError:
    """Return the error of an archive that cannot be read."""
    sentence = Text("“{name}” cannot be unpacked: it is damaged, or asks for a password.", {"name": name})
    advice = Text("It was kept. Fetch it again; if it stays so, tell the producer of the data.")
    return GpkeysError(ErrorCode.BAD_ANSWER, sentence, "an archive that cannot be read", advice=advice)
