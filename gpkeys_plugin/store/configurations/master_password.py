"""The master password of QGIS's authentication database: where it stands, asked for only when told to."""

from __future__ import annotations

from enum import Enum, auto

from qgis.core import QgsApplication, QgsSettings

from ...entrepot.errors import ErrorCode, GpkeysError
from ...entrepot.translatable_text import Text
from ..main_thread_guard import require_main_thread


class MasterPasswordState(Enum):
    """Where the master password stands."""

    NONE_YET = auto()
    LOCKED = auto()
    UNLOCKED = auto()
    DISABLED = auto()


def state() -> MasterPasswordState:
    """Return where the master password stands; never asks the user for it."""
    manager = QgsApplication.authManager()
    if manager.isDisabled():
        return MasterPasswordState.DISABLED
    if manager.masterPasswordIsSet():
        return MasterPasswordState.UNLOCKED
    if manager.masterPasswordHashInDatabase():
        return MasterPasswordState.LOCKED
    return MasterPasswordState.NONE_YET


def is_unlocked() -> bool:
    """Return whether secrets can be read and written now, without asking."""
    return state() is MasterPasswordState.UNLOCKED


def has_master_password() -> bool:
    """Return whether this profile has a master password, entered or not."""
    return state() in (MasterPasswordState.LOCKED, MasterPasswordState.UNLOCKED)


def fault(action: str = "looking") -> GpkeysError | None:
    """Return why the database is disabled, in QGIS's own words, and what helps; None while it is not."""
    if state() is not MasterPasswordState.DISABLED:
        return None
    reason = _reason()
    user = _DISABLED_BECAUSE.with_values({"reason": reason}) if reason else _DISABLED
    return GpkeysError(
        ErrorCode.QGIS, user, f"{action}: authentication database disabled: {reason}", advice=_remedy(reason)
    )


def _reason() -> str:
    # QGIS puts a line of its own above the reason, in its language: "Authentication system is DISABLED:".
    _, _, reason = str(QgsApplication.authManager().disabledMessage()).strip().partition("\n")
    reason = " ".join(reason.split())
    return reason if reason.endswith(".") or not reason else f"{reason}."


def _remedy(reason: str) -> Text:
    if "qca" in reason.lower():
        return _INSTALL_QCA
    # QGIS 3.40 asks for the proxy's configuration before it knows its authentication methods, and then disables the
    # database: "No authentication method plugins found" (3.40.6; 3.44.15 ends with a crash instead of starting).
    is_for_proxy = QgsSettings().value("proxy/proxyEnabled", False, bool) and QgsSettings().value("proxy/authcfg")
    return _PROXY if is_for_proxy else _ADMIN


def unlock() -> bool:
    """Have QGIS ask for the master password in its own window, modally; return whether it is there now.

    Call it on the GUI thread, once the user was told what is about to be asked. Where QGIS keeps the master password
    in the system's keyring, it asks nothing.
    """
    require_main_thread("unlocking the authentication database")
    if state() is MasterPasswordState.DISABLED:
        return False
    # `True`: check against the database. Without it QGIS takes a wrong one and fails later.
    return bool(QgsApplication.authManager().setMasterPassword(True)) and is_unlocked()


def require_unlocked(action: str) -> None:
    """Raise GpkeysError unless secrets can be read and written now; `action` is for the log."""
    found = state()
    if found is MasterPasswordState.UNLOCKED:
        return
    problem = fault(action)
    if problem is not None:
        raise problem
    raise GpkeysError(ErrorCode.QGIS, _CLOSED, f"{action}: master password is {found.name}", advice=_ENTER)


_DISABLED = Text("QGIS's authentication database is disabled on this computer: no secret can be kept.")
_DISABLED_BECAUSE = Text(
    "QGIS's authentication database is disabled on this computer: no secret can be kept. QGIS says: {reason}"
)
_INSTALL_QCA = Text("Have the QCA OpenSSL component (qca-ossl) of QGIS installed, then restart QGIS.")
_PROXY = Text(
    "The proxy in QGIS's options, under Network, names an authentication configuration, and this version of QGIS "
    "cannot open both. Choose none there, put the user name and the password in the proxy settings, then restart QGIS."
)
_ADMIN = Text("Restart QGIS. If that does not help, ask the person who looks after QGIS on this computer.")
_CLOSED = Text("QGIS's authentication database is locked.")
_ENTER = Text("Enter the master password when QGIS asks for it, then try again.")
