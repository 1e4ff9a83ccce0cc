"""A stand-in for the use cases around repair: what is found is made up, what it is asked to do it remembers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from gpkeys_plugin.entrepot.translatable_text import Text
from gpkeys_plugin.jobs.repair.repair_values import (
    ConnectionFound,
    ConnectionRepair,
    ConnectionsRepaired,
    LayerFound,
    LayerPlan,
    ProjectFindings,
    Repaired,
    Undone,
    WhereKept,
)
from gpkeys_plugin.jobs.window.job_callbacks import OnFailure, OnProgress
from gpkeys_plugin.jobs.window.repair_jobs import RepairJobs
from gpkeys_plugin.keys.draft import Grant, HashStorage
from gpkeys_plugin.keys.layer_needs.needs import Cause, LayerNeed
from gpkeys_plugin.keys.layer_needs.permission_road import road_to
from gpkeys_plugin.keys.layer_needs.remedies import (
    CouldBeOpenedBy,
    MayBeOpened,
    NoPermission,
    NoSuccessor,
    NothingToDo,
    OpenedBy,
    Remedy,
    SignedOut,
)
from gpkeys_plugin.keys.layer_needs.shared_hashes import SharedHash
from gpkeys_plugin.keys.layer_needs.sources import CarrierKind, LayerSource
from gpkeys_plugin.keys.services.connection_plans import ConnectionKind
from gpkeys_plugin.keys.upkeep.holdings import Holdings
from gpkeys_plugin.keys.upkeep.overview import KeyOverview

from . import fake_my_keys, fakes
from .fakes import Call

SHARED = "ign_scan_ws"
SCAN_25, SCAN_OACI = "GEOGRAPHICALGRIDSYSTEMS.MAPS.SCAN25TOUR", "GEOGRAPHICALGRIDSYSTEMS.MAPS.SCAN-OACI"
_ENDPOINTS = {ConnectionKind.WMS: "wms-r", ConnectionKind.WMTS: "wmts", ConnectionKind.WFS: "wfs"}


def source(
    kind: ConnectionKind = ConnectionKind.WMS, name: str = SCAN_25, *, hash_: str | None = None, authcfg: str = ""
) -> LayerSource:
    """Return what a source asks for and carries."""
    endpoint = _ENDPOINTS.get(kind, "tms")
    carrier = CarrierKind.CONFIGURATION if authcfg else CarrierKind.HASH_IN_URL if hash_ else CarrierKind.NOTHING
    root = f"https://data.geopf.fr/private/{endpoint}"
    return LayerSource(kind, endpoint, root, (name,), True, False, carrier, hash_, authcfg)


def layer(name: str, cause: Cause, asked: LayerSource, *, group: str = "", is_valid: bool = False) -> LayerFound:
    """Return a layer that was found; its id is its name."""
    return LayerFound(name, name, group, "wms", "made up", is_valid, LayerNeed(asked, cause))


def shared_layers(count: int) -> tuple[LayerFound, ...]:
    """Return layers that carry the shared hash."""
    kinds = (ConnectionKind.WMTS, ConnectionKind.WMS)
    return tuple(
        layer(
            f"SCAN 25 – feuille {number}",
            Cause.DEAD_SHARED_HASH,
            source(kinds[number % 2], hash_=SHARED),
            group="Fonds",
        )
        for number in range(1, count + 1)
    )


UNKNOWN = tuple(
    layer(name, Cause.UNKNOWN_CONFIGURATION, source(ConnectionKind.WFS, f"rochebrune.{name}", authcfg="a1b2c3d"))
    for name in ("zonage", "prescriptions")
)
FOREIGN = layer("Orthophoto du voisin", Cause.FOREIGN_HASH, source(hash_="made up"), is_valid=True)
OACI = layer("Carte OACI", Cause.DEAD_SHARED_HASH, source(name=SCAN_OACI, hash_=SHARED), group="Fonds")
WATER = layer("Réseaux d’eau", Cause.NO_CREDENTIAL, source(ConnectionKind.WFS, fakes.EAU.layer_name))
PARCELS = layer("Ancien cadastre", Cause.OLD_GEOPORTAIL, replace(source(name="CADASTRALPARCELS"), is_geoportail=True))
OURS = layer("Estompage", Cause.NONE, source(name="rochebrune.scan25.estompage"), is_valid=True)
DARK = replace(OURS, layer_id="Limites", name="Limites", is_valid=False)
SHEETS = shared_layers(8)

BASIC_KEY, HASH_KEY = fake_my_keys.BASIC_KEY, fake_my_keys.HASH_KEY
GRANT = Grant(fakes.SCAN25.id, fakes.SCAN.id)
OPENED = OpenedBy(HASH_KEY)
REMEDIES: Mapping[str, Remedy] = {
    **{found.layer_id: OPENED for found in (*SHEETS, *UNKNOWN, FOREIGN)},
    WATER.layer_id: CouldBeOpenedBy(HASH_KEY, (Grant(fakes.EAU.id, fakes.WATER.id),)),
    OACI.layer_id: NoPermission(road_to((SCAN_OACI,), fakes.account().id)),
    PARCELS.layer_id: NoSuccessor(),
    DARK.layer_id: NothingToDo(),
}
MAY = MayBeOpened((GRANT,), fakes.SCAN.licence)


def connection(name: str, cause: Cause) -> ConnectionFound:
    """Return a connection that was found; its id is its name."""
    return ConnectionFound(name, name, ConnectionKind.WMTS, LayerNeed(source(ConnectionKind.WMTS, hash_=SHARED), cause))


CONNECTIONS = (
    connection("SCAN 25 (IGN)", Cause.DEAD_SHARED_HASH),
    connection("Géoplateforme du collègue", Cause.FOREIGN_HASH),
)


@dataclass
class FakeRepairJobs(RepairJobs):
    """What the test says is found, and use cases that do nothing until it says how they end."""

    layers: tuple[LayerFound, ...] = ()
    remedies: dict[str, Remedy] = field(default_factory=lambda: dict(REMEDIES))
    without_password: frozenset[str] = frozenset()
    found_connections: tuple[ConnectionFound, ...] = ()
    calls: list[Call] = field(default_factory=list)
    looks: int = 0
    undoable: int = 0
    undoable_connections: int = 0
    fixed: HashStorage | None = None

    def last(self, name: str) -> Call:
        """Return the latest call of a use case."""
        return next(call for call in reversed(self.calls) if call.name == name)

    def count(self, name: str) -> int:
        """Return how often a use case was started."""
        return sum(1 for call in self.calls if call.name == name)

    def ended_shared_hashes(self) -> Mapping[str, SharedHash]:
        """Return the one there is."""
        return {SHARED: SharedHash(SHARED, date(2026, 10, 26), "SCAN 25, SCAN 100, SCAN OACI")}

    def fixed_storage(self) -> HashStorage | None:
        """Return what the test says."""
        return self.fixed

    def look(self, overviews: Sequence[KeyOverview] = (), holdings: Holdings | None = None) -> ProjectFindings:
        """Return what is found."""
        self.looks += 1
        return ProjectFindings("Plan de situation", self.layers, len(self.layers) + 3)

    def plans(
        self, findings: ProjectFindings, overviews: Sequence[KeyOverview], holdings: Holdings | None
    ) -> tuple[LayerPlan, ...]:
        """Return a plan a layer."""
        found = [layer for layer in findings.layers if layer.is_to_mend]
        if holdings is None:
            return tuple(LayerPlan(layer, _signed_out(layer)) for layer in found)
        return tuple(
            LayerPlan(layer, self.remedies.get(layer.layer_id, OPENED), layer.layer_id in self.without_password)
            for layer in found
        )

    def repair(
        self,
        plans: Sequence[LayerPlan],
        where: WhereKept,
        on_progress: OnProgress,
        on_done: Callable[[Repaired], None],
        on_failed: OnFailure,
    ) -> Call:
        """Start."""
        return self._remember(Call("repair", (tuple(plans), where), on_progress, on_done, on_failed))

    def can_undo(self) -> int:
        """Return what the test says."""
        return self.undoable

    def undo(self, on_done: Callable[[Undone], None], on_failed: OnFailure) -> Call:
        """Start."""
        return self._remember(Call("undo", (), on_done=on_done, on_failed=on_failed))

    def connections(
        self, overviews: Sequence[KeyOverview] = (), holdings: Holdings | None = None
    ) -> tuple[ConnectionFound, ...]:
        """Return what is found."""
        return self.found_connections

    def connection_repairs(
        self, found: Sequence[ConnectionFound], overviews: Sequence[KeyOverview], holdings: Holdings | None
    ) -> tuple[ConnectionRepair, ...]:
        """Give each the HASH key."""
        key = None if holdings is None else HASH_KEY
        return tuple(ConnectionRepair(one, (key,) if key else (), key) for one in found)

    def repair_connections(
        self,
        repairs: Sequence[ConnectionRepair],
        where: WhereKept,
        on_progress: OnProgress,
        on_done: Callable[[ConnectionsRepaired], None],
        on_failed: OnFailure,
    ) -> Call:
        """Start."""
        return self._remember(Call("repair_connections", (tuple(repairs), where), on_progress, on_done, on_failed))

    def can_undo_connections(self) -> int:
        """Return what the test says."""
        return self.undoable_connections

    def undo_connections(self, on_done: Callable[[ConnectionsRepaired], None], on_failed: OnFailure) -> Call:
        """Start."""
        return self._remember(Call("undo_connections", (), on_done=on_done, on_failed=on_failed))

    def mend(self, left: tuple[tuple[str, Text], ...] = (), **more: Any) -> None:
        """End the latest repair: all that were asked for draw, but those left."""
        call = self.last("repair")
        ids = tuple(plan.found.layer_id for plan in call.values[0])
        done = tuple(id_ for id_ in ids if id_ not in {name for name, _ in left})
        self.layers = tuple(layer for layer in self.layers if layer.layer_id not in done)
        self.undoable = len(done)
        call.on_done(Repaired(done, left, **more))

    def _remember(self, call: Call) -> Call:
        self.calls.append(call)
        return call


def _signed_out(found: LayerFound) -> Remedy:
    if found.need.cause is Cause.NONE:
        return NothingToDo()
    road = road_to(found.need.source.layer_names)
    return SignedOut(road if road.communities else None)
