"""Use case: find the layers of the open project that ask for what needs a key. On the main thread only."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone
from typing import Mapping, Sequence

from ...keys.layer_needs.needs import Cause, LayerNeed, need_of
from ...keys.layer_needs.platform_hosts import Platform
from ...keys.layer_needs.rights import KeyRights, asked_for, key_rights
from ...keys.layer_needs.sources import LayerSource, read_source
from ...keys.services.connection_plans import ConnectionKind
from ...keys.upkeep.holdings import Holdings
from ...keys.upkeep.overview import KeyOverview
from ...store.sources import project_layers
from ...store.sources.project_layers import ProjectLayer
from ..steps.account_sessions import SignedIn
from .known_here import known_here
from .repair_values import LayerFound, ProjectFindings

# Valid whatever they carry.
_TILES = (ConnectionKind.XYZ, ConnectionKind.VECTOR_TILES)


def look_at_project(
    signed_in: SignedIn, overviews: Sequence[KeyOverview] = (), holdings: Holdings | None = None
) -> ProjectFindings:
    """Return what is found, without any request, prompt or wait."""
    layers = project_layers.all_layers()
    asking = _asking(layers, Platform.of(signed_in.api_url))
    if not asking:
        return ProjectFindings(project_layers.project_name(), (), len(layers))
    hashes = {source.hash for _layer, source in asking if source.hash is not None}
    known = known_here(hashes, signed_in, overviews, holdings)
    rights = rights_by_key(overviews, holdings)
    groups = project_layers.groups_of([layer.layer_id for layer, _source in asking])
    found = (
        LayerFound(
            layer.layer_id,
            layer.name,
            groups.get(layer.layer_id, ""),
            layer.provider,
            layer.source,
            layer.is_valid,
            _with_rights(need_of(source, known), layer.is_valid, rights),
        )
        for layer, source in asking
    )
    return ProjectFindings(project_layers.project_name(), tuple(found), len(layers))


def _asking(layers: Sequence[ProjectLayer], platform: Platform) -> list[tuple[ProjectLayer, LayerSource]]:
    """Return the layers that ask the platform's private services, or the old Géoportail, and what they ask for."""
    read = ((layer, read_source(layer.provider, layer.source, platform)) for layer in layers)
    return [
        (layer, source) for layer, source in read if source is not None and (source.is_private or source.is_geoportail)
    ]


def rights_by_key(overviews: Sequence[KeyOverview], holdings: Holdings | None) -> Mapping[str, KeyRights | None] | None:
    """Return what each key of the account opens, None for one that was not read; None where nobody is signed in."""
    if holdings is None:
        return None
    read = key_rights((row for row in overviews if row.accesses is not None), datetime.now(timezone.utc))
    return {**{key.id: None for key in holdings.keys}, **{rights.row.key.id: rights for rights in read}}


def _with_rights(need: LayerNeed, is_valid: bool, keys: Mapping[str, KeyRights | None] | None) -> LayerNeed:
    """Return why a layer with a key of ours is dark, where the account tells.

    The key is gone, or opens the layer no longer. A valid layer of a WMS or WFS may ask for more than its names say.
    """
    is_shown = is_valid and need.source.kind not in _TILES
    if keys is None or need.cause is not Cause.NONE or not need.key_id or is_shown:
        return need
    if need.key_id not in keys:
        return need if is_valid else replace(need, cause=Cause.ENDED_KEY)
    rights, asked = keys[need.key_id], asked_for(need.source)
    has_ended = rights is not None and bool(asked) and rights.end(asked) is None
    return replace(need, cause=Cause.ENDED_KEY) if has_ended else need
