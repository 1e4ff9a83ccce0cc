"""Runs the main job in a real QGIS desktop against a simulator: for the demo and for the tests."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.end_to_end.desktop.qgis_desktop import WALKS, Desktop, Outcome
from tests.simulator.remote.steering import Simulator

WALK = WALKS / "main_job.py"
SERVICES = (
    "rochebrune.scan25.touristique",
    "rochebrune.scan25.estompage",
    "rochebrune.limites_communales",
    "rochebrune.plu_2026",
    "rochebrune_plu_2026_archive",
    "rochebrune.plan.vecteur",
)
"""Services whose permissions demand no OAUTH2 key: one of each kind QGIS can draw, and one to download."""


@dataclass(frozen=True)
class KeyWanted:
    """The key a walk makes. `storage` counts for HASH: URL or HEADER. Without `password`, one is generated."""

    type: str
    name: str
    login: str = ""
    password: str = ""
    storage: str = "URL"


def do_main_job(
    simulator: Simulator,
    desktop: Desktop,
    key: KeyWanted,
    pictures: Path,
    services: tuple[str, ...] = SERVICES,
    walk: Path = WALK,
) -> Outcome:
    """Walk through the dock once; the report says what was seen."""
    settings: dict[str, Any] = {
        "key": vars(key),
        "services": services,
        "pictures": str(pictures),
        "ogc_url": simulator.ogc_url,
    }
    return desktop.run(walk, settings)
