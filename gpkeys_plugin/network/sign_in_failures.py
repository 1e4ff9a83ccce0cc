"""Why a sign-in failed, as the user is told. QGIS itself only says that the login failed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable

import requests

from ..entrepot import failures
from ..entrepot.errors import ErrorCode, GpkeysError, SignInFailed, SignInRequired
from ..entrepot.texts import Text
from .authentication import LoginFailed
from .look_first import post_form
from .oauth2_setup import OAuth2Setup, read_setup
from .reply_port import DECLARED_PORTS
from .threads import IsCancelled, authentication_thread

_WRONG_CLIENT = ("invalid_client", "unauthorized_client")
_NEARLY = 0.9
_CLIENT_STATUSES = (400, 401)
_LAST_SUCCESS = 299
_FIRST_ERROR = 400
_FIRST_SERVER_ERROR = 500


@dataclass(frozen=True)
class Diagnosis:
    """What the sign-in service says about our client after a failed login: its status and OAuth2 error."""

    status: int
    error: str


def why_login_failed(
    failed: LoginFailed, setup: OAuth2Setup, seen_status: Callable[[], int | None], is_cancelled: IsCancelled
) -> GpkeysError:
    """Return what to tell about a failed login. `seen_status` tells what the token endpoint answered QGIS."""
    try:
        diagnosis = _diagnose(setup, is_cancelled)
    except requests.RequestException as error:
        return failures.of_exception(error, "sign-in")
    # Asked only now: what QGIS's own request got is told through the GUI thread's events.
    return _verdict(failed, setup, seen_status(), diagnosis)


def explained(failed: SignInFailed, authcfg: str, is_cancelled: IsCancelled | None) -> SignInFailed:
    """Return a failure with what to tell the user, where a configuration signs in without a browser."""
    setup = authentication_thread().call(lambda: read_setup(authcfg), is_cancelled)
    if setup is None or setup.needs_browser:
        return failed
    return SignInFailed(str(failed), _without_browser(setup, f"sign-in without a browser: {failed}", is_cancelled))


def ports_busy() -> GpkeysError:
    """Return the error of a sign-in that has no port for the browser's answer."""
    values = {"first": DECLARED_PORTS[0], "last": DECLARED_PORTS[-1]}
    return GpkeysError(
        ErrorCode.QGIS,
        Text("The ports that the sign-in needs ({first} to {last}) are all in use.", values),
        "no free reply port",
        advice=Text("Close the program that uses them, often another QGIS that waits for a sign-in, then try again."),
    )


def locked() -> GpkeysError:
    """Return the error of a sign-in while the authentication database is locked."""
    return GpkeysError(
        ErrorCode.QGIS,
        Text("QGIS's authentication database is locked."),
        "the master password is not set",
        advice=Text("Enter QGIS's master password, then sign in again."),
    )


def unreadable(authcfg: str) -> GpkeysError:
    """Return the error of a configuration that is missing, broken or not OAuth2."""
    return GpkeysError(
        ErrorCode.QGIS,
        Text("The authentication configuration “{authcfg}” cannot be used to sign in.", {"authcfg": authcfg}),
        f"authcfg {authcfg} is no readable OAuth2 configuration",
        advice=Text("Choose another one, or have a new one made, in the options."),
    )


def session_ended() -> GpkeysError:
    """Return the error of a session that is over."""
    return failures.of_exception(SignInRequired("the session has ended"), "sign-in")


def _without_browser(setup: OAuth2Setup, log: str, is_cancelled: IsCancelled | None) -> GpkeysError:
    try:
        diagnosis = _diagnose(setup, is_cancelled)
    except requests.RequestException as error:
        return failures.of_exception(error, "sign-in")
    if diagnosis.error in _WRONG_CLIENT:
        return _wrong_client(f"{log}; {diagnosis.error}")
    return _service_failing(log, diagnosis.status) if _is_failing(diagnosis, None) else _wrong_account(log)


def _diagnose(setup: OAuth2Setup, is_cancelled: IsCancelled | None) -> Diagnosis:
    # A code that cannot exist: what is refused first tells whether the client is accepted.
    form = {"grant_type": "authorization_code", "code": "none", **setup.credentials}
    response = post_form(setup.grant_url, form, is_cancelled)
    return Diagnosis(response.status_code, _error_of(response))


def _error_of(response: requests.Response) -> str:
    try:
        body = response.json()
    except ValueError:
        return ""
    return str(body.get("error", "")) if isinstance(body, dict) else ""


def _verdict(failed: LoginFailed, setup: OAuth2Setup, seen_status: int | None, diagnosis: Diagnosis) -> GpkeysError:
    log = f"sign-in failed after {failed.seconds:.0f} s; the token endpoint answered {seen_status}; {failed}"
    if diagnosis.error in _WRONG_CLIENT:
        return _wrong_client(f"{log}; {diagnosis.error}")
    if _is_failing(diagnosis, seen_status):
        return _service_failing(log, seen_status or diagnosis.status)
    if failed.seconds >= _NEARLY * setup.login_wait_s:
        return _nobody_came(log)
    return _refused(log)


def _is_failing(diagnosis: Diagnosis, seen_status: int | None) -> bool:
    """Whether the token endpoint, asked by QGIS or by us, gave anything but a grant or an OAuth2 refusal."""
    was_answered_badly = seen_status is not None and (
        seen_status <= _LAST_SUCCESS or seen_status >= _FIRST_SERVER_ERROR or seen_status not in _CLIENT_STATUSES
    )
    return was_answered_badly or not diagnosis.error or diagnosis.status >= _FIRST_SERVER_ERROR


def _wrong_client(log: str) -> GpkeysError:
    return GpkeysError(
        ErrorCode.CLIENT_REFUSED,
        Text("The sign-in service does not accept the client secret."),
        log,
        advice=Text("Enter the secret that the IGN publishes for QGIS again."),
    )


def _wrong_account(log: str) -> GpkeysError:
    return GpkeysError(
        ErrorCode.SIGN_IN_REFUSED,
        Text("The sign-in service refuses the user name or the password of the authentication configuration."),
        log,
        advice=Text("Correct them in QGIS's options, under Authentication."),
    )


def _service_failing(log: str, status: int) -> GpkeysError:
    return GpkeysError(
        ErrorCode.SERVER,
        Text("The sign-in service has a problem and could not finish the sign-in."),
        log,
        advice=Text("Nothing is lost. Wait a minute, then sign in again."),
        status=status if status >= _FIRST_ERROR else None,
    )


def _nobody_came(log: str) -> GpkeysError:
    return GpkeysError(
        ErrorCode.TIMEOUT,
        Text("The sign-in was not finished in the browser in time."),
        log,
        advice=Text("Sign in again, and finish it on the page that opens in the browser."),
    )


def _refused(log: str) -> GpkeysError:
    return GpkeysError(
        ErrorCode.SIGN_IN_REFUSED,
        Text("The sign-in was refused or cancelled on the sign-in page."),
        log,
        advice=Text("Sign in again. If it is refused again, ask the support of the Géoplateforme."),
    )
