"""A stand-in for the use cases around existing keys: it remembers what was asked and answers when told to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from gpkeys_plugin.entrepot.models import Access, Filters, Hits, Key, KeyDetails, KeyType
from gpkeys_plugin.jobs.load_overviews import LastUse
from gpkeys_plugin.jobs.values import (
    ChangeRemainder,
    ConnectRequest,
    CreatedKey,
    Deleted,
    DeletionOutlook,
    Edited,
    HeldKey,
    KeyPage,
    Rotation,
    RotationRemainder,
    RotationRequest,
    ServiceVerdict,
)
from gpkeys_plugin.jobs.window.job_callbacks import OnFailed, OnFailure, OnProgress
from gpkeys_plugin.jobs.window.my_keys_jobs import MyKeysJobs
from gpkeys_plugin.jobs.window.unfinished_changes import UnfinishedChanges
from gpkeys_plugin.keys.draft import HashStorage
from gpkeys_plugin.keys.problem import DraftContext
from gpkeys_plugin.keys.services import catalogue
from gpkeys_plugin.keys.services.connection_plans import ConnectionKind, ServedLayer
from gpkeys_plugin.keys.services.layer_recipes import WrittenConnection
from gpkeys_plugin.keys.upkeep import permission_drift, rotation, usage
from gpkeys_plugin.keys.upkeep.holdings import Holdings
from gpkeys_plugin.keys.upkeep.key_edits import KeyDifference
from gpkeys_plugin.keys.upkeep.overview import KeyOverview
from gpkeys_plugin.keys.upkeep.permission_drift import Synchronisation
from gpkeys_plugin.keys.upkeep.rotation import RotationOutlook

from . import fakes
from .downloads.fake_downloads import FakeDownloadJobs
from .fakes import NOW, Call


class FakeUnfinishedChanges(UnfinishedChanges):
    """Remembers what was asked, among the other calls of the window, and answers when told to."""

    def __init__(self, remember: Callable[[Call], Call]) -> None:
        self._remember = remember
        self.left: tuple[ChangeRemainder, ...] = ()

    def all(self) -> tuple[ChangeRemainder, ...]:
        """Return those left."""
        return self.left

    def finish_edit(
        self,
        remainder: ChangeRemainder,
        on_progress: OnProgress,
        on_done: Callable[[Edited], None],
        on_failed: OnFailure,
    ) -> Call:
        """Start."""
        return self._remember(Call("finish_edit", (remainder,), on_progress, on_done, on_failed))

    def undo_edit(
        self,
        remainder: ChangeRemainder,
        on_progress: OnProgress,
        on_done: Callable[[Edited], None],
        on_failed: OnFailure,
    ) -> Call:
        """Start."""
        return self._remember(Call("undo_edit", (remainder,), on_progress, on_done, on_failed))

    def finish_deletion(
        self,
        remainder: ChangeRemainder,
        on_progress: OnProgress,
        on_done: Callable[[Deleted], None],
        on_failed: OnFailure,
    ) -> Call:
        """Start."""
        return self._remember(Call("finish_deletion", (remainder,), on_progress, on_done, on_failed))

    def leave_deletion(self, remainder: ChangeRemainder, on_done: Callable[[], None], on_failed: OnFailure) -> Call:
        """Start."""
        return self._remember(Call("leave_deletion", (remainder,), on_done=on_done, on_failed=on_failed))


class FakeMyKeysJobs(MyKeysJobs):
    """Use cases that do nothing until the test says how they end."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.connected: frozenset[str] = frozenset()
        self.kept: dict[str, KeyPage] = {}
        self.has_header_method = True
        self.fixed: HashStorage | None = None
        self.unfinished: tuple[RotationRemainder, ...] = ()
        self.downloads: FakeDownloadJobs = FakeDownloadJobs(self._remember)
        self.unfinished_changes: FakeUnfinishedChanges = FakeUnfinishedChanges(self._remember)

    def last(self, name: str) -> Call:
        """Return the latest call of a use case."""
        return next(call for call in reversed(self.calls) if call.name == name)

    def count(self, name: str) -> int:
        """Return how often a use case was started."""
        return sum(1 for call in self.calls if call.name == name)

    def initial_overviews(self, holdings: Holdings) -> tuple[KeyOverview, ...]:
        """Return a row a key."""
        return tuple(KeyOverview(key, is_connected=key.id in self.connected) for key in holdings.keys)

    def overviews(
        self,
        holdings: Holdings,
        on_rows: Callable[[Sequence[KeyOverview]], None],
        on_done: Callable[[], None],
        on_failed: OnFailed,
        *,
        is_behind: bool = False,
    ) -> Call:
        """Start."""
        return self._remember(
            Call("overviews", (holdings, is_behind), on_part=on_rows, on_done=on_done, on_failed=on_failed)
        )

    def last_uses(
        self,
        keys: Sequence[Key],
        on_uses: Callable[[Sequence[LastUse]], None],
        on_done: Callable[[], None],
        on_failed: OnFailed,
    ) -> Call:
        """Start."""
        return self._remember(Call("last_uses", (tuple(keys),), on_part=on_uses, on_done=on_done, on_failed=on_failed))

    def known_page(self, row: KeyOverview) -> KeyPage:
        """Return what the test says is kept, or what the row has."""
        return self.kept.get(row.key.id) or KeyPage(KeyDetails(row.key), row.accesses or (), is_outline=True)

    def forget_pages(self) -> None:
        """Keep nothing."""
        self.kept.clear()

    def page(
        self,
        key: Key,
        on_done: Callable[[KeyPage], None],
        on_failed: OnFailed,
        opened: Sequence[Access] = (),
    ) -> Call:
        """Start."""
        return self._remember(Call("page", (key, opened), on_done=on_done, on_failed=on_failed))

    def ready_url(self, page: KeyPage, layer: ServedLayer, *, with_hash: bool) -> str:
        """Return an URL."""
        return f"{layer.root}?{page.details.hash}" if with_hash else layer.root

    def curl_line(self, page: KeyPage, layer: ServedLayer, *, with_hash: bool) -> str:
        """Return a command."""
        return f'curl "{layer.root}{"+" if with_hash else ""}"'

    def gdal_line(self, page: KeyPage, layer: ServedLayer, *, with_hash: bool) -> str:
        """Return a command, but for what GDAL does not read."""
        return f'gdalinfo "{layer.root}{"+" if with_hash else ""}"' if layer.kind is not None else ""

    def edit_context(self, key: Key, holdings: Holdings) -> DraftContext:
        """Return what an edit is checked against."""
        names = frozenset(other.name for other in holdings.keys if other.id != key.id)
        return DraftContext(
            NOW,
            names,
            permissions=holdings.permissions,
            user_agent=fakes.USER_AGENT,
            has_header_method=self.has_header_method,
        )

    def fixed_storage(self) -> HashStorage | None:
        """Return what the test says."""
        return self.fixed

    def synchronisation(self, page: KeyPage, holdings: Holdings) -> Synchronisation:
        """Return how the key differs from its permissions."""
        return permission_drift.synchronisation(page.details.key.type, page.accesses, holdings.permissions, NOW)

    def edit(
        self,
        page: KeyPage,
        wanted: KeyDifference,
        on_progress: OnProgress,
        on_done: Callable[[Edited], None],
        on_failed: OnFailure,
    ) -> Call:
        """Start."""
        return self._remember(Call("edit", (page, wanted), on_progress, on_done, on_failed))

    def test(
        self,
        page: KeyPage,
        on_verdict: Callable[[ServiceVerdict], None],
        on_done: Callable[[], None],
        on_failed: OnFailed,
    ) -> Call:
        """Start."""
        return self._remember(Call("test", (page,), on_part=on_verdict, on_done=on_done, on_failed=on_failed))

    def connect(
        self,
        page: KeyPage,
        request: ConnectRequest,
        on_progress: OnProgress,
        on_done: Callable[[CreatedKey], None],
        on_failed: OnFailure,
    ) -> Call:
        """Start."""
        return self._remember(Call("connect", (page, request), on_progress, on_done, on_failed))

    def rotation_outlook(self, page: KeyPage, holdings: Holdings) -> RotationOutlook:
        """Return what a rotation would do."""
        quota = holdings.account.keys_quota
        return rotation.outlook(page.details, page.accesses, used=len(holdings.keys), quota=quota, now=NOW)

    def rotate(
        self,
        page: KeyPage,
        request: RotationRequest,
        on_progress: OnProgress,
        on_done: Callable[[Rotation], None],
        on_failed: OnFailure,
    ) -> Call:
        """Start."""
        return self._remember(Call("rotate", (page, request), on_progress, on_done, on_failed))

    def finish_rotation(
        self, rotation_id: str, on_progress: OnProgress, on_done: Callable[[Key], None], on_failed: OnFailure
    ) -> Call:
        """Start."""
        return self._remember(Call("finish_rotation", (rotation_id,), on_progress, on_done, on_failed))

    def undo_rotation(
        self, rotation_id: str, on_progress: OnProgress, on_done: Callable[[], None], on_failed: OnFailure
    ) -> Call:
        """Start."""
        return self._remember(Call("undo_rotation", (rotation_id,), on_progress, on_done, on_failed))

    def unfinished_rotations(self) -> tuple[RotationRemainder, ...]:
        """Return those left."""
        return self.unfinished

    def deletion_outlook(self, page: KeyPage, on_done: Callable[[DeletionOutlook], None], on_failed: OnFailed) -> Call:
        """Start."""
        return self._remember(Call("deletion_outlook", (page,), on_done=on_done, on_failed=on_failed))

    def delete(
        self,
        page: KeyPage,
        outlook: DeletionOutlook,
        *,
        remove_from_qgis: bool,
        on_progress: OnProgress,
        on_done: Callable[[Deleted], None],
        on_failed: OnFailure,
    ) -> Call:
        """Start."""
        return self._remember(Call("delete", (page, outlook, remove_from_qgis), on_progress, on_done, on_failed))

    def _remember(self, call: Call) -> Call:
        self.calls.append(call)
        return call


HASH_KEY = Key("k-hash", "Portail cartographique", KeyType.HASH, NOW - timedelta(days=300))
BASIC_KEY = Key("k-basic", "QGIS du service urbanisme", KeyType.BASIC, NOW - timedelta(days=200))
OAUTH2_KEY = Key("k-oauth2", "Compte personnel", KeyType.OAUTH2, NOW - timedelta(days=120))
HEADER_KEY = Key("k-header", "Passerelle historique", KeyType.HEADER, NOW - timedelta(days=900))
STRANGE_KEY = Key("k-strange", "", KeyType.UNKNOWN)
KEYS = (HASH_KEY, BASIC_KEY, OAUTH2_KEY, HEADER_KEY, STRANGE_KEY)


def holdings(keys: Sequence[Key] = KEYS, *, quota: int = 10) -> Holdings:
    """Return an account with keys of all types."""
    choices = catalogue.build(fakes.PERMISSIONS, NOW)
    return Holdings(fakes.account(used=len(keys), quota=quota), fakes.PERMISSIONS, tuple(keys), choices)


def accesses() -> tuple[Access, ...]:
    """Return accesses through current and expired permissions, and one without."""
    return (
        Access("a1", fakes.ESTOMPAGE, fakes.SCAN),
        Access("a2", fakes.PLU, fakes.TOWN),
        Access("a3", fakes.ORTHO, fakes.EXPIRED),
        Access("a4", replace(fakes.COMMUNES, id="of-open", is_open=True)),
    )


def rows() -> tuple[KeyOverview, ...]:
    """Return what is read of the keys."""
    used = Hits(1234, 56_000_000, NOW - timedelta(days=300), NOW - timedelta(days=2))
    return (
        KeyOverview(HASH_KEY, accesses(), used, is_connected=True),
        KeyOverview(BASIC_KEY, (Access("b1", fakes.ESTOMPAGE, fakes.SCAN),), used, is_connected=True),
        KeyOverview(OAUTH2_KEY, (Access("c1", fakes.PLU, fakes.TOWN),), Hits()),
        KeyOverview(HEADER_KEY, (), None),
        KeyOverview(STRANGE_KEY, None, None, problem=fakes.error()),
    )


def page(key: Key = HASH_KEY, *, is_held: bool = True, uses: bool = True) -> KeyPage:
    """Return a key's page."""
    raster = WrittenConnection(ConnectionKind.WMS, f"{key.name} – WMS raster")
    wfs = WrittenConnection(ConnectionKind.WFS, f"{key.name} – WFS")
    is_hash = key.type is KeyType.HASH
    held = HeldKey(
        authcfg="" if is_hash else "q7d2k9z",
        connections=(raster, wfs),
        other_connections=(WrittenConnection(ConnectionKind.WMS, "SCAN 25 (fait à la main)"),),
        layer_names=("Estompage SCAN 25", "Zonage du PLU"),
        layer_ids=("estompage_1", "zonage_2"),
        hash_storage=HashStorage.URL if is_hash else None,
    )
    details = KeyDetails(
        key,
        Filters(whitelist=("192.0.2.0/24",), user_agent=".*QGIS/.*", referer="^https://[a-z]+"),
        login="urbanisme-rochebrune" if key.type is KeyType.BASIC else None,
        hash="FauxHashPortail0000" if is_hash else None,  # pragma: allowlist secret - made up
    )
    hits = tuple(
        Hits(7 * day % 40 + 1, 300_000 * (day % 9 + 1), NOW - timedelta(days=day), NOW - timedelta(days=day))
        for day in range(1, 200)
        if day % 7 not in (5, 6)
    )
    root = "https://data.geopf.fr/private"
    return KeyPage(
        details=details,
        accesses=accesses(),
        served=(
            ServedLayer("of", fakes.ESTOMPAGE.layer_name, ConnectionKind.WMS, "wms-r", f"{root}/wms-r", "WMS"),
            ServedLayer("of", f"{fakes.PLU.layer_name}:zonage", ConnectionKind.WFS, "wfs", f"{root}/wfs", "WFS"),
            ServedLayer("of", fakes.ARCHIVE.layer_name, None, "telechargement", f"{root}/telechargement", "DOWNLOAD"),
        ),
        unserved=(accesses()[2],),
        held=held if is_held else HeldKey(),
        usage=usage.usage(hits, NOW) if uses else None,
        usage_problem=None if uses else fakes.error(),
    )
