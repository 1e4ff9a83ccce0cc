"""The accounts to start from, with their permissions and keys. Every date is relative to now."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from tests.simulator.dataset.made_up_layers import LAYERS
from tests.simulator.memory.records import (
    AccessRecord,
    AccountRecord,
    CommunityRecord,
    HitRecord,
    KeyRecord,
    MembershipRecord,
    OfferingRecord,
    PermissionRecord,
    utc_now,
)
from tests.simulator.memory.state import Holdings

_NAMESPACE = uuid.UUID("5f0c6a52-94a6-4c6f-8a0e-0d6f5b0c2a11")

SCAN = "rochebrune.scan25.touristique"
SHADING = "rochebrune.scan25.estompage"
BOUNDARIES = "rochebrune.limites_communales"
PLU = "rochebrune.plu_2026"
ARCHIVE = "rochebrune_plu_2026_archive"
SCAN_FILES = "rochebrune.scan.fichiers"
WATER = "rochebrune.reseaux_eau_potable"
WATER_MAP = "rochebrune.reseaux_eau_potable_carte"
ORTHO = "rochebrune.ortho_vallee_2023"
PLAN = "rochebrune.plan.vecteur"
ALTIMETRY = "rochebrune.altimetrie"
ROUTES = "rochebrune.itineraires"
GAZETTEER = "rochebrune.recherche"
REGISTER = "rochebrune.cadastre.lamb93"
TILED_ORTHO = "rochebrune.ortho.tuiles"
HEIGHT_TILES = "rochebrune.mnt.tuiles"
LAMBERT_HEIGHT_TILES = "rochebrune.mnt.lamb93"
HEIGHTS = "rochebrune.mnt"
SURFACE = "rochebrune.mns"
ZONING_TILES = "rochebrune.zonage_tuiles"


DOWNLOAD_LICENCE = "Convention SCAN 25 - fichiers à télécharger"


def seed_id(kind: str, name: str) -> str:
    """The identifier of a seeded thing: the same at every start, so that tests and pictures can rely on it."""
    return str(uuid.uuid5(_NAMESPACE, f"{kind}:{name}"))


def initial_password(username: str) -> str:
    """What the seeded account types on the login page."""
    return f"motdepasse-{username}"


def seeded_holdings(now: datetime | None = None) -> Holdings:
    """Fresh holdings with all accounts."""
    return _Sower(now or utc_now()).sow()


@dataclass(frozen=True)
class _Person:
    username: str
    first_name: str
    last_name: str
    description: str
    is_technical: bool = False


_PEOPLE = (
    _Person("camille", "Camille", "Durand", "de nombreuses permissions, tous les services"),
    _Person("nadia", "Nadia", "Benali", "aucune permission"),
    _Person("olga", "Olga", "Petit", "uniquement des ressources réservées à OAuth2"),
    _Person("quentin", "Quentin", "Moreau", "quota de clés atteint (10 sur 10)"),
    _Person("edith", "Édith", "Lambert", "permissions expirées ou sur le point d'expirer"),
    _Person("oscar", "Oscar", "Roux", "possède déjà une clé OAuth2"),
    _Person("hector", "Hector", "Fabre", "clés des quatre types, accès sans permission"),
    _Person("basile", "Basile", "Vidal", "tous les services et toutes les formes de tuiles, sans OAuth2"),
    _Person("denise", "Denise", "Fontaine", "des fichiers à télécharger, des clés qui les ouvrent"),
    _Person("technique", "Compte", "Technique", "compte technique (mot de passe par l'API)", is_technical=True),
)


def _end_of_day(moment: datetime) -> datetime:
    """The end that the web form stores for a day that was chosen."""
    return moment.astimezone(timezone.utc).replace(hour=23, minute=59, second=59, microsecond=0)


class _Sower:
    """Fills holdings, one kind after the other."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._holdings = Holdings()
        self._team = self._community(
            "sig-pays-rochebrune", "SIG du Pays de Rochebrune", datastore=seed_id("datastore", "rochebrune")
        )
        self._users = self._community("usagers-sous-licence", "Groupement des usagers de données sous licence")

    def sow(self) -> Holdings:
        """All of it."""
        self._sow_offerings()
        self._sow_accounts()
        self._sow_permissions()
        self._sow_keys()
        return self._holdings

    def _ago(self, days: float) -> datetime:
        return self._now - timedelta(days=days)

    def _community(self, technical_name: str, name: str, datastore: str | None = None) -> CommunityRecord:
        return CommunityRecord(
            seed_id("community", technical_name), name, technical_name, self._ago(650), datastore, datastore is not None
        )

    def _sow_offerings(self) -> None:
        for layer in LAYERS:
            status = "MODIFYING" if layer.layer_name == WATER_MAP else "PUBLISHED"
            offering = OfferingRecord(
                seed_id("offering", layer.layer_name), layer, self._ago(300), self._ago(30), status
            )
            self._holdings.offerings[offering.id] = offering

    def _sow_accounts(self) -> None:
        for person in _PEOPLE:
            self._holdings.accounts[person.username] = AccountRecord(
                person.username,
                initial_password(person.username),
                seed_id("account", person.username),
                person.first_name,
                person.last_name,
                person.description,
                self._ago(500),
                self._memberships(person.username),
                is_technical=person.is_technical,
            )

    def _memberships(self, username: str) -> tuple[MembershipRecord, ...]:
        if username != "camille":
            return ()
        rights = ("UPLOAD", "PROCESSING", "BROADCAST", "ANNEX", "COMMUNITY")
        return MembershipRecord(self._team, rights), MembershipRecord(self._users)

    # permissions

    def _offerings(self, *layer_names: str) -> tuple[OfferingRecord, ...]:
        return tuple(self._holdings.offerings[seed_id("offering", name)] for name in layer_names)

    def _give(
        self,
        username: str | None,
        licence: str,
        *layer_names: str,
        ends_in_days: float | None = None,
        only_oauth: bool = False,
        community: CommunityRecord | None = None,
    ) -> None:
        end_date = None if ends_in_days is None else _end_of_day(self._now + timedelta(days=ends_in_days))
        permission = PermissionRecord(
            seed_id("permission", f"{username or 'community'}/{licence}"),
            licence,
            self._offerings(*layer_names),
            self._ago(200),
            self._ago(60),
            end_date,
            only_oauth,
            username,
            community.id if community else None,
        )
        self._holdings.permissions[permission.id] = permission

    def _sow_permissions(self) -> None:
        self._give_camille()
        self._give(
            "olga", "Réseaux d'eau potable - agents habilités", WATER, WATER_MAP, ends_in_days=220, only_oauth=True
        )
        self._give("quentin", "Convention SCAN 25 - commune de Rochebrune", SCAN, SHADING, ends_in_days=400)
        self._give("edith", "Essai de l'orthophotographie de vallée 2023", ORTHO, ends_in_days=-500)
        self._give("edith", "Convention SCAN 25 - campagne précédente", SCAN, SHADING, ends_in_days=-2)
        self._give("edith", "Plan local d'urbanisme - enquête publique", PLU, ends_in_days=5)
        self._give("edith", "Limites et plan - projet de territoire", BOUNDARIES, PLAN, ends_in_days=25)
        self._give(
            "oscar", "Réseaux d'eau potable - agents habilités", WATER, WATER_MAP, ends_in_days=220, only_oauth=True
        )
        self._give("oscar", "Convention SCAN 25 - syndicat des eaux", SCAN, SHADING, ends_in_days=400)
        self._give("hector", "Convention SCAN 25 - archives départementales", SCAN, SHADING, ends_in_days=400)
        self._give("hector", "Plan local d'urbanisme - partenaires publics", PLU, ARCHIVE)
        self._give_basile()
        self._give("denise", DOWNLOAD_LICENCE, SCAN_FILES, ARCHIVE, ends_in_days=400)
        self._give("technique", "Convention SCAN 25 - traitements automatiques", SCAN, SHADING)

    def _give_camille(self) -> None:
        self._give(
            "camille", "Convention SCAN 25 - usage interne du Pays de Rochebrune", SCAN, SHADING, ends_in_days=400
        )
        self._give("camille", "Plan local d'urbanisme - partenaires publics", PLU, ARCHIVE)
        self._give(
            "camille", "Réseaux d'eau potable - agents habilités", WATER, WATER_MAP, ends_in_days=220, only_oauth=True
        )
        self._give("camille", "Essai de l'orthophotographie de vallée 2023", ORTHO, ends_in_days=-500)
        self._give("camille", "Convention SCAN 25 - essai", SCAN, ends_in_days=20)
        self._give("camille", "Fonds de plan et calculs du Pays de Rochebrune", PLAN, ALTIMETRY, ROUTES, GAZETTEER)
        self._give(
            None,
            "Référentiel partagé des usagers sous licence",
            BOUNDARIES,
            ORTHO,
            ends_in_days=90,
            community=self._users,
        )

    def _give_basile(self) -> None:
        self._give("basile", "Convention SCAN 25 - toutes les formes", SCAN, SHADING, ORTHO, PLAN, ends_in_days=400)
        self._give("basile", "Limites et plan local d'urbanisme", BOUNDARIES, PLU, ARCHIVE)
        self._give(
            "basile",
            "Tuiles et altitudes du Pays de Rochebrune",
            REGISTER,
            TILED_ORTHO,
            ZONING_TILES,
            HEIGHTS,
            SURFACE,
            HEIGHT_TILES,
            LAMBERT_HEIGHT_TILES,
        )

    # keys

    def _key(self, username: str, name: str, key_type: str, age_days: float = 100, **more: object) -> KeyRecord:
        key_id = seed_id("key", f"{username}/{name}")
        made = self._ago(age_days)
        key = KeyRecord(key_id, username, name, key_type, made, made, **more)  # type: ignore[arg-type]
        self._holdings.keys[key.id] = key
        return key

    def _open(self, key: KeyRecord, layer_name: str, licence: str | None) -> AccessRecord:
        permission = self._holdings.permissions[seed_id("permission", f"{key.username}/{licence}")] if licence else None
        access = AccessRecord(
            seed_id("access", f"{key.id}/{layer_name}"),
            key.id,
            self._offerings(layer_name)[0],
            key.creation,
            permission,
        )
        self._holdings.accesses[access.id] = access
        return access

    def _sow_keys(self) -> None:
        self._sow_quota()
        oauth2 = self._key("oscar", "Compte personnel", "OAUTH2")
        self._open(oauth2, SCAN, "Convention SCAN 25 - syndicat des eaux")
        ending = self._key("edith", "Clé de l'enquête publique", "HASH", hash=example_hash("enquete"))
        self._open(ending, PLU, "Plan local d'urbanisme - enquête publique")
        self._open(ending, SCAN, "Convention SCAN 25 - campagne précédente")
        self._sow_four_types()
        self._sow_downloads()

    def _sow_downloads(self) -> None:
        login = {"login": "fichiers-rochebrune", "password": initial_password("fichiers")}
        for name, key_type, secret in (
            ("Téléchargements", "HASH", {"hash": example_hash("fichiers")}),
            ("Téléchargements du bureau", "BASIC", login),
            ("Compte personnel", "OAUTH2", {}),
        ):
            key = self._key("denise", name, key_type, 100, **secret)
            self._open(key, SCAN_FILES, DOWNLOAD_LICENCE)
            self._open(key, ARCHIVE, DOWNLOAD_LICENCE)

    def _sow_quota(self) -> None:
        for number in range(1, 11):
            key = self._key(
                "quentin", f"Clé numéro {number}", "HASH", 100 - number, hash=example_hash(f"quota{number}")
            )
            self._open(key, SCAN, "Convention SCAN 25 - commune de Rochebrune")

    def _sow_four_types(self) -> None:
        scan = "Convention SCAN 25 - archives départementales"
        portal = self._key("hector", "Portail cartographique interne", "HASH", 260, hash=example_hash("portail"))
        self._open(portal, BOUNDARIES, None)
        self._count_hits(portal, self._open(portal, SCAN, scan))
        desk = self._key(
            "hector",
            "QGIS du service urbanisme",
            "BASIC",
            250,
            login="urbanisme-rochebrune",
            password=initial_password("urbanisme"),
            user_agent=".*QGIS.*",
        )
        self._count_hits(desk, self._open(desk, PLU, "Plan local d'urbanisme - partenaires publics"))
        own = self._key("hector", "Compte personnel", "OAUTH2", 240, blacklist=["198.51.100.0/28"])
        self._open(own, SHADING, scan)
        old = self._key("hector", "Passerelle historique", "HEADER", 900, headers={"X-Passerelle": "rochebrune-2024"})
        self._open(old, BOUNDARIES, None)

    def _count_hits(self, key: KeyRecord, access: AccessRecord) -> None:
        """Some consumption of the past weeks, so that statistics have something to show."""
        permission_id = access.permission.id if access.permission else None
        for day in (1, 2, 3, 8, 9, 15, 27, 40):
            for rank in range(day % 4 + 2):
                # In the morning: no row of a day's statistics depends on the time at which tests run.
                moment = self._ago(day).replace(hour=10, minute=0) + timedelta(minutes=7 * rank)
                self._holdings.hits.append(
                    HitRecord(moment, key.username, key.id, access.id, permission_id, 40_000 + 311 * day + rank)
                )


def example_hash(name: str) -> str:
    """A HASH of 32 letters and digits that shows that it is made up."""
    return f"FauxHash{name}".ljust(32, "0")[:32]
