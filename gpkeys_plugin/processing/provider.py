"""The provider `gpkeys`: what Processing lists of the plugin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Callable

from qgis.core import QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from ..jobs.running.translate import tr
from .base import ICON
from .connect_key import ConnectKey
from .create_key import CreateKey
from .delete_key import DeleteKey
from .download import Download
from .key_stats import KeyStats
from .list_downloads import ListDownloads
from .list_keys import ListKeys
from .list_permissions import ListPermissions
from .repair_project import RepairProject
from .rotate_key import RotateKey
from .scan_project import ScanProject
from .test_key import TestKey
from .update_key import UpdateKey

if TYPE_CHECKING:
    from ..jobs.scripts.runner import Scripts

_ALGORITHMS = (
    ListPermissions,
    ListKeys,
    CreateKey,
    UpdateKey,
    ConnectKey,
    TestKey,
    RotateKey,
    DeleteKey,
    KeyStats,
    ScanProject,
    RepairProject,
    ListDownloads,
    Download,
)


class GpkeysProvider(QgsProcessingProvider):
    """Offers the algorithms; each is handed the way to the use cases."""

    def __init__(self, scripts: Callable[[], Scripts]) -> None:
        super().__init__()
        self._scripts = scripts

    def id(self) -> str:
        """Return the id scripts call it by."""
        return "gpkeys"

    def name(self) -> str:
        """Return the name in the toolbox."""
        return tr("Géoplateforme access keys")

    def icon(self) -> QIcon:
        """Return the plugin's icon."""
        return QIcon(ICON)

    def loadAlgorithms(self) -> None:  # noqa: N802 - the name QGIS calls
        """Hand the algorithms to QGIS."""
        for algorithm in _ALGORITHMS:
            self.addAlgorithm(algorithm(self._scripts))
