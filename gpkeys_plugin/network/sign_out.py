"""Ending a session: at the sign-in service, as far as that goes (nobody waits for it), and in this QGIS."""

from __future__ import annotations

from urllib.parse import urlencode

from .authentication import token_file
from .authentication.login_object import forget_login
from .authentication.sign_in_client import SignInClient, read_setup
from .http.one_request import Exchange, Outcome
from .http.transport import new_request

_TIMEOUT_MS = 10_000
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_SUCCESS = range(200, 400)


def end_session(setup: SignInClient, grant: str) -> None:
    """Have the service end the session of the refresh token `grant`, so that the browser must ask again too.

    Falls back on revoking the token where the service refuses to end the session.
    """

    def revoke_unless_ended(outcome: Outcome) -> None:
        # Not where no answer came, as when the threads are ending: another request would begin one anew meanwhile.
        if outcome.status is not None and outcome.status not in _SUCCESS:
            _post(setup.sibling_url("revoke"), {"token": grant, **setup.credentials})

    logout = Exchange(
        new_request(setup.sibling_url("logout"), _FORM, _TIMEOUT_MS),
        "POST",
        _body({"refresh_token": grant, **setup.credentials}),
        revoke_unless_ended,
    )
    if setup.sibling_url("logout"):
        logout.start()


def end_kept_session(authcfg: str) -> None:
    """End the session that is kept for a configuration, at the service and here."""
    kept, setup = token_file.read(authcfg), read_setup(authcfg)
    if kept is not None and kept.refresh and setup is not None:
        end_session(setup, kept.refresh)
    if authcfg:
        drop_session(authcfg)


def drop_session(authcfg: str) -> None:
    """Forget the session of a configuration in this QGIS: its tokens, and what QGIS has in memory of them."""
    token_file.remove(authcfg)
    forget_login(authcfg)


def _post(url: str, fields: dict[str, str]) -> None:
    Exchange(new_request(url, _FORM, _TIMEOUT_MS), "POST", _body(fields)).start()


def _body(fields: dict[str, str]) -> bytes:
    return urlencode(fields).encode("ascii")
