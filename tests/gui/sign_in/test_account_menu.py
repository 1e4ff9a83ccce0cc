"""The choice of accounts and platforms in the header."""

from __future__ import annotations

from typing import Any

import pytest
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtWidgets import QApplication, QMenu, QToolButton

from gpkeys_plugin.entrepot.errors import ErrorCode
from gpkeys_plugin.entrepot.sign_in_status import SignInState
from gpkeys_plugin.gui.sign_in.account_menu import AccountMenu

from .. import fakes, scenes
from ..scenes import Stage
from . import account_scenes
from .fake_accounts import CAMILLE, OLGA

OLGA_WORDS = "Olga && fils – olga@rochebrune.example"


def menu_of(one: Stage) -> AccountMenu:
    """Return the menu as it is when it opens."""
    menu: AccountMenu = one.dock.findChild(AccountMenu)
    menu.aboutToShow.emit()
    return menu


def words_of(menu: QMenu) -> list[str]:
    """Return what can be chosen."""
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def test_it_lists_accounts_platforms_and_what_ends_them(one: Stage) -> None:
    account_scenes.two_accounts(one)
    menu = menu_of(one)
    assert words_of(menu) == [
        "Camille Martin – camille.martin@rochebrune.example",
        OLGA_WORDS,
        "&Another account…",
        "Géoplateforme",
        "Géoplateforme (qualification)",
        "&Options…",
        "&Sign out",
        "&Forget this account",
    ]
    ticked = [action.text() for action in menu.actions() if action.isChecked()]
    assert ticked == ["Camille Martin – camille.martin@rochebrune.example", "Géoplateforme"]


def test_signed_out_no_account_is_the_one_in_use(one: Stage) -> None:
    account_scenes.two_accounts(one)
    one.sign_in.become(SignInState.SIGNED_OUT)
    assert [action.text() for action in menu_of(one).actions() if action.isChecked()] == ["Géoplateforme"]


def test_a_platform_that_is_fixed_is_not_to_be_chosen(one: Stage) -> None:
    one.accounts.platforms = one.accounts.platforms[:1]
    assert "Géoplateforme" not in words_of(menu_of(one))


def test_signed_out_nobody_signs_out_nor_is_forgotten(one: Stage) -> None:
    enabled = {action.objectName(): action.isEnabled() for action in menu_of(one).actions()}
    assert not enabled["signOutAction"]
    assert not enabled["forgetAccountAction"]
    assert enabled["anotherAccountAction"]


def test_letters_stand_once_in_the_menu(one: Stage) -> None:
    account_scenes.two_accounts(one)
    texts = [text.replace("&&", "") for text in words_of(menu_of(one))]
    letters = [text[text.index("&") + 1].upper() for text in texts if "&" in text]
    assert len(set(letters)) == len(letters) == 4


def test_the_keyboard_opens_it_and_chooses(one: Stage, qtbot: Any) -> None:
    account_scenes.two_accounts(one)
    button: QToolButton = one.find("accountButton")
    assert button.accessibleName() == "Account"
    assert button.focusPolicy() == Qt.FocusPolicy.StrongFocus

    def choose() -> None:
        menu = QApplication.activePopupWidget()
        qtbot.keyClick(menu, Qt.Key.Key_Down)
        qtbot.keyClick(menu, Qt.Key.Key_Down)
        qtbot.keyClick(menu, Qt.Key.Key_Return)

    QTimer.singleShot(100, choose)
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: one.accounts.calls == [("choose_account", OLGA.id)])


def test_choosing_an_account_leaves_nothing_of_the_one_before_and_signs_nobody_out(one: Stage) -> None:
    scenes.step_2(one)
    one.accounts.known = (CAMILLE, OLGA)
    one.type("passwordEdit", "hush")
    one.choose(OLGA_WORDS)
    assert one.accounts.calls == [("choose_account", OLGA.id)]
    assert one.sign_in.calls == []
    assert one.find("passwordEdit").text() == ""
    assert one.find("keyNameEdit").text() == ""
    assert one.find("servicesTree").model().rowCount() == 0


def test_an_ended_session_of_the_one_before_keeps_nothing_either(one: Stage) -> None:
    """As when the options have another platform: nobody chose in the menu."""
    scenes.step_2(one)
    one.sign_in.become(SignInState.EXPIRED)
    one.sign_in.become(SignInState.SIGNED_OUT, authcfg="olga123")
    assert one.find("keyNameEdit").text() == ""
    assert one.find("signInButton").isVisible()
    assert one.find("accountName").text() == "Géoplateforme"


def test_another_platform_is_named(one: Stage) -> None:
    account_scenes.other_platform(one)
    assert one.find("accountPlatform").text() == "Géoplateforme (qualification)"
    one.choose("Géoplateforme")
    assert one.accounts.calls == [("choose_environment", "production")]


def test_the_usual_platform_is_not_named(one: Stage) -> None:
    account_scenes.two_accounts(one)
    assert not one.find("accountPlatform").isVisible()


def test_another_account_signs_in_at_once(one: Stage) -> None:
    account_scenes.two_accounts(one)
    one.choose("anotherAccountAction")
    assert one.accounts.calls == [("leave", "")]
    assert one.sign_in.calls == [("sign_in_another", "abc1234")]
    assert one.find("waitingTitle").isVisible()


def test_given_up_it_goes_back_to_the_account_in_use(one: Stage) -> None:
    account_scenes.two_accounts(one)
    one.choose("anotherAccountAction")
    one.click("cancelSignInButton")
    assert one.accounts.calls == [("leave", ""), ("go_back", "")]


def test_a_failed_sign_in_of_another_account_is_tried_again_as_that(one: Stage) -> None:
    account_scenes.two_accounts(one)
    one.choose("anotherAccountAction")
    one.sign_in.become(SignInState.SIGNED_OUT, problem=fakes.error(ErrorCode.SIGN_IN_REFUSED))
    one.click("signInAgainButton")
    assert one.sign_in.calls == [("sign_in_another", "abc1234")] * 2


def test_once_it_is_signed_in_a_sign_in_is_its_own(one: Stage) -> None:
    account_scenes.two_accounts(one)
    one.choose("anotherAccountAction")
    one.sign_in.become(SignInState.SIGNED_IN, fakes.account(OLGA.id))
    one.sign_in.become(SignInState.EXPIRED)
    one.click("signInAgainButton")
    assert one.sign_in.calls[-1] == ("sign_in", "abc1234")


@pytest.mark.parametrize("name", ["anotherAccountAction", "signOutAction", "forgetAccountAction", OLGA_WORDS])
def test_work_under_way_is_asked_about(one: Stage, name: str) -> None:
    account_scenes.two_accounts(one)
    one.accounts.has_work = True
    one.choose(name)
    assert one.accounts.calls == []
    assert one.sign_in.calls == []
    assert "still being done" in one.find("change_accountNotice").text()
    one.click("changeAccountNowButton")
    assert len(one.accounts.calls) + len(one.sign_in.calls) >= 1
    assert one.find("messages").text("change_account") == ""


def test_what_cannot_be_changed_is_told(one: Stage) -> None:
    account_scenes.two_accounts(one)
    one.accounts.problem = fakes.error(ErrorCode.QGIS, "The disk is full.")
    one.choose(OLGA_WORDS)
    assert "The disk is full." in one.find("errorNotice").text()


def test_forgetting_is_told_to_whom_it_concerns(one: Stage) -> None:
    account_scenes.two_accounts(one)
    one.choose("forgetAccountAction")
    assert one.accounts.calls == [("forget", "")]


def test_the_options_can_be_opened(one: Stage, qtbot: Any) -> None:
    with qtbot.waitSignal(one.dock.options_wanted):
        one.choose("accountOptionsAction")


@pytest.mark.parametrize("name", list(account_scenes.SCENES))
def test_every_state_fits_a_narrow_dock(one: Stage, name: str) -> None:
    one.dock.resize(300, 700)
    account_scenes.SCENES[name](one)
    assert one.dock.minimumSizeHint().width() <= 300
