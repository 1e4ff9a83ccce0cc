"""Each seeded account at the dock: what the wizard shows it, on the real use cases and the real network stack."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from qgis.PyQt.QtCore import QModelIndex, Qt
from qgis.PyQt.QtGui import QGuiApplication
from qgis.PyQt.QtWidgets import QComboBox, QLabel, QTreeView

from gpkeys_plugin.entrepot.models import Account, KeyType
from gpkeys_plugin.entrepot.sign_in_status import SignInState, SignInStatus
from gpkeys_plugin.gui.dock import KeysDock
from gpkeys_plugin.gui.parts.row_content import ROW_ROLE
from gpkeys_plugin.jobs.window.account_choice import AccountChoice
from gpkeys_plugin.jobs.window.my_keys_jobs import MyKeysJobs
from gpkeys_plugin.jobs.window.new_key_jobs import NewKeyJobs, QgisSide
from gpkeys_plugin.jobs.window.repair_files_jobs import RepairFilesJobs
from gpkeys_plugin.jobs.window.repair_jobs import RepairJobs
from gpkeys_plugin.jobs.window.repair_tab_jobs import MendingJobs
from gpkeys_plugin.jobs.window.share_jobs import ShareJobs
from gpkeys_plugin.jobs.window.sign_in_set_up import SetUp
from gpkeys_plugin.jobs.window.sign_in_side import SignInSide
from gpkeys_plugin.network.http import user_agent
from gpkeys_plugin.store import connections
from gpkeys_plugin.store.records.installed_keys import find
from tests.end_to_end.inside_qgis import clicking
from tests.qgis.jobs.conftest import Bench, benches
from tests.qgis.store.conftest import manager, own_settings
from tests.simulator.memory import seeds
from tests.simulator.remote.steering import Simulator

__all__ = ["manager", "own_settings"]

CHECK = Qt.ItemDataRole.CheckStateRole
Open = Callable[[str], "Seat"]


def done_sign_in(status: SignInStatus) -> SignInSide:
    """Return a sign-in that is done: the account signs in by another way than the browser."""

    def fail(*_unused: str) -> None:
        raise AssertionError("the dock turned to the sign-in, which is done and good")

    accounts = AccountChoice(fail, fail, lambda: False)
    return SignInSide(
        lambda: status, lambda _listener: lambda: None, fail, fail, fail, fail, fail, fail, fail, accounts
    )


@dataclass(frozen=True)
class Seat:
    """The dock, with an account before it."""

    bench: Bench
    account: Account
    dock: KeysDock

    def text(self, name: str) -> str:
        """What a label that is to be seen says."""
        assert clicking.visible(self.dock, name), name
        return str(clicking.widget(self.dock, name).text())

    def notice(self, name: str) -> str:
        """What a bar that is to be seen says."""
        return self.text(name)

    def click(self, name: str) -> None:
        """Click a button."""
        clicking.click(self.dock, name)

    @property
    def tree(self) -> QTreeView:
        """The tree of services."""
        return clicking.widget(self.dock, "servicesTree")

    def rows(self, title: str, above: QModelIndex | None = None) -> list[QModelIndex]:
        """The rows of a licence or a layer name, wherever they are in the tree."""
        model, parent = self.tree.model(), above or QModelIndex()
        found = []
        for number in range(model.rowCount(parent)):
            index = model.index(number, 0, parent)
            found += [index] if clicking.technical_name(index) == title else []
            found += self.rows(title, index)
        return found

    def row(self, title: str) -> QModelIndex:
        """The one row of a title."""
        (index,) = self.rows(title)
        return index

    def tick(self, *titles: str) -> None:
        """Click the boxes of services."""
        for title in titles:
            index = self.row(title)
            self.tree.expand(index.parent())
            clicking.tick(self.tree, index)
            assert Qt.CheckState(index.data(CHECK)) == Qt.CheckState.Checked, title

    def name_key(self, name: str) -> None:
        """Type the key's name, and go on to step 2."""
        clicking.type_into(self.dock, "keyNameEdit", name)
        self.click("nextButton")
        clicking.wait_until(lambda: clicking.visible(self.dock, "basicRadio"), "step 2")
        if clicking.widget(self.dock, "addLayersBox").isChecked():
            self.click("addLayersBox")

    def is_enabled(self, name: str) -> bool:
        """Whether a widget can be used."""
        return bool(clicking.widget(self.dock, name).isEnabled())


@pytest.fixture
def take_seat(
    light_simulator: Simulator,
    manager: Any,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Open]:
    """Put an account before the dock, once its services are there or it is told that there are none."""
    ending: list[Callable[[], object]] = []

    def sit_down(username: str) -> Seat:
        making = benches(light_simulator, qtbot, tmp_path, monkeypatch, username)
        bench = next(making)
        ending.append(lambda: next(making, None))
        account: Account = bench.run(lambda _: bench.signed_in.client().me())
        seat = Seat(bench, account, _dock(bench, account))
        ending.append(seat.dock.shut_down)
        qtbot.addWidget(seat.dock)
        seat.dock.resize(400, 900)
        seat.dock.show()
        shown = ("servicesTree", "lookAgainButton")
        clicking.wait_until(lambda: any(clicking.visible(seat.dock, name) for name in shown), "the account's services")
        assert not clicking.visible(seat.dock, "errorNotice")
        return seat

    yield sit_down
    while ending:
        ending.pop()()


def _dock(bench: Bench, account: Account) -> KeysDock:
    side = QgisSide(user_agent.current, lambda: None, lambda _: None, lambda _: None)
    new_key_jobs = NewKeyJobs(lambda: bench.signed_in, bench.runner, bench.main_thread, bench.creations, side)
    my_keys = MyKeysJobs(lambda: bench.signed_in, bench.runner, bench.main_thread, bench.rotations, side)
    status = SignInStatus(SignInState.SIGNED_IN, bench.signed_in.authcfg, account)
    repair = RepairJobs(lambda: bench.signed_in, bench.runner, bench.main_thread, side)
    share = ShareJobs(lambda: bench.signed_in, bench.runner, bench.main_thread, bench.creations, repair)
    files = RepairFilesJobs(lambda: bench.signed_in, bench.runner, bench.main_thread, lambda: None)
    return KeysDock(done_sign_in(status), new_key_jobs, my_keys, MendingJobs(repair, files), share, SetUp())


def test_nadia_has_nothing_and_is_told_why_and_what_to_do(take_seat: Open) -> None:
    seat = take_seat("nadia")
    assert "permission" in seat.text("noPermissionReason")
    words = " ".join(label.text() for label in seat.dock.findChildren(QLabel) if label.isVisible())
    assert "Ask the producer of the data for a permission" in words
    assert seat.account.id in seat.text("accountIdentity")
    seat.click("copyIdentityButton")
    assert seat.account.id in QGuiApplication.clipboard().text()
    assert seat.text("keysUsed") == "0 of 10 keys used"


def test_nadia_looks_again_once_she_has_a_permission(take_seat: Open, light_simulator: Simulator) -> None:
    seat = take_seat("nadia")
    light_simulator.clear_requests()
    seat.click("lookAgainButton")
    clicking.wait_until(lambda: light_simulator.requests(path="/permissions"), "the permissions asked for")
    clicking.wait_until(lambda: clicking.visible(seat.dock, "lookAgainButton"), "the answer")


def test_olga_must_take_oauth2_and_is_told_so(take_seat: Open) -> None:
    seat = take_seat("olga")
    assert "OAuth2 only" in seat.row("Réseaux d'eau potable - agents habilités").data(ROW_ROLE).badges
    seat.tick(seeds.WATER)
    seat.name_key("Agents")
    assert "OAuth2" in seat.notice("forcedNotice")
    assert clicking.widget(seat.dock, "oauth2Radio").isChecked()
    assert not seat.is_enabled("basicRadio")
    assert not seat.is_enabled("hashRadio")
    seat.click("createButton")
    clicking.wait_until(lambda: clicking.visible(seat.dock, "resultNotice"), "the key")
    (key,) = seat.bench.platform_keys()
    assert (key.name, key.type) == ("Agents", KeyType.OAUTH2)


def test_quentin_has_all_his_keys_and_cannot_go_on(take_seat: Open) -> None:
    seat = take_seat("quentin")
    assert seat.text("keysUsed") == "10 of 10 keys used"
    assert "10" in seat.notice("quotaNotice")
    seat.tick(seeds.SCAN)
    clicking.type_into(seat.dock, "keyNameEdit", "Onzième")
    assert not seat.is_enabled("nextButton")
    assert len(seat.bench.platform_keys()) == 10


def test_edith_sees_what_expired_folded_and_what_is_about_to_expire_marked(take_seat: Open) -> None:
    seat = take_seat("edith")
    fold = seat.row("Expired permissions (2)")
    assert not seat.tree.isExpanded(fold)
    model = seat.tree.model()
    below = [model.index(number, 0, fold) for number in range(model.rowCount(fold))]
    services = [model.index(number, 0, group) for group in below for number in range(model.rowCount(group))]
    assert {clicking.technical_name(index) for index in services} == {seeds.ORTHO, seeds.SCAN, seeds.SHADING}
    for index in (fold, *below, *services):
        assert index.data(CHECK) is None
        assert not index.flags() & Qt.ItemFlag.ItemIsUserCheckable
    assert "in 5 days" in seat.row("Plan local d'urbanisme - enquête publique").data(ROW_ROLE).warning
    assert "in 25 days" in seat.row("Limites et plan - projet de territoire").data(ROW_ROLE).warning
    seat.tick(seeds.PLU)


def test_oscar_adds_services_to_the_oauth2_key_he_has(take_seat: Open) -> None:
    seat = take_seat("oscar")
    seat.tick(seeds.WATER, seeds.SHADING)
    seat.name_key("Une autre")
    assert not seat.is_enabled("oauth2Radio")
    assert "OAuth2" in seat.text("oauth2RadioReason")
    (key,) = seat.bench.platform_keys()
    seat.click("extendKeyButton")
    clicking.wait_until(lambda: clicking.visible(seat.dock, "resultNotice"), "the services added")
    assert key.name in seat.notice("resultNotice")
    assert seat.bench.platform_keys() == (key,)
    opened = {access.offering.layer_name for access in seat.bench.accesses(key.id)}
    assert opened == {seeds.SCAN, seeds.WATER, seeds.SHADING}
    installed = find(seat.bench.signed_in.api_url, key.id)
    assert installed is not None
    assert {made.kind.value for made in installed.connections} == {"WMS", "WFS", "WMTS", "XYZ"}
    for made in installed.connections:
        stored = connections.read(made.kind, made.name)
        assert stored is not None
        assert (stored.authcfg, stored.hash) == (seat.bench.signed_in.authcfg, None)


def test_hector_s_four_types_of_keys_do_no_harm(take_seat: Open) -> None:
    seat = take_seat("hector")
    assert seat.text("keysUsed") == "4 of 10 keys used"
    assert {key.type for key in seat.bench.platform_keys()} == set(KeyType) - {KeyType.UNKNOWN}
    clicking.type_into(seat.dock, "keyNameEdit", "Passerelle historique")
    assert "already" in seat.text("keyNameMessage")
    seat.tick(seeds.SHADING)


def test_camille_sees_a_service_of_two_permissions_once_and_may_change_the_permission(take_seat: Open) -> None:
    seat = take_seat("camille")
    better, other = "Convention SCAN 25 - usage interne du Pays de Rochebrune", "Convention SCAN 25 - essai"
    index = seat.row(seeds.SCAN)
    assert index.parent().data() == better
    assert seat.rows(other) == []
    seat.tick(seeds.SCAN)
    seat.tree.setCurrentIndex(index)
    combo: QComboBox = clicking.widget(seat.dock, "permissionCombo")
    clicking.wait_until(combo.isVisible, "the choice of the permission")
    choices = [combo.itemText(number) for number in range(combo.count())]
    assert [choice.partition(" (")[0] for choice in choices] == [other, better]
    combo.setCurrentIndex(0)
    combo.activated.emit(0)
    assert other in seat.row(seeds.SCAN).data(ROW_ROLE).details


def test_camille_sees_whose_permission_it_is(take_seat: Open) -> None:
    seat = take_seat("camille")
    shared = seat.row("Référentiel partagé des usagers sous licence").data(ROW_ROLE)
    assert "Community" in shared.details
    assert "Personal" in seat.row("Plan local d'urbanisme - partenaires publics").data(ROW_ROLE).details
    assert len(seat.rows(seeds.ORTHO)) == 2


def test_camille_reads_titles_of_what_its_producer_publishes(take_seat: Open) -> None:
    seat = take_seat("camille")
    scan, water = seat.row(seeds.SCAN), seat.row(seeds.WATER)
    clicking.wait_until(lambda: scan.data() == "SCAN 25 touristique de Rochebrune", "the title of a service")
    assert seat.row(seeds.PLU).data() == "Plan local d'urbanisme 2026"
    assert water.data() == seeds.WATER
