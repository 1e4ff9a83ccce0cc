"""The file in which QGIS keeps the tokens of an OAuth2 configuration.

QGIS never removes it, lets everybody on the machine read it, and obfuscates it with a constant.
"""

from __future__ import annotations

import stat
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Iterator, Mapping

from qgis.PyQt.QtCore import QSettings

from ...entrepot.whole_numbers import whole_number
from . import token_folders
from .token_obfuscation import hide, reveal

_OWNER_ONLY_FILE = stat.S_IRUSR | stat.S_IWUSR
# QGIS refreshes when less than 120 s are left, or less than a tenth of the lifetime if it saw the token made.
REFRESH_MARGIN_S = 125
_MARGIN_SHARE = 0.1


@dataclass(frozen=True)
class NewTokens:
    """What a sign-in or a refresh gave, `made_s` seconds after 1970.

    `refresh` is None when the old one serves on, `lifetime_s` for a token without end.
    """

    access: str = field(repr=False)
    refresh: str | None = field(repr=False)
    lifetime_s: int | None
    made_s: float = field(default_factory=time.time)

    @property
    def expires(self) -> int:
        """When the access token ends, in seconds since 1970; 0 for never."""
        return int(self.made_s) + self.lifetime_s if self.lifetime_s is not None else 0


@dataclass(frozen=True)
class KeptTokens:
    """What the file holds. `expires` is in seconds since 1970, 0 for never; `is_readable` is False for a new format.

    `margin_s` is how long before its end the access token is no longer used.
    """

    access: str | None = field(default=None, repr=False)
    refresh: str | None = field(default=None, repr=False)
    expires: int = 0
    is_readable: bool = True
    margin_s: float = REFRESH_MARGIN_S

    @property
    def seconds_left(self) -> float:
        """How long the access token lives on; endless when the server gave no end."""
        return self.expires - time.time() if self.expires else float("inf")

    @property
    def is_usable(self) -> bool:
        """Whether the access token is there and not near its end."""
        return self.is_readable and bool(self.access) and self.seconds_left > self.margin_s


def paths(authcfg: str) -> tuple[Path, Path]:
    """Return where the tokens of `authcfg` may be."""
    kept, passing = map(Path, token_folders.folders())
    return kept / f"authcfg-{authcfg}.ini", passing / f"authcfg-{authcfg}.ini"


# What is kept while QGIS deletes a file that is put back at once.
_HELD: dict[str, dict[str, str]] = {}
# What was last seen there with a refresh token: QGIS empties the file as soon as one refresh of a layer fails.
_LAST_SEEN: dict[str, dict[str, str]] = {}
# How long the access token was given, where we saw it given: one of a minute must serve for more than one request.
_LIFETIMES: dict[str, int] = {}


def read(authcfg: str) -> KeptTokens | None:
    """Return what is kept for `authcfg`; None when nothing is."""
    lines = raw_values(authcfg)
    found = _parsed(lines, _margin_s(authcfg))
    if found is not None and found.refresh:
        _LAST_SEEN[authcfg] = lines
    return found


def bring_back(authcfg: str) -> None:
    """Put back the session that was last seen for `authcfg`, where QGIS has thrown it away."""
    last = _LAST_SEEN.get(authcfg)
    if last is not None and read(authcfg) is None:
        restore(authcfg, last)
        tighten(authcfg)


def keep(authcfg: str, spent: str, tokens: NewTokens) -> bool:
    """Put new tokens in the place of those that go with the refresh token `spent`.

    False, and nothing is written, when those have been removed or replaced meanwhile.
    """
    lines = raw_values(authcfg)
    name = next((key for key in lines if key.startswith("refreshtoken.")), "")
    if not name or reveal(lines[name]) != spent:
        return False
    new = {"token": tokens.access, "refreshtoken": tokens.refresh or spent, "expires": str(tokens.expires)}
    client = name.partition(".")[2]
    restore(authcfg, {f"{key}.{client}": hide(value) for key, value in new.items()})
    _LIFETIMES[authcfg] = tokens.lifetime_s or 0
    tighten(authcfg)
    return True


def keep_session(authcfg: str, client_id: str, tokens: NewTokens, *, outlives_qgis: bool) -> None:
    """Keep a new session for `authcfg` as QGIS would, in the place of whatever is there.

    Raises OSError when it cannot be written.
    """
    remove(authcfg)
    token_folders.prepare()
    kept, passing = paths(authcfg)
    # Without `linked` QGIS takes the tokens for those of a login that was never finished, and begins another.
    new = {"token": tokens.access, "refreshtoken": tokens.refresh or "", "expires": str(tokens.expires), "linked": "1"}
    lines = {f"{key}.{client_id}": hide(value) for key, value in new.items()}
    _write(kept if outlives_qgis else passing, authcfg, lines)
    _LAST_SEEN[authcfg] = lines
    _LIFETIMES[authcfg] = tokens.lifetime_s or 0
    tighten(authcfg)


def take_out(authcfg: str) -> NewTokens | None:
    """Remove the session of `authcfg` and return it, for `keep_session` to put back.

    None, and it stays, when it cannot be read.
    """
    found = read(authcfg)
    if found is None or not found.is_readable or not found.access:
        return None
    now = time.time()
    remove(authcfg)
    return NewTokens(found.access, found.refresh, int(found.expires - now) if found.expires else None, now)


@contextmanager
def held(authcfg: str) -> Iterator[None]:
    """Keep what is there for `authcfg` although QGIS deletes the file meanwhile."""
    values = raw_values(authcfg)
    if values:
        _HELD[authcfg] = values
    yield
    # Gone from there too when the user signed out meanwhile; newer when the session was refreshed.
    last = _HELD.pop(authcfg, None)
    if last is not None and not any(_is_there(path) for path in paths(authcfg)):
        restore(authcfg, last)


def remove(authcfg: str) -> None:
    """Remove the tokens of `authcfg` wherever they are; those of another user of this machine stay."""
    _HELD.pop(authcfg, None)
    _LIFETIMES.pop(authcfg, None)
    _LAST_SEEN.pop(authcfg, None)
    for path in paths(authcfg):
        with suppress(PermissionError):
            path.unlink(missing_ok=True)


def tighten(authcfg: str) -> None:
    """Let nobody but the owner read the tokens of `authcfg`, nor the folders they lie in."""
    token_folders.tighten()
    for path in paths(authcfg):
        token_folders.restrict(str(path), _OWNER_ONLY_FILE)


def raw_values(authcfg: str) -> dict[str, str]:
    """Return the lines kept for `authcfg` as they are, to put them back with `restore`; none where none can be read."""
    path = next((path for path in paths(authcfg) if _is_there(path)), None)
    return _lines(path, authcfg) if path is not None else _HELD.get(authcfg, {})


def restore(authcfg: str, values: dict[str, str]) -> None:
    """Put back what `raw_values` gave, where it was or, if it is gone, where tokens that end with QGIS lie."""
    token_folders.prepare()
    kept, passing = paths(authcfg)
    path = kept if _is_there(kept) else passing
    if authcfg in _HELD and not _is_there(path):
        _HELD[authcfg] = {**_HELD[authcfg], **values}
        return
    if path.parent.is_dir():
        path.touch(_OWNER_ONLY_FILE)
    _set_values(path, authcfg, values)


def _write(path: Path, authcfg: str, values: Mapping[str, str]) -> None:
    path.touch(_OWNER_ONLY_FILE)
    if not _set_values(path, authcfg, values):
        raise PermissionError(f"{path} cannot be written")


def _set_values(path: Path, authcfg: str, values: Mapping[str, str]) -> bool:
    settings = QSettings(str(path), QSettings.Format.IniFormat)
    settings.beginGroup(_group(authcfg))
    for key, value in values.items():
        settings.setValue(key, value)
    settings.sync()
    return bool(settings.status() == QSettings.Status.NoError)


def _is_there(path: Path) -> bool:
    # The folder for tokens that end with QGIS is one for all users of the machine: it may be somebody else's, and shut.
    with suppress(PermissionError):
        return path.is_file()
    return False


def _margin_s(authcfg: str) -> float:
    lifetime_s = _LIFETIMES.get(authcfg)
    return min(REFRESH_MARGIN_S, lifetime_s * _MARGIN_SHARE) if lifetime_s else REFRESH_MARGIN_S


def _group(authcfg: str) -> str:
    return f"authcfg_{authcfg}"


def _lines(path: Path, authcfg: str) -> dict[str, str]:
    # QSettings shares its state with QGIS's own, so that what QGIS has not written yet is seen too.
    settings = QSettings(str(path), QSettings.Format.IniFormat)
    settings.beginGroup(_group(authcfg))
    return {key: str(settings.value(key)) for key in settings.childKeys()}


def _parsed(lines: dict[str, str], margin_s: float) -> KeptTokens | None:
    revealed = {key.split(".", 1)[0]: reveal(value) for key, value in lines.items()}
    if None in (revealed.get("token", ""), revealed.get("refreshtoken", ""), revealed.get("expires", "")):
        return KeptTokens(is_readable=False)
    if not revealed.get("token") and not revealed.get("refreshtoken"):
        return None
    return KeptTokens(
        access=revealed.get("token"),
        refresh=revealed.get("refreshtoken"),
        expires=whole_number(revealed.get("expires")) or 0,
        margin_s=margin_s,
    )
