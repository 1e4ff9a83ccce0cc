"""The sign-in as the window sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable

from ...entrepot.sign_in_status import SignInStatus
from .account_choice import AccountChoice


@dataclass(frozen=True)
class SignInSide:
    """What the window asks of the sign-in, which lives in the network; `wiring/` ties the two together.

    Every call returns at once, on the GUI thread. `status` tells where the sign-in stands; `add_listener` has a
    listener called after each change and returns what removes it. `sign_in` takes an OAuth2 configuration and opens the
    browser where needed; `resume` takes up a kept session and never opens one. `cancel` ends a sign-in under way.
    `sign_out` forgets the account and its tokens. `token_refused` tells that the API refused the token: the state
    becomes EXPIRED. `sign_in_another` signs in as another account than the one whose session is kept. While it is
    UNCONFIRMED, another account than the last one has come: `use_account` goes on with it, `sign_in` lets it go.
    `accounts` are those to choose from, and the platforms.
    """

    status: Callable[[], SignInStatus]
    add_listener: Callable[[Callable[[SignInStatus], None]], Callable[[], None]]
    sign_in: Callable[[str], None]
    sign_in_another: Callable[[str], None]
    resume: Callable[[str], None]
    cancel: Callable[[], None]
    sign_out: Callable[[], None]
    token_refused: Callable[[], None]
    use_account: Callable[[], None]
    accounts: AccountChoice
