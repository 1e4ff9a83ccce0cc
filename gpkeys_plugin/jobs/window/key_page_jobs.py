"""The pages of keys, bound to this QGIS: what is known of a key at once, and all of it once it is read."""

from __future__ import annotations

from typing import Callable

from ...entrepot.models import Key
from ...keys.services import connection_plans, curl_commands
from ...keys.services.connection_plans import ServedLayer
from ...keys.upkeep.overview import KeyOverview
from ..load_key_page import load_known_page, outline
from ..running.main_thread import MainThread
from ..running.task import RunningJob, TaskRunner
from ..running.translate import tr
from ..steps.account_sessions import SignedIn
from ..values import KeyPage
from .job_callbacks import OnFailed, shown_to


class KeyPageJobs:
    """For the account that is signed in; what a page shows is made of the page alone."""

    def __init__(self, signed_in: Callable[[], SignedIn], runner: TaskRunner, main_thread: MainThread) -> None:
        self._signed_in = signed_in
        self._runner = runner
        self._main_thread = main_thread

    def known_page(self, row: KeyOverview) -> KeyPage:
        """Return at once what is known of a key: its page if that was read lately, or an outline of it."""
        signed_in = self._signed_in()
        return signed_in.known.pages.find(row.key.id) or outline(row, signed_in.api_url)

    def page(self, key: Key, on_done: Callable[[KeyPage], None], on_failed: OnFailed) -> RunningJob:
        """Read everything about one key; of a page that was read lately, only what QGIS holds."""
        signed_in = self._signed_in()
        return self._runner.start(
            tr("Reading an access key"),
            lambda progress: load_known_page(key, signed_in, self._main_thread, progress),
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
