"""Looks up what people call the services; only the latest answer counts."""

from __future__ import annotations

from itertools import chain
from typing import Sequence

from qgis.PyQt.QtCore import QObject, pyqtSignal

from ..entrepot.models import Offering
from ..jobs.window.new_key_jobs import NewKeyJobs
from ..keys.services.catalogue import Catalogue
from ..keys.upkeep.holdings import Holdings
from ..keys.upkeep.overview import KeyOverview
from .parts.page_job import JobUnderWay


class ServiceTitles(QObject):
    """`found` tells all titles known by then, several times perhaps, or never."""

    found = pyqtSignal(object)

    def __init__(self, new_key_jobs: NewKeyJobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = new_key_jobs
        self._looking_up = JobUnderWay()
        self._catalogue = Catalogue()
        self._listed: tuple[Offering, ...] = ()
        self._strange: dict[str, Offering] = {}

    def start(self, holdings: Holdings) -> None:
        """Look up the services of the permissions, instead of what was looked up before."""
        self.drop()
        self._catalogue = holdings.catalogue
        self._listed = tuple(chain.from_iterable(permission.offerings for permission in holdings.permissions))
        if self._listed:
            self._look_up()

    def add(self, rows: Sequence[KeyOverview]) -> None:
        """Look up the services that keys open without any permission, or through one that is no longer listed."""
        offerings = {access.offering.id: access.offering for row in rows for access in row.accesses or ()}
        strange = {id_: offering for id_, offering in offerings.items() if not self._catalogue.lists(id_)}
        if not strange.keys() <= self._strange.keys():
            self._strange.update(strange)
            self._look_up()

    def drop(self) -> None:
        """Give up what is under way."""
        self._catalogue, self._listed, self._strange = Catalogue(), (), {}
        self._looking_up.drop()

    def _look_up(self) -> None:
        wanted = (*self._listed, *self._strange.values())
        self._looking_up.begin(lambda: self._jobs.look_up_titles(wanted, self._looking_up.part(self.found.emit)))
