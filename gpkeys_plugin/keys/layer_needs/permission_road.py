"""How one gets a permission: IGN's road to its SCAN maps in three steps, or whom to ask for anything else.

The road is that of IGN's guide; its links are the guide's own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Iterable

from ...entrepot.translatable_text import Text

# As they are called on cartes.gouv.fr, in every language.
SCAN_25_100 = "Communauté d’usage des données SCAN 25/100 sous licence"
SCAN_OACI = "Communauté d’usage des données SCAN OACI sous licence"
GUIDE_URL = (
    "https://cartes.gouv.fr/aide/fr/partenaires/ign/representations-cartographiques-souveraines/"
    "creation-cles-donnees-scan/"
)
COMMUNITIES_URL = "https://cartes.gouv.fr/rejoindre-des-communautes"
# The whole pyramid holds both maps. What is named like it, and goes on (….OVERVIEW, ….BDUNI.J1), is open data.
_PYRAMID = "GEOGRAPHICALGRIDSYSTEMS.MAPS"
_OACI = re.compile(r"(?:^|\.)SCAN-?OACI(?![A-Z0-9])")
_TOPOGRAPHIC = re.compile(r"(?:^|\.)SCAN-?(?:25|100)(?![0-9])")


@dataclass(frozen=True)
class RoadStep:
    """A step, and the page where it is done, empty where there is none."""

    text: Text
    url: str = ""


@dataclass(frozen=True)
class Road:
    """What to do to get a permission.

    `communities` are those of the SCAN maps that open the layer, empty for other layers. `account_id` is to be told to
    those who are asked, empty where nobody is signed in.
    """

    steps: tuple[RoadStep, ...]
    communities: tuple[str, ...] = ()
    account_id: str = ""


def scan_communities(layer_names: Iterable[str]) -> tuple[str, ...]:
    """Return the communities whose permissions open these layers; none where they are not all SCAN maps."""
    found = [_community(name) for name in layer_names]
    return tuple(dict.fromkeys(filter(None, found))) if all(found) else ()


def road_to(layer_names: Iterable[str], account_id: str = "") -> Road:
    """Return what to do to get a permission for layers."""
    communities = scan_communities(layer_names)
    if not communities:
        return Road((RoadStep(_ASK),), (), account_id)
    join = _JOIN.with_values({"community": communities[0]})
    if len(communities) > 1:
        join = _JOIN_BOTH.with_values({"community": communities[0], "other": communities[1]})
    steps = (
        RoadStep(_ACCOUNT, f"{GUIDE_URL}formulaire-inscription/"),
        RoadStep(join, COMMUNITIES_URL),
        RoadStep(_WAIT, f"{GUIDE_URL}rejoindre-espace/"),
    )
    return Road(steps, communities, account_id)


def _community(name: str) -> str:
    if _OACI.search(name):
        return SCAN_OACI
    return SCAN_25_100 if name == _PYRAMID or _TOPOGRAPHIC.search(name) else ""


_ACCOUNT = Text(
    "Have an account of cartes.gouv.fr that tells the SIRET and the address of your company or association: "
    "these maps are for professional use. Private persons may look at them on cartes.gouv.fr."
)
_JOIN = Text("Ask to join “{community}”, with the SIRET and the address in the message.")
_JOIN_BOTH = Text("Ask to join “{community}” and “{other}”, with the SIRET and the address in the message.")
_WAIT = Text(
    "A first e-mail says that your request has arrived. Wait for the second, which welcomes you: "
    "the permissions are there then, and a key can be made."
)
_ASK = Text("Ask the producer of the data for a permission, and tell the identifier of your account.")
