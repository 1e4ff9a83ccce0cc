"""What a script hears of a key that it has made, changed or asked after."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Mapping

from ..values import CreatedKey
from . import report_values
from .script_context import Script


@dataclass(frozen=True)
class KeyOutcome:
    """What a script hears of a key.

    `authcfg` is empty where QGIS keeps no configuration for it; `connections` are the names in QGIS's Browser.
    `is_good` says of a test that every service works, `is_changed` of a change that there was something to change.
    """

    key_id: str
    authcfg: str = ""
    connections: tuple[str, ...] = ()
    is_good: bool = True
    is_changed: bool = True
    report: Mapping[str, Any] = field(default_factory=dict)


def connected(script: Script, created: CreatedKey) -> KeyOutcome:
    """Tell the warnings, and return what a script hears of a key that was written into QGIS."""
    script.tell_changed()
    for warning in created.warnings:
        script.progress.warn(warning)
    report = {
        **report_values.key(created.key),
        "auth_id": created.authcfg,
        "connections": [report_values.connection(made) for made in created.connections],
        "layers": [report_values.recipe(made) for made in created.layers],
        "other_services": [report_values.other_service(served) for served in created.other_layers],
        "warnings": report_values.texts(created.warnings),
    }
    names = tuple(made.name for made in created.connections)
    return KeyOutcome(created.key.id, created.authcfg, names, report=report)
