"""The connections of the profile on the page that mends."""

from __future__ import annotations

from gpkeys_plugin.entrepot.translatable_text import Text
from gpkeys_plugin.jobs.repair.repair_values import ConnectionsRepaired, WhereKept
from tests.gui import fake_repair, repair_scenes
from tests.gui.scenes import Stage

from .test_repair_page import news

_SCAN, _FOREIGN = fake_repair.CONNECTIONS


def _show(one: Stage) -> None:
    one.repair_jobs.found_connections = fake_repair.CONNECTIONS
    repair_scenes.ready(one)


def test_connections_that_surely_open_nothing_are_ticked(one: Stage) -> None:
    _show(one)
    assert one.find("mendConnectionsButton").text() == "Mend 1 connection"
    one.click("repairConnectionsCheck")
    assert one.find("mendConnectionsButton").text() == "Mend 2 connections"
    one.click("mendConnectionsButton")
    repairs, where = one.repair_jobs.last("repair_connections").values
    assert ([repair.found for repair in repairs], where) == ([_SCAN, _FOREIGN], WhereKept.AS_THE_KEY)


def test_mended_connections_are_told_and_undone(one: Stage) -> None:
    _show(one)
    one.click("mendConnectionsButton")
    one.repair_jobs.found_connections, one.repair_jobs.undoable_connections = (_FOREIGN,), 1
    one.repair_jobs.last("repair_connections").on_done(ConnectionsRepaired((_SCAN.name,)))
    assert news(one, "connectionsMended") == "1 connection was mended."
    assert one.find("mendConnectionsButton").text() == "Mend"
    one.click("undoConnectionsButton")
    why = Text("It was changed since.")
    one.repair_jobs.last("undo_connections").on_done(ConnectionsRepaired((), ((_SCAN.name, why),)))
    assert news(one, "connectionsMended") == (
        "Nothing was brought back.\nUnchanged: SCAN 25 (IGN). It was changed since."
    )


def test_the_undo_of_layers_outlives_a_repair_of_connections(one: Stage) -> None:
    one.repair_jobs.found_connections = fake_repair.CONNECTIONS
    repair_scenes.mended(one)
    one.click("mendConnectionsButton")
    one.repair_jobs.last("repair_connections").on_done(ConnectionsRepaired((_SCAN.name,)))
    assert news(one, "mended").startswith("8 layers draw again.")


def test_signed_out_connections_are_listed_without_a_box(one: Stage) -> None:
    one.repair_jobs.found_connections = fake_repair.CONNECTIONS
    repair_scenes.signed_out(one)
    assert one.find("otherConnectionsCount").text() == "2 connections"
    assert not one.find("mendConnectionsButton").isVisible()


def test_without_any_nothing_is_said_of_them(one: Stage) -> None:
    repair_scenes.ready(one)
    assert not one.find("repairConnectionsCheck").isVisible()
    assert not one.find("mendConnectionsButton").isVisible()
