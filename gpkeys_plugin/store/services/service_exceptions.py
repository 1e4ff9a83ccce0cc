"""What a service says when it refuses: the reports of OGC services and of ROK4's tiles.

Forms seen: those of ROK4 5.3.0, 6.1.4 and 7.0.0, recorded in `tests/simulator/contract/documents/rok4`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Mapping

from .xml_reading import descendants, local_name, root_of

# Root element → the element that holds a sentence.
_SENTENCES: Mapping[str, str] = {
    "ServiceExceptionReport": "ServiceException",
    "ExceptionReport": "Exception",
    "TileMapServerError": "Message",
}
# ROK4 has no code of its own for it before 7.0.0, and says it in French before 6.0.0.
_UNKNOWN_LAYER = re.compile(r"\b(?:layer|couche)\b.*\b(?:unknown|inconnue?|not (?:found|defined))\b", re.IGNORECASE)
_UNKNOWN_LAYER_CODES = ("LayerNotDefined",)


@dataclass(frozen=True)
class ServiceRefusal:
    """A refusal: the service's code, empty where it has none, and its sentence, on one line."""

    code: str
    sentence: str

    @property
    def is_unknown_layer(self) -> bool:
        """Whether the service says that it does not have the layer."""
        return self.code in _UNKNOWN_LAYER_CODES or bool(_UNKNOWN_LAYER.search(self.sentence))


def read_refusal(data: bytes | None) -> ServiceRefusal | None:
    """Return what a service says in a report of exceptions; None for what is no such document."""
    root = root_of(data) if data else None
    name = _SENTENCES.get(local_name(root)) if root is not None else None
    if root is None or name is None:
        return None
    found = next(descendants(root, name), None)
    if found is None:
        return ServiceRefusal("", "")
    code = str(found.attribute("code") or found.attribute("exceptionCode"))
    return ServiceRefusal(code, " ".join(str(found.text()).split()))
