"""Refuses to put a hash elsewhere than where an administrator has fixed that it goes."""

from __future__ import annotations

from ...entrepot.errors import ErrorCode, GpkeysError
from ...entrepot.translatable_text import Text
from ...keys.draft import HashStorage
from ...keys.rules.secret_rules import fixed_elsewhere
from ...store import settings
from ...store.configurations import auth_configs


def require_allowed_storage(wanted: HashStorage | None) -> None:
    """Raise GpkeysError where a hash may not go where it is wanted; None leaves the place to QGIS."""
    fixed = settings.fixed_hash_storage()
    reason = fixed_elsewhere(wanted, fixed) if wanted is not None else None
    if reason is not None:
        raise GpkeysError(
            ErrorCode.INVALID, reason, "a hash is wanted elsewhere than fixed", advice=Text("Choose that place.")
        )
    if fixed is HashStorage.HEADER and not auth_configs.has_header_method():
        raise GpkeysError(
            ErrorCode.QGIS,
            Text("This QGIS cannot send the key as a header: choose another type of key."),
            "a hash is fixed to go into a header, which this QGIS lacks",
        )
