"""The state of the authentication database, told without ever asking the user."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from qgis.core import QgsSettings

from gpkeys_plugin.entrepot.errors import ErrorCode, GpkeysError
from gpkeys_plugin.store.configurations import auth_configs, master_password
from gpkeys_plugin.store.configurations.master_password import MasterPasswordState

from ..conftest import MASTER

_NO_METHOD = "No authentication method plugins found"  # QGIS 3.40.6, its proxy naming a configuration


class _Disabled:
    heading = "Authentication system is DISABLED:"
    message = "QCA's OpenSSL plugin (qca-ossl) is missing"

    def isDisabled(self) -> bool:  # noqa: N802 - QGIS's name
        return True

    def disabledMessage(self) -> str:  # noqa: N802
        return f"{self.heading}\n{self.message}"


class _Fresh:
    def isDisabled(self) -> bool:  # noqa: N802 - QGIS's name
        return False

    def masterPasswordIsSet(self) -> bool:  # noqa: N802
        return False

    def masterPasswordHashInDatabase(self) -> bool:  # noqa: N802
        return False


@pytest.fixture
def locked(manager: Any) -> Iterator[Any]:
    """Lock the database for the length of a test."""
    manager.clearMasterPassword()
    yield manager
    manager.setMasterPassword(MASTER, True)


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Play a profile in which nobody has chosen a master password yet."""
    _play(monkeypatch, _Fresh)


@pytest.fixture
def disabled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Play a QGIS without the QCA OpenSSL component."""
    _play(monkeypatch, _Disabled)


def _play(monkeypatch: pytest.MonkeyPatch, manager_class: type) -> None:
    from qgis.core import QgsApplication

    monkeypatch.setattr(QgsApplication, "authManager", staticmethod(manager_class))


def test_an_open_database_is_told(manager: Any) -> None:
    assert manager.masterPasswordIsSet()
    assert master_password.state() is MasterPasswordState.UNLOCKED
    assert master_password.has_master_password()


def test_a_locked_database_is_told(locked: Any) -> None:
    assert master_password.state() is MasterPasswordState.LOCKED
    assert master_password.has_master_password()
    assert not master_password.is_unlocked()


def test_a_profile_without_master_password_is_told(fresh: None) -> None:
    assert master_password.state() is MasterPasswordState.NONE_YET
    assert not master_password.has_master_password()


def test_a_disabled_database_is_told_and_cannot_be_unlocked(disabled: None) -> None:
    assert master_password.state() is MasterPasswordState.DISABLED
    assert not master_password.unlock()
    with pytest.raises(GpkeysError) as caught:
        auth_configs.store_basic("n", "l", "p")
    assert "disabled" in str(caught.value.user)


def test_the_fault_of_a_disabled_database_is_told_in_qgis_s_own_words(disabled: None) -> None:
    fault = master_password.fault()
    assert fault is not None
    assert _Disabled.message in str(fault.user)
    assert "qca-ossl" in str(fault.advice)


@pytest.mark.parametrize(
    ("is_enabled", "has_authcfg", "remedy"),
    [(True, True, "proxy settings"), (True, False, "Restart QGIS"), (False, True, "Restart QGIS")],
)
def test_a_database_that_a_proxy_keeps_shut_is_no_lack_of_qca(
    disabled: None, monkeypatch: pytest.MonkeyPatch, *, is_enabled: bool, has_authcfg: bool, remedy: str
) -> None:
    monkeypatch.setattr(_Disabled, "message", _NO_METHOD)
    QgsSettings().setValue("proxy/proxyEnabled", is_enabled)
    QgsSettings().setValue("proxy/authcfg", "abc1234" if has_authcfg else "")
    fault = master_password.fault()
    for name in ("proxy/proxyEnabled", "proxy/authcfg"):
        QgsSettings().remove(name)
    assert fault is not None
    assert _NO_METHOD in str(fault.user)
    assert remedy in str(fault.advice)
    assert "qca" not in str(fault.advice)


def test_qgis_s_own_heading_is_not_told_twice_in_two_languages(disabled: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_Disabled, "heading", "Le système d'authentification est DESACTIVE:")
    monkeypatch.setattr(_Disabled, "message", "Aucune extension d'authentification n'a été trouvée")
    fault = master_password.fault()
    assert fault is not None
    assert str(fault.user).endswith("QGIS says: Aucune extension d'authentification n'a été trouvée.")
    assert "\n" not in fault.log


def test_a_database_disabled_without_a_reason_is_still_told(disabled: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_Disabled, "message", "")
    fault = master_password.fault()
    assert fault is not None
    assert str(fault.user).endswith("no secret can be kept.")


def test_an_open_database_has_no_fault(manager: Any) -> None:
    assert master_password.fault() is None


def test_unlocking_lets_qgis_ask(locked: Any, qtbot: Any) -> None:
    from qgis.core import QgsCredentials

    answers = _Answers(MASTER)
    before = QgsCredentials.instance()
    answers.install()
    try:
        assert master_password.unlock()
        assert answers.asked == 1
    finally:
        answers.uninstall(before)


def test_writing_while_locked_says_what_to_do_and_asks_nothing(locked: Any) -> None:
    with pytest.raises(GpkeysError) as caught:
        auth_configs.store_basic("clé", "camille", "s")

    assert caught.value.code is ErrorCode.QGIS
    assert "locked" in str(caught.value.user)
    assert "master password" in str(caught.value.advice)


def _Answers(master: str) -> Any:  # noqa: N802 - made here because the class derives from QGIS's
    from qgis.core import QgsCredentials

    class Answers(QgsCredentials):
        """Plays the person in front of QGIS's window."""

        def __init__(self) -> None:
            super().__init__()
            self.asked = 0

        def install(self) -> None:
            self.setInstance(self)

        def uninstall(self, before: Any) -> None:
            self.setInstance(before) if before is not None else self.setInstance(None)

        def requestMasterPassword(self, _typed: str, _is_stored: bool) -> tuple[bool, str]:  # noqa: N802
            self.asked += 1
            return True, master

    return Answers()
