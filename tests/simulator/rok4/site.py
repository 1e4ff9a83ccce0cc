"""What the services of ROK4 share: the layers they serve, where they are reached, and what they answer."""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape

from ..dataset.made_up_layers import DatasetLayer

TEXT_XML = "text/xml"
JSON = "application/json"
KEYWORDS = ("essai", "rochebrune")
METADATA_URL = "https://rochebrune.example/csw?id=x&a=b"
ATTRIBUTION_URL = "https://rochebrune.example/"
ATTRIBUTION = "Commune de Rochebrune"
_QUOTES = {'"': "&quot;", "'": "&apos;"}


@dataclass(frozen=True)
class Forms:
    """The forms in which answers are written, see the switches of the same names."""

    tile_map_form: str = "tilesets"
    wmts_sets: str = "restricted"


@dataclass(frozen=True)
class Site:
    """A service at `url` with the layers it serves to one key; `host_url` is the platform's own address."""

    url: str
    host_url: str
    layers: tuple[DatasetLayer, ...]
    forms: Forms = Forms()

    def layer(self, name: str) -> DatasetLayer | None:
        """The served layer of that name."""
        return next((known for known in self.layers if known.layer_name == name), None)

    @property
    def sorted_layers(self) -> list[DatasetLayer]:
        """The layers in the order of the documents."""
        return sorted(self.layers, key=lambda known: known.layer_name)


@dataclass(frozen=True)
class Document:
    """An answer that ROK4 writes itself."""

    body: str
    content_type: str = TEXT_XML
    status: int = 200


@dataclass(frozen=True)
class Picture:
    """An answer that the OGC server draws at `target`; `content_type` replaces what that one says."""

    target: str
    content_type: str
    is_deflated: bool = False


@dataclass(frozen=True)
class Found:
    """An answer and the layers that it is given for (none when it lists what there is)."""

    answer: Document | Picture
    layer_names: tuple[str, ...] = ()


class Rok4Error(Exception):
    """A refusal in the service's words."""

    def __init__(self, document: Document) -> None:
        """`document` is the whole answer."""
        super().__init__(document.body)
        self.document = document


def quoted(text: str) -> str:
    """Text as ROK4 escapes it, in elements and attributes alike."""
    return escape(text, _QUOTES)


def exact(value: float) -> str:
    """A number with every digit, as ROK4 writes it since 6.0."""
    return format(value, ".17g")


def abstract_of(layer: DatasetLayer) -> str:
    """The abstract of a layer."""
    return f"Couche d'essai « {layer.title} »"
