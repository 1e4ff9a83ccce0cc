"""Reading and checking the bodies that clients send to the simulated Entrepôt API."""

from __future__ import annotations

import ipaddress
import re
import uuid
from dataclasses import dataclass, field
from typing import Any

from flask import request

from tests.simulator.api.errors import bad_request
from tests.simulator.memory.switches import Switches

KEY_TYPES = ("HASH", "HEADER", "BASIC", "OAUTH2")
_LISTS = ("whitelist", "blacklist")
_PATTERNS = ("user_agent", "referer")
_HASH_VALUE = re.compile(r"[A-Za-z0-9_.\-]{4,64}")
_ALLOWED_INFOS = {"HASH": ("hash",), "BASIC": ("login", "password"), "HEADER": ("headers",), "OAUTH2": ()}


@dataclass(frozen=True)
class KeyBody:
    """A checked body of POST or PATCH keys; `changes` holds only what was sent."""

    changes: dict[str, Any]
    type: str = ""
    infos: dict[str, Any] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class AccessesBody:
    """A checked body of POST accesses."""

    offering_ids: tuple[str, ...]
    permission_id: str | None = None


def new_key(options: Switches) -> KeyBody:
    """The body of a creation: name, type and type_infos are required."""
    body = _json_object()
    changes = _changes(body, options)
    if "name" not in changes:
        raise bad_request("Le nom de la clé est obligatoire")
    key_type = body.get("type")
    if key_type not in KEY_TYPES:
        raise bad_request(f"Le type de la clé doit être l'une des valeurs {', '.join(KEY_TYPES)}")
    return KeyBody(changes, key_type, _infos(key_type, body.get("type_infos")))


def key_changes(options: Switches) -> KeyBody:
    """The body of an update; type and type_infos cannot be changed and are not looked at."""
    return KeyBody(_changes(_json_object(), options))


def new_accesses() -> AccessesBody:
    """The body of POST accesses."""
    body = _json_object()
    offerings = body.get("offerings")
    if not isinstance(offerings, list) or not offerings:
        raise bad_request("La liste des offres est obligatoire")
    if not all(_is_uuid(offering) for offering in offerings):
        raise bad_request("Les identifiants d'offre doivent être des UUID")
    if len(set(offerings)) != len(offerings):
        raise bad_request("La liste des offres contient des doublons")
    if "permission" in body and not _is_uuid(body["permission"]):
        raise bad_request("L'identifiant de la permission doit être un UUID")
    return AccessesBody(tuple(offerings), body.get("permission"))


def _json_object() -> dict[str, Any]:
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise bad_request("Le corps de la requête doit être un objet JSON")
    return body


def _changes(body: dict[str, Any], options: Switches) -> dict[str, Any]:
    changes = {name: body[name] for name in ("name", *_LISTS, *_PATTERNS) if name in body}
    if "name" in changes and not (isinstance(changes["name"], str) and changes["name"]):
        raise bad_request("Le nom de la clé est obligatoire")
    for name in _PATTERNS:
        if name in changes and not isinstance(changes[name], str):
            raise bad_request(f"{name} doit être un texte")
    for name in _LISTS:
        _check_addresses(name, changes.get(name, []), options)
    if not options.both_lists and all(changes.get(name) for name in _LISTS):
        raise bad_request("whitelist et blacklist ne peuvent pas être utilisées ensemble")
    return changes


def _check_addresses(name: str, ranges: Any, options: Switches) -> None:
    if not isinstance(ranges, list) or not all(isinstance(text, str) for text in ranges):
        raise bad_request(f"{name} doit être une liste de textes")
    wrong = [text for text in ranges if options.cidr_checked and not _is_cidr(text)]
    if wrong:
        raise bad_request(*(f"{name} : {text} n'est pas une plage d'adresses (CIDR)" for text in wrong))


def _is_cidr(text: str) -> bool:
    try:
        ipaddress.ip_network(text, strict=False)
    except ValueError:
        return False
    return "/" in text


def _is_uuid(value: object) -> bool:
    try:
        return isinstance(value, str) and str(uuid.UUID(value)) == value.lower()
    except ValueError:
        return False


def _infos(key_type: str, infos: Any) -> dict[str, Any]:
    if not isinstance(infos, dict):
        raise bad_request("type_infos est obligatoire")
    unknown = [name for name in infos if name not in _ALLOWED_INFOS[key_type]]
    if unknown:
        raise bad_request(*(f"type_infos : propriété {name} inconnue pour ce type de clé" for name in unknown))
    if key_type == "BASIC":
        _check_basic(infos)
    if key_type == "HASH" and "hash" in infos:
        _check_hash(infos["hash"])
    if key_type == "HEADER":
        _check_headers(infos.get("headers", {}))
    return infos


def _check_basic(infos: dict[str, Any]) -> None:
    if not isinstance(infos.get("login"), str) or not infos["login"]:
        raise bad_request("type_infos : le nom d'utilisateur est obligatoire")
    if not isinstance(infos.get("password"), str):
        raise bad_request("type_infos : le mot de passe est obligatoire")


def _check_hash(value: Any) -> None:
    if not isinstance(value, str) or not _HASH_VALUE.fullmatch(value):
        raise bad_request("type_infos : le hash compte 4 à 64 lettres, chiffres, _, . ou -")


def _check_headers(headers: Any) -> None:
    if not isinstance(headers, dict) or not all(isinstance(value, str) for value in headers.values()):
        raise bad_request("type_infos : headers associe des noms à des textes")
