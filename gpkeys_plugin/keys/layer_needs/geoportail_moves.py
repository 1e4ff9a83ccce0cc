"""A source of the old Géoportail taken to the address of today, in its text; every other byte stays as it was."""

from __future__ import annotations

import re

from ...entrepot.translatable_text import Text
from ..services.connection_plans import ConnectionKind
from .addresses import with_root
from .platform_hosts import OLD_HOSTS
from .sources import LayerSource, fields_of

_SLASH = r"(?:/|%2F|%252F)"
_HOSTS = "|".join(map(re.escape, sorted(OLD_HOSTS)))
_OLD_ROOT = re.compile(
    rf"\s*https?(?::|%3A|%253A){_SLASH}{{2}}(?:{_HOSTS})(?::443)?(?:{_SLASH}(?:(?!{_SLASH}|\?|%3F|%253F).)*)*?"
    rf"{_SLASH}(?:r{_SLASH}wms|v{_SLASH}wms|wmts|wfs|tms{_SLASH}1\.0\.0)(?={_SLASH}|\?|%3F|%253F|#|%23|$)",
    re.IGNORECASE | re.DOTALL,
)
_TILES = (ConnectionKind.XYZ, ConnectionKind.VECTOR_TILES)


def moved_to(provider: str, source: str, new_root: str) -> str:
    """Return a source of the old Géoportail with the root of its service replaced, key and all; others as they are.

    `new_root` is as `Platform.private_root` has it. Layers, formats and tile matrix sets stay as they are written, see
    `move_caution`.
    """
    fields = fields_of(provider, source)
    if fields is None:
        return source
    return fields.changed(
        lambda one: one._replace(value=with_root(one.value, _OLD_ROOT, new_root)) if one.name == "url" else one
    ).text


def move_caution(source: LayerSource) -> Text | None:
    """Return what may differ at the new address, so that the layer is to be looked at; None where nothing may."""
    if source.kind is ConnectionKind.WMTS:
        return _MATRIX_SET.with_values({"name": source.tile_matrix_set})
    return _ENDING if source.kind in _TILES else None


_MATRIX_SET = Text(
    "The tile matrix set “{name}” and the image format may have other names at the new address: "
    "look whether the layer draws, or add it anew."
)
_ENDING = Text(
    "The zoom levels and the ending of the tiles may differ at the new address: "
    "look whether the layer draws, or add it anew."
)
