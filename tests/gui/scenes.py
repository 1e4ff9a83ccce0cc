"""The states of the window, each reached from a fresh dock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable

from qgis.PyQt.QtCore import QModelIndex, Qt
from qgis.PyQt.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTreeView,
    QWidget,
)

from gpkeys_plugin.entrepot.errors import Conflict, ErrorCode
from gpkeys_plugin.entrepot.models import Offering, OfferingType, Permission
from gpkeys_plugin.entrepot.sign_in_status import SignInState
from gpkeys_plugin.entrepot.translatable_text import Text
from gpkeys_plugin.gui.dock import KeysDock
from gpkeys_plugin.gui.sign_in.account_menu import AccountMenu
from gpkeys_plugin.jobs.values import CreationRemainder, Failed
from gpkeys_plugin.jobs.window.repair_tab_jobs import MendingJobs
from gpkeys_plugin.jobs.window.sign_in_set_up import VaultState

from . import fakes
from .fake_my_keys import FakeMyKeysJobs
from .fake_repair import FakeRepairJobs
from .fake_repair_files import FakeRepairFilesJobs
from .fake_set_up import FakeSetUp
from .fake_share import FakeShareJobs
from .looks import sight
from .sign_in.fake_accounts import FakeAccountChoice


@dataclass
class Stage:
    """A dock on its stand-ins."""

    dock: KeysDock
    sign_in: fakes.FakeSignIn
    new_key_jobs: fakes.FakeNewKeyJobs
    set_up: FakeSetUp
    my_keys_jobs: FakeMyKeysJobs
    repair_jobs: FakeRepairJobs
    share_jobs: FakeShareJobs
    files_jobs: FakeRepairFilesJobs
    accounts: FakeAccountChoice

    def find(self, name: str) -> Any:
        """Return a widget by its object name: where pages share it, the one that can be seen, else the wizard's."""
        return sight.find(self.dock, name)

    def shows(self, name: str) -> bool:
        """Say whether a widget of that name is there and can be seen: a page is made when it is first wanted."""
        return sight.in_sight(self.dock, name) is not None

    def click(self, name: str) -> None:
        """Click a button."""
        button: QAbstractButton = self.find(name)
        button.click()

    def choose(self, name: str) -> None:
        """Choose in the menu of accounts: an act by its object name, an account or a platform by its words."""
        menu = self.dock.findChild(AccountMenu)
        menu.aboutToShow.emit()
        (action,) = [action for action in menu.actions() if name in (action.objectName(), action.text())]
        action.trigger()

    def type(self, name: str, text: str) -> None:
        """Type into a field, as a person would."""
        field: QLineEdit = self.find(name)
        field.setText(text)
        field.textEdited.emit(text)

    def tick(self, *titles: str) -> None:
        """Tick rows of the tree by their titles."""
        view: QTreeView = self.find("servicesTree")
        for title in titles:
            index = row(view, title)
            view.model().setData(index, Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)


def row(view: QTreeView, title: str, parent: QModelIndex | None = None) -> QModelIndex:
    """Return the row of a title, wherever it is in the tree."""
    model, above = view.model(), parent or QModelIndex()
    for number in range(model.rowCount(above)):
        index = model.index(number, 0, above)
        if index.data() == title:
            return index
        below = row(view, title, index)
        if below.isValid():
            return below
    return QModelIndex()


LAST: list[Stage] = []
"""What a test made last: Qt still paints it once the test is over, and must not find it collected meanwhile."""


def stage(set_up: FakeSetUp | None = None) -> Stage:
    """Return a fresh dock."""
    sign_in, new_key_jobs, ready, my_keys_jobs = (
        fakes.FakeSignIn(),
        fakes.FakeNewKeyJobs(),
        set_up or FakeSetUp(),
        FakeMyKeysJobs(),
    )
    repair_jobs, files_jobs, share_jobs = FakeRepairJobs(), FakeRepairFilesJobs(), FakeShareJobs()
    mending_jobs = MendingJobs(repair_jobs, files_jobs)
    accounts = FakeAccountChoice()
    dock = KeysDock(sign_in.side(accounts), new_key_jobs, my_keys_jobs, mending_jobs, share_jobs, ready)
    made = Stage(dock, sign_in, new_key_jobs, ready, my_keys_jobs, repair_jobs, share_jobs, files_jobs, accounts)
    LAST[:] = [made]
    return made


def signed_in(one: Stage, **having: Any) -> None:
    """Sign in, and answer with what the account has."""
    held = fakes.holdings(**having)
    one.sign_in.become(SignInState.SIGNED_IN, held.account)
    one.new_key_jobs.last("load").on_done(held)


def step_2(one: Stage, *titles: str, **having: Any) -> None:
    """Walk to the second step."""
    signed_in(one, **having)
    one.type("keyNameEdit", "QGIS, service voirie")
    one.tick(*(titles or (fakes.ESTOMPAGE.layer_name, fakes.PLU.layer_name)))
    one.click("nextButton")
    # Most scenes go on with what the user chooses among the layers.
    one.find("addLayersBox").setChecked(False)


def scroll_to(one: Stage, name: str) -> None:
    """Bring a widget into sight, once the page has been laid out."""
    QApplication.processEvents()
    widget: QWidget = one.find(name)
    for area in one.dock.findChildren(QScrollArea):
        if area.widget() is not None and area.widget().isAncestorOf(widget):
            area.ensureWidgetVisible(widget)


def _waiting(one: Stage) -> None:
    one.click("signInButton")


def _sign_in_failed(one: Stage) -> None:
    one.sign_in.become(SignInState.SIGNED_OUT, problem=fakes.error(ErrorCode.SIGN_IN_REFUSED))


def _secret(one: Stage) -> None:
    one.set_up.is_secret_needed = True
    one.set_up.vault = VaultState.NONE
    one.sign_in.become(SignInState.SIGNED_OUT)
    one.click("signInOptionsFold")
    one.click("signInButton")


def _loading(one: Stage) -> None:
    one.sign_in.become(SignInState.SIGNED_IN, fakes.account())


def _load_failed(one: Stage) -> None:
    _loading(one)
    one.new_key_jobs.last("load").on_failed(fakes.error())
    one.click("noticeDetailsButton")


def _no_permission(one: Stage) -> None:
    signed_in(one, permissions=())


def _all_expired(one: Stage) -> None:
    signed_in(one, permissions=(fakes.EXPIRED,))


def _step_1(one: Stage) -> None:
    signed_in(one)
    one.type("keyNameEdit", "Clé 1")
    one.tick(fakes.ESTOMPAGE.layer_name, fakes.TOWN.licence)
    view = one.find("servicesTree")
    view.setCurrentIndex(row(view, fakes.PLU.layer_name))
    view.expand(view.model().index(view.model().rowCount() - 1, 0))


def titles_come(one: Stage) -> None:
    """Answer the latest question for titles."""
    one.new_key_jobs.last("look_up_titles").on_done(fakes.TITLES)


def _titles(one: Stage) -> None:
    _step_1(one)
    titles_come(one)


def _step_1_problems(one: Stage) -> None:
    signed_in(one)
    one.click("nextButton")


def many(groups: int, each: int) -> tuple[Permission, ...]:
    """Return many permissions with many offerings."""
    kinds = (OfferingType.WMS_VECTOR, OfferingType.WFS, OfferingType.WMTS_TMS, OfferingType.ITINERARY_ISOCURVE)
    return tuple(
        Permission(
            f"p{group}",
            f"Licence numéro {group:04} d’un producteur au nom long",
            None,
            False,
            tuple(
                Offering(f"o{group}-{number}", kinds[number % 4], f"collectivite_{group:04}.couche_{number:03}")
                for number in range(each)
            ),
            bool(group % 2),
        )
        for group in range(groups)
    )


def _many(one: Stage) -> None:
    signed_in(one, permissions=many(100, 100))
    one.tick("Licence numéro 0000 d’un producteur au nom long")


def _search(one: Stage) -> None:
    signed_in(one)
    one.tick(fakes.ESTOMPAGE.layer_name)
    one.type("servicesSearch", "eau")


def _search_nothing(one: Stage) -> None:
    signed_in(one)
    one.type("servicesSearch", "introuvable")


def _quota(one: Stage) -> None:
    signed_in(one, used=10)


def _quota_oauth2(one: Stage) -> None:
    signed_in(one, used=10, oauth2="SIG de la commune")


def basic(one: Stage) -> None:
    """Choose a BASIC key."""
    step_2(one)
    one.type("loginEdit", "voirie-rochebrune")
    one.click("generateButton")


def _basic_weak(one: Stage) -> None:
    step_2(one)
    one.type("loginEdit", "voirie:rochebrune")
    one.type("passwordEdit", "azerty&é")


def hash_key(one: Stage) -> None:
    """Choose a HASH key."""
    step_2(one)
    one.click("hashRadio")


def _hash_no_header(one: Stage) -> None:
    one.new_key_jobs.has_header_method = False
    hash_key(one)


def _oauth2(one: Stage) -> None:
    step_2(one)
    one.click("oauth2Radio")


def _oauth2_exists(one: Stage) -> None:
    step_2(one, oauth2="SIG de la commune")


def _forced(one: Stage) -> None:
    step_2(one, fakes.EAU.layer_name)


def _forced_exists(one: Stage) -> None:
    step_2(one, fakes.EAU.layer_name, oauth2="SIG de la commune")
    scroll_to(one, "extendKeyButton")


def _missing(one: Stage) -> None:
    step_2(one)
    one.click("createButton")


def _taken(one: Stage) -> None:
    basic(one)
    one.click("createButton")
    taken = fakes.conflict(Conflict.LOGIN, "This user name is already taken.")
    one.new_key_jobs.last("create").on_failed(Failed(taken))


def _filters(one: Stage) -> None:
    step_2(one)
    one.click("hashRadio")
    one.click("filtersFold")
    combo: QComboBox = one.find("addressesCombo")
    combo.setCurrentIndex(1)
    edit: QPlainTextEdit = one.find("addressesEdit")
    edit.setPlainText("192.0.2.0/24\n192.0.2.300\n2001:db8::/129")
    one.click("qgisOnlyButton")
    one.type("refererEdit", "https://www.rochebrune.example/carte")
    scroll_to(one, "refererMessage")


def _filters_shut_out(one: Stage) -> None:
    step_2(one)
    one.click("oauth2Radio")
    one.click("filtersFold")
    one.type("userAgentEdit", "qgis-server")
    scroll_to(one, "user_agentMessage")


def _progress(one: Stage) -> None:
    basic(one)
    one.click("createButton")
    one.new_key_jobs.last("create").on_progress(40, Text("Adding services through “Convention communale 2026”"))


def _stopping(one: Stage) -> None:
    _progress(one)
    one.click("cancelButton")


def _expired(one: Stage) -> None:
    basic(one)
    one.sign_in.become(SignInState.EXPIRED)


def _expired_waiting(one: Stage) -> None:
    _expired(one)
    one.click("signInAgainButton")


def _another_account(one: Stage) -> None:
    one.sign_in.bring(fakes.account())


def _another_account_at_work(one: Stage) -> None:
    _expired(one)
    one.sign_in.bring(fakes.account())


def _remainder(one: Stage) -> None:
    basic(one)
    one.click("createButton")
    text = Text(
        "The key “{name}” exists, but 2 of its 3 services could not be added.", {"name": "QGIS, service voirie"}
    )
    left = CreationRemainder("k-half", "QGIS, service voirie", text)
    one.new_key_jobs.last("create").on_failed(Failed(fakes.error(ErrorCode.CONNECTION), remainder=left))


SCENES: dict[str, Callable[[Stage], None]] = {
    "signed_out": lambda one: None,
    "waiting": _waiting,
    "sign_in_failed": _sign_in_failed,
    "another_account": _another_account,
    "another_account_at_work": _another_account_at_work,
    "set_up": _secret,
    "loading": _loading,
    "load_failed": _load_failed,
    "no_permission": _no_permission,
    "all_expired": _all_expired,
    "step_1": _step_1,
    "step_1_titles": _titles,
    "step_1_problems": _step_1_problems,
    "step_1_many": _many,
    "step_1_search": _search,
    "step_1_search_nothing": _search_nothing,
    "step_1_quota": _quota,
    "step_1_quota_oauth2": _quota_oauth2,
    "step_2_basic": basic,
    "step_2_basic_weak": _basic_weak,
    "step_2_hash": hash_key,
    "step_2_hash_no_header": _hash_no_header,
    "step_2_oauth2": _oauth2,
    "step_2_oauth2_exists": _oauth2_exists,
    "step_2_forced": _forced,
    "step_2_forced_exists": _forced_exists,
    "step_2_missing": _missing,
    "step_2_login_taken": _taken,
    "step_2_filters": _filters,
    "step_2_filters_shut_out": _filters_shut_out,
    "progress": _progress,
    "stopping": _stopping,
    "expired": _expired,
    "expired_waiting": _expired_waiting,
    "remainder": _remainder,
}
