"""A source's credential replaced in its text, whatever it carries; every other byte stays as it was.

But for a URL that is encoded twice, which only old versions of QGIS read: it is encoded once from then on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Union
from urllib.parse import quote

from ..services.connection_plans import ConnectionKind
from .addresses import (
    HASH_PARAMETER,
    encoded_once,
    hashes,
    plain_url,
    protected,
    with_parameter,
    without_login,
    without_parameter,
)
from .platform_hosts import Platform
from .source_fields import Field, SourceFields, Syntax
from .sources import (
    AUTHCFG,
    HEADER,
    LOGIN_FIELDS,
    WFS_PROVIDER,
    fields_of,
    is_cut_off,
    is_header,
    read_source,
    url_field,
)

_STYLE = "styleUrl"
_PRIVATE_PATH = re.compile(r"/private(?:/|$)")
# Services may say other URLs in their capabilities, without the hash: QGIS is not to ask those.
_OWN_URL_FLAGS = ("IgnoreGetMapUrl", "IgnoreGetFeatureInfoUrl")


@dataclass(frozen=True)
class HashInUrl:
    """A hash as the `apikey` parameter of the URL: read by every QGIS and by QGIS Server, in clear in the project."""

    hash: str = field(repr=False)


@dataclass(frozen=True)
class HashInHeader:
    """A hash as a header, `http-header:apikey=`: in clear too, sent from QGIS 3.40 on, never for WFS."""

    hash: str = field(repr=False)


@dataclass(frozen=True)
class Configuration:
    """An authentication configuration, by its id (`authcfg`): no secret is in the project."""

    authcfg: str


Credential = Union[HashInUrl, HashInHeader, Configuration]


def can_carry(provider: str, credential: Credential) -> bool:
    """Return whether a provider's sources can carry such a credential."""
    return not (provider == WFS_PROVIDER and isinstance(credential, HashInHeader))


def with_credential(provider: str, source: str, credential: Credential, platform: Platform) -> str:
    """Return a source with the new credential in the place of all that it carries: hash, login, header, configuration.

    It asks over https from then on where the platform does, so that no secret crosses the network in clear. A source
    that asks another host, or whose provider can't carry the credential, comes back as it is. Never raises.
    """
    asked, fields = read_source(provider, source, platform), fields_of(provider, source)
    if asked is None or fields is None or asked.is_geoportail or not can_carry(provider, credential):
        return source
    is_in_url = bool(_url_hashes(fields))
    changed = _with_fields(_with_urls(fields, credential, platform), credential)
    if isinstance(credential, HashInUrl) and not is_in_url and asked.kind in (ConnectionKind.WMS, ConnectionKind.WMTS):
        changed = _asking_own_url(changed)
    return changed.text


def _url_hashes(fields: SourceFields) -> tuple[str, ...]:
    asked = url_field(fields)
    return hashes(asked.value, fields.url_levels) if asked is not None else ()


def _with_urls(fields: SourceFields, credential: Credential, platform: Platform) -> SourceFields:
    return fields.changed(
        lambda one: (
            _with_value(one, _new_url(one, fields, credential, platform)) if one.name in ("url", _STYLE) else one
        )
    )


def _new_url(one: Field, fields: SourceFields, credential: Credential, platform: Platform) -> str:
    """Return the value of a field that holds a URL; one of another host stays, whatever it carries."""
    levels, raw = fields.url_levels, one.value
    url = plain_url(raw, levels)
    if url is None or url.host != platform.host:
        return raw
    raw = without_login(encoded_once(raw) if levels else raw)
    if url.scheme == "http" and platform.is_protected:
        raw = protected(raw)
    if fields.syntax is Syntax.ADDRESS:
        raw = _with_address_fields(raw, credential)
    if not isinstance(credential, HashInUrl):
        return without_parameter(raw, levels, HASH_PARAMETER)
    is_asked = one.name != _STYLE or _PRIVATE_PATH.search(url.path) or hashes(raw, levels)
    return with_parameter(raw, levels, HASH_PARAMETER, credential.hash) if is_asked else raw


def _with_address_fields(raw: str, credential: Credential) -> str:
    """Change what are fields elsewhere and parameters in a source that is a URL and nothing else."""
    for name in LOGIN_FIELDS:
        raw = without_parameter(raw, 0, name)
    if isinstance(credential, Configuration):
        return with_parameter(raw, 0, AUTHCFG, credential.authcfg)
    return without_parameter(raw, 0, AUTHCFG)


def _with_fields(fields: SourceFields, credential: Credential) -> SourceFields:
    if fields.syntax is Syntax.ADDRESS:
        return fields
    wanted = _wanted(credential, fields.syntax)
    carriers = [index for index, one in enumerate(fields.fields) if _is_carrier(fields, one)]
    has_place = wanted is not None and any(_is_named(fields.fields[index], wanted[0]) for index in carriers)

    def change(one: Field) -> Field | None:
        if not _is_carrier(fields, one):
            return one
        return _with_value(one, wanted[1]) if wanted is not None and _is_named(one, wanted[0]) else None

    changed = fields.changed(change)
    if wanted is None or has_place:
        return changed
    # What was taken out first leaves its place to the new one.
    return changed.with_field(*wanted, at=carriers[0] if carriers else None)


def _wanted(credential: Credential, syntax: Syntax) -> tuple[str, str] | None:
    """Return name and raw value of the field that carries a credential; None for one that the URL carries."""
    if isinstance(credential, HashInUrl):
        return None
    name, value = (AUTHCFG, credential.authcfg) if isinstance(credential, Configuration) else (HEADER, credential.hash)
    return name, _encoded(value, syntax)


def _is_carrier(fields: SourceFields, one: Field) -> bool:
    # Empty fields for a login are written by QGIS itself, and carry nothing.
    is_login = one.name in LOGIN_FIELDS and bool(one.value)
    return is_login or one.name == AUTHCFG or is_header(one) or is_cut_off(fields, one)


def _is_named(one: Field, name: str) -> bool:
    return is_header(one) if name == HEADER else one.name == name


def _asking_own_url(fields: SourceFields) -> SourceFields:
    for flag in _OWN_URL_FLAGS:
        if not fields.values(flag):
            fields = fields.with_field(flag, "1")
    return fields


def _with_value(one: Field, value: str) -> Field:
    # A field of the joined kind may stand without its equals sign.
    is_bare = one.head == one.name and bool(one.head)
    return one._replace(value=value, head=f"{one.head}=" if is_bare else one.head)


def _encoded(value: str, syntax: Syntax) -> str:
    if syntax is Syntax.JOINED:
        return quote(value, safe="")
    return value.replace("\\", "\\\\").replace("'", "\\'")
