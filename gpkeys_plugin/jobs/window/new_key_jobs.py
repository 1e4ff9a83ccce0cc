"""The use cases bound to this QGIS: what the window works on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Callable, Sequence

from ...entrepot.errors import ErrorCode, GpkeysError, as_gpkeys_error
from ...entrepot.models import Key, Offering
from ...entrepot.translatable_text import Text
from ...keys.draft import Grant, KeyDraft
from ...keys.rules.draft_rules import DraftContext
from ...keys.services import connection_plans
from ...keys.services.connection_plans import Extent, ServedLayer
from ...keys.services.layer_recipes import LayerRecipe, WrittenConnection
from ...keys.services.titles import TitleBook
from ...keys.upkeep.holdings import Holdings
from ...store import environments, settings
from ...store.configurations import auth_configs, stripped_connections
from ...store.records.creations import CreationRecords, UnfinishedCreation
from ..add_layers import add_layers
from ..add_services import extend_key
from ..create_key import KeyCreator
from ..draft_context import draft_context
from ..finish_creation import finish_creation, remainder_of, undo_creation
from ..load_holdings import load_holdings
from ..load_titles import TitleLookup
from ..running.main_thread import MainThread
from ..running.task import Progress, RunningJob, TaskRunner
from ..running.translate import tr
from ..steps.account_sessions import SignedIn
from ..steps.connecting.earlier_connections import take_over_earlier_connections
from ..steps.vector_styles.fetch_styles import StyleReader
from ..values import AddedLayers, CreatedKey, CreationRemainder
from .job_callbacks import OnFailed, OnFailure, OnProgress, failure_to, shown_to

OnCreated = Callable[[CreatedKey], None]


@dataclass(frozen=True)
class QgisSide:
    """What the use cases need of the QGIS that is open.

    `user_agent` tells the header this QGIS sends; `on_connections_changed` is called on the GUI thread once connections
    are written; `show_connection` and `show_authcfg` open what was made in QGIS's own windows. `show_extent` moves the
    map, `shows_extent` tells whether it shows a place already; without a map, everything is in sight. `map_extent` is
    what the map shows, in degrees.
    """

    user_agent: Callable[[], str]
    on_connections_changed: Callable[[], None]
    show_connection: Callable[[WrittenConnection], None]
    show_authcfg: Callable[[str], None]
    show_extent: Callable[[Extent], None] = lambda _: None
    shows_extent: Callable[[Extent], bool] = lambda _: True
    map_extent: Callable[[], Extent | None] = lambda: None


class NewKeyJobs:
    """Each use case on a thread of its own, for the account that is signed in.

    Every call returns at once; the callables run later on the GUI thread. `on_progress` gets the share done, 0 to 100,
    and what is being done. `signed_in` tells the way to the API at the moment of a call.
    """

    def __init__(
        self,
        signed_in: Callable[[], SignedIn],
        runner: TaskRunner,
        main_thread: MainThread,
        creations: CreationRecords,
        qgis_side: QgisSide,
    ) -> None:
        self._signed_in = signed_in
        self._runner = runner
        self._main_thread = main_thread
        self._creations = creations
        self._qgis = qgis_side
        self._title_lookup = TitleLookup()

    def context(self, holdings: Holdings) -> DraftContext:
        """Return what a draft is checked against, here and now."""
        return draft_context(holdings, self._qgis.user_agent())

    def load(self, on_done: Callable[[Holdings], None], on_failed: OnFailed) -> RunningJob:
        """Read the account, its permissions and its keys."""
        signed_in = self._signed_in()
        return self._runner.start(
            tr("Reading the access keys"),
            lambda progress: _loaded_for_a_window(signed_in, progress),
            on_done,
            shown_to(on_failed),
        )

    def look_up_titles(self, offerings: Sequence[Offering], on_found: Callable[[TitleBook], None]) -> RunningJob | None:
        """Look up what people call the services; None where the user does not want it or the platform has no way.

        `on_found` gets all titles known by then, perhaps several times; a failure calls nobody.
        """
        search_url = environments.current().search_url if settings.LOOK_UP_TITLES.get() else ""
        if not search_url:
            return None
        signed_in = self._signed_in()
        return self._runner.start(
            tr("Searching titles of services"),
            lambda progress: self._title_lookup.run(offerings, signed_in, search_url, progress),
            on_found,
            lambda _error: None,
            on_part=on_found,
        )

    def create(
        self,
        draft: KeyDraft,
        holdings: Holdings,
        on_progress: OnProgress,
        on_done: OnCreated,
        on_failed: OnFailure,
    ) -> RunningJob:
        """Create the key and write it into QGIS."""
        signed_in = self._signed_in()
        return self._run_creation(
            tr("Creating an access key"),
            lambda progress: KeyCreator(signed_in, self._creations, self._main_thread, progress).create(draft),
            on_progress,
            on_done,
            on_failed,
        )

    def extend(
        self,
        key: Key,
        grants: Sequence[Grant],
        holdings: Holdings,
        on_progress: OnProgress,
        on_done: OnCreated,
        on_failed: OnFailure,
    ) -> RunningJob:
        """Add services to a key that exists (the one OAUTH2 key) and write them into QGIS."""
        signed_in = self._signed_in()
        return self._run_creation(
            tr("Adding services to an access key"),
            lambda progress: extend_key(key, grants, signed_in, self._main_thread, progress),
            on_progress,
            on_done,
            on_failed,
        )

    def finish(
        self, remainder: CreationRemainder, on_progress: OnProgress, on_done: OnCreated, on_failed: OnFailure
    ) -> RunningJob:
        """Finish a creation that stopped half-way."""
        signed_in = self._signed_in()
        return self._run_creation(
            tr("Finishing an access key"),
            lambda progress: finish_creation(
                self._entry(remainder), signed_in, self._creations, self._main_thread, progress
            ),
            on_progress,
            on_done,
            on_failed,
        )

    def undo(self, remainder: CreationRemainder, on_done: Callable[[], None], on_failed: OnFailure) -> RunningJob:
        """Take back what is left of a creation."""
        signed_in = self._signed_in()
        return self._runner.start(
            tr("Undoing a half-made access key"),
            lambda progress: undo_creation(
                self._entry(remainder), signed_in, self._creations, self._main_thread, progress
            ),
            lambda _: on_done(),
            failure_to(on_failed),
        )

    def add_to_map(
        self,
        created: CreatedKey,
        recipes: Sequence[LayerRecipe],
        on_progress: OnProgress,
        on_done: Callable[[AddedLayers], None],
    ) -> RunningJob:
        """Add layers to the open project, in a group of the key's name; the first ones of a project are moved to."""
        signed_in = self._signed_in()
        return self._runner.start(
            tr("Adding layers to the map"),
            lambda progress: add_layers(
                recipes, created.key.name, self._main_thread, progress, StyleReader(signed_in, progress)
            ),
            lambda added: on_done(self._in_sight(added)),
            lambda error: on_done(AddedLayers(problems=(as_gpkeys_error(error).user,))),
            on_progress,
        )

    def show_on_map(self, extent: Extent) -> None:
        """Move the map to an extent, as the user wishes."""
        self._qgis.show_extent(extent)

    def remainders(self) -> tuple[CreationRemainder, ...]:
        """Return the account's creations that stopped half-way, also those of an earlier QGIS session.

        One that is under way, in an algorithm or in another QGIS, is none of them.
        """
        signed_in = self._signed_in()
        return tuple(map(remainder_of, self._creations.unfinished(signed_in.api_url, signed_in.account_id)))

    def ready_url(self, created: CreatedKey, recipe: LayerRecipe | ServedLayer, *, with_hash: bool) -> str:
        """Return the URL to copy for a layer's service, with the hash only `with_hash`."""
        url = recipe.url if isinstance(recipe, LayerRecipe) else connection_plans.shown_url(recipe)
        return connection_plans.ready_url(url, created.hash, with_hash=with_hash)

    def user_and_password(self, created: CreatedKey) -> tuple[str, str]:
        """Return what QGIS holds of a BASIC key, at once (some ms); raises GpkeysError, as when it is locked."""
        config = auth_configs.loaded(created.authcfg, auth_configs.BASIC)
        return config.config("username"), config.config("password")

    def authcfg_name(self, authcfg: str) -> str:
        """Return what QGIS lists an authentication configuration under; its id where it is gone."""
        return next((config.name for config in auth_configs.all_configs() if config.id == authcfg), authcfg)

    def stripped_connections(self) -> tuple[str, ...]:
        """Return the names of the connections that lost their configuration in a move to another QGIS version."""
        return tuple(found.connection.name for found in stripped_connections.lost())

    def mend_connections(self) -> None:
        """Give those connections their configuration back; raises GpkeysError where that cannot be kept."""
        stripped_connections.put_back(stripped_connections.lost())
        self._qgis.on_connections_changed()

    def open_in_browser_panel(self, connection: WrittenConnection) -> None:
        """Show a connection in QGIS's Browser panel."""
        self._qgis.show_connection(connection)

    def open_authcfg(self, authcfg: str) -> None:
        """Open QGIS's editor on an authentication configuration."""
        self._qgis.show_authcfg(authcfg)

    def _in_sight(self, added: AddedLayers) -> AddedLayers:
        """Move the map to the first layers of a project; elsewhere, tell whether it shows them, and leave it alone."""
        if added.extent is None:
            return added
        if added.is_first:
            self._qgis.show_extent(added.extent)
            return added
        return replace(added, is_out_of_sight=not self._qgis.shows_extent(added.extent))

    def _entry(self, remainder: CreationRemainder) -> UnfinishedCreation:
        for entry in self._creations.entries():
            if entry.id == remainder.id:
                return entry
        raise GpkeysError(
            ErrorCode.NOT_FOUND,
            Text("Nothing is left of the key “{name}”.", {"name": remainder.key_name}),
            "the journal has no such entry",
        )

    def _run_creation(
        self,
        title: str,
        work: Callable[[Progress], CreatedKey],
        on_progress: OnProgress,
        on_done: OnCreated,
        on_failed: OnFailure,
    ) -> RunningJob:
        def hear(created: CreatedKey) -> None:
            self._qgis.on_connections_changed()
            on_done(created)

        return self._runner.start(title, work, hear, failure_to(on_failed), on_progress)


def _loaded_for_a_window(signed_in: SignedIn, progress: Progress) -> Holdings:
    """Return what an account has, with all worked out that the main thread would have to wait for."""
    take_over_earlier_connections()
    holdings = load_holdings(signed_in, progress)
    holdings.catalogue.prepared()
    return holdings
