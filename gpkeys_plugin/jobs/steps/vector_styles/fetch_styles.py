"""Read the styles that the producers of vector tiles publish: the files from the network, QGIS's drawing from those."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Sequence

from qgis.core import Qgis, QgsMessageLog

from ....entrepot.translatable_text import Text
from ....keys.services import style_addresses, style_choice
from ....keys.services.layer_recipes import LayerRecipe, StyleLink
from ....store import connections
from ....store.services import vector_tile_style
from ....store.services.style_document import StyleDocument, UnreadableStyle, read_style
from ....store.services.vector_tile_style import ProducerStyle, Sprites
from ...running.task import LOG_TAG, Progress
from ..account_sessions import SignedIn
from ..service_probe import Credential
from .style_requests import StyleFiles

_AT_ONCE = 4
_MOST_STYLES = 12
# Each makes some 7 kB of the project file, in each style: with more, QGIS would take seconds to save it.
_MOST_STYLE_LAYERS = 2500


@dataclass(frozen=True)
class FoundStyles:
    """The styles of a layer, the one to draw in first; `problems` say what the user sees less of than was published."""

    styles: tuple[ProducerStyle, ...] = ()
    problems: tuple[Text, ...] = ()


@dataclass(frozen=True)
class _Read:
    """A style that was asked for: what came, what QGIS makes of it, or why nothing; why it lacks the icons it wants."""

    link: StyleLink
    document: StyleDocument | None = None
    sprites: Sprites | None = None
    style: ProducerStyle | None = None
    reason: Text | None = None
    icons_reason: Text | None = None


class StyleReader:
    """Reads the styles of layers; the key that opens a layer's tiles opens its private styles."""

    def __init__(self, signed_in: SignedIn, progress: Progress) -> None:
        self._signed_in = signed_in
        self._progress = progress

    def read(self, recipe: LayerRecipe) -> FoundStyles:
        """Return the styles of a layer; none for a layer that has none. Raise CANCELLED if the user asked to stop."""
        stored = connections.read(recipe.connection.kind, recipe.connection.name) if recipe.style_links else None
        if stored is None:
            return FoundStyles()
        files = StyleFiles(self._signed_in, Credential(stored.authcfg, stored.hash), stored.plain_url, self._progress)
        links = style_choice.by_preference(recipe.style_links, recipe.name)[:_MOST_STYLES]
        with ThreadPoolExecutor(max_workers=_AT_ONCE) as pool:
            fetched = list(pool.map(lambda link: _fetched(files, link, recipe.name), links))
        # One after the other: several at once would take the processor from the window.
        read = self._converted(fetched)
        _log(recipe.name, read)
        return _found(recipe.title, read)

    def _converted(self, fetched: Sequence[_Read]) -> list[_Read]:
        """Convert what came, but for the styles that are too much for a project; the one to draw in never is."""
        read: list[_Read] = []
        layers = 0
        for one in fetched:
            self._progress.check()
            layers += len(one.document.layers) if one.document is not None else 0
            is_too_much = layers > _MOST_STYLE_LAYERS and any(other.style is not None for other in read)
            read.append(replace(one, reason=_TOO_MUCH) if is_too_much else _converted(one))
        return read


def _fetched(files: StyleFiles, link: StyleLink, layer_name: str) -> _Read:
    try:
        document = read_style(files.get(link.url), layer_name)
    except UnreadableStyle as unreadable:
        return _Read(link, reason=unreadable.reason)
    sprites, icons_reason = _sprites(files, link, document)
    return _Read(link, document, sprites, icons_reason=icons_reason)


def _converted(read: _Read) -> _Read:
    if read.document is None:
        return read
    try:
        return replace(read, style=vector_tile_style.convert(read.link.name, read.document, read.sprites))
    except UnreadableStyle as unreadable:
        return replace(read, reason=unreadable.reason)


def _sprites(files: StyleFiles, link: StyleLink, document: StyleDocument) -> tuple[Sprites | None, Text | None]:
    """Return the icons in the finest resolution there is, or why there are none."""
    reason: Text | None = None
    addresses = style_addresses.sprite_addresses(link.url, document.sprite) if document.sprite else ()
    for address in addresses:
        found = files.sprites(address)
        if isinstance(found, Sprites):
            return found, None
        reason = found
    return None, reason


def _found(title: str, read: Sequence[_Read]) -> FoundStyles:
    styles = tuple(one.style for one in read if one.style is not None)
    problems = tuple(filter(None, (_problem(title, read[0], styles), _icons_problem(title, read))))
    return FoundStyles(styles, problems)


def _problem(title: str, first: _Read, styles: Sequence[ProducerStyle]) -> Text | None:
    """Return what the user is to know where the layer is not drawn in the style meant for everybody."""
    if first.reason is None:
        return None
    values = {"title": title, "reason": first.reason}
    if styles:
        return _OTHER_STYLE.with_values({**values, "name": first.link.name, "other": styles[0].name})
    return _SIMPLE_STYLE.with_values(values)


def _icons_problem(title: str, read: Sequence[_Read]) -> Text | None:
    drawn = next((one for one in read if one.style is not None), None)
    if drawn is None or drawn.icons_reason is None:
        return None
    return _NO_ICONS.with_values({"title": title, "reason": drawn.icons_reason})


def _log(layer_name: str, read: Sequence[_Read]) -> None:
    """Note what QGIS says of a style, for who wonders; QGIS's own words hold names of layers, icons and fonts only."""
    for one in read:
        remarks = one.style.warnings if one.style is not None else (str(one.reason),)
        if remarks:
            line = f"style {one.link.name} of {layer_name}: {len(remarks)} remarks, first: {remarks[0]}"
            QgsMessageLog.logMessage(line, LOG_TAG, Qgis.MessageLevel.Info, False)


_TOO_MUCH = Text("the project would hold too many styles with this one")
_SIMPLE_STYLE = Text("The producer's style of “{title}” could not be read: {reason}; it is drawn in a simple style.")
_OTHER_STYLE = Text(
    "The producer's style “{name}” of “{title}” could not be read: {reason}; it is drawn in “{other}” instead."
)
_NO_ICONS = Text("The icons of “{title}” could not be read: {reason}; it is drawn without them.")
