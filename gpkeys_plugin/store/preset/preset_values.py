"""What an administrator's preset may hold, and what makes each value usable. No message quotes a value."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Callable, Mapping
from urllib.parse import urlsplit

from ...entrepot.translatable_text import Text
from ...keys.draft import HashStorage
from ...keys.protected_addresses import url_problem

FIXED, DEFAULTS = "fixed", "defaults"
FIRST_PORT, LAST_PORT = 1024, 65535
_MOST_PORTS = 8
_CLIENT_ID = re.compile(r"[A-Za-z0-9._\-]{1,80}")
_ADDRESSES = {"api_url": "custom/api_url", "sso_url": "custom/sso_url"}
_OF_ENVIRONMENT = (*_ADDRESSES, "client_id", "is_confidential")
_ENVIRONMENTS = Path(__file__).resolve().parent.parent.parent / "resources" / "environments.json"
_LONGEST_NAME = 40

Values = dict[str, Any]


class UnusablePreset(Exception):
    """A preset that is not to be used, not even in part; `reason` says why."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.source)
        self.reason = reason


def read_sections(content: object) -> tuple[Values, Values]:
    """Return what is fixed and what is a default, by the keys of the settings; raises UnusablePreset."""
    if not isinstance(content, dict):
        raise UnusablePreset(Text("It must be an object that holds “fixed”, “defaults” or both."))
    _refuse_unknown(content, (FIXED, DEFAULTS))
    fixed, defaults = content.get(FIXED, {}), content.get(DEFAULTS, {})
    found = _read_section(FIXED, fixed), _read_section(DEFAULTS, defaults)
    for name in fixed:
        if name in defaults:
            raise UnusablePreset(Text("“{name}” is fixed and has a default: one of them is too many.", {"name": name}))
    return found


def printable(text: str) -> str:
    """Return a text without what a log or a window cannot show, such as half of a pair of surrogates."""
    return "".join(character if character.isprintable() else "?" for character in text)


def _read_section(name: str, section: object) -> Values:
    if not isinstance(section, dict):
        raise UnusablePreset(Text("“{name}” must be an object.", {"name": name}))
    _refuse_unknown(section, tuple(_READERS))
    found: Values = {}
    for entry, value in section.items():
        found.update(_READERS[entry](entry, value))
    return found


def _refuse_unknown(found: Mapping[str, object], known: tuple[str, ...]) -> None:
    for name in found:
        if name in known:
            continue
        if "secret" in name.lower():
            raise UnusablePreset(
                Text("It must hold no secret: a client secret is handed over in the variable GPKEYS_CLIENT_SECRET.")
            )
        values = {"name": printable(name[:_LONGEST_NAME]), "names": ", ".join(known)}
        raise UnusablePreset(Text("“{name}” is not known. What may stand there: {names}.", values))


def _truth(key: str) -> Callable[[str, object], Values]:
    def read(name: str, value: object) -> Values:
        if not isinstance(value, bool):
            raise UnusablePreset(Text("“{name}” must be true or false.", {"name": name}))
        return {key: value}

    return read


def _storage(name: str, value: object) -> Values:
    words = [storage.value for storage in HashStorage]
    if value not in words:
        raise _not_one_of(name, words)
    return {"wizard/hash_storage": HashStorage(value)}


def _ports(name: str, value: object) -> Values:
    ports = value if isinstance(value, list) else []
    # Of numbers, not of what only counts as one: true is 1.
    are_fine = all(type(port) is int and FIRST_PORT <= port <= LAST_PORT for port in ports)
    if not (are_fine and 1 <= len(ports) <= _MOST_PORTS):
        values = {"name": name, "most": _MOST_PORTS, "first": str(FIRST_PORT), "last": str(LAST_PORT)}
        raise UnusablePreset(Text("“{name}” must be a list of 1 to {most} ports from {first} to {last}.", values))
    return {"sign_in/reply_ports": tuple(ports)}


def _environment(name: str, value: object) -> Values:
    if isinstance(value, dict):
        return _own_environment(value)
    content = json.loads(_ENVIRONMENTS.read_text(encoding="utf-8"))
    names = [str(entry["name"]) for entry in content["environments"]]
    if value not in names:
        raise _not_one_of(name, [*names, "{" + ", ".join(_OF_ENVIRONMENT) + "}"])
    return {"environment": value}


def _own_environment(entries: Mapping[str, object]) -> Values:
    _refuse_unknown(entries, _OF_ENVIRONMENT)
    found: Values = {"environment": "custom"}
    for name, key in _ADDRESSES.items():
        found[key] = _address(name, entries.get(name))
    client_id = entries.get("client_id")
    if not (isinstance(client_id, str) and _CLIENT_ID.fullmatch(client_id)):
        raise UnusablePreset(Text("“{name}” must be the identifier of an OAuth2 client.", {"name": "client_id"}))
    is_confidential = _truth("custom/is_confidential")("is_confidential", entries.get("is_confidential", True))
    return {**found, "custom/client_id": client_id, **is_confidential}


def _address(name: str, value: object) -> str:
    # Software does not agree on what these mean in an address, so that one may see another host than the next.
    is_plain = isinstance(value, str) and value.isascii() and value.isprintable() and not {" ", "\\"} & set(value)
    if not is_plain or url_problem(str(value)) is not None or "@" in urlsplit(str(value)).netloc:
        text = Text("“{name}” must be an https address, without a user name (http only on this computer).")
        raise UnusablePreset(text.with_values({"name": name}))
    return str(value)


def _not_one_of(name: str, words: list[str]) -> UnusablePreset:
    return UnusablePreset(Text("“{name}” must be one of: {names}.", {"name": name, "names": ", ".join(words)}))


_READERS: Mapping[str, Callable[[str, object], Values]] = {
    "environment": _environment,
    "reply_ports": _ports,
    "keep_session": _truth("sign_in/keep"),
    "hash_storage": _storage,
    "clear_copies": _truth("share/clear_copies"),
    "look_up_titles": _truth("titles/look_up"),
    "tell_of_layers": _truth("repair/tell"),
    "tell_of_hashes": _truth("share/tell_of_hashes"),
    "tell_of_keys": _truth("share/tell_of_keys"),
}
