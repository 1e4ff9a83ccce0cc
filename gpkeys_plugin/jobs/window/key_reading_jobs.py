"""Reading keys, bound to this QGIS: the rows of the list, and the page of one, of which all that is known is kept."""

from __future__ import annotations

from typing import Callable, Sequence

from ...entrepot.models import Access, Key
from ...entrepot.request_turns import MOST_AT_ONCE
from ...keys.services import connection_plans, curl_commands, gdal_commands
from ...keys.services.connection_plans import ServedLayer
from ...keys.upkeep.holdings import Holdings
from ...keys.upkeep.overview import KeyOverview
from ..load_key_page import load_known_page, outline
from ..load_overviews import BEHIND_AT_ONCE, LastUse, initial_overviews, load_last_uses, load_overviews
from ..running.main_thread import MainThread
from ..running.task import RunningJob, TaskRunner
from ..running.translate import tr
from ..steps.account_sessions import SignedIn
from ..values import KeyPage
from .job_callbacks import OnFailed, shown_to


class KeyReadingJobs:
    """For the account that is signed in; what a page shows is made of the page alone."""

    def __init__(self, signed_in: Callable[[], SignedIn], runner: TaskRunner, main_thread: MainThread) -> None:
        self._signed_in = signed_in
        self._runner = runner
        self._main_thread = main_thread

    def initial_overviews(self, holdings: Holdings) -> tuple[KeyOverview, ...]:
        """Return a row a key at once, with what is known without asking the network."""
        return initial_overviews(holdings, self._signed_in().api_url)

    def overviews(
        self,
        holdings: Holdings,
        on_rows: Callable[[Sequence[KeyOverview]], None],
        on_done: Callable[[], None],
        on_failed: OnFailed,
        *,
        is_behind: bool = False,
    ) -> RunningJob:
        """Read what every key opens; `on_rows` gets those read within a moment, in any order.

        One key that cannot be read gets a row with its problem; only a refused sign-in fails the whole. If it
        `is_behind` all else, what is asked for meanwhile goes at once.
        """
        signed_in, at_once = self._signed_in(), BEHIND_AT_ONCE if is_behind else MOST_AT_ONCE
        return self._runner.start(
            tr("Reading what the access keys open"),
            lambda progress: load_overviews(holdings.keys, signed_in, progress, with_last_use=False, at_once=at_once),
            lambda _: on_done(),
            shown_to(on_failed),
            on_part=on_rows,
        )

    def last_uses(
        self,
        keys: Sequence[Key],
        on_uses: Callable[[Sequence[LastUse]], None],
        on_done: Callable[[], None],
        on_failed: OnFailed,
    ) -> RunningJob:
        """Read when keys were last used; `on_uses` gets those read within a moment, in any order.

        Behind all else: what is asked for meanwhile goes at once.
        """
        signed_in = self._signed_in()
        return self._runner.start(
            tr("Reading when the access keys were last used"),
            lambda progress: load_last_uses(keys, signed_in, progress, at_once=BEHIND_AT_ONCE),
            lambda _: on_done(),
            shown_to(on_failed),
            on_part=on_uses,
        )

    def known_page(self, row: KeyOverview) -> KeyPage:
        """Return at once what is known of a key: its page if that was read lately, or an outline of it."""
        signed_in = self._signed_in()
        return signed_in.known.pages.find(row.key.id) or outline(row, signed_in.api_url)

    def page(
        self,
        key: Key,
        on_done: Callable[[KeyPage], None],
        on_failed: OnFailed,
        opened: Sequence[Access] = (),
    ) -> RunningJob:
        """Read everything about one key; of a page that was read lately, only what QGIS holds.

        `opened` is what the list knows that it opens.
        """
        signed_in = self._signed_in()
        return self._runner.start(
            tr("Reading an access key"),
            lambda progress: load_known_page(key, signed_in, self._main_thread, progress, opened),
            on_done,
            shown_to(on_failed),
        )

    def forget_pages(self) -> None:
        """Have every page be read again, after a change."""
        self._signed_in().known.pages.forget()

    def ready_url(self, page: KeyPage, layer: ServedLayer, *, with_hash: bool) -> str:
        """Return the URL to copy for a service, with the hash only `with_hash`."""
        may_go = layer not in page.elsewhere
        return connection_plans.ready_url(
            connection_plans.shown_url(layer), page.details.hash, with_hash=with_hash and may_go
        )

    def curl_line(self, page: KeyPage, layer: ServedLayer, *, with_hash: bool) -> str:
        """Return a command that asks the service; a placeholder stands for the secret unless `with_hash`."""
        may_go = layer not in page.elsewhere
        return curl_commands.curl_line(connection_plans.shown_url(layer), page.details, with_hash=with_hash and may_go)

    def gdal_line(self, page: KeyPage, layer: ServedLayer, *, with_hash: bool) -> str:
        """Return a command that has GDAL open the service, empty where it cannot; else as `curl_line`."""
        may_go = layer not in page.elsewhere
        url = connection_plans.capabilities_url(layer)
        return gdal_commands.gdal_line(layer.kind, url, page.details, with_hash=with_hash and may_go)
