"""The use cases for scripts: found an account, run off the main thread, failures told in one sentence."""

from __future__ import annotations

from dataclasses import replace
from typing import Callable, TypeVar

from qgis.core import Qgis, QgsMessageLog, QgsProcessingFeedback

from ...entrepot.errors import ErrorCode, GpkeysError
from ...entrepot.models import Account
from ...entrepot.translatable_text import Text
from ...store import environments
from ...store.configurations import auth_configs, master_password, signed_in_accounts
from ...store.configurations.master_password import MasterPasswordState
from ...store.preset import preset_file
from ...store.records.creations import CreationRecords
from ...store.records.rotations import RotationRecords
from ..running.feedback_progress import FeedbackProgress
from ..running.main_thread import MainThread
from ..running.off_the_main_thread import off_main_thread
from ..running.task import LOG_TAG
from ..running.translate import show
from ..steps.account_sessions import KnownToAccount, SessionFactory, SignedIn
from ..steps.connecting.earlier_connections import take_over_earlier_connections
from ..values import CreationRemainder, Failed
from .script_context import RUN_AGAIN, Offline, Script, ScriptSide

T = TypeVar("T")


class ScriptFailed(Exception):
    """What a script is told: what happened, why, what to do next, in the user's language and without any secret."""


class Scripts:
    """Runs use cases for algorithms, on whichever thread they run."""

    def __init__(
        self,
        open_session: SessionFactory,
        main_thread: MainThread,
        creations: CreationRecords,
        rotations: RotationRecords,
        side: ScriptSide,
    ) -> None:
        self._open_session = open_session
        self._main_thread = main_thread
        self._creations = creations
        self._rotations = rotations
        self._side = side
        self._has_told_preset = False

    def prepare(self) -> None:
        """Open the authentication database, on the main thread; raises ScriptFailed when it stays closed."""
        try:
            if master_password.state() is MasterPasswordState.DISABLED:
                master_password.require_unlocked("running an algorithm")
            if not master_password.is_unlocked() and not self._side.unlock():
                raise _locked()
        except GpkeysError as error:
            raise ScriptFailed(_message(error)) from error

    def run(self, authcfg: str, feedback: QgsProcessingFeedback, work: Callable[[Script], T]) -> T:
        """Return what `work` returns for the account of the OAuth2 configuration `authcfg` (empty: the plugin's own).

        Never opens a browser. Raises ScriptFailed.
        """
        progress = self._progress(feedback)
        return self._run(lambda: work(self._script(authcfg, progress)))

    def run_signed_in_or_not(
        self, authcfg: str, feedback: QgsProcessingFeedback, work: Callable[[Script | None, Offline], T]
    ) -> T:
        """Return what `work` returns, for no account where none can be signed in: why is told. Raises ScriptFailed."""
        progress = self._progress(feedback)
        offline = Offline(environments.current().api_url, self._main_thread, progress)
        return self._run(lambda: work(self._script_or_none(authcfg, progress), offline))

    def _progress(self, feedback: QgsProcessingFeedback) -> FeedbackProgress:
        """Return what a use case tells; that an administrator's preset is not used is told first, once a process."""
        progress = FeedbackProgress(feedback)
        problem = preset_file.current().problem
        if problem is not None and not self._has_told_preset:
            self._has_told_preset = True
            QgsMessageLog.logMessage(str(problem), LOG_TAG, Qgis.MessageLevel.Warning)
            progress.warn(problem)
        return progress

    def _run(self, work: Callable[[], T]) -> T:
        try:
            return off_main_thread(work, self._side.wait)
        except Exception as error:
            failure = Failed.of(error)
            QgsMessageLog.logMessage(failure.error.log, LOG_TAG, Qgis.MessageLevel.Warning)
            raise ScriptFailed(_message(_shown(failure.error), *_left(failure))) from error

    def _script_or_none(self, authcfg: str, progress: FeedbackProgress) -> Script | None:
        try:
            return self._script(authcfg, progress)
        except GpkeysError as error:
            if error.code is ErrorCode.CANCELLED:
                raise
            progress.inform(Text("Not signed in: {reason}", {"reason": error.user}))
            return None

    def _script(self, authcfg: str, progress: FeedbackProgress) -> Script:
        signed_in = SignedIn(self._open_session, environments.current().api_url, _sign_in_authcfg(authcfg))
        account = self._account(signed_in, progress)
        known = replace(signed_in, account_id=account.id, known=KnownToAccount(account=account))
        take_over_earlier_connections()
        return Script(known, self._main_thread, self._creations, self._rotations, self._side, progress)

    def _account(self, signed_in: SignedIn, progress: FeedbackProgress) -> Account:
        client = signed_in.client(progress.is_cancelled, progress.tell_wait)
        try:
            return client.me()
        except GpkeysError as error:
            if error.code is not ErrorCode.TOKEN_REFUSED:
                raise
        # Refused before its time: QGIS would go on sending that token until it expires.
        self._side.drop_tokens(signed_in.authcfg)
        return client.me()


def _sign_in_authcfg(wanted: str) -> str:
    """Return the configuration to sign in with: the one wanted, that of the account in use, or the plugin's own."""
    environment = environments.current()
    chosen = wanted or signed_in_accounts.authcfg_in_use(environment) or auth_configs.own_sign_in_id(environment)
    if not chosen:
        raise _no_configuration()
    if chosen not in dict(auth_configs.oauth2_configs()):
        raise _not_oauth2(chosen)
    return chosen


def _shown(error: GpkeysError) -> GpkeysError:
    if not error.ends_session:
        return error
    return GpkeysError(error.code, error.user, error.log, advice=_SIGN_IN, status=error.status)


def _left(failure: Failed) -> tuple[Text, ...]:
    """Return what stayed although it failed."""
    if failure.remainder is None:
        return failure.stayed
    is_creation = isinstance(failure.remainder, CreationRemainder)
    return (*failure.stayed, failure.remainder.text, _REMAINDER if is_creation else RUN_AGAIN)


def _message(error: GpkeysError, *left: Text) -> str:
    parts = (error.user, *left, error.advice)
    return "\n".join(show(part) for part in parts if part is not None)


def _locked() -> GpkeysError:
    return GpkeysError(
        ErrorCode.QGIS,
        Text("QGIS's authentication database is locked."),
        "the authentication database is locked and nobody can be asked for the master password",
        advice=Text(
            "Without a window, name a file that holds the master password in the variable QGIS_AUTH_PASSWORD_FILE."
        ),
    )


def _no_configuration() -> GpkeysError:
    return GpkeysError(
        ErrorCode.NOT_SIGNED_IN,
        Text("There is no authentication configuration to sign in to the Géoplateforme with."),
        "no sign-in configuration",
    )


def _not_oauth2(authcfg: str) -> GpkeysError:
    return GpkeysError(
        ErrorCode.INVALID,
        Text("“{authcfg}” is not an OAuth2 authentication configuration of this profile.", {"authcfg": authcfg}),
        f"{authcfg} is no OAuth2 configuration",
        advice=Text(
            "Give the id of one, or leave AUTHCFG out to use the one of the “Géoplateforme access keys” panel."
        ),
    )


_SIGN_IN = Text(
    "Sign in once in the “Géoplateforme access keys” panel of this profile, the session is kept; or give AUTHCFG an "
    "OAuth2 configuration that needs no browser (grant flow “Resource owner”)."
)
_REMAINDER = Text("Finish or undo it in the “Géoplateforme access keys” panel, or delete the key.")
