"""Layers of the open project whose credential may have become good, read and drawn again: nobody else tells the map."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import Collection, Sequence

from ...entrepot.errors import GpkeysError
from ...keys.layer_needs.platform_hosts import Platform
from ...keys.layer_needs.sources import read_source
from ...store.known_reference_systems import keep_known
from ...store.sources import layer_trials, project_layers
from ...store.sources.project_layers import ProjectLayer
from ..running.main_thread import MainThread
from ..running.task import Progress


def draw_anew(
    api_url: str,
    main_thread: MainThread,
    progress: Progress,
    *,
    authcfgs: Collection[str],
    hash_value: str | None = None,
    but: Collection[str] = (),
) -> None:
    """Read layers that carry one of these configurations or the hash anew where they are invalid, and draw them all.

    On a worker, where the services are asked; `but` are the ids of layers to be left alone. What is cancelled meanwhile
    stays as it is: the credential is there all the same.
    """
    found = main_thread.call(partial(project_layers.carrying, hash_value=hash_value, authcfgs=authcfgs))
    layers = [layer for layer in found if layer.layer_id not in but]
    _read([layer for layer in layers if not layer.is_valid], Platform.of(api_url), main_thread, progress)
    for layer in layers:
        main_thread.call(partial(project_layers.draw, layer.layer_id))


def _read(dark: Sequence[ProjectLayer], platform: Platform, main_thread: MainThread, progress: Progress) -> None:
    """Have the services of invalid layers answer into QGIS's cache, then QGIS read those that open."""
    sources = [(layer.provider, layer.source) for layer in dark]
    main_thread.call(lambda: keep_known(layer_trials.reference_systems(sources)))
    roots = set[str]()
    with suppress(GpkeysError):
        for layer in dark:
            progress.check()
            if _opens(layer, platform, roots):
                source = layer.source
                main_thread.call(
                    partial(project_layers.change_source, layer.layer_id, source, source, keep_only_valid=False)
                )


def _opens(layer: ProjectLayer, platform: Platform, roots: set[str]) -> bool:
    asked = read_source(layer.provider, layer.source, platform)
    if asked is None or asked.kind not in layer_trials.TRIED_KINDS:
        # Tiles open whatever they carry; they are invalid where the project was opened without its layers.
        return asked is not None
    is_first = asked.root not in roots
    roots.add(asked.root)
    if is_first:
        # What the cache has may have been said to the key that was there before.
        return layer_trials.opens_anew(asked.kind, layer.provider, layer.source)
    return layer_trials.opens(layer.provider, layer.source)
