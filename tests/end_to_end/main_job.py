"""Runs the main job in a real QGIS desktop against a simulator: for the demo and for the tests."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.end_to_end.desktop import Desktop, Outcome
from tests.simulator.handle import Simulator

WALK = Path(__file__).with_name("walk.py")
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


def desktop_for(simulator: Simulator, folder: Path, user: str, locale: str = "fr_FR") -> Desktop:
    """Return a QGIS desktop whose plugin talks to the simulator and whose browser signs in as `user`."""
    account = simulator.account(user)
    return Desktop(
        folder,
        locale,
        {
            "GPKEYS_API_URL": simulator.api_url,
            "GPKEYS_SSO_URL": simulator.sso_url,
            "GPKEYS_CLIENT_ID": simulator.client_id,
            "GPKEYS_SEARCH_URL": simulator.search_url,
            "GPKEYS_CLIENT_SECRET": simulator.client_secret,
            "GPKEYS_ROBOT_USER": account.username,
            "GPKEYS_ROBOT_PASSWORD": account.password,
            "GPKEYS_ROBOT_LOG": str(folder / "browser.log"),
        },
    )


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
