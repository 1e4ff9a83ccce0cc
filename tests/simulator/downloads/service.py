"""Answering the download service: `capabilities`, `resource/{R}`, `resource/{R}/{S}`, `download/{R}/{S}/{F}`."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import IO

from ..dataset.made_up_layers import layer
from .feeds import ATOM, JSON, Feed, FeedEntry, FeedForm, as_json, atom
from .large_file import LARGE_NAME, LargeFile
from .product import FORMATS, ZONES, Edition, OfferedFile, editions

_USUAL_LIMIT, _MOST = 10, 50
LARGE_EDITION = "ESSAI_DEBIT_2026-01-01"


@dataclass(frozen=True)
class ServiceForms:
    """The forms that the facts leave open; see the switches `download_…`."""

    md5: str = "content"
    length: str = "gpf_dl"
    counts: str = "told"
    excess: str = "clamp"
    rel: str = "alternate"
    has_filters: bool = True
    more_editions: int = 0
    large_bytes: int = 0

    @property
    def feed(self) -> FeedForm:
        """How feeds are written."""
        names = {"gpf_dl": "gpf_dl:length", "plain": "length", "lying": "gpf_dl:length", "missing": ""}
        return FeedForm(self.rel, names[self.length], self.counts)


@dataclass(frozen=True)
class Download:
    """The answer to a request: a list, or a file to be sent whole or in part. `resource` is what it was given for."""

    resource: str
    content_type: str
    length: int
    etag: str
    open: Callable[[], IO[bytes]]
    is_file: bool = False


class NothingThereError(Exception):
    """No such thing; `is_known` tells that the key opens the resource."""

    def __init__(self, *, is_known: bool) -> None:
        """Remember it."""
        super().__init__("nothing there")
        self.is_known = is_known


class BadQuestionError(Exception):
    """A parameter that cannot be."""


@dataclass(frozen=True)
class DownloadService:
    """The service at `url` for a key that opens the resources `allowed`."""

    url: str
    allowed: Collection[str]
    forms: ServiceForms
    wants_json: bool = False

    def answer(self, path: str, parameters: Mapping[str, str]) -> Download:
        """Answer a request; raises NothingThereError or BadQuestionError."""
        kind, *names = [piece for piece in path.split("/") if piece] or ["capabilities"]
        if kind == "capabilities" and not names:
            return self._listed("", "Téléchargements", self._resources(parameters), parameters)
        if kind not in ("resource", "download") or not names or names[0] not in self.allowed:
            raise NothingThereError(is_known=False)
        resource, *rest = names
        if kind == "resource" and len(rest) < 2:
            found = self._editions(resource, parameters) if not rest else self._files(resource, rest[0])
            return self._listed(resource, rest[0] if rest else layer(resource).title, found, parameters)
        if kind == "download" and len(rest) == 2:
            return self._file(resource, *rest)
        raise NothingThereError(is_known=True)

    def _known(self, resource: str) -> tuple[Edition, ...]:
        large = Edition(LARGE_EDITION, "FXX", "DAT", "2026-01-01", "EPSG:2154", (2.8, 45.4, 3.1, 45.6))
        found = editions(resource, self.forms.more_editions)
        return (*found, large) if self.forms.large_bytes else found

    def _resources(self, parameters: Mapping[str, str]) -> list[FeedEntry]:
        found = []
        for name in sorted(self.allowed):
            held = [known for known in self._known(name) if self._is_wanted(known, parameters)]
            if held:
                zones = tuple((zone, ZONES.get(zone, zone)) for zone in dict.fromkeys(known.zone for known in held))
                formats = tuple((word, FORMATS[word]) for word in dict.fromkeys(known.format for known in held))
                found.append(FeedEntry(name, f"{self.url}/resource/{name}", zones=zones, formats=formats))
        return found

    def _editions(self, resource: str, parameters: Mapping[str, str]) -> list[FeedEntry]:
        return [
            FeedEntry(
                known.name,
                f"{self.url}/resource/{resource}/{known.name}",
                zones=((known.zone, ZONES.get(known.zone, known.zone)),),
                formats=((known.format, FORMATS[known.format]),),
                crs=((known.crs, known.crs),),
                date=known.date,
                bbox=known.bbox,
            )
            for known in self._known(resource)
            if self._is_wanted(known, parameters)
        ]

    def _edition(self, resource: str, name: str) -> Edition:
        found = next((known for known in self._known(resource) if known.name == name), None)
        if found is None:
            raise NothingThereError(is_known=True)
        return found

    def _files(self, resource: str, name: str) -> list[FeedEntry]:
        if name == LARGE_EDITION and self.forms.large_bytes:
            large = LargeFile(self.forms.large_bytes)
            kind = "application/octet-stream"
            return [self._file_entry(resource, name, LARGE_NAME, kind, large.length, large.md5)]
        found = []
        for file in self._edition(resource, name).files:
            found.append(self._file_entry(resource, name, file.name, file.content_type, file.length, file.md5))
            if self.forms.md5 in ("beside", "both"):
                beside = _md5_beside(file)
                content = (beside.name, beside.content_type, beside.length, "")
                found.append(self._file_entry(resource, name, *content))
        return found

    def _file_entry(
        self, resource: str, edition: str, name: str, content_type: str, length: int, md5: str
    ) -> FeedEntry:
        told = md5 if self.forms.md5 in ("content", "both") else ""
        said = length + 1000 if self.forms.length == "lying" else length
        href = f"{self.url}/download/{resource}/{edition}/{name}"
        return FeedEntry(name, href, content_type, length=said, content=told)

    def _file(self, resource: str, edition: str, name: str) -> Download:
        if (edition, name) == (LARGE_EDITION, LARGE_NAME) and self.forms.large_bytes:
            large = LargeFile(self.forms.large_bytes)
            kind = "application/octet-stream"
            return Download(resource, kind, large.length, large.md5, large.open, is_file=True)
        known = self._edition(resource, edition)
        file = known.file(name) or next((found for found in map(_md5_beside, known.files) if found.name == name), None)
        if file is None:
            raise NothingThereError(is_known=True)
        return _written(resource, file.content_type, file.content, is_file=True)

    def _is_wanted(self, edition: Edition, parameters: Mapping[str, str]) -> bool:
        if not self.forms.has_filters:
            return True
        given = {name.lower(): value for name, value in parameters.items() if value}
        return (
            given.get("zone", edition.zone) == edition.zone
            and given.get("format", edition.format) == edition.format
            and given.get("crs", edition.crs) == edition.crs
            and given.get("editiondatefrom", "") <= edition.date <= given.get("editiondateto", "9999")
            and ("polygon" not in given or _meets(given["polygon"], edition))
        )

    def _listed(
        self, resource: str, title: str, entries: Sequence[FeedEntry], parameters: Mapping[str, str]
    ) -> Download:
        page, limit = _number(parameters, "page", 1), _number(parameters, "limit", _USUAL_LIMIT)
        if limit > _MOST and self.forms.excess == "400":
            raise BadQuestionError("limit")
        size = min(limit, _MOST)
        shown = entries[(page - 1) * size : page * size]
        feed = Feed(title, page, size, len(entries), shown)
        write, kind = (as_json, JSON) if self.wants_json else (atom, ATOM)
        return _written(resource, kind, write(feed, self.forms.feed))


def _md5_beside(file: OfferedFile) -> OfferedFile:
    return OfferedFile(f"{file.name}.md5", f"{file.md5}  {file.name}\n".encode)


def _written(resource: str, content_type: str, body: bytes, *, is_file: bool = False) -> Download:
    etag = hashlib.md5(body, usedforsecurity=False).hexdigest()
    return Download(resource, content_type, len(body), etag, lambda: io.BytesIO(body), is_file)


def _number(parameters: Mapping[str, str], name: str, usual: int) -> int:
    text = parameters.get(name, str(usual))
    if not text.isdecimal() or int(text) < 1:
        raise BadQuestionError(name)
    return int(text)


def _meets(polygon: str, edition: Edition) -> bool:
    """Whether the box around `x1,y1;x2,y2;…` (degrees) and an edition have something in common."""
    try:
        points = [tuple(float(part) for part in point.split(",")) for point in polygon.split(";") if point]
        xs, ys = zip(*points)
    except ValueError as error:
        raise BadQuestionError("polygon") from error
    west, south, east, north = edition.bbox
    return bool(min(xs) <= east and max(xs) >= west and min(ys) <= north and max(ys) >= south)
