"""The layers of the open project in groups: those that have one cause, and that one remedy mends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterable, Tuple

from ...jobs.repair.repair_values import LayerFound, LayerPlan, ProjectFindings
from ...keys.draft import Grant
from ...keys.layer_needs.needs import Cause
from ...keys.layer_needs.remedies import (
    CouldBeOpenedBy,
    MayBeOpened,
    NoPermission,
    NoSuccessor,
    NothingToDo,
    OpenedBy,
    Remedy,
    SignedOut,
)

GroupId = Tuple[str, ...]
# What draws as long as somebody else lets it: only a layer of these that is invalid is surely dark.
_OF_OTHERS = frozenset({Cause.FOREIGN_HASH, Cause.FOREIGN_CONFIGURATION, Cause.LOGIN_IN_URL, Cause.NONE})
_ORDER = (OpenedBy, CouldBeOpenedBy, NothingToDo, MayBeOpened, SignedOut, NoPermission, NoSuccessor)


@dataclass(frozen=True)
class RepairGroup:
    """Layers with one cause and one remedy, at least one; `id` is the same as long as both are."""

    id: GroupId
    plans: tuple[LayerPlan, ...]

    @property
    def cause(self) -> Cause:
        """Why they need a key."""
        return self.plans[0].found.need.cause

    @property
    def remedy(self) -> Remedy:
        """What mends them; of what differs from layer to layer, the first one's."""
        return self.plans[0].remedy

    @property
    def is_mendable(self) -> bool:
        """Whether they can be mended now."""
        return self.plans[0].can_be_mended

    @property
    def needs_password(self) -> bool:
        """Whether the password of their key is missing in this QGIS."""
        return self.plans[0].needs_password

    @property
    def grants(self) -> tuple[Grant, ...]:
        """The services that a new key needs, or that are to be added to one, each once."""
        found = (
            grant
            for plan in self.plans
            if isinstance(plan.remedy, (CouldBeOpenedBy, MayBeOpened))
            for grant in plan.remedy.grants
        )
        return tuple(dict.fromkeys(found))


def grouped(plans: Iterable[LayerPlan]) -> tuple[RepairGroup, ...]:
    """Return the groups of these plans: first what can be mended, the largest of each kind first."""
    groups: dict[GroupId, list[LayerPlan]] = {}
    for plan in plans:
        groups.setdefault(_group_id(plan), []).append(plan)
    made = [RepairGroup(id_, tuple(members)) for id_, members in groups.items()]
    return tuple(sorted(made, key=_rank))


def is_dark(found: LayerFound) -> bool:
    """Return whether a layer surely draws nothing as it is."""
    return not found.is_valid or found.need.cause not in _OF_OTHERS


def layers_to_tell(findings: ProjectFindings) -> tuple[LayerFound, ...]:
    """Return the layers that need a key and surely draw nothing: what one is told of when the project opens."""
    return tuple(found for found in findings.to_mend if is_dark(found))


def _rank(group: RepairGroup) -> tuple[bool, int, int]:
    return not group.is_mendable, _ORDER.index(type(group.remedy)), -len(group.plans)


def _group_id(plan: LayerPlan) -> GroupId:
    # Which shared hash it is decides what is said of it; it is published, those of others are not told apart.
    need = plan.found.need
    shared = need.source.hash or "" if need.cause is Cause.DEAD_SHARED_HASH else ""
    return (need.cause.value, shared, type(plan.remedy).__name__, *_of_remedy(plan))


def _of_remedy(plan: LayerPlan) -> GroupId:
    remedy = plan.remedy
    if isinstance(remedy, (OpenedBy, CouldBeOpenedBy)):
        return (remedy.key.id, str(plan.needs_password))
    if isinstance(remedy, MayBeOpened):
        return (str(remedy.permission_id),)
    if isinstance(remedy, NoPermission):
        return (*remedy.road.communities, str(remedy.reason))
    return remedy.road.communities if isinstance(remedy, SignedOut) and remedy.road is not None else ()
