"""Stand-ins for what the window works on: they remember what was asked and answer when told to.

They derive from what they stand in for, so that mypy compares each signature.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any, Callable, Sequence

from gpkeys_plugin.entrepot.errors import Conflict, ErrorCode, GpkeysError
from gpkeys_plugin.entrepot.models import Account, Key, KeyType, Offering, OfferingType, Permission
from gpkeys_plugin.entrepot.sign_in_status import SignInState, SignInStatus
from gpkeys_plugin.entrepot.translatable_text import Text
from gpkeys_plugin.jobs.running.task import RunningJob
from gpkeys_plugin.jobs.values import AddedLayers, CreatedKey, CreationRemainder
from gpkeys_plugin.jobs.window.account_choice import AccountChoice
from gpkeys_plugin.jobs.window.job_callbacks import OnFailed, OnFailure, OnProgress
from gpkeys_plugin.jobs.window.new_key_jobs import NewKeyJobs, OnCreated
from gpkeys_plugin.jobs.window.sign_in_side import SignInSide
from gpkeys_plugin.keys.draft import Grant, HashStorage, KeyDraft
from gpkeys_plugin.keys.rules.draft_rules import DraftContext
from gpkeys_plugin.keys.services import catalogue
from gpkeys_plugin.keys.services.connection_plans import ConnectionKind, Extent, ServedLayer
from gpkeys_plugin.keys.services.layer_recipes import LayerRecipe, WrittenConnection
from gpkeys_plugin.keys.services.titles import ServiceTitle, TitleBook
from gpkeys_plugin.keys.upkeep.holdings import Holdings

# The pages go by the clock: what is about to end is so on any day. At noon, no number of days is a matter of hours.
NOW = datetime.now(timezone.utc).replace(hour=12, minute=0, second=0, microsecond=0)
_TYPED = "Aq3-dEf5hJk7mNp9rStUvWx2"  # pragma: allowlist secret - made up
USER_AGENT = "Mozilla/5.0 QGIS/32216/Debian GNU/Linux 12"


def error(code: ErrorCode = ErrorCode.SERVER, words: str = "The Géoplateforme answered with an error.") -> GpkeysError:
    """Return an error to show."""
    return GpkeysError(code, Text(words), "test", advice=Text("Try again later."), status=502, details=("Bad gateway",))


def conflict(about: Conflict, words: str) -> GpkeysError:
    """Return the error of what runs into something that is there already."""
    return GpkeysError(ErrorCode.CONFLICT, Text(words), "test", status=409, conflict=about)


class FakeSignIn:
    """A sign-in whose state the test sets."""

    def __init__(self) -> None:
        self.status = SignInStatus(SignInState.SIGNED_OUT)
        self.calls: list[tuple[str, str]] = []
        self._listeners: list[Callable[[SignInStatus], None]] = []

    def side(self, accounts: AccountChoice) -> SignInSide:
        """Return what the window asks it by."""
        return SignInSide(
            lambda: self.status,
            self.add_listener,
            self.sign_in,
            self.sign_in_another,
            self.resume,
            self.cancel,
            self.sign_out,
            self.token_refused,
            self.use_account,
            accounts,
        )

    def become(
        self,
        state: SignInState,
        account: Account | None = None,
        problem: GpkeysError | None = None,
        authcfg: str = "abc1234",
        *,
        is_resuming: bool = False,
    ) -> None:
        """Change the state, and tell."""
        self.status = SignInStatus(state, authcfg, account, problem, is_resuming=is_resuming)
        for listener in tuple(self._listeners):
            listener(self.status)

    def add_listener(self, listener: Callable[[SignInStatus], None]) -> Callable[[], None]:
        """Tell a listener from now on."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    @property
    def listener_count(self) -> int:
        """How many are listening."""
        return len(self._listeners)

    def bring(self, newcomer: Account) -> None:
        """Have a sign-in bring another account than the last one."""
        self.status = SignInStatus(SignInState.UNCONFIRMED, "abc1234", newcomer=newcomer)
        for listener in tuple(self._listeners):
            listener(self.status)

    def use_account(self) -> None:
        """Go on with the other account."""
        self.calls.append(("use_account", ""))
        self.become(SignInState.SIGNED_IN, self.status.newcomer)

    def sign_in(self, authcfg: str) -> None:
        """Remember the call."""
        self.calls.append(("sign_in", authcfg))
        self.become(SignInState.SIGNING_IN)

    def sign_in_another(self, authcfg: str) -> None:
        """Remember the call."""
        self.calls.append(("sign_in_another", authcfg))
        self.become(SignInState.SIGNING_IN)

    def resume(self, authcfg: str) -> None:
        """Remember the call."""
        self.calls.append(("resume", authcfg))
        self.become(SignInState.SIGNING_IN, is_resuming=True)

    def cancel(self) -> None:
        """Remember the call."""
        self.calls.append(("cancel", ""))
        self.become(SignInState.SIGNED_OUT, problem=error(ErrorCode.CANCELLED))

    def sign_out(self) -> None:
        """Remember the call."""
        self.calls.append(("sign_out", ""))
        self.become(SignInState.SIGNED_OUT)

    def token_refused(self) -> None:
        """Remember the call."""
        self.calls.append(("token_refused", ""))
        self.become(SignInState.EXPIRED)


@dataclass
class Call(RunningJob):
    """A use case that was started; its listeners are called by the test. It is what the window may cancel."""

    name: str
    values: tuple[Any, ...] = ()
    on_progress: OnProgress = lambda percent, text: None
    on_done: Callable[..., None] = lambda *values: None
    on_failed: Callable[..., None] = lambda failure: None
    on_part: Callable[..., None] = lambda part: None
    is_cancelled: bool = False

    def cancel(self) -> None:
        """Remember that it was cancelled."""
        self.is_cancelled = True


class FakeNewKeyJobs(NewKeyJobs):
    """Use cases that do nothing until the test says how they end."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.left: tuple[CreationRemainder, ...] = ()
        self.opened: list[str] = []
        self.shown_on_map: list[Extent] = []
        self.stripped: tuple[str, ...] = ()
        self.has_header_method = True
        self.fixed_storage: HashStorage | None = None
        self.addresses: tuple[str, ...] = ()
        self.user: tuple[str, str] | None = ("rochebrune", _TYPED)

    def last(self, name: str) -> Call:
        """Return the latest call of a use case."""
        return next(call for call in reversed(self.calls) if call.name == name)

    def count(self, name: str) -> int:
        """Return how often a use case was started."""
        return sum(1 for call in self.calls if call.name == name)

    def stripped_connections(self) -> tuple[str, ...]:
        """Return those that lost their configuration."""
        return self.stripped

    def mend_connections(self) -> None:
        """Mend them."""
        self.stripped = ()

    def context(self, holdings: Holdings) -> DraftContext:
        """Return what the rules need."""
        oauth2 = [key.name for key in holdings.keys if key.type is KeyType.OAUTH2]
        return DraftContext(
            now=NOW,
            existing_names=frozenset(key.name for key in holdings.keys),
            oauth2_key_name=oauth2[0] if oauth2 else None,
            permissions=holdings.permissions,
            quota=holdings.account.keys_quota,
            used=len(holdings.keys),
            user_agent=USER_AGENT,
            addresses=self.addresses,
            has_header_method=self.has_header_method,
            fixed_storage=self.fixed_storage,
        )

    def load(self, on_done: Callable[[Holdings], None], on_failed: OnFailed) -> Call:
        """Start."""
        return self._remember(Call("load", (), on_done=on_done, on_failed=on_failed))

    def look_up_titles(self, offerings: Sequence[Offering], on_found: Callable[[TitleBook], None]) -> Call:
        """Start."""
        return self._remember(Call("look_up_titles", (tuple(offerings),), on_done=on_found))

    def create(
        self,
        draft: KeyDraft,
        holdings: Holdings,
        on_progress: OnProgress,
        on_done: OnCreated,
        on_failed: OnFailure,
    ) -> Call:
        """Start."""
        return self._remember(Call("create", (draft, holdings), on_progress, on_done, on_failed))

    def extend(
        self,
        key: Key,
        grants: Sequence[Grant],
        holdings: Holdings,
        on_progress: OnProgress,
        on_done: OnCreated,
        on_failed: OnFailure,
    ) -> Call:
        """Start."""
        return self._remember(Call("extend", (key, grants, holdings), on_progress, on_done, on_failed))

    def add_to_map(
        self,
        created: CreatedKey,
        recipes: Sequence[LayerRecipe],
        on_progress: OnProgress,
        on_done: Callable[[AddedLayers], None],
    ) -> Call:
        """Start."""
        return self._remember(Call("add_to_map", (created, tuple(recipes)), on_progress, on_done))

    def show_on_map(self, extent: Extent) -> None:
        """Remember where the map was moved."""
        self.shown_on_map.append(extent)

    def remainders(self) -> tuple[CreationRemainder, ...]:
        """Return what is left half-way."""
        return self.left

    def finish(
        self, remainder: CreationRemainder, on_progress: OnProgress, on_done: OnCreated, on_failed: OnFailure
    ) -> Call:
        """Start."""
        return self._remember(Call("finish", (remainder,), on_progress, on_done, on_failed))

    def undo(self, remainder: CreationRemainder, on_done: Callable[[], None], on_failed: OnFailure) -> Call:
        """Start."""
        return self._remember(Call("undo", (remainder,), on_done=on_done, on_failed=on_failed))

    def ready_url(self, created: CreatedKey, recipe: LayerRecipe | ServedLayer, *, with_hash: bool) -> str:
        """Return an URL."""
        return f"https://example.org/{recipe.name}" + (f"?apikey={created.hash}" if with_hash else "")

    def user_and_password(self, created: CreatedKey) -> tuple[str, str]:
        """Return what the test says QGIS holds."""
        if self.user is None:
            raise error(ErrorCode.QGIS, "QGIS is locked.")
        return self.user

    def authcfg_name(self, authcfg: str) -> str:
        """Return a name."""
        return f"GPKeys – {authcfg.upper()}"

    def open_in_browser_panel(self, connection: WrittenConnection) -> None:
        """Remember what was opened."""
        self.opened.append(connection.name)

    def open_authcfg(self, authcfg: str) -> None:
        """Remember what was opened."""
        self.opened.append(authcfg)

    def _remember(self, call: Call) -> Call:
        self.calls.append(call)
        return call


def account(id_: str = "6f0c7a52-5a54-4a53-9d2f-0f6b6a1a2b3c", quota: int = 10, used: int = 3) -> Account:
    """Return an account."""
    return Account(id_, "camille.martin@rochebrune.example", "Camille", "Martin", keys_quota=quota, keys_use=used)


def offering(name: str, kind: OfferingType, status: str = "PUBLISHED") -> Offering:
    """Return an offering."""
    return Offering(f"of-{name}", kind, name, status)


ESTOMPAGE = offering("rochebrune.scan25.estompage", OfferingType.WMS_RASTER)
SCAN25 = offering("rochebrune.scan25.touristique", OfferingType.WMTS_TMS)
COMMUNES = offering("rochebrune.limites_communales", OfferingType.WMS_VECTOR)
PLU = offering("rochebrune.plu_2026", OfferingType.WFS)
ARCHIVE = offering("rochebrune_plu_2026_archive", OfferingType.DOWNLOAD)
EAU = offering("rochebrune.reseaux_eau_potable", OfferingType.WFS)
EAU_CARTE = offering("rochebrune.reseaux_eau_potable_carte", OfferingType.WMS_VECTOR)
ORTHO = offering("rochebrune.ortho_vallee_2023", OfferingType.WMS_RASTER)
GONE = offering("rochebrune.ancien_cadastre", OfferingType.WMS_VECTOR, "UNPUBLISHED")

SCAN = Permission(
    "p-scan", "Licence SCAN 25 – usage interne", NOW + timedelta(days=5), False, (ESTOMPAGE, SCAN25), False
)
TOWN = Permission(
    "p-town", "Convention communale 2026", NOW + timedelta(days=400), False, (COMMUNES, PLU, ARCHIVE), True
)
TOWN_OLD = Permission("p-town-old", "Convention communale 2025", NOW + timedelta(days=40), False, (PLU, GONE), False)
WATER = Permission("p-water", "Réseaux sensibles (secret des affaires)", None, True, (EAU, EAU_CARTE), False)
EXPIRED = Permission("p-old", "Orthophotographie de la vallée", NOW - timedelta(days=30), False, (ORTHO,), False)
PERMISSIONS = (SCAN, TOWN, TOWN_OLD, WATER, EXPIRED)


TITLES = TitleBook.of(
    {
        ESTOMPAGE.layer_name: ServiceTitle("Estompage du SCAN 25", "Relief ombré du territoire.", ("IGN",)),
        SCAN25.layer_name: ServiceTitle("SCAN 25® touristique, édition 2026, France métropolitaine et Corse"),
        COMMUNES.layer_name: ServiceTitle("Limites des communes et des communes déléguées de la vallée de Rochebrune"),
        f"{PLU.layer_name}:zonage": ServiceTitle("Plan local d’urbanisme 2026 : zonage"),
        f"{PLU.layer_name}:prescription": ServiceTitle("Plan local d’urbanisme 2026 : prescriptions"),
        ARCHIVE.layer_name: ServiceTitle("Archive du plan local d’urbanisme"),
        ORTHO.layer_name: ServiceTitle("Orthophotographie de la vallée"),
    }
)


def holdings(
    permissions: Sequence[Permission] = PERMISSIONS, *, oauth2: str | None = None, used: int = 3, quota: int = 10
) -> Holdings:
    """Return what an account has."""
    keys = [Key(f"k{number}", f"Clé {number}", KeyType.BASIC) for number in range(used - (1 if oauth2 else 0))]
    if oauth2:
        keys.append(Key("k-oauth2", oauth2, KeyType.OAUTH2))
    has = tuple(permissions)
    return Holdings(account(used=used, quota=quota), has, tuple(keys), catalogue.build(has, NOW))


def created(kind: KeyType = KeyType.HASH, warnings: tuple[Text, ...] = ()) -> CreatedKey:
    """Return a finished creation."""
    raster = WrittenConnection(ConnectionKind.WMS, "QGIS, service voirie – WMS raster")
    wmts = WrittenConnection(ConnectionKind.WMTS, "QGIS, service voirie – WMTS")
    wfs = WrittenConnection(ConnectionKind.WFS, "QGIS, service voirie – WFS")
    hashed = kind is KeyType.HASH
    return CreatedKey(
        key=Key("k-new", "QGIS, service voirie", kind),
        authcfg="" if hashed else "q7d2k9z",
        connections=(raster, wmts, wfs),
        layers=(
            LayerRecipe("Estompage SCAN 25", raster, "rochebrune.scan25.estompage", "EPSG:3857"),
            LayerRecipe("SCAN 25 touristique", wmts, "rochebrune.scan25.touristique", "EPSG:3857"),
            LayerRecipe("Zonage du plan local d’urbanisme", wfs, "rochebrune.plu_2026:zonage", "EPSG:2154"),
        ),
        other_layers=(
            ServedLayer(
                "of", "rochebrune_plu_2026_archive", None, "telechargement", "https://example.org/private", "DOWNLOAD"
            ),
        ),
        warnings=warnings,
        hash="Aq3dEf5hJk7mNp9rStUvWx2zBc4d" if hashed else None,  # pragma: allowlist secret - made up
    )
