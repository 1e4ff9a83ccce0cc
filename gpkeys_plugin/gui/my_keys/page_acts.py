"""What is chosen on the page of a key begins on the page of that act."""

from __future__ import annotations

from typing import Callable, NamedTuple

from qgis.PyQt.QtCore import QObject, pyqtSignal
from qgis.PyQt.QtWidgets import QWidget

from ...jobs.values import KeyPage
from ...jobs.window.my_keys_jobs import MyKeysJobs
from ...jobs.window.sign_in_set_up import SetUp
from ...keys.services.connection_plans import ServedLayer
from ...keys.upkeep.holdings import Holdings
from ...keys.upkeep.overview import first_to_end
from ...keys.upkeep.permission_drift import Synchronisation
from ..key_form import draft_check
from .acts.act_pages import ActPages
from .key_page import KeyPageView


class Shown(NamedTuple):
    """The key whose page shows, once all of it is known, and what the account has."""

    page: KeyPage | None
    holdings: Holdings | None


class PageActs(QObject):
    """`begun` carries the page of the act, which is then filled; `permission_wanted` the id of the one to be seen."""

    begun = pyqtSignal(QWidget)
    permission_wanted = pyqtSignal(str)

    def __init__(
        self, page: KeyPageView, acts: ActPages, my_keys_jobs: MyKeysJobs, set_up: SetUp, shown: Callable[[], Shown]
    ) -> None:
        super().__init__(page)
        self._acts, self._jobs, self._set_up, self._shown = acts, my_keys_jobs, set_up, shown
        page.removal_wanted.connect(lambda: self._synchronise(is_removal=True))
        page.addition_wanted.connect(lambda: self._synchronise(is_removal=False))
        page.permission_wanted.connect(self._on_permission_wanted)
        page.add_wanted.connect(self._on_add_wanted)
        page.download_wanted.connect(self._on_download_wanted)
        for wanted, act in (
            (page.edit_wanted, lambda: acts.edit),
            (page.test_wanted, lambda: acts.check),
            (page.connect_wanted, lambda: acts.connect),
            (page.rotate_wanted, lambda: acts.rotate),
            (page.share_wanted, lambda: acts.share),
            (page.delete_wanted, lambda: acts.delete),
        ):
            wanted.connect(lambda act=act: self._begin(act().show_key, act()))

    def synchronisation(self, page: KeyPage, holdings: Holdings | None) -> Synchronisation:
        """Return how a key differs from the permissions it uses."""
        return self._jobs.synchronisation(page, holdings) if holdings is not None else Synchronisation()

    def _begin(self, show_key: Callable[[KeyPage, Holdings], None], act: QWidget) -> None:
        page, holdings = self._shown()
        if page is not None and holdings is not None:
            self.begun.emit(act)
            show_key(page, holdings)

    def _on_add_wanted(self, services: tuple[ServedLayer, ...]) -> None:
        connect, storage = self._acts.connect, self._set_up.default_storage()
        self._begin(lambda page, holdings: connect.show_key_for_map(page, holdings, services, storage), connect)

    def _on_download_wanted(self, resource: str) -> None:
        download = self._acts.download
        self._begin(lambda page, holdings: download.show_key(page, holdings, resource), download)

    def _synchronise(self, *, is_removal: bool) -> None:
        def show(page: KeyPage, holdings: Holdings) -> None:
            found = self.synchronisation(page, holdings)
            self._acts.edit.show_key(page, holdings, found.removals if is_removal else found.additions)

        self._begin(show, self._acts.edit)

    def _on_permission_wanted(self) -> None:
        page = self._shown().page
        if page is not None and (permission := first_to_end(page.accesses, draft_check.now())) is not None:
            self.permission_wanted.emit(permission.id)
