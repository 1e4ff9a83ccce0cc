"""What the user is told when a sign-in or a refresh fails: what happened, why, and what to do next."""

from __future__ import annotations

from typing import Sequence

from ...entrepot import errors_from_answers
from ...entrepot.errors import ErrorCode, GpkeysError, SignInRequired
from ...entrepot.translatable_text import Text
from .sso_requests import Refusal

_FIRST_ERROR = 400
# The one that the documentation of the Géoplateforme names for its client `qgis`.
_PORT_OF_QGIS = 7070


def refresh_failed(refusal: Refusal, log: str) -> GpkeysError:
    """Return the error of a refresh that gave no tokens although the refresh token was not refused."""
    if refusal.is_wrong_client:
        return wrong_client(log)
    if refusal.status < _FIRST_ERROR:
        return _not_its_answer(log)
    return GpkeysError(
        ErrorCode.SERVER,
        Text("The sign-in service has a problem and could not keep your session open."),
        log,
        advice=Text("You are still signed in and nothing is lost. Wait a minute, then try again."),
        status=refusal.status,
    )


def ports_busy(ports: Sequence[int]) -> GpkeysError:
    """Return the error of a sign-in that has no port for the browser's answer."""
    several = Text("The ports that the sign-in needs ({first} to {last}) are all in use.")
    one = Text("The port that the sign-in needs ({first}) is in use.")
    return GpkeysError(
        ErrorCode.QGIS,
        (several if len(ports) > 1 else one).with_values({"first": str(min(ports)), "last": str(max(ports))}),
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


def not_kept() -> GpkeysError:
    """Return the error of tokens that could not be written where QGIS keeps them."""
    return GpkeysError(
        ErrorCode.QGIS,
        Text("QGIS cannot keep your session: its folder for sessions (oauth2-cache) cannot be written."),
        "the file of the tokens cannot be read or written",
        advice=Text("Another user of this computer may own it: have your administrator give it back, then sign in."),
    )


def session_ended() -> GpkeysError:
    """Return the error of a session that is over."""
    return errors_from_answers.of_exception(SignInRequired("the session has ended"), "sign-in")


def wrong_client(log: str) -> GpkeysError:
    """Return the error of a client, or its secret, that the service does not accept."""
    return GpkeysError(
        ErrorCode.CLIENT_REFUSED,
        Text("The sign-in service does not accept the client secret."),
        log,
        advice=Text("Enter the secret that the IGN publishes for QGIS again."),
    )


def wrong_account(log: str) -> GpkeysError:
    """Return the error of a user name and password that the service does not accept."""
    return GpkeysError(
        ErrorCode.SIGN_IN_REFUSED,
        Text("The sign-in service refuses the user name or the password of the authentication configuration."),
        log,
        advice=Text("Correct them in QGIS's options, under Authentication."),
    )


def no_direct_grant(client_id: str, log: str) -> GpkeysError:
    """Return the error of a client that may not sign in with a user name and a password."""
    return GpkeysError(
        ErrorCode.SIGN_IN_REFUSED,
        Text(
            "The sign-in service does not let the client “{client_id}” sign in with a user name and a password.",
            {"client_id": client_id},
        ),
        log,
        advice=Text("Choose a configuration that signs in in the browser, or ask the IGN for a client that may."),
    )


def pkce_impossible() -> GpkeysError:
    """Return the error of a configuration with PKCE in a QGIS that has none."""
    return GpkeysError(
        ErrorCode.QGIS,
        Text("This QGIS cannot sign in with PKCE, which the authentication configuration asks for."),
        "a PKCE configuration in a QGIS before 3.40",
        advice=Text("Use QGIS 3.40 or newer, or a configuration with the authorization code and a client secret."),
    )


def reply_address_refused(address: str, log: str) -> GpkeysError:
    """Return the error of a client for which the service does not know the reply address."""
    limit = Text("In the plugin's options, choose the reply port 7070 and “Use this port only”, then sign in.")
    check = Text("Check the platform and the client identifier in the plugin's options.")
    return GpkeysError(
        ErrorCode.SIGN_IN_REFUSED,
        Text("The sign-in service does not know the reply address {address} for this client.", {"address": address}),
        log,
        advice=check if f":{_PORT_OF_QGIS}/" in address else limit,
    )


def page_refused(client_id: str, log: str) -> GpkeysError:
    """Return the error of a sign-in page that shows an error instead of asking who it is."""
    return GpkeysError(
        ErrorCode.SIGN_IN_REFUSED,
        Text("The sign-in page refuses the client “{client_id}” and would never answer.", {"client_id": client_id}),
        log,
        advice=Text("Check the platform and the client identifier in the plugin's options."),
    )


def service_failing(log: str, status: int) -> GpkeysError:
    """Return the error of a service that could not do its work."""
    return GpkeysError(
        ErrorCode.SERVER,
        Text("The sign-in service has a problem and could not finish the sign-in."),
        log,
        advice=Text("Nothing is lost. Wait a minute, then sign in again."),
        status=status if status >= _FIRST_ERROR else None,
    )


def nobody_came(log: str) -> GpkeysError:
    """Return the error of a login page that was left alone."""
    return GpkeysError(
        ErrorCode.TIMEOUT,
        Text("The sign-in was not finished in the browser in time."),
        log,
        advice=Text(
            "Sign in again, and finish it on the page that opens in the browser. If that page speaks of an invalid "
            "redirect_uri, choose “Use this port only” with port 7070 in the plugin's options."
        ),
    )


def refused(log: str) -> GpkeysError:
    """Return the error of a sign-in that was refused on the login page."""
    return GpkeysError(
        ErrorCode.SIGN_IN_REFUSED,
        Text("The sign-in was refused or cancelled on the sign-in page."),
        log,
        advice=Text("Sign in again. If it is refused again, ask the support of the Géoplateforme."),
    )


def _not_its_answer(log: str) -> GpkeysError:
    return GpkeysError(
        ErrorCode.BAD_ANSWER,
        Text("The answer received does not come from the sign-in service."),
        log,
        advice=Text("Try again. A proxy or a public network may want you to sign in first: open a web page to see."),
    )
