"""Why a file is not read or not written, as sentences for people."""

from __future__ import annotations

from ...entrepot.translatable_text import Text


class FileLeft(Exception):
    """A file that is left as it is; `reason` says why and what to do."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.source)
        self.reason = reason


def not_readable(error: OSError) -> Text:
    """Return why a file or folder could not be read."""
    if isinstance(error, FileNotFoundError):
        return Text("It is not there any more.")
    if isinstance(error, PermissionError):
        return Text("You have no right to read it.")
    return Text("It could not be read: {reason}.", {"reason": error.strerror or type(error).__name__})


def not_writable(error: OSError) -> Text:
    """Return why a file could not be replaced. On Windows one that is open elsewhere refuses too."""
    if isinstance(error, FileNotFoundError):
        return Text("It is not there any more.")
    if isinstance(error, PermissionError):
        return Text("It is open elsewhere, or you have no right to write in its folder. Close it and try again.")
    return Text("It could not be written: {reason}.", {"reason": error.strerror or type(error).__name__})


def not_an_own_file() -> Text:
    """Return what is said of something that is no file that QGIS writes."""
    return Text("It is no file of QGIS.")


def changed_since() -> Text:
    """Return what is said of a file that is not the one that was scanned."""
    return Text("It has changed since it was scanned. Scan it again.")


def malformed() -> Text:
    """Return what is said of a document that is no whole XML."""
    return Text("Its XML is damaged. Open it in QGIS and save it again.")


def cut_off() -> Text:
    """Return what is said of a document without an end."""
    return Text("It ends in the middle. Take it from a backup.")


def too_long() -> Text:
    """Return what is said of a document with a value nobody would write."""
    return Text("A value in it is too long to be read.")


def damaged_archive() -> Text:
    """Return what is said of a zip that can't be unpacked."""
    return Text("Its archive is damaged. Take it from a backup.")


def unusual_archive() -> Text:
    """Return what is said of a zip that can be read, but not written with everything else kept."""
    return Text("Its archive is of a kind that QGIS does not write. Open it in QGIS and save it again.")


def foreign_encoding() -> Text:
    """Return what is said of a document whose bytes can't be read as ASCII is."""
    return Text("It is in an encoding that QGIS never writes. Open it in QGIS and save it again.")
