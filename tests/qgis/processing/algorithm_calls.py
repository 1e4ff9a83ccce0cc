"""What the algorithms' tests ask for again and again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.qgis.processing.conftest import Toolbox
from tests.simulator.memory import seeds

SERVICES = f"{seeds.SHADING}, {seeds.PLU}"
PASSWORD = "Mot-de-passe-26"  # pragma: allowlist secret - made up


def read(path: str) -> Any:
    """Return what an algorithm wrote as JSON."""
    return json.loads(Path(path).read_text(encoding="utf-8"))


def create(toolbox: Toolbox, name: str = "Poste 12", kind: str = "HASH", **values: Any) -> dict[str, Any]:
    """Create a key for two services."""
    return toolbox.run("createkey", **{"NAME": name, "TYPE": kind, "OFFERINGS": SERVICES, **values})


def opened(toolbox: Toolbox, key_id: str) -> set[str]:
    """Return the layers that a key opens on the platform."""
    return {access.offering.layer_name for access in toolbox.bench.accesses(key_id)}
