"""The dock before, at and after the sign-in."""

from __future__ import annotations

from typing import Any

import pytest
from qgis.PyQt.QtCore import Qt

from gpkeys_plugin.entrepot.errors import ErrorCode, GpkeysError
from gpkeys_plugin.entrepot.sign_in_status import SignInState
from gpkeys_plugin.entrepot.translatable_text import Text
from gpkeys_plugin.gui.sign_in.set_up_panel import SetUpPanel
from gpkeys_plugin.jobs.window.sign_in_set_up import VaultState

from .. import fakes, scenes
from ..fake_set_up import FakeSetUp
from ..scenes import Stage

LEFT = Qt.MouseButton.LeftButton


def test_one_button_signs_in(one: Stage, qtbot: Any) -> None:
    qtbot.mouseClick(one.find("signInButton"), LEFT)
    assert one.sign_in.calls == [("sign_in", "abc1234")]
    assert one.find("waitingTitle").isVisible()
    assert not one.find("signInButton").isVisible()


def test_cancel_goes_back_without_a_message(one: Stage, qtbot: Any) -> None:
    one.click("signInButton")
    qtbot.mouseClick(one.find("cancelSignInButton"), LEFT)
    assert ("cancel", "") in one.sign_in.calls
    assert one.find("signInButton").isVisible()
    assert not one.find("messages").isVisible()


def test_an_existing_configuration_can_be_chosen(one: Stage) -> None:
    one.find("oauth2ConfigCombo").setCurrentIndex(1)
    one.click("signInButton")
    assert one.sign_in.calls == [("sign_in", "xyz9876")]


def test_the_secret_is_asked_for_once(one: Stage, qtbot: Any) -> None:
    one.set_up.is_secret_needed = True
    one.sign_in.become(SignInState.SIGNED_OUT)
    one.click("signInButton")
    assert one.sign_in.calls == []
    assert one.find("clientSecretMessage").isVisible()
    qtbot.keyClicks(one.find("clientSecretEdit"), " s3cr3t ")
    assert not one.find("clientSecretMessage").isVisible()
    one.click("signInButton")
    assert one.set_up.prepared == [(None, "s3cr3t")]
    assert one.find("clientSecretEdit").text() == ""


def test_an_existing_configuration_needs_no_secret(one: Stage) -> None:
    one.set_up.is_secret_needed = True
    one.sign_in.become(SignInState.SIGNED_OUT)
    one.find("oauth2ConfigCombo").setCurrentIndex(1)
    assert not one.find("clientSecretEdit").isVisible()


def test_a_declined_master_password_is_explained(one: Stage) -> None:
    one.set_up.vault, one.set_up.can_unlock = VaultState.LOCKED, False
    one.sign_in.become(SignInState.SIGNED_OUT)
    one.click("signInButton")
    assert one.sign_in.calls == []
    assert "master password" in one.find("vaultNote").text()
    assert one.find("vaultNote").isVisible()


def test_a_disabled_vault_is_explained(one: Stage) -> None:
    one.set_up.vault = VaultState.DISABLED
    one.sign_in.become(SignInState.SIGNED_OUT)
    assert not one.find("signInButton").isEnabled()
    assert one.find("vaultNote").text() == "The database is disabled. Do this."


def test_a_disabled_vault_asks_for_no_secret_that_it_could_not_keep(one: Stage) -> None:
    one.set_up.vault, one.set_up.is_secret_needed = VaultState.DISABLED, True
    one.sign_in.become(SignInState.SIGNED_OUT)
    assert one.find("vaultNote").isVisible()
    assert not one.find("clientSecretEdit").isVisible()


def test_a_failed_preparation_shows_in_the_dock(one: Stage) -> None:
    one.set_up.problem = fakes.error(ErrorCode.QGIS, "The configuration could not be kept.")
    one.click("signInButton")
    assert "could not be kept" in one.find("errorNotice").text()
    assert one.sign_in.calls == []


def test_the_reason_of_a_failure_is_shown(one: Stage) -> None:
    one.click("signInButton")
    one.sign_in.become(SignInState.SIGNED_OUT, problem=fakes.error(ErrorCode.SIGN_IN_REFUSED, "Access denied."))
    assert "Access denied." in one.find("errorNotice").text()
    one.click("signInAgainButton")
    assert [name for name, _ in one.sign_in.calls].count("sign_in") == 2


def test_the_session_of_last_time_is_taken_up(qtbot: Any, qgis_app: Any) -> None:
    one = scenes.stage(FakeSetUp(current="abc1234"))
    qtbot.addWidget(one.dock)
    one.dock.show()
    assert one.sign_in.calls == [("resume", "abc1234")]
    assert not one.find("waitingHint").isVisible()
    one.dock.shut_down()


def test_nothing_is_taken_up_while_the_vault_is_locked(qtbot: Any, qgis_app: Any) -> None:
    one = scenes.stage(FakeSetUp(current="abc1234", vault=VaultState.LOCKED))
    qtbot.addWidget(one.dock)
    one.dock.show()
    assert one.sign_in.calls == []
    one.dock.shut_down()


def test_the_header_says_who_and_how_many_keys(one: Stage) -> None:
    scenes.signed_in(one)
    assert one.find("accountName").text() == "Camille Martin"
    assert one.find("keysUsed").text() == "3 of 10 keys used"


def test_signing_out_leaves_nothing(one: Stage) -> None:
    scenes.step_2(one)
    one.type("passwordEdit", "hush")
    one.choose("signOutAction")
    assert one.sign_in.calls[-1] == ("sign_out", "")
    assert one.find("signInButton").isVisible()
    assert one.find("passwordEdit").text() == ""
    assert one.find("keyNameEdit").text() == ""
    assert one.find("servicesTree").model().rowCount() == 0


@pytest.mark.parametrize("is_signed_in", [True, False])
@pytest.mark.parametrize("code", [ErrorCode.NOT_SIGNED_IN, ErrorCode.TOKEN_REFUSED])
def test_a_session_that_has_ended_is_told_once(one: Stage, code: ErrorCode, *, is_signed_in: bool) -> None:
    if is_signed_in:
        scenes.signed_in(one)
    one.sign_in.become(SignInState.EXPIRED, problem=fakes.error(code, "You are not signed in."))
    assert "has ended" in one.find("messages").text("session")
    assert one.find("messages").text("error") == ""


def test_a_failed_sign_in_after_the_end_of_a_session_is_told(one: Stage) -> None:
    scenes.signed_in(one)
    one.sign_in.become(SignInState.EXPIRED)
    one.click("signInAgainButton")
    one.sign_in.become(SignInState.EXPIRED, problem=fakes.error(ErrorCode.SERVER, "The sign-in service has a problem."))
    assert "problem" in one.find("errorNotice").text()


def test_an_expired_session_keeps_what_was_typed(one: Stage) -> None:
    scenes.step_2(one)
    one.type("loginEdit", "voirie")
    one.sign_in.become(SignInState.EXPIRED)
    assert "Nothing you typed is lost" in one.find("sessionNotice").text()
    assert not one.find("createButton").isEnabled()
    one.click("signInAgainButton")
    one.click("cancelSignInAgainButton")
    assert "Nothing you typed is lost" in one.find("sessionNotice").text()
    one.click("signInAgainButton")
    one.sign_in.become(SignInState.SIGNED_IN, fakes.account())
    one.new_key_jobs.last("load").on_done(fakes.holdings())
    assert one.find("loginEdit").text() == "voirie"
    assert one.find("loginEdit").isVisible()
    assert one.find("keyNameEdit").text() == "QGIS, service voirie"
    assert one.find("createButton").isEnabled()


def test_another_account_sees_nothing_of_the_one_before(one: Stage) -> None:
    scenes.step_2(one)
    one.sign_in.become(SignInState.EXPIRED)
    one.sign_in.become(SignInState.SIGNED_IN, fakes.account("another"))
    assert one.find("keyNameEdit").text() == ""
    assert one.find("servicesTree").model().rowCount() == 0
    assert one.find("progressTitle").isVisible()


def test_a_refused_token_is_told_to_the_sign_in(one: Stage) -> None:
    scenes.signed_in(one)
    one.click("refreshButton")
    one.new_key_jobs.last("load").on_failed(fakes.error(ErrorCode.TOKEN_REFUSED))
    assert one.sign_in.calls == [("token_refused", "")]
    assert one.find("sessionNotice").isVisible()


def test_shutting_down_stops_listening(one: Stage) -> None:
    scenes.signed_in(one)
    one.click("refreshButton")
    late = one.new_key_jobs.last("load")
    one.dock.shut_down()
    assert late.is_cancelled
    assert one.sign_in.listener_count == 0
    one.dock.shut_down()
    late.on_done(fakes.holdings(()))
    late.on_failed(fakes.error())


@pytest.mark.parametrize("state", list(VaultState))
def test_the_panel_bears_every_state(state: VaultState, qgis_app: Any) -> None:
    panel = SetUpPanel(FakeSetUp(vault=state))
    panel.refresh()
    assert panel.is_possible() is (state is not VaultState.DISABLED)


def test_a_refused_secret_is_asked_for_again(one: Stage, qtbot: Any) -> None:
    one.click("signInButton")
    refused = GpkeysError(ErrorCode.CLIENT_REFUSED, Text("The secret is refused."), "refused")
    one.sign_in.become(SignInState.SIGNED_OUT, problem=refused)
    assert one.find("clientSecretEdit").isVisible()
    qtbot.keyClicks(one.find("clientSecretEdit"), "autre")
    one.click("signInButton")
    assert one.set_up.prepared[-1] == (None, "autre")


def test_connections_stripped_by_an_upgrade_are_offered_to_be_mended(qtbot: Any, qgis_app: Any) -> None:
    stage = scenes.stage()
    qtbot.addWidget(stage.dock)
    stage.new_key_jobs.stripped = ("Essai – WFS",)
    stage.dock.show()
    assert "Essai – WFS" in stage.find("messages").text("stripped")
    stage.click("putBackButton")
    assert not stage.new_key_jobs.stripped
    assert stage.find("messages").text("stripped") == ""
    stage.dock.shut_down()


def test_connections_that_cannot_be_mended_are_offered_again(
    qtbot: Any, qgis_app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = scenes.stage()
    qtbot.addWidget(stage.dock)
    stage.new_key_jobs.stripped = ("Essai – WFS",)
    stage.dock.show()

    def refuse() -> None:
        raise GpkeysError(ErrorCode.QGIS, Text("The disk is full."), "full")

    with monkeypatch.context() as patched:
        patched.setattr(stage.new_key_jobs, "mend_connections", refuse)
        stage.click("putBackButton")
    assert "The disk is full." in stage.find("messages").text("error")
    assert "Essai – WFS" in stage.find("messages").text("stripped")
    stage.dock.shut_down()


def test_another_account_is_shown_and_nothing_is_done_with_it_unasked(one: Stage) -> None:
    one.click("signInButton")
    one.sign_in.bring(fakes.account("another"))
    assert "Camille Martin (camille.martin@rochebrune.example)" in one.find("sessionNotice").text()
    assert one.find("signInButton").isVisible()
    assert not one.find("waitingTitle").isVisible()
    assert one.find("accountName").text() == "Géoplateforme"
    assert [call.name for call in one.new_key_jobs.calls] == []
    one.click("useAccountButton")
    assert one.sign_in.calls[-1] == ("use_account", "")
    assert one.find("accountName").text() == "Camille Martin"
    assert not one.find("messages").isVisible()
    assert one.new_key_jobs.last("load") is not None


def test_another_account_can_be_left_for_a_new_sign_in(one: Stage) -> None:
    one.sign_in.bring(fakes.account("another"))
    one.click("signInAgainButton")
    assert one.sign_in.calls[-1] == ("sign_in", "abc1234")
    assert one.find("waitingTitle").isVisible()
    assert one.find("messages").text("session") == ""


def test_another_account_that_comes_in_the_middle_of_work_takes_it_only_when_it_is_used(one: Stage) -> None:
    scenes.step_2(one)
    one.sign_in.become(SignInState.EXPIRED)
    one.sign_in.bring(fakes.account("another"))
    assert not one.find("createButton").isEnabled()
    assert one.find("keyNameEdit").text() == "QGIS, service voirie"
    one.click("signInAgainButton")
    one.sign_in.become(SignInState.SIGNED_IN, fakes.account())
    assert one.find("keyNameEdit").text() == "QGIS, service voirie"
    one.sign_in.become(SignInState.EXPIRED)
    one.sign_in.bring(fakes.account("another"))
    one.click("useAccountButton")
    assert one.find("keyNameEdit").text() == ""


def test_another_account_whose_session_could_not_be_kept_says_why(one: Stage) -> None:
    one.sign_in.bring(fakes.account("another"))
    one.sign_in.become(SignInState.SIGNED_OUT, problem=fakes.error(ErrorCode.QGIS, "It cannot be written."))
    assert "cannot be written" in one.find("errorNotice").text()
    assert one.find("messages").text("session") == ""
