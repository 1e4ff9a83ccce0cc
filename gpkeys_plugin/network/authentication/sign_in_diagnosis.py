"""Why a sign-in failed, found out by asking the service. QGIS itself only says that the login failed."""

from __future__ import annotations

from typing import Callable

import requests

from ...entrepot import errors_from_answers
from ...entrepot.errors import GpkeysError, SignInFailed
from ..http.network_threads import IsCancelled, authentication_thread
from . import sign_in_messages
from .authenticate_request import LoginFailed
from .sign_in_client import SignInClient, read_setup
from .sso_requests import Refusal, post_form, refusal_of

_NEARLY = 0.9
_CLIENT_STATUSES = (400, 401)
_LAST_SUCCESS = 299
_FIRST_SERVER_ERROR = 500


def why_login_failed(
    failed: LoginFailed, setup: SignInClient, seen_status: Callable[[], int | None], is_cancelled: IsCancelled
) -> GpkeysError:
    """Return what to tell about a failed login. `seen_status` tells what the token endpoint answered QGIS."""
    try:
        refusal = client_refusal(setup, is_cancelled)
    except requests.RequestException as error:
        return errors_from_answers.of_exception(error, "sign-in")
    # Asked only now: what QGIS's own request got is told through the GUI thread's events.
    return _verdict(failed, setup, seen_status(), refusal)


def explained(failed: SignInFailed, authcfg: str, is_cancelled: IsCancelled | None) -> SignInFailed:
    """Return a failure with what to tell the user, where a configuration signs in without a browser."""
    if failed.explanation is not None:
        return failed
    setup = authentication_thread().call(lambda: read_setup(authcfg), is_cancelled)
    if setup is None or setup.needs_browser:
        return failed
    return SignInFailed(str(failed), _without_browser(setup, f"sign-in without a browser: {failed}", is_cancelled))


def client_refusal(setup: SignInClient, is_cancelled: IsCancelled | None) -> Refusal:
    """Return what the service refuses when the client shows itself; raises a `requests` exception without an answer."""
    # A code that cannot exist, or no name at all: what is refused first tells whether the client is accepted.
    impossible = {"grant_type": "password"} if setup.uses_password else _IMPOSSIBLE_CODE
    response = post_form(setup.grant_url, {**impossible, **setup.credentials}, is_cancelled)
    return refusal_of(response.status_code, response.content)


_IMPOSSIBLE_CODE = {"grant_type": "authorization_code", "code": "none"}


def _without_browser(setup: SignInClient, log: str, is_cancelled: IsCancelled | None) -> GpkeysError:
    try:
        refusal = client_refusal(setup, is_cancelled)
    except requests.RequestException as error:
        return errors_from_answers.of_exception(error, "sign-in")
    if refusal.is_wrong_client:
        return sign_in_messages.wrong_client(f"{log}; {refusal.error}")
    if refusal.is_grant_forbidden and setup.uses_password:
        return sign_in_messages.no_direct_grant(setup.client_id, f"{log}; {refusal.error}")
    if _is_failing(refusal, None):
        return sign_in_messages.service_failing(log, refusal.status)
    return sign_in_messages.wrong_account(log)


def _verdict(failed: LoginFailed, setup: SignInClient, seen_status: int | None, refusal: Refusal) -> GpkeysError:
    log = f"sign-in failed after {failed.seconds:.0f} s; the token endpoint answered {seen_status}; {failed}"
    if refusal.is_wrong_client:
        return sign_in_messages.wrong_client(f"{log}; {refusal.error}")
    if _is_failing(refusal, seen_status):
        return sign_in_messages.service_failing(log, seen_status or refusal.status)
    if failed.seconds >= _NEARLY * setup.login_wait_s:
        return sign_in_messages.nobody_came(log)
    return sign_in_messages.refused(log)


def _is_failing(refusal: Refusal, seen_status: int | None) -> bool:
    """Whether the token endpoint, asked by QGIS or by us, gave anything but a grant or an OAuth2 refusal."""
    was_answered_badly = seen_status is not None and (
        seen_status <= _LAST_SUCCESS or seen_status >= _FIRST_SERVER_ERROR or seen_status not in _CLIENT_STATUSES
    )
    return was_answered_badly or not refusal.error or refusal.is_failure
