"""What a refused creation or change runs into, found out from the account's keys: the API only says "conflict"."""

from __future__ import annotations

from typing import Collection

from .errors import Conflict, ErrorCode, GpkeysError
from .models import Access, Account, Key, KeyCreation, KeyType
from .translatable_text import Text


def name_taken(name: str, refused: GpkeysError | None = None) -> GpkeysError:
    """Return the error of a name that another key has; `refused` is the API's refusal, if it was asked."""
    user = Text("One of your keys is already called “{name}”.", {"name": name})
    return _conflict(refused, Conflict.NAME, user, Text("Choose another name."))


def explained(refused: GpkeysError, creation: KeyCreation, keys: Collection[Key], account: Account) -> GpkeysError:
    """Return a refused creation's error with what it runs into, as far as the account and its keys tell."""
    if any(key.name == creation.name for key in keys):
        return name_taken(creation.name, refused)
    oauth2 = next((key for key in keys if key.type is KeyType.OAUTH2), None)
    if creation.type is KeyType.OAUTH2 and oauth2 is not None:
        return _oauth2_taken(oauth2.name, refused)
    if account.keys_quota is not None and max(len(keys), account.keys_use or 0) >= account.keys_quota:
        return _quota_full(account.keys_quota, refused)
    return _login_taken(refused) if creation.type is KeyType.BASIC else refused


def is_login_taken(error: GpkeysError) -> bool:
    """Return whether the user name of a BASIC key belongs to another key already."""
    return error.conflict is Conflict.LOGIN


def opened_otherwise(refused: GpkeysError, wanted: Collection[str], accesses: Collection[Access]) -> GpkeysError:
    """Return the error of accesses that were refused, told plainly where the key opens the offerings already.

    `wanted` are the ids of the offerings, `accesses` those the key has: whether it may have a second one to the same
    offering, through another permission, is the platform's business.
    """
    names = dict.fromkeys(access.offering.layer_name for access in accesses if access.offering.id in wanted)
    if not names:
        return refused
    user = Text(
        "The Géoplateforme opens a service to a key through one permission only, and the key opens it already: "
        "{names}.",
        {"names": ", ".join(names)},
    )
    advice = Text("Remove the service from the key and save, then add it through the other permission.")
    return _conflict(refused, Conflict.ACCESS, user, advice)


def _oauth2_taken(name: str, refused: GpkeysError) -> GpkeysError:
    user = Text("Your account already has its one OAuth2 key: “{name}”.", {"name": name})
    return _conflict(refused, Conflict.OAUTH2_KEY, user, Text("Add the services to that key instead."))


def _quota_full(quota: int, refused: GpkeysError) -> GpkeysError:
    user = Text("Your account already has the {quota} keys it may have.", {"quota": quota})
    return _conflict(refused, Conflict.QUOTA, user, Text("Delete a key you no longer need, then try again."))


def _login_taken(refused: GpkeysError) -> GpkeysError:
    user = Text("This user name is already taken: it must be unique across all accounts of the Géoplateforme.")
    advice = Text("Choose another user name, for example with the name of your organisation in it.")
    return _conflict(refused, Conflict.LOGIN, user, advice)


def _conflict(refused: GpkeysError | None, conflict: Conflict, user: Text, advice: Text) -> GpkeysError:
    return GpkeysError(
        ErrorCode.CONFLICT,
        user,
        f"{refused.log if refused else 'not sent'} [{conflict.value}]",
        advice=advice,
        status=refused.status if refused else None,
        details=refused.details if refused else (),
        conflict=conflict,
    )
