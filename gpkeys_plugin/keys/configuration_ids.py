"""The ids of authentication configurations: derived from what a configuration is for, so that two computers agree.

A project names its configuration by nothing but this id. One that is drawn by lot, as QGIS does it, is another one on
each computer, and the project draws on one of them only.

What the id of a key's configuration is derived from, and why:

- the API's address and the account: another account's key of the same name is another key, and nobody can guess the id
  of somebody's configuration, as the account's own id is random;
- the key's name, which is unique in the account and stays in a rotation. The key's id does not: a rotation makes a new
  key. The price is that a renamed key is known by its new name on a computer that did not have it before; a
  configuration that exists keeps its id, whatever the key is called later;
- not the type of the key, nor how QGIS sends its secret: a name is one key at a time, and where a BASIC key gave way to
  a HASH key of the same name, the projects of the one draw with the other.

Names are compared as the platform gives them: upper and lower case tell keys apart. Only the form of accents
(composed or not, as macOS types them) and spaces at the ends do not, since those may change on the way.
"""

from __future__ import annotations

import hashlib
import json
import re
import string
import unicodedata

# What QGIS's own ids are made of: `hasConfigId` and data sources of databases know letters and digits only.
_SIGNS = string.digits + string.ascii_lowercase
_LENGTH = 7
_CHOICES = 2
_ID = re.compile(r"[A-Za-z0-9]{7}")


def ids_for_key(api_url: str, account_id: str, key_name: str) -> tuple[str, ...]:
    """Return the ids for the configuration of a key, the first to be taken where it is free, then the next.

    Without an account there is none: keys of the same name in two accounts would share it.
    """
    if not account_id:
        return ()
    name = unicodedata.normalize("NFC", key_name).strip()
    return _ids("key", _address(api_url), account_id, name)


def is_id(text: str) -> bool:
    """Return whether a text can be the id of a configuration everywhere in QGIS."""
    return _ID.fullmatch(text) is not None


def _ids(*parts: str) -> tuple[str, ...]:
    return tuple(_id(*parts, str(choice)) for choice in range(_CHOICES))


def _id(*parts: str) -> str:
    # As JSON: joined plainly, two lists of parts could read the same.
    number = int.from_bytes(hashlib.sha256(json.dumps(parts).encode()).digest(), "big")
    return "".join(_SIGNS[number // len(_SIGNS) ** place % len(_SIGNS)] for place in range(_LENGTH))


def _address(url: str) -> str:
    return url.strip().rstrip("/").casefold()
