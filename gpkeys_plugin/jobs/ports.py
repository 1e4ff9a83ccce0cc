"""What the use cases and the faces need from outside; `plugin.py` hands it in."""

from __future__ import annotations

from typing import Callable, Protocol, Sequence

from ..entrepot.errors import GpkeysError
from ..entrepot.models import Key, Offering
from ..entrepot.sign_in_status import SignInStatus
from ..entrepot.texts import Text
from ..keys.draft import Grant, KeyDraft
from ..keys.rules.draft_rules import DraftContext
from ..keys.services.endpoints import Extent, ServedLayer
from ..keys.services.recipes import LayerRecipe, WrittenConnection
from ..keys.services.titles import TitleBook
from .values import AddedLayers, CreatedKey, CreationRemainder, Failed, Holdings


class SignInPort(Protocol):
    """The sign-in, seen from the window. Every call returns at once; `on_changed` listeners run on the GUI thread."""

    @property
    def status(self) -> SignInStatus:
        """Where the sign-in stands now."""

    def add_listener(self, listener: Callable[[SignInStatus], None]) -> Callable[[], None]:
        """Call `listener` after each change; return what removes it."""

    def sign_in(self, authcfg: str) -> None:
        """Sign in with an OAuth2 authentication configuration, in the browser where needed."""

    def resume(self, authcfg: str) -> None:
        """Take up a kept session if there is one; never opens a browser."""

    def cancel(self) -> None:
        """End a sign-in under way at once."""

    def sign_out(self) -> None:
        """Forget the account and remove its tokens."""

    def token_refused(self) -> None:
        """Say that the API refused the token: the state becomes EXPIRED and a fresh sign-in is offered."""


class Running(Protocol):
    """A use case under way."""

    def cancel(self) -> None:
        """Ask it to stop; `on_failed` follows with a CANCELLED error."""


class KeyDesk(Protocol):
    """The use cases, seen from the window. Every call returns at once; the callables run later on the GUI thread.

    `on_progress` gets the share done, 0 to 100, and what is being done.
    """

    def context(self, holdings: Holdings) -> DraftContext:
        """Return what a draft is checked against, here and now."""

    def load(self, on_done: Callable[[Holdings], None], on_failed: Callable[[GpkeysError], None]) -> Running:
        """Read the account, its permissions and its keys."""

    def look_up_titles(self, offerings: Sequence[Offering], on_found: Callable[[TitleBook], None]) -> Running | None:
        """Look up what people call the services; None where the user does not want it or the platform has no way.

        `on_found` gets all titles known by then, perhaps several times; a failure calls nobody.
        """

    def create(
        self,
        draft: KeyDraft,
        holdings: Holdings,
        on_progress: Callable[[float, Text], None],
        on_done: Callable[[CreatedKey], None],
        on_failed: Callable[[Failed], None],
    ) -> Running:
        """Create the key and write it into QGIS."""

    def extend(
        self,
        key: Key,
        grants: Sequence[Grant],
        holdings: Holdings,
        on_progress: Callable[[float, Text], None],
        on_done: Callable[[CreatedKey], None],
        on_failed: Callable[[Failed], None],
    ) -> Running:
        """Add services to a key that exists (the one OAUTH2 key) and write them into QGIS."""

    def add_to_map(
        self,
        created: CreatedKey,
        recipes: Sequence[LayerRecipe],
        on_progress: Callable[[float, Text], None],
        on_done: Callable[[AddedLayers], None],
    ) -> Running:
        """Add layers to the open project, in a group of the key's name; the first ones of a project are moved to."""

    def show_on_map(self, extent: Extent) -> None:
        """Move the map to an extent, as the user wishes."""

    def remainders(self) -> tuple[CreationRemainder, ...]:
        """Return the creations that stopped half-way, also those of an earlier QGIS session."""

    def finish(
        self,
        remainder: CreationRemainder,
        on_progress: Callable[[float, Text], None],
        on_done: Callable[[CreatedKey], None],
        on_failed: Callable[[Failed], None],
    ) -> Running:
        """Finish a creation that stopped half-way."""

    def undo(
        self, remainder: CreationRemainder, on_done: Callable[[], None], on_failed: Callable[[Failed], None]
    ) -> Running:
        """Take back what is left of a creation."""

    def ready_url(self, created: CreatedKey, recipe: LayerRecipe | ServedLayer, *, with_hash: bool) -> str:
        """Return the URL to copy for a layer's service, with the hash only `with_hash`."""

    def stripped_connections(self) -> tuple[str, ...]:
        """Return the names of the connections that lost their configuration in a move to another QGIS version."""

    def mend_connections(self) -> None:
        """Give those connections their configuration back."""

    def open_in_browser_panel(self, connection: WrittenConnection) -> None:
        """Show a connection in QGIS's Browser panel."""

    def open_authcfg(self, authcfg: str) -> None:
        """Open QGIS's editor on an authentication configuration."""
