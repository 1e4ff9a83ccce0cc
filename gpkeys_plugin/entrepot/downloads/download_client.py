"""Asking the download service what there is (cartes.gouv.fr, “Service de téléchargement”).

`capabilities` lists resources, `resource/{R}` editions, `resource/{R}/{S}` files; pages of 50 at most, counted from 1.
Addresses are put together from names, never taken from an answer: a key goes nowhere that a list names.
"""

from __future__ import annotations

from typing import Callable, Mapping
from urllib.parse import quote

import requests

from .. import errors_from_answers, retries
from ..errors import ErrorCode, GpkeysError
from ..json_reading import UnreadableError
from ..paging import ContentRange, ListingPage, fetch_all
from ..retries import Patience
from . import entries
from .download_errors import of_answer
from .models import Edition, EditionPage, Feed, FeedEntry, RemoteFile
from .request_pace import RequestPace

PAGE_LIMIT = 50
TIMEOUT_S = 30.0
_ATOM = "application/atom+xml"

ReadFeed = Callable[[bytes], Feed]
"""From the body of a list to what it says; raises UnreadableError."""


class DownloadClient:
    """Asks the service at `root` over a session that carries the key; raises GpkeysError."""

    def __init__(
        self, session: requests.Session, root: str, read_feed: ReadFeed, *, patience: Patience, pace: RequestPace
    ) -> None:
        self._session = session
        self._root = root.rstrip("/")
        self._read_feed = read_feed
        self._patience = patience
        self._pace = pace

    def resources(self) -> tuple[FeedEntry, ...]:
        """Return the resources that the key opens."""
        return self._listed("capabilities", "capabilities", {})

    def editions(self, resource: str, filters: Mapping[str, str] | None = None) -> tuple[Edition, ...]:
        """Return a resource's editions; `filters` are the service's own: zone, format, polygon, editionDateFrom, …."""
        return entries.editions(resource, self._listed(resource_path(resource), resource, filters or {}))

    def edition_page(self, resource: str, number: int) -> EditionPage:
        """Return one page of a resource's editions, the first one under the number 1."""
        page = self._page(resource_path(resource), resource, {"page": str(number), "limit": str(PAGE_LIMIT)})
        return EditionPage(entries.editions(resource, page.items), page.total)

    def files(self, resource: str, edition: str) -> tuple[RemoteFile, ...]:
        """Return the files of an edition."""
        return entries.files(resource, edition, self._listed(resource_path(resource, edition), edition, {}))

    def md5_beside(self, file: RemoteFile) -> str | None:
        """Return the sum that the file beside a file holds, None where there is none in it."""
        path = download_path(file.resource, file.edition, file.md5_name)
        return entries.md5_in(self._get(path, file.md5_name, {}).content.decode("latin-1"))

    def _listed(self, path: str, name: str, filters: Mapping[str, str]) -> tuple[FeedEntry, ...]:
        def fetch(page: int, limit: int) -> ListingPage[FeedEntry]:
            return self._page(path, name, {**filters, "page": str(page), "limit": str(limit)})

        return fetch_all(fetch, lambda entry: (entry.href, entry.title), PAGE_LIMIT)

    def _page(self, path: str, name: str, query: Mapping[str, str]) -> ListingPage[FeedEntry]:
        feed = self._read(self._get(path, name, query), path)
        # A total of fewer than are there already is no total.
        is_told = feed.total is not None and feed.total >= len(feed.entries)
        return ListingPage(feed.entries, ContentRange(None, None, feed.total) if is_told else None)

    def _read(self, answer: requests.Response, path: str) -> Feed:
        try:
            return self._read_feed(answer.content)
        except UnreadableError as error:
            raise errors_from_answers.bad_answer(f"GET {path}", str(error), answer.status_code) from None

    def _get(self, path: str, name: str, query: Mapping[str, str]) -> requests.Response:
        attempts = retries.Attempts("GET")
        while True:
            try:
                return self._get_once(path, name, query)
            except GpkeysError as error:
                wait_s = attempts.wait_after(error)
                if wait_s is None:
                    raise
                if error.code is ErrorCode.RATE_LIMITED:
                    self._pace.rest(wait_s)
            self._patience.pause(wait_s)

    def _get_once(self, path: str, name: str, query: Mapping[str, str]) -> requests.Response:
        self._pace.wait(self._patience)
        try:
            answer = self._session.get(
                f"{self._root}/{path}", params=dict(query), headers={"Accept": _ATOM}, timeout=TIMEOUT_S
            )
        except requests.RequestException as error:
            raise errors_from_answers.of_exception(error, f"GET {path}") from None
        if answer.status_code == 200:
            return answer
        raise of_answer(answer, name, f"GET {path}")


def resource_path(resource: str, edition: str = "") -> str:
    """Return the path of a list below the service's root."""
    return "/".join(("resource", *_quoted(resource, *filter(None, [edition]))))


def download_path(resource: str, edition: str, name: str) -> str:
    """Return the path of a file below the service's root."""
    return "/".join(("download", *_quoted(resource, edition, name)))


def _quoted(*names: str) -> tuple[str, ...]:
    # A name that is dots only would lead out of the service.
    return tuple(
        quote(name, safe="") if name.strip(".") else quote(name, safe="").replace(".", "%2E") for name in names
    )
