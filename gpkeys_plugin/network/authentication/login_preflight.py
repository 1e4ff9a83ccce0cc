"""Looks, before a browser opens, whether the sign-in service would take the login at all.

Some refusals never come back: the service shows an error page, and one would wait for minutes. And nobody should type
a password only to hear that the client's secret is wrong.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import requests
from qgis.core import Qgis

from ...entrepot import errors_from_answers
from ...entrepot.errors import GpkeysError, RequestCancelled
from ..http.network_threads import IsCancelled
from . import sign_in_messages
from .sign_in_client import SignInClient
from .sign_in_diagnosis import client_refusal
from .sso_requests import Refusal, get_page

_PKCE_SINCE = 34000
_ERROR_PAGES = (400, 404)
# Not as a parameter of one of the page's own links.
_SPEAKS_OF_ADDRESS = re.compile(r"\bredirect_uri\b(?!=|%3D)")
_REDIRECTIONS = range(300, 400)
# A challenge as it must look: nobody ever shows the verifier.
_CHALLENGE = {"code_challenge": "A" * 43, "code_challenge_method": "S256"}


def refuse_hopeless_login(setup: SignInClient, is_cancelled: IsCancelled) -> None:
    """Raise GpkeysError when the sign-in service would refuse a login in the browser, whatever the user does."""
    if setup.uses_pkce and not _can_pkce():
        raise sign_in_messages.pkce_impossible()
    _refuse_wrong_client(setup, is_cancelled)
    _refuse_wrong_page(setup, is_cancelled)


def _can_pkce() -> bool:
    # For a layer, QGIS before 3.40 opens a senseless address, waits, and then every later login hangs.
    return bool(Qgis.QGIS_VERSION_INT >= _PKCE_SINCE)


def _refuse_wrong_client(setup: SignInClient, is_cancelled: IsCancelled) -> None:
    try:
        refusal = client_refusal(setup, is_cancelled)
    except requests.RequestException as error:
        raise errors_from_answers.of_exception(error, "sign-in") from error
    log = f"before the login, the token endpoint answered {refusal.status} {refusal.error}".rstrip()
    if refusal.is_wrong_client:
        raise sign_in_messages.wrong_client(log)
    if refusal.is_failure:
        raise sign_in_messages.service_failing(log, refusal.status)


def _refuse_wrong_page(setup: SignInClient, is_cancelled: IsCancelled) -> None:
    try:
        page = get_page(setup.authorize_url, {**setup.login_query, **_CHALLENGE}, is_cancelled)
    except RequestCancelled as cancelled:
        raise errors_from_answers.of_exception(cancelled, "sign-in") from cancelled
    except requests.RequestException:
        # The browser may well have a way there that QGIS has not.
        return
    error = _page_error(setup, page)
    if error is not None:
        raise error


def _page_error(setup: SignInClient, page: requests.Response) -> GpkeysError | None:
    log = f"before the login, the sign-in page answered {page.status_code}"
    if Refusal(page.status_code).is_failure:
        return sign_in_messages.service_failing(log, page.status_code)
    if page.status_code in _REDIRECTIONS:
        return _sent_back_error(setup, page.headers.get("Location", ""))
    if page.status_code not in _ERROR_PAGES:
        return None
    if _SPEAKS_OF_ADDRESS.search(page.text):
        return sign_in_messages.reply_address_refused(setup.reply_address, log)
    return sign_in_messages.page_refused(setup.client_id, log)


def _sent_back_error(setup: SignInClient, location: str) -> GpkeysError | None:
    """Return what the service tells the reply address at once, without asking anybody; None when it is no error."""
    if not location.startswith(setup.reply_address):
        return None
    told = {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}
    if "error" not in told:
        return None
    log = f"before the login, the sign-in page sent back {told['error']}: {told.get('error_description', '')}"
    return sign_in_messages.page_refused(setup.client_id, log)
