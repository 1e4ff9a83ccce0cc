"""Where the sign-in stands, as values every room may read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from .errors import GpkeysError
from .models import Account


class SignInState(Enum):
    """Where the sign-in stands."""

    SIGNED_OUT = "signed-out"
    SIGNING_IN = "signing-in"
    UNCONFIRMED = "unconfirmed"
    SIGNED_IN = "signed-in"
    EXPIRED = "expired"


@dataclass(frozen=True)
class SignInStatus:
    """The sign-in as the window shows it. `account` is set while SIGNED_IN, `error` after a failed attempt.

    `newcomer` is set while UNCONFIRMED: another account than the last one here, with which nothing is done yet.
    `is_resuming` is said while SIGNING_IN: a kept session is taken up, and no browser opens.
    """

    state: SignInState
    authcfg: str = ""
    account: Account | None = None
    error: GpkeysError | None = None
    newcomer: Account | None = None
    is_resuming: bool = False
