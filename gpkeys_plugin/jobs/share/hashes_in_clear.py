"""Use case: find what of the open project gives a key away. On the main thread only; nothing is asked."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Mapping

from qgis.core import QgsProject

from ...entrepot.models import Key, KeyType
from ...entrepot.translatable_text import Text
from ...keys.layer_needs.hash_in_text import hashes_in_text
from ...store import key_uses, open_project, settings
from ...store.configurations import auth_configs
from ...store.project_files.kinds import FileKind, kind_of
from ...store.records import installed_keys
from ...store.sources import project_layers
from ..repair.known_here import known_here
from ..repair.look_at_project import look_at_project
from ..steps.account_sessions import SignedIn
from ..values import KeyPage
from .share_values import CountInClear, HashesInClear, LayerInClear, ShareOutlook

# A hash is longer; shorter words would only be looked up in vain.
_WORD = re.compile(r"[A-Za-z0-9_\-]{12,}")
_COPIED = frozenset({FileKind.PROJECT, FileKind.PROJECT_ARCHIVE})


def count_in_clear(signed_in: SignedIn) -> CountInClear:
    """Return how much of the open project holds a hash of a key that this QGIS knows.

    A cheap look, for each time a project is saved: 500 layers in a few milliseconds.
    """
    sources = [hashes_in_text(layer.source) for layer in project_layers.all_layers()]
    words = {name: frozenset(_WORD.findall(value)) for name, value in open_project.variables().items()}
    every = frozenset().union(*sources, *words.values())
    if not every:
        return CountInClear()
    ours = known_here(every, signed_in, (), None).hashes.keys()
    variables = tuple(name for name, found in words.items() if found & ours)
    return CountInClear(sum(1 for found in sources if found & ours), variables)


def layers_in_clear(signed_in: SignedIn) -> tuple[LayerInClear, ...]:
    """Return the layers that carry the hash of a key that this QGIS knows, as they can be changed."""
    carrying = [
        layer for layer in look_at_project(signed_in).layers if layer.need.source.hash is not None and layer.need.key_id
    ]
    keys = {key_id: _key(signed_in.api_url, key_id) for key_id in {layer.need.key_id for layer in carrying}}
    return tuple(LayerInClear(layer, keys[layer.need.key_id]) for layer in carrying)


def share_outlook(page: KeyPage, signed_in: SignedIn) -> ShareOutlook:
    """Return what sharing the open project would give away of a key."""
    hash_value, key = page.details.hash, page.details.key
    found = look_at_project(signed_in).layers
    carrying = tuple(layer for layer in found if hash_value and layer.need.source.hash == hash_value)
    known_ids = {layer.layer_id for layer in carrying}
    uses = key_uses.project_layers_with(QgsProject.instance(), hash_value=hash_value)
    held = _configurations(page, signed_in.api_url)
    using = [layer for layer in found if layer.need.source.configuration_id in held]
    named = tuple(dict.fromkeys(layer.need.source.configuration_id for layer in using))
    file, problem = _file(open_project.project_file())
    return ShareOutlook(
        in_clear=HashesInClear(tuple(LayerInClear(layer, key) for layer in carrying), _variables(hash_value)),
        others=tuple(use.name for use in uses if use.layer_id not in known_ids),
        layer_names=tuple(layer.name for layer in using),
        services=tuple(name for layer in (*carrying, *using) for name in layer.need.source.layer_names),
        configurations=named or held[:1],
        has_header_method=auth_configs.has_header_method(),
        file=file,
        file_problem=problem,
        is_changed=open_project.is_changed(),
        may_copy=settings.CLEAR_COPIES.get(),
    )


def configurations_of(page: KeyPage, signed_in: SignedIn) -> tuple[str, ...]:
    """Return the ids of the configurations that hold a key here."""
    return _configurations(page, signed_in.api_url)


def _configurations(page: KeyPage, api_url: str) -> tuple[str, ...]:
    installed = installed_keys.find(api_url, page.details.key.id)
    noted = installed.authcfgs if installed is not None else ()
    every = dict.fromkeys((page.held.authcfg, *page.held.borrowed_authcfgs, *noted))
    return tuple(authcfg for authcfg in every if auth_configs.exists(authcfg))


def _variables(hash_value: str | None) -> tuple[str, ...]:
    found: Mapping[str, str] = open_project.variables() if hash_value else {}
    return tuple(name for name, value in found.items() if hash_value and hash_value in value)


def _key(api_url: str, key_id: str) -> Key:
    installed = installed_keys.find(api_url, key_id)
    return Key(key_id, installed.key_name if installed is not None else "", KeyType.HASH)


def _file(path: Path | None) -> tuple[Path | None, Text | None]:
    if path is None:
        return None, Text("The open project has not been saved yet: save it first.")
    if kind_of(path) not in _COPIED or not path.is_file():
        return None, Text("The open project is not a .qgs or .qgz file: save it as one first.")
    return path, None
