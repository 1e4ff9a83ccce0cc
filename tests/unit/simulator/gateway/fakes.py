"""A made-up state and a made-up OGC server for the gateway."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import urllib3

from tests.simulator.dataset import made_up_layers
from tests.simulator.gateway.key_guard import AccessLike, KeyLike
from tests.simulator.gateway.routes import Fetched

OGC_URL = "http://127.0.0.1:9"
SCAN, SHADING, ORTHO = "rochebrune.scan25.touristique", "rochebrune.scan25.estompage", "rochebrune.ortho_vallee_2023"
LIMITS, PLU, WATER = "rochebrune.limites_communales", "rochebrune.plu_2026", "rochebrune.reseaux_eau_potable"
ARCHIVE, PLAN, WATER_MAP = (
    "rochebrune_plu_2026_archive",
    "rochebrune.plan.vecteur",
    "rochebrune.reseaux_eau_potable_carte",
)
GET_MAP = (
    "service=WMS&version=1.3.0&request=GetMap&crs=EPSG:2154&bbox=0,0,1,1&width=1&height=1&format=image/png&styles="
)
GET_TILE = (
    "service=WMTS&version=1.0.0&request=GetTile&style=normal&format=image/png&tilematrixset=PM_6_15"
    "&tilematrix=12&tilerow=1464&tilecol=2081"
)
GET_FEATURE = "service=WFS&version=2.0.0&request=GetFeature"

WMS_CAPABILITIES = f"""<WMS_Capabilities xmlns="http://www.opengis.net/wms" xmlns:xlink="http://www.w3.org/1999/xlink">
<OnlineResource xlink:href="{OGC_URL}/wms?"/>
<Layer><Name>tout</Name><Layer><Name>{LIMITS}</Name></Layer><Layer><Name>{WATER_MAP}</Name></Layer></Layer>
</WMS_Capabilities>"""
WFS_CAPABILITIES = f"""<WFS_Capabilities xmlns="http://www.opengis.net/wfs/2.0" xmlns:{PLU}="urn:x"><FeatureTypeList>
<FeatureType><Name>{PLU}:zonage</Name></FeatureType><FeatureType><Name>{WATER}:canalisation</Name></FeatureType>
</FeatureTypeList></WFS_Capabilities>"""


@dataclass
class FakeKey:
    """A key without filters."""

    id: str = "k1"
    type: str = "HASH"
    whitelist: list[str] = field(default_factory=list)
    blacklist: list[str] = field(default_factory=list)
    user_agent: str | None = None
    referer: str | None = None


@dataclass
class FakeAccess:
    """An access, usable or not."""

    offering: Any
    permission: Any = None
    is_usable: bool = True

    @property
    def id(self) -> str:
        return f"access to {self.offering.layer_name}"

    def is_usable_now(self, now: datetime | None = None) -> bool:
        return self.is_usable


@dataclass
class FakeState:
    """One key of each type, all with the same accesses."""

    key: FakeKey = field(default_factory=FakeKey)
    accesses: list[FakeAccess] = field(default_factory=list)
    options: Any = field(default_factory=SimpleNamespace)
    recorded: list[tuple[str, str, int]] = field(default_factory=list)
    resets: int = 0

    def key_by_hash(self, value: str) -> KeyLike | None:
        return self.key if (self.key.type, value) == ("HASH", "H") else None

    def key_by_login(self, login: str, password: str | None = None) -> KeyLike | None:
        return self.key if (self.key.type, login, password) == ("BASIC", "moi", "mot:de passe") else None

    def key_by_headers(self, headers: dict[str, str]) -> KeyLike | None:
        return self.key if self.key.type == "HEADER" and headers.get("X-Passerelle") == "1" else None

    def oauth2_key_of(self, username: str) -> KeyLike | None:
        return self.key if (self.key.type, username) == ("OAUTH2", "camille") else None

    def accesses_of(self, key_id: str) -> list[AccessLike]:
        return list(self.accesses)

    def record_hit(self, key_id: str, access_id: str, size: int) -> None:
        self.recorded.append((key_id, access_id, size))

    def give(self, *layer_names: str, only_oauth: bool | None = None, is_usable: bool = True) -> None:
        """Add accesses; `only_oauth` None means without a permission."""
        for name in layer_names:
            offering = SimpleNamespace(layer_name=name, type=made_up_layers.layer(name).offering_type)
            permission = None if only_oauth is None else SimpleNamespace(only_oauth=only_oauth)
            self.accesses.append(FakeAccess(offering, permission, is_usable))


@dataclass
class FakeOgc:
    """Remembers what it was asked and answers capabilities or a picture."""

    asked: list[str] = field(default_factory=list)
    is_down: bool = False
    has_nothing: bool = False

    def __call__(self, target: str) -> Fetched:
        if self.is_down:
            raise urllib3.exceptions.MaxRetryError(None, target)  # type: ignore[arg-type]
        self.asked.append(target)
        path, parameters = urlsplit(target).path, self.parameters
        if self.has_nothing:
            return Fetched(404, "text/plain", b"nothing")
        if parameters.get("request", "").lower() == "getcapabilities":
            documents = {"/wms": WMS_CAPABILITIES, "/wfs": WFS_CAPABILITIES}
            return Fetched(200, "text/xml; charset=utf-8", documents[path].encode())
        return Fetched(200, "image/png", b"picture")

    @property
    def parameters(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.asked[-1]).query))
