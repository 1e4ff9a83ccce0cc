"""Hears everything that is said while jobs run: the message log, the network logger, values and errors as printed."""

from __future__ import annotations

import gc
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from qgis.core import QgsApplication, QgsNetworkAccessManager, QgsNetworkRequestParameters

from gpkeys_plugin.jobs.values import Failed


@dataclass
class Eavesdropper:
    """What was heard, a list a place; `urls` are those that QGIS's network logger shows."""

    log: list[str] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)
    printed: set[str] = field(default_factory=set)

    def look_at_values(self, *seen: Any) -> None:
        """Print what was handed over, and every object of the plugin that is alive."""
        alive = [value for value in gc.get_objects() if type(value).__module__.startswith("gpkeys_plugin.")]
        for value in (*seen, *alive):
            self.printed |= {repr(value), str(value)}

    def hear_failure(self, error: BaseException) -> None:
        """Print an error with all that led to it, as Python's own report and ours do."""
        self.printed |= {repr(error), "".join(traceback.format_exception(type(error), error, error.__traceback__))}
        found = Failed.of(error) if isinstance(error, Exception) else None
        if found is not None:
            told = (found.error.user, found.error.advice, found.error.log, *found.stayed, found.remainder)
            self.printed |= {str(text) for text in told}

    def all(self) -> bytes:
        """Return all of it."""
        return "\n".join((*self.log, *self.urls, *sorted(self.printed))).encode("utf-8", "surrogatepass")


@contextmanager
def listening() -> Iterator[Eavesdropper]:
    """Listen to QGIS's message log, every tag of it, and to the requests of all its threads."""
    heard = Eavesdropper()
    log, network = QgsApplication.messageLog(), QgsNetworkAccessManager.instance()

    def on_message(text: str, tag: str, *_: object) -> None:
        heard.log.append(f"{tag}: {text}")

    def on_request(request: QgsNetworkRequestParameters) -> None:
        heard.urls.append(request.request().url().toString())

    created = network.requestAboutToBeCreated[QgsNetworkRequestParameters]
    log.messageReceived.connect(on_message)
    created.connect(on_request)
    yield heard
    created.disconnect(on_request)
    log.messageReceived.disconnect(on_message)
