"""What a sign-in asks of the accounts that this profile knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable

from ..entrepot.models import Account


@dataclass(frozen=True)
class AccountsHere:
    """The accounts that this profile knows, by what keeps them; called on the GUI thread.

    `is_expected` says whether a session of an account, which another one than that in use was asked for or not, is
    used without a question. `is_anothers` says whether a configuration keeps the session of another account than that
    in use. `home_of` returns the configuration to keep an account's session in that was begun with another one, and may
    make it; raises GpkeysError. `use` notes who uses which configuration now.
    """

    is_expected: Callable[[Account, bool], bool]
    is_anothers: Callable[[str], bool]
    home_of: Callable[[str, Account], str]
    use: Callable[[str, Account], None]
