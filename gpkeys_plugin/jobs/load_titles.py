"""Use case: look up in the platform's public catalogue what people call the services.

Nobody waits for it, and any failure ends it without a word to the user. No credential is sent there.

Few names are asked for one by one: that finds them whatever else is in the catalogue. For more of them the restricted
services are read page by page: that costs as much for a thousand names as for ten, and does not depend on how the
service compares names, which is not documented (it says that it searches approximately). The feature types of a WFS
service, `<layer name>:<type>`, may only come to light that way; open services do not.
"""

from __future__ import annotations

import time
from datetime import datetime, timezone
from typing import Callable, Iterable

from ..entrepot.catalogue_search import SearchClient, SearchDocument
from ..entrepot.errors import ErrorCode, GpkeysError
from ..entrepot.models import Offering, OfferingType
from ..entrepot.retries import Patience
from ..keys.services.titles import ServiceTitle, TitleBook
from ..store.records import titles
from .running.task import Progress
from .steps.account_sessions import SignedIn
from .steps.keep_what_services_told import log_failure

FEW = 8
MOST_PAGES = 40

# Eight requests a second: the service allows ten.
_REST_S = 0.125
_PAGES_A_PART = 8
_AFTER_FAILURE_S = 300.0
_LONGEST_REST_S = 86_400.0


class TitleLookup:
    """Looks up what is not known of today; after a refusal or a failure it asks nothing for a while."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._not_before = clock()

    def run(self, offerings: Iterable[Offering], signed_in: SignedIn, search_url: str, progress: Progress) -> TitleBook:
        """Return the titles known in the end; a part of them is handed over while more are looked up."""
        api_url, now = signed_in.api_url, datetime.now(timezone.utc)
        known = {offering.layer_name: offering for offering in offerings}
        wanted = [known[name] for name in titles.unknown(api_url, known, now)]
        if wanted and self._clock() >= self._not_before:
            session = signed_in.service_session("", search_url, progress.is_cancelled)
            client = SearchClient(session, search_url, progress.is_cancelled)
            search = _Search(client, wanted, titles.book(api_url), progress)
            self._try(search.run)
            self._try(lambda: titles.learn_from_catalogue(api_url, search.asked, search.found, now))
        return titles.book(api_url)

    def _try(self, act: Callable[[], None]) -> None:
        try:
            act()
        except GpkeysError as error:
            if error.code is ErrorCode.CANCELLED:
                return
            wait_s = error.retry_after_s if error.retry_after_s is not None else _AFTER_FAILURE_S
            self._not_before = self._clock() + min(wait_s, _LONGEST_REST_S)
            log_failure(error)


class _Search:
    """One search: `found` are the titles by layer name, `asked` all names that were wanted once it came to its end."""

    def __init__(self, client: SearchClient, wanted: list[Offering], known: TitleBook, progress: Progress) -> None:
        self._client = client
        self._known = known
        self._progress = progress
        self._wanted = {offering.layer_name.casefold(): offering for offering in wanted}
        self.asked: set[str] = set()
        self.found: dict[str, ServiceTitle] = {}

    def run(self) -> None:
        is_few = len(self._wanted) <= FEW
        if is_few:
            self._ask_by_name(self._wanted)
        if not is_few or any(self._wanted[name].type is OfferingType.WFS for name in self._missing()):
            self._read_list()
        if not is_few:
            self._ask_by_name([name for name in self._missing() if self._wanted[name].is_open][:FEW])
        self.asked.update(self._wanted)

    def _ask_by_name(self, names: Iterable[str]) -> None:
        for name in names:
            if name not in self.found:
                self._keep(self._client.named(self._wanted[name].layer_name))
                self._rest()

    def _read_list(self) -> None:
        seen: set[SearchDocument] = set()
        for page in range(1, MOST_PAGES + 1):
            documents = self._client.restricted(page)
            # What lies behind the last page is empty; a service that clamps page numbers would repeat the last one.
            if seen.issuperset(documents):
                return
            seen.update(documents)
            self._keep(documents)
            if self._wanted.keys() <= self.found.keys():
                return
            if page % _PAGES_A_PART == 0:
                self._progress.hand_over(self._known.extended(self.found))
            self._rest()

    def _keep(self, documents: Iterable[SearchDocument]) -> None:
        """Keep what is about a wanted layer or a feature type of it: names that are only alike come along."""
        for document in documents:
            name = document.layer_name.casefold()
            is_wanted = name in self._wanted or name.rpartition(":")[0] in self._wanted
            if is_wanted and document.title.casefold() != name:
                title = ServiceTitle(document.title, document.description, document.producers)
                self.found.setdefault(name, title)

    def _missing(self) -> list[str]:
        services = {name.rpartition(":")[0] for name in self.found}
        return [name for name in self._wanted if name not in self.found and name not in services]

    def _rest(self) -> None:
        Patience(self._progress.is_cancelled).pause(_REST_S)
