"""What one does with keys and layers from QGIS's own places; what came of it is told in QGIS's message bar."""

from __future__ import annotations

import html
from typing import Callable, Sequence

from qgis.core import Qgis
from qgis.gui import QgsMessageBar

from ...entrepot.errors import ErrorCode, GpkeysError
from ...jobs.browser.ask_layers import LayerAnswer
from ...jobs.running.translate import counted, show, tr
from ...jobs.values import AddedLayers
from ...jobs.window.browser_jobs import BrowserJobs
from ...jobs.window.my_keys_jobs import MyKeysJobs
from ...keys.services.layer_recipes import LayerRecipe
from ..notices.message_area import sentence
from ..parts import theme
from ..parts.secret_copy import SecretCopy
from ..result.added_layers_words import added_level, added_words
from . import key_search
from .download_acts import DownloadActs

_SHOWN_S = 8
_LEVELS = {theme.Level.WARNING: Qgis.MessageLevel.Warning, theme.Level.INFO: Qgis.MessageLevel.Info}


class KeyActs:
    """Adds layers, tests them, opens a key in the panel; `downloads` are about the files that a key opens."""

    def __init__(
        self,
        jobs: BrowserJobs,
        message_bar: QgsMessageBar,
        on_key_wanted: Callable[[str], object],
        on_downloads_wanted: Callable[[str, str], object],
        key_jobs: MyKeysJobs,
        is_signed_in: Callable[[], bool],
    ) -> None:
        self._jobs, self._message_bar = jobs, message_bar
        self.downloads = DownloadActs(
            key_jobs, is_signed_in, on_downloads_wanted, self._say, self._on_added, self._on_failed
        )
        self._on_key_wanted, self._on_downloads_wanted = on_key_wanted, on_downloads_wanted

    def add(self, recipes: Sequence[LayerRecipe], key_name: str) -> None:
        """Add layers to the map, in a group of the key's name."""
        if recipes:
            self._jobs.add_to_map(recipes, key_name, self._on_added)
        else:
            self._say(tr("No layer of the key “{name}” is known: open it in the panel.").format(name=key_name))

    def add_found(self, mark: str) -> None:
        """Add what the search bar has found."""
        try:
            key_name, recipes = key_search.layers_of(mark)
        except GpkeysError as error:
            self._on_failed(error)
            return
        if recipes:
            self.add(recipes, key_name)
        else:
            self._say(tr("That layer is no longer in QGIS."))

    def test(self, recipes: Sequence[LayerRecipe]) -> None:
        """Ask the services of layers whether they open."""
        self._jobs.test(recipes, self._on_answers, self._on_failed)

    def open_key(self, key_id: str) -> None:
        """Show a key's page in the panel."""
        self._on_key_wanted(key_id)

    def open_downloads(self, key_id: str, offering_id: str) -> None:
        """Show in the panel what an offering of a key has to download."""
        self._on_downloads_wanted(key_id, offering_id)

    def copy_secret(self, text: str) -> None:
        """Copy what holds a secret, for a minute."""
        copied = self._message_bar.findChild(SecretCopy) or SecretCopy(self._message_bar)
        copied.copy(text)
        self._say(tr("Copied with the secret, for a minute. Treat it like a password."))

    def _on_added(self, added: AddedLayers) -> None:
        words = added_words(added) or tr("There is nothing in it that QGIS shows on a map.")
        self._say(words, _LEVELS.get(added_level(added), Qgis.MessageLevel.Success))

    def _on_answers(self, answers: Sequence[LayerAnswer]) -> None:
        problems = [(answer.title, answer.problem) for answer in answers if answer.problem is not None]
        if not problems:
            text = counted("The layer opens.", "All {count} layers open.", len(answers))
            self._say(text, Qgis.MessageLevel.Success)
            return
        lines = [tr("{layer}: {reason}").format(layer=title, reason=show(text)) for title, text in problems]
        self._say("\n".join(lines), Qgis.MessageLevel.Warning)

    def _on_failed(self, error: GpkeysError) -> None:
        if error.code is not ErrorCode.CANCELLED:
            self._say(sentence(error), Qgis.MessageLevel.Warning)

    def _say(self, text: str, level: Qgis.MessageLevel = Qgis.MessageLevel.Info) -> None:
        # A warning stays until it is closed.
        seconds = 0 if level is Qgis.MessageLevel.Warning else _SHOWN_S
        # QGIS's message bar reads HTML (3.22 to 3.44), and names may look like it.
        lines = "<br>".join(map(html.escape, text.splitlines()))
        self._message_bar.pushMessage(tr("Géoplateforme"), lines, level, seconds)
