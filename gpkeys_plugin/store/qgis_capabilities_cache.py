"""QGIS keeps capabilities in its disk cache for a day, whoever asked: dropped, so that a new access shows at once.

So it does with all that was asked with a secret, in the URL or in a header, and keeps the secret beside the answer:
forgotten, once it opens nothing.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Iterable, Iterator
from urllib.parse import quote

from qgis.core import QgsNetworkAccessManager, QgsSettings
from qgis.PyQt.QtCore import QByteArray, QDateTime, QStandardPaths, QUrl
from qgis.PyQt.QtNetwork import QAbstractNetworkCache, QNetworkCacheMetaData, QNetworkRequest

from ..keys.services.connection_plans import ConnectionKind, url_with_hash
from .qgis_settings import settings_file

_WFS_MEMORY_S = "qgis/wfsMemoryCacheDelay"
_NOTHING, _SHORT_LIFE_S = b"<nothing/>", 60
# The URL comes first, the headers of the answer, and from 3.44 on those of the request.
_BEGINNING = 65_536
# As Qt 5 and 6 name them; nothing else of what may lie there is touched.
_FILES = "data*/*/*.d"
_QUERIES = {
    ConnectionKind.WMS: (
        "SERVICE=WMS&REQUEST=GetCapabilities",
        "SERVICE=WMS&REQUEST=GetCapabilities&VERSION=1.3.0",
        "SERVICE=WMS&REQUEST=GetCapabilities&VERSION=1.1.1",
    ),
    ConnectionKind.WFS: (
        "SERVICE=WFS&REQUEST=GetCapabilities",
        "SERVICE=WFS&REQUEST=GetCapabilities&VERSION=2.0.0",
        "SERVICE=WFS&REQUEST=GetCapabilities&ACCEPTVERSIONS=2.0.0,1.1.0,1.0.0",
    ),
}


def drop_capabilities(kind: ConnectionKind, url: str, hash_value: str | None = None) -> int:
    """Drop what QGIS has cached of a connection's capabilities; return how many answers were dropped.

    `url` is the connection's, without the hash. Both forms are dropped, with and without it.
    """
    cache = QgsNetworkAccessManager.instance().cache()
    if cache is None:
        return 0
    return sum(bool(cache.remove(QUrl(asked))) for asked in capabilities_urls(kind, url, hash_value))


def disk_folder() -> Path:
    """Return where QGIS keeps answers on disk; on the main thread.

    Its cache does not tell: from Python, `cacheDirectory` of the one that QGIS uses is empty (seen in 3.22).
    """
    chosen = QgsSettings().value("cache/directory", "") or ""
    return Path(chosen or QStandardPaths.writableLocation(QStandardPaths.StandardLocation.CacheLocation))


def forget_answers(secrets: Iterable[str], folder: Path) -> int:
    """Remove every answer below QGIS's `disk_folder` that was asked with one of the secrets; return how many were.

    They are hashes, in the URL or in a header, and what a header says. For a worker: it looks into each file. One that
    cannot be read or removed, as while QGIS reads it, stays.
    """
    forms = {form for secret in secrets if secret for form in (secret, quote(secret, safe=""))}
    marks = {form.encode() for form in forms}
    return sum(_is_removed(path, marks) for path in folder.glob(_FILES)) if marks else 0


@contextmanager
def nothing_served(kind: ConnectionKind, url: str) -> Iterator[None]:
    """Have QGIS read that a service has nothing, without asking it: a layer whose key is dead is invalid at once.

    Asked, the service would be waited for on the main thread, and its refusal may have QGIS open its dialog for a user
    name and a password. `url` is as it is asked, hash and all.
    """
    cache = QgsNetworkAccessManager.instance().cache()
    asked = capabilities_urls(kind, url) if cache is not None else ()
    for address in asked:
        _put(cache, QUrl(address), _NOTHING)
    try:
        yield
    finally:
        for address in asked:
            cache.remove(QUrl(address))


def _put(cache: QAbstractNetworkCache, url: QUrl, body: bytes) -> None:
    cache.remove(url)
    described = QNetworkCacheMetaData()
    described.setUrl(url)
    described.setSaveToDisk(True)
    described.setExpirationDate(QDateTime.currentDateTimeUtc().addSecs(_SHORT_LIFE_S))
    described.setRawHeaders([(QByteArray(b"Content-Type"), QByteArray(b"text/xml"))])
    described.setAttributes({QNetworkRequest.Attribute.HttpStatusCodeAttribute: 200})
    device = cache.prepare(described)
    if device is not None:
        device.write(body)
        cache.insert(device)


@contextmanager
def without_wfs_memory() -> Iterator[None]:
    """Have QGIS ask for WFS capabilities again meanwhile: newer ones also keep them a minute in memory.

    Not where the disk is full: answers that are a minute old do less harm than settings that are lost.
    """
    if not settings_file.has_room():
        yield
        return
    settings = QgsSettings()
    before = settings.value(_WFS_MEMORY_S)
    settings.setValue(_WFS_MEMORY_S, 0)
    # As long as there is room: Qt writes what is pending whenever it likes.
    settings.sync()
    try:
        yield
    finally:
        if settings_file.has_room():
            _put_wfs_memory_back(settings, before)


def _put_wfs_memory_back(settings: QgsSettings, before: Any) -> None:
    if before is None:
        settings.remove(_WFS_MEMORY_S)
    else:
        settings.setValue(_WFS_MEMORY_S, before)


def capabilities_urls(kind: ConnectionKind, url: str, hash_value: str | None = None) -> tuple[str, ...]:
    """Return every URL that QGIS may have asked a connection's capabilities under."""
    bases = (url, url_with_hash(url, hash_value)) if hash_value else (url,)
    return tuple(dict.fromkeys(asked for base in bases for asked in _asked(kind, base)))


def _is_removed(path: Path, marks: Iterable[bytes]) -> bool:
    """Remove a file of the cache if one of the marks is in what it begins with: Qt writes URL and headers there."""
    with suppress(OSError):
        with path.open("rb") as file:
            beginning = file.read(_BEGINNING)
        if any(mark in beginning for mark in marks):
            path.unlink()
            return True
    return False


def _asked(kind: ConnectionKind, base: str) -> Iterable[str]:
    """Yield the URLs for one form: QGIS adds its query behind the connection's, which may end in `?` or `&`."""
    if kind is ConnectionKind.WMTS:
        yield from (base, f"{base}&")
    joint = "&" if "?" in base else "?"
    for query in _QUERIES.get(kind, ()):
        yield f"{base}{joint}{query}"
