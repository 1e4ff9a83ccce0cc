"""The choice of an account and an environment, each with a session of its own: changing ends none of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable

from qgis.core import Qgis, QgsMessageLog

from ...entrepot.errors import GpkeysError
from ...entrepot.models import Account
from ...store import environments, settings
from ...store.configurations import account_configurations, signed_in_accounts
from ...store.configurations.signed_in_accounts import SignedInAccount
from ...store.environments import Environment
from ...store.qgis_settings import settings_file
from ..running.task import LOG_TAG


@dataclass(frozen=True)
class AccountEntry:
    """An account that was signed in to the environment in use, as people read it."""

    id: str
    name: str
    email: str = ""
    is_in_use: bool = False


@dataclass(frozen=True)
class EnvironmentEntry:
    """An environment that one may change to."""

    name: str
    label: str
    is_in_use: bool = False


class KnownAccounts:
    """What the sign-in asks of the accounts that this profile knows. On the GUI thread."""

    def is_expected(self, account: Account, is_another: bool) -> bool:
        """Say whether a session of an account is used without a question.

        It is that of the account in use, or of the first one of all; or another one was asked for, and it is known.
        """
        environment = environments.current()
        in_use, known = signed_in_accounts.in_use(environment), signed_in_accounts.recent(environment)
        is_first = not in_use and not known
        is_known = any(account.id == other.id for other in known)
        return is_first or account.id == in_use or (is_another and is_known)

    def is_anothers(self, authcfg: str) -> bool:
        """Say whether a configuration keeps the session of another account than the one in use."""
        environment = environments.current()
        in_use = signed_in_accounts.in_use(environment)
        known = signed_in_accounts.find(environment, in_use)
        email = known.email if known is not None else ""
        return account_configurations.is_anothers(environment, authcfg, in_use, email)

    def home_of(self, authcfg: str, account: Account) -> str:
        """Return the configuration to keep an account's session in; raises GpkeysError where none can be made."""
        return account_configurations.home_of(environments.current(), authcfg, _remembered(account, authcfg))

    def use(self, authcfg: str, account: Account) -> None:
        """Note who is signed in, and with which configuration."""
        signed_in_accounts.use(environments.current(), _remembered(account, authcfg))


class AccountChoice:
    """What the window offers. On the GUI thread.

    `change_to` leaves an account, its session as it is, and takes up the kept session of a configuration; `end` ends
    the session of one. `is_working` says whether something is under way that a change would stop.
    """

    def __init__(
        self, change_to: Callable[[str], None], end: Callable[[str], None], is_working: Callable[[], bool]
    ) -> None:
        self._change_to = change_to
        self._end = end
        self.is_working = is_working

    def in_use(self) -> tuple[str, str]:
        """Return the address of the API and the account whose keys QGIS's own places show; both empty for none."""
        try:
            environment = environments.current()
        except GpkeysError:
            return "", ""
        return environment.api_url, signed_in_accounts.in_use(environment)

    def accounts(self) -> tuple[AccountEntry, ...]:
        """Return the accounts of the environment in use, the one used last first; raises GpkeysError."""
        environment = environments.current()
        in_use = signed_in_accounts.in_use(environment)
        return tuple(
            AccountEntry(account.id, account.name or account.email or account.id, account.email, account.id == in_use)
            for account in signed_in_accounts.recent(environment)
        )

    def environments(self) -> tuple[EnvironmentEntry, ...]:
        """Return the environments that one may choose from; raises GpkeysError."""
        in_use = environments.current().settings_name
        return tuple(
            EnvironmentEntry(found.name, found.label, found.settings_name == in_use)
            for found in environments.choosable()
        )

    def choose_account(self, account_id: str) -> None:
        """Use another account; its kept session is taken up, and no browser opens. Raises GpkeysError."""
        environment = environments.current()
        account = signed_in_accounts.find(environment, account_id)
        if account is not None:
            settings_file.require_room()
            signed_in_accounts.use(environment, account)
            self.go_back()

    def leave(self) -> None:
        """Leave the account in use, its session as it is, for another one to sign in."""
        self._change_to("")

    def go_back(self) -> None:
        """Take up the session of the account in use, that of the environment in use; raises GpkeysError."""
        self._change_to(signed_in_accounts.authcfg_in_use(environments.current()))

    def choose_environment(self, name: str) -> None:
        """Use another environment, with the account that was in use there; raises GpkeysError."""
        if name in {found.name for found in environments.choosable()}:
            settings_file.require_room()
            settings.ENVIRONMENT.set(name)
            self.go_back()

    def forget(self) -> None:
        """Forget the account in use: its session, its configuration if nothing uses it, and that it was here.

        Its keys stay connected. Raises GpkeysError.
        """
        environment = environments.current()
        account = signed_in_accounts.find(environment, signed_in_accounts.in_use(environment))
        if account is not None:
            settings_file.require_room()
            self._change_to("")
            self._forget(environment, account)

    def drop_superfluous(self) -> None:
        """Forget the accounts that were used longest ago, where there are too many."""
        try:
            environment = environments.current()
            for account in signed_in_accounts.superfluous(environment):
                self._forget(environment, account)
        except GpkeysError as error:
            # The next sign-in tries again.
            QgsMessageLog.logMessage(f"accounts too many: {error.log}", LOG_TAG, Qgis.MessageLevel.Info)

    def _forget(self, environment: Environment, account: SignedInAccount) -> None:
        self._end(account.authcfg)
        signed_in_accounts.forget(environment, account.id)
        account_configurations.let_go(environment, account.authcfg)


def _remembered(account: Account, authcfg: str) -> SignedInAccount:
    return SignedInAccount(account.id, authcfg, account.display_name, account.email)
