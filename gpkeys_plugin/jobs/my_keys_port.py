"""The use cases around keys that exist, as the window sees them; `plugin.py` hands them in."""

from __future__ import annotations

from typing import Callable, Protocol

from ..entrepot.errors import GpkeysError
from ..entrepot.models import Key
from ..entrepot.texts import Text
from ..keys.problem import DraftContext
from ..keys.services.endpoints import ServedLayer
from ..keys.upkeep.key_edits import KeyDifference
from ..keys.upkeep.overview import KeyOverview
from ..keys.upkeep.rotation import RotationOutlook
from ..keys.upkeep.synchronise import Synchronisation
from .ports import Running
from .values import (
    ConnectRequest,
    CreatedKey,
    Deleted,
    DeletionOutlook,
    Edited,
    Failed,
    Holdings,
    KeyPage,
    Rotation,
    RotationRemainder,
    RotationRequest,
    ServiceVerdict,
)

OnFailed = Callable[[GpkeysError], None]
OnFailure = Callable[[Failed], None]
OnProgress = Callable[[float, Text], None]


class MyKeysPort(Protocol):
    """Every call returns at once; the callables run later on the GUI thread.

    `on_progress` gets the share done, 0 to 100, and what is being done. `cancel` of what a call returns is followed by
    `on_failed` with a CANCELLED error.
    """

    def overviews(
        self,
        holdings: Holdings,
        on_row: Callable[[KeyOverview], None],
        on_done: Callable[[], None],
        on_failed: OnFailed,
    ) -> Running:
        """Read accesses and last use of every key; `on_row` gets each key once per thing read, in any order.

        One key that cannot be read gets a row with its problem; only a refused sign-in fails the whole.
        """

    def initial_overviews(self, holdings: Holdings) -> tuple[KeyOverview, ...]:
        """Return a row a key at once, with what is known without asking the network."""

    def page(self, key: Key, on_done: Callable[[KeyPage], None], on_failed: OnFailed) -> Running:
        """Read everything about one key."""

    def ready_url(self, page: KeyPage, layer: ServedLayer, *, with_hash: bool) -> str:
        """Return the URL to copy for a service, with the hash only `with_hash`."""

    def curl_line(self, page: KeyPage, layer: ServedLayer, *, with_hash: bool) -> str:
        """Return a command that asks the service; a placeholder stands for the secret unless `with_hash`."""

    def edit_context(self, key: Key, holdings: Holdings) -> DraftContext:
        """Return what an edit of the key is checked against: its own name is free, the quota does not count."""

    def synchronisation(self, page: KeyPage, holdings: Holdings) -> Synchronisation:
        """Return how the key differs from the permissions it uses."""

    def edit(
        self,
        page: KeyPage,
        wanted: KeyDifference,
        on_progress: OnProgress,
        on_done: Callable[[Edited], None],
        on_failed: OnFailure,
    ) -> Running:
        """Send the difference, additions first; then have QGIS follow where the key is connected."""

    def test(
        self,
        page: KeyPage,
        on_verdict: Callable[[ServiceVerdict], None],
        on_done: Callable[[], None],
        on_failed: OnFailed,
    ) -> Running:
        """Ask each service of the key, with what QGIS holds for it (or with the account for an OAUTH2 key)."""

    def connect(
        self,
        page: KeyPage,
        request: ConnectRequest,
        on_progress: OnProgress,
        on_done: Callable[[CreatedKey], None],
        on_failed: OnFailure,
    ) -> Running:
        """Write a key that exists into this QGIS, or write it anew; a BASIC password is checked before it is kept."""

    def rotation_outlook(self, page: KeyPage, holdings: Holdings) -> RotationOutlook:
        """Return what a rotation would do and what stands in its way."""

    def rotate(
        self,
        page: KeyPage,
        request: RotationRequest,
        on_progress: OnProgress,
        on_done: Callable[[Rotation], None],
        on_failed: OnFailure,
    ) -> Running:
        """Make the new key, test it, swap the secret everywhere; the old key stays until `finish_rotation`."""

    def finish_rotation(
        self, rotation_id: str, on_progress: OnProgress, on_done: Callable[[Key], None], on_failed: OnFailure
    ) -> Running:
        """Delete the old key and give its name to the new one; can be asked for again after a failure."""

    def undo_rotation(
        self, rotation_id: str, on_progress: OnProgress, on_done: Callable[[], None], on_failed: OnFailure
    ) -> Running:
        """Swap the old secret back everywhere and delete the new key."""

    def unfinished_rotations(self) -> tuple[RotationRemainder, ...]:
        """Return the account's rotations that were neither finished nor undone, also those of an earlier session."""

    def deletion_outlook(
        self, page: KeyPage, on_done: Callable[[DeletionOutlook], None], on_failed: OnFailed
    ) -> Running:
        """Find what will stop working when the key is deleted."""

    def delete(
        self,
        page: KeyPage,
        outlook: DeletionOutlook,
        *,
        remove_from_qgis: bool,
        on_progress: OnProgress,
        on_done: Callable[[Deleted], None],
        on_failed: OnFailure,
    ) -> Running:
        """Delete the key and, if wanted, what the plugin made for it in QGIS; never anything else."""
