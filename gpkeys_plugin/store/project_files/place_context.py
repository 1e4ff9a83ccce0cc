"""What stands around a place while a document is read: the layer, the layout, the widget."""

from __future__ import annotations

from dataclasses import dataclass

from .places import LAYERS, Where, where_of


@dataclass
class Layer:
    """What a layer says of itself; complete when its element ends, since name and provider follow the source."""

    type: str
    identifier: str = ""
    name: str = ""
    provider: str = ""


class Surroundings:
    """The known elements that are open. Lenient: an element that was never opened is not closed either."""

    def __init__(self) -> None:
        self.layer: Layer | None = None
        self._open: list[str] = []
        self._widget = ""

    def open(self, name: str, kind: str) -> None:
        """Enter a known element; `kind` is its attribute `type`, if it has one that matters."""
        self._open.append(name)
        if name in LAYERS:
            self.layer = Layer(kind)
        if name == "editWidget":
            self._widget = kind

    def close(self, name: str) -> None:
        """Leave a known element, and those within it that were not closed."""
        if name not in self._open:
            return
        while self._open.pop() != name:
            continue
        if name in LAYERS:
            self.layer = None

    def tell(self, name: str, text: str) -> None:
        """Take in what an element tells of the layer around it; its style repeats some of those names."""
        if self.layer is None or self._open[-1] not in LAYERS:
            return
        if name == "id":
            self.layer.identifier = self.layer.identifier or text
        elif name == "layername":
            self.layer.name = self.layer.name or text
        else:
            self.layer.provider = self.layer.provider or text

    def where(self, element: str) -> Where:
        """Return what a value in an element belongs to."""
        return where_of(element, self._open, self._widget)
