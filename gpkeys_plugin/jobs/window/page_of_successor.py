"""The page of the new key of a rotation, put together while the old one is deleted: nothing is left to be read then."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from types import TracebackType
from typing import Sequence

from ...entrepot.errors import GpkeysError
from ...entrepot.models import Key
from ...keys.services.connection_plans import ServedLayer
from ...keys.upkeep.usage import Usage
from ..load_key_page import page_of, read_usage
from ..running.main_thread import MainThread
from ..running.task import Progress
from ..steps.account_sessions import SignedIn
from ..steps.key_in_qgis import held_key
from ..steps.key_services import KeyRead
from ..values import KeyPage


class PageOfSuccessor:
    """Made by a worker: `begin` once the new key was read, `page` once it has its name."""

    def __init__(self, signed_in: SignedIn, main_thread: MainThread, progress: Progress) -> None:
        self._signed_in = signed_in
        self._main_thread = main_thread
        self._client = signed_in.client(progress.is_cancelled, progress.tell_wait)
        self._pool = ThreadPoolExecutor(max_workers=1)
        self._read: tuple[KeyRead, Sequence[ServedLayer]] | None = None
        self._usage: Future[tuple[Usage | None, GpkeysError | None]] = Future()

    def __enter__(self) -> PageOfSuccessor:
        """Begin the block in which the rotation is finished."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Wait for what was begun."""
        self._pool.shutdown()

    def begin(self, read: KeyRead, served: Sequence[ServedLayer]) -> None:
        """Take the key as it was read, and read its use."""
        self._read = read, served
        self._usage = self._pool.submit(read_usage, self._client, read.details.key.id)

    def page(self, key: Key) -> KeyPage | None:
        """Return the page of the key as it is called now; None where it must be read."""
        if self._read is None:
            return None
        (details, accesses), served = self._read
        try:
            usage, problem = self._usage.result()
        except GpkeysError:
            return None
        named = replace(details, key=replace(details.key, name=key.name))
        page = page_of(KeyRead(named, accesses), served, self._signed_in.api_url)
        held = self._main_thread.call(lambda: held_key(named, self._signed_in))
        return replace(page, held=held, usage=usage, usage_problem=problem)
