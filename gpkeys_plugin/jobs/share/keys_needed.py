"""Use case: find which keys somebody else needs to see the open project. On the main thread only; nothing is asked."""

from __future__ import annotations

import hashlib
from collections import Counter

from qgis.core import QgsProject

from ...keys.layer_needs.same_layers import carried
from ...store import open_project, settings
from ...store.credential_owners import owners_of_configurations
from ...store.records import installed_keys
from ...store.sources import project_layers
from ..steps.account_sessions import SignedIn
from .share_values import KeysNeeded

_DIGEST_LENGTH = 16
_MOST_REMEMBERED = 300


def untold_keys(signed_in: SignedIn) -> KeysNeeded:
    """Return which keys of ours the open project needs, nothing where that was told of this project and these keys.

    Nothing either for one that has no file or a temporary one. What QGIS holds for a key counts, not the address of
    the layer: without the configuration that it names it is dark, whatever it asks.
    """
    if open_project.is_temporary():
        return KeysNeeded()
    owners = owners_of_configurations(installed_keys.of_account(signed_in.api_url, signed_in.account_id))
    carried_by = (carried(layer.provider, layer.source).configurations for layer in project_layers.all_layers())
    used = Counter(authcfg for configurations in carried_by for authcfg in configurations & owners.keys())
    if not used:
        return KeysNeeded()
    needed = KeysNeeded(owners[used.most_common(1)[0][0]], _digest(used))
    return KeysNeeded() if needed.digest in _told() else needed


def note_told(needed: KeysNeeded) -> None:
    """Remember that it was told."""
    earlier = [digest for digest in _told() if digest != needed.digest]
    settings.PROJECTS_TOLD.set(" ".join([*earlier, needed.digest][-_MOST_REMEMBERED:]))


def _told() -> list[str]:
    return settings.PROJECTS_TOLD.get().split()


def _digest(authcfgs: Counter[str]) -> str:
    """Return what stands for the project and its configurations: they stay when the secret of a key is changed."""
    whole = "\n".join((QgsProject.instance().fileName(), *sorted(authcfgs)))
    return hashlib.sha256(whole.encode()).hexdigest()[:_DIGEST_LENGTH]
