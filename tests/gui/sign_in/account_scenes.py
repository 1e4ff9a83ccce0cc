"""The states of the header: whose keys show, of which platform, and what is asked before that changes."""

from __future__ import annotations

from dataclasses import replace
from typing import Callable

from .. import scenes
from ..scenes import Stage
from .fake_accounts import CAMILLE, OLGA, PLATFORMS


def two_accounts(one: Stage) -> None:
    """Have two accounts known, one of them signed in."""
    one.accounts.known = (CAMILLE, OLGA)
    scenes.signed_in(one)


def other_platform(one: Stage) -> None:
    """Be signed in to another platform than the usual one."""
    one.accounts.platforms = tuple(replace(found, is_in_use=not found.is_in_use) for found in PLATFORMS)
    two_accounts(one)


def other_platform_signed_out(one: Stage) -> None:
    """Be at another platform, where nobody is signed in."""
    one.accounts.platforms = tuple(replace(found, is_in_use=not found.is_in_use) for found in PLATFORMS)
    one.accounts.known = (CAMILLE, OLGA)
    one.sign_in.become(one.sign_in.status.state)


def asked(one: Stage) -> None:
    """Choose another account while something is under way."""
    one.accounts.known = (CAMILLE, OLGA)
    scenes.SCENES["progress"](one)
    one.accounts.has_work = True
    one.choose(f"{OLGA.name} – {OLGA.email}".replace("&", "&&"))


SCENES: dict[str, Callable[[Stage], None]] = {
    "other_platform": other_platform,
    "other_platform_signed_out": other_platform_signed_out,
    "change_of_account_asked": asked,
}
