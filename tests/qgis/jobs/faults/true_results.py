"""What a job tells after a fault, beside what it tells without one: less, where it says so, but never anything else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qgis.core import QgsProject

from gpkeys_plugin.jobs.repair.repair_values import ConnectionsRepaired, Repaired
from gpkeys_plugin.jobs.running.part_progress import PartProgress
from gpkeys_plugin.jobs.running.task import Progress
from gpkeys_plugin.jobs.values import AddedLayers, KeyPage, ServiceVerdict, Verdict
from gpkeys_plugin.keys.services.titles import TitleBook
from gpkeys_plugin.keys.upkeep.holdings import Holdings
from gpkeys_plugin.keys.upkeep.overview import KeyOverview
from gpkeys_plugin.store.connection_settings import layout_for
from gpkeys_plugin.store.key_uses import every_connection
from tests.qgis.jobs.faults.sent_requests import SentRequest

DEAD_HASH = "ign_scan_ws"
"""A hash that everybody used once, and that opens nothing any more."""
DARK = "essai/sombre"
"""The property of a layer that has the source with which it does not draw."""

IsUntrue = Callable[[Any, Any, SentRequest], str]
"""Given the result, that of a run without a fault, and the request that was struck: what is not so, or nothing."""


class Parts(PartProgress):
    """Keeps what is handed over, as the result."""

    def __init__(self, progress: Progress) -> None:
        super().__init__(progress, 0, 100)
        self.parts: list[Any] = []

    def hand_over(self, part: Any) -> None:
        """Keep a part."""
        self.parts.append(part)

    @classmethod
    def of(cls, work: Callable[[Progress], Any]) -> Callable[[Progress], list[Any]]:
        """Return the job such that its parts are its result."""

        def run(progress: Progress) -> list[Any]:
            kept = cls(progress)
            work(kept)
            return kept.parts

        return run


def nothing(_result: Any, _wanted: Any, _request: SentRequest) -> str:
    """Leave it to what can be seen on the platform and in QGIS."""
    return ""


def same(result: Any, wanted: Any, _request: SentRequest) -> str:
    """Want all of it, or a failure: what is silently shorter would be a lie."""
    if isinstance(result, Holdings):
        result, wanted = ((told.account, told.permissions, told.keys) for told in (result, wanted))
    return "" if result == wanted else f"{result} instead of {wanted}"


def page(result: KeyPage, wanted: KeyPage, _request: SentRequest) -> str:
    """Want the key and its accesses; what is not served, and why the use is not known, may be said instead."""
    if (result.details, result.accesses) != (wanted.details, wanted.accesses) or result.held != wanted.held:
        return "another key"
    told = {layer.offering_id for layer in result.served} | {access.offering.id for access in result.unserved}
    if told != {access.offering.id for access in wanted.accesses}:
        return "services neither served nor unserved"
    is_use_told = result.usage == wanted.usage or (result.usage is None and result.usage_problem is not None)
    return "" if is_use_told else "another use, and no problem"


def overviews(
    result: list[tuple[KeyOverview, ...]], wanted: list[tuple[KeyOverview, ...]], _request: SentRequest
) -> str:
    """Want for each key its accesses, or the problem; the use may stay unknown."""
    rows, expected = ({row.key.id: row for rows in told for row in rows} for told in (result, wanted))
    if rows.keys() != expected.keys():
        return "not all keys"
    for id_, row in rows.items():
        is_told = row.accesses == expected[id_].accesses or (row.accesses is None and row.problem is not None)
        if not is_told or row.usage not in (None, expected[id_].usage):
            return f"another row: {row}"
    return ""


def verdicts(result: list[ServiceVerdict], wanted: list[ServiceVerdict], request: SentRequest) -> str:
    """Want a verdict on each service, and none that works where its description or its first small request does not."""
    found = {verdict.root: verdict for verdict in result}
    if found.keys() != {verdict.root for verdict in wanted}:
        return "not all services"
    for root, verdict in found.items():
        is_struck = request.is_like("GET", root) and request.nth == 1
        if is_struck and verdict.verdict is Verdict.WORKS:
            return f"{verdict.service} works"
    return ""


def titles(result: TitleBook, wanted: TitleBook, _request: SentRequest) -> str:
    """Want no title that is not one."""
    found = {name: result.title(name) for name in result._entries}
    return "" if all(wanted.title(name) == title for name, title in found.items()) else f"{found}"


def mended_layers(result: Repaired, _wanted: Repaired, _request: SentRequest) -> str:
    """Want each layer that does not draw to be said, and none that does not to be called mended."""
    left = {name for name, _ in result.left}
    for layer in QgsProject.instance().mapLayers().values():
        is_dark = layer.source() == layer.customProperty(DARK) and DEAD_HASH in layer.source()
        if layer.id() in result.mended and is_dark:
            return f"{layer.name()} mended"
        if layer.id() not in result.mended and not is_dark and DEAD_HASH in layer.customProperty(DARK):
            return f"{layer.name()} mended without a word"
        if layer.id() not in result.mended and layer.name() not in left and not result.is_cancelled:
            return f"{layer.name()} left without a word"
    return ""


def mended_connections(result: ConnectionsRepaired, wanted: ConnectionsRepaired, _request: SentRequest) -> str:
    """Want each connection to be mended or said, and none that has the dead hash to be called mended."""
    dead = {stored.connection.name for stored in every_connection(layout_for()) if stored.hash == DEAD_HASH}
    if dead & set(result.mended):
        return f"{dead & set(result.mended)} mended"
    said = {*result.mended, *(name for name, _ in result.left)}
    is_all = result.is_cancelled or said == set(wanted.mended)
    return "" if is_all else f"only {said} told"


def layers(result: AddedLayers, wanted: AddedLayers, _request: SentRequest) -> str:
    """Want a layer or a problem for each recipe, and only layers that are on the map."""
    there = [layer for layer in QgsProject.instance().mapLayers().values() if layer.isValid()]
    if len(there) != result.added + result.there:
        return f"{len(there)} layers on the map, {result.added} said"
    is_all = result.added + result.there + len(result.problems) >= wanted.added
    return "" if is_all else "layers missing without a word"
