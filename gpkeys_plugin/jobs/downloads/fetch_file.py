"""Fetching one file: in parts where the connection is lost, named only once it is whole."""

from __future__ import annotations

import re
import shutil
from contextlib import closing
from dataclasses import dataclass
from typing import Callable

import requests

from ...entrepot import errors_from_answers, retries
from ...entrepot.downloads.download_client import DownloadClient, download_path
from ...entrepot.downloads.download_errors import of_answer
from ...entrepot.downloads.request_pace import RequestPace
from ...entrepot.errors import ErrorCode, GpkeysError
from ...entrepot.retries import Patience
from ...entrepot.whole_numbers import whole_number
from ...keys.downloads.fetch_plan import LARGEST_BYTES, Act, PlannedFile, space_problem
from . import disk_problems
from .part_file import PartFile

TIMEOUT_S = 60.0
_PIECE_BYTES = 1 << 18
MOST_FRUITLESS = 5
"""How often a file is asked for again without any of it coming."""
# A server that breaks off sooner each time would keep a large file coming for weeks.
_FRUITFUL_BYTES = 1 << 16
_FIRST_WAIT_S = 0.5
PASSING = frozenset({ErrorCode.CONNECTION, ErrorCode.TIMEOUT, ErrorCode.RATE_LIMITED, ErrorCode.SERVER})
"""What may be otherwise a moment later."""
_RANGE = re.compile(r"bytes\s+(?P<first>\d+)-\d+/(?P<total>\d+|\*)")

Count = Callable[[int], None]


@dataclass(frozen=True)
class FileWay:
    """What a file is fetched over; `count` is told of bytes that arrived, and, below 0, of those that were dropped.

    It is asked for again `most_fruitless` times without any of it coming.
    """

    session: requests.Session
    client: DownloadClient
    root: str
    pace: RequestPace
    patience: Patience
    count: Count
    most_fruitless: int = MOST_FRUITLESS


class FileFetch:
    """Fetches one file into a folder. Raises GpkeysError, and OSError where the folder cannot be written to."""

    def __init__(self, way: FileWay, planned: PlannedFile, place: PartFile) -> None:
        self._way = way
        self._file = planned.file
        self._place = place
        self._tag = planned.tag
        self._begin = planned.had_bytes if planned.act is Act.RESUME else 0

    def run(self) -> str | None:
        """Fetch it; return its sum where that was compared with the platform's, None where there is none to compare."""
        try:
            self._fetch_whole()
            told = self._told_sum()
            if told is not None and self._place.md5 != told:
                # Once more: a proxy or a disk may have spoilt it.
                self._start_anew()
                self._fetch_whole()
                if self._place.md5 != told:
                    self._start_anew()
                    raise disk_problems.wrong_sum(self._file.name)
            self._place.finish()
        finally:
            self._place.close()
        return told

    def _told_sum(self) -> str | None:
        if self._file.md5 is not None or not self._file.md5_name:
            return self._file.md5
        return self._way.client.md5_beside(self._file)

    def _start_anew(self) -> None:
        self._way.count(-self._place.size)
        self._place.discard()
        self._begin, self._tag = 0, ""

    def _fetch_whole(self) -> None:
        fruitless = 0
        while True:
            before = self._begin
            try:
                self._fetch_on()
            except GpkeysError as error:
                fruitless = 0 if self._begin - before >= _FRUITFUL_BYTES else fruitless + 1
                is_passing = error.code in PASSING and (error.retry_after_s or 0.0) <= retries.LONGEST_WAIT_S
                if not is_passing or fruitless > self._way.most_fruitless:
                    raise
                self._wait_after(error, fruitless)
            else:
                return

    def _wait_after(self, error: GpkeysError, fruitless: int) -> None:
        asked_s = error.retry_after_s or 0.0
        if asked_s:
            self._way.pace.rest(asked_s)
        self._way.patience.pause(asked_s or _FIRST_WAIT_S * 2**fruitless)

    def _fetch_on(self) -> None:
        """Fetch from where it stopped to the end; `_begin` is how much is there, whatever happens."""
        path = download_path(self._file.resource, self._file.edition, self._file.name)
        has_part = bool(self._begin and self._tag)
        asked = {"Range": f"bytes={self._begin}-", "If-Range": self._tag} if has_part else {}
        self._way.pace.wait(self._way.patience)
        try:
            with closing(self._answer(path, asked)) as answer:
                if self._is_complete(answer):
                    self._place.open_at(self._begin, self._file, self._tag, self._way.patience.check)
                    return
                self._take(answer, f"GET {path}")
        except requests.RequestException as error:
            raise errors_from_answers.of_exception(error, f"GET {path}") from None

    def _answer(self, path: str, asked: dict[str, str]) -> requests.Response:
        return self._way.session.get(f"{self._way.root}/{path}", headers=asked, stream=True, timeout=TIMEOUT_S)

    def _is_complete(self, answer: requests.Response) -> bool:
        """Return whether nothing was left to ask for; a part that the server cannot go on with is dropped."""
        if answer.status_code != 416:
            return False
        if self._begin == self._file.length:
            return True
        self._start_anew()
        raise errors_from_answers.of_exception(requests.ConnectionError(), "GET: a part that is no part")

    def _take(self, answer: requests.Response, request: str) -> None:
        begin, end = self._bounds(answer, request)
        self._check_room(end - begin if end is not None else 0)
        tag = _tag_of(answer)
        if begin < self._begin:
            self._way.count(begin - self._begin)
        self._place.open_at(begin, self._file, tag, self._way.patience.check)
        self._begin, self._tag = begin, tag
        most = end if end is not None else LARGEST_BYTES
        for piece in answer.iter_content(_PIECE_BYTES):
            if self._place.size + len(piece) > most:
                self._start_anew()
                raise disk_problems.without_end(self._file.name)
            self._place.write(piece)
            self._begin = self._place.size
            self._way.count(len(piece))
        self._check_end(end, request)

    def _bounds(self, answer: requests.Response, request: str) -> tuple[int, int | None]:
        """Return where the body begins in the file, and where it ends if that is known; raise for what is no file."""
        if answer.status_code not in (200, 206):
            raise of_answer(answer, self._file.name, request)
        kind = answer.headers.get("Content-Type", "").casefold()
        if kind.startswith("text/html") and not self._file.name.casefold().endswith((".html", ".htm")):
            raise errors_from_answers.bad_answer(request, "a web page in the place of a file", answer.status_code)
        found = _RANGE.fullmatch(answer.headers.get("Content-Range", "").strip())
        if answer.status_code == 206:
            if found is None or int(found["first"]) != self._begin:
                self._start_anew()
                raise errors_from_answers.of_exception(requests.ConnectionError(), f"{request}: another part")
            return self._begin, self._checked_length(whole_number(found["total"]))
        return 0, self._checked_length(whole_number(answer.headers.get("Content-Length")))

    def _checked_length(self, length: int | None) -> int | None:
        told = self._file.length
        if length is not None and told is not None and length != told:
            raise disk_problems.wrong_length(self._file.name, length, told)
        found = told if length is None else length
        if found == 0:
            raise disk_problems.empty(self._file.name)
        return found

    def _check_room(self, left: int) -> None:
        sentence = space_problem(left, shutil.disk_usage(self._place.path.parent).free)
        if sentence is not None:
            raise disk_problems.no_room(sentence)

    def _check_end(self, end: int | None, request: str) -> None:
        if end is not None and self._place.size < end:
            raise errors_from_answers.of_exception(requests.ConnectionError(), f"{request}: broken off")
        if not self._place.size:
            self._start_anew()
            raise disk_problems.empty(self._file.name)


def _tag_of(answer: requests.Response) -> str:
    """Return what the server calls this state of the file, where it may be compared; empty where it says nothing."""
    etag = answer.headers.get("ETag", "")
    if etag and not etag.startswith("W/"):
        return etag
    return answer.headers.get("Last-Modified", "")
