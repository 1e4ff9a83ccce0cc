"""Looks up what people call the services; only the latest answer counts."""

from __future__ import annotations

from typing import Iterable, Sequence

from qgis.PyQt.QtCore import QObject, pyqtSignal

from ..entrepot.models import Offering
from ..jobs.values import Holdings
from ..jobs.window.new_key_jobs import NewKeyJobs
from ..keys.upkeep.overview import KeyOverview
from .parts.page_job import JobUnderWay


class ServiceTitles(QObject):
    """`found` tells all titles known by then, several times perhaps, or never."""

    found = pyqtSignal(object)

    def __init__(self, new_key_jobs: NewKeyJobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = new_key_jobs
        self._looking_up = JobUnderWay()
        self._wanted: dict[str, Offering] = {}

    def start(self, holdings: Holdings) -> None:
        """Look up the services of the permissions, instead of what was looked up before."""
        self.drop()
        self._want(offering for permission in holdings.permissions for offering in permission.offerings)

    def add(self, rows: Sequence[KeyOverview]) -> None:
        """Look up the services that keys open without any permission, or through one that is no longer listed."""
        self._want(access.offering for row in rows for access in row.accesses or ())

    def drop(self) -> None:
        """Give up what is under way."""
        self._wanted = {}
        self._looking_up.drop()

    def _want(self, offerings: Iterable[Offering]) -> None:
        new = {offering.layer_name: offering for offering in offerings}
        if new.keys() <= self._wanted.keys():
            return
        self._wanted.update(new)
        wanted = tuple(self._wanted.values())
        self._looking_up.begin(lambda: self._jobs.look_up_titles(wanted, self._looking_up.part(self.found.emit)))
