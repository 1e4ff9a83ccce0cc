"""Why a sign-in without a browser failed, found out by asking the service: QGIS only says that it failed."""

from __future__ import annotations

import requests

from ...entrepot import errors_from_answers
from ...entrepot.errors import GpkeysError, SignInFailed
from ..http.network_threads import IsCancelled, authentication_thread
from . import sign_in_messages
from .sign_in_client import SignInClient, read_setup
from .sso_requests import Refusal, post_form, refusal_of


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
    if not refusal.error or refusal.is_failure:
        return sign_in_messages.service_failing(log, refusal.status)
    return sign_in_messages.wrong_account(log)
