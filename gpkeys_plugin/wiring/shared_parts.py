"""What algorithms and the window share."""

from __future__ import annotations

from qgis.core import QgsApplication

from ..jobs.running.main_thread import MainThread
from ..network.http.network_threads import stop_threads
from ..store.records.creations import CreationRecords
from ..store.records.rotations import RotationRecords


class SharedParts:
    """The way to the main thread, and what is written down of creations and rotations."""

    def __init__(self) -> None:
        self.main_thread = MainThread()
        # The first to ask may be a model, whose steps begin on its worker (3.22).
        self.main_thread.moveToThread(QgsApplication.instance().thread())
        self.creations, self.rotations = CreationRecords(), RotationRecords()

    def take_down(self) -> None:
        """Let nobody wait any longer, and end the threads of the network."""
        self.main_thread.shut_down()
        stop_threads()
