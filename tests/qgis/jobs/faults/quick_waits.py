"""Waits that take no time but are counted, and time-outs of a moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

import pytest
from qgis.core import QgsNetworkAccessManager

from gpkeys_plugin.entrepot import catalogue_search
from gpkeys_plugin.entrepot.client import EntrepotClient
from gpkeys_plugin.entrepot.downloads import download_client
from gpkeys_plugin.entrepot.downloads.request_pace import RequestPace
from gpkeys_plugin.entrepot.request_turns import RequestTurns
from gpkeys_plugin.entrepot.retries import Patience
from gpkeys_plugin.jobs import check_key
from gpkeys_plugin.jobs.downloads import download_access, fetch_file
from gpkeys_plugin.jobs.steps import service_probe
from gpkeys_plugin.jobs.steps.vector_styles import style_requests
from gpkeys_plugin.network.authentication import refresh
from gpkeys_plugin.store.configurations import oauth2_json

# QGIS waits that long for a token, which no time-out of a request changes.
_TOKEN_S = 2
_TIMEOUTS = (
    (service_probe, "_TIMEOUT_S"),
    (check_key, "_TIMEOUT_S"),
    (style_requests, "_PATIENCE_S"),
    (catalogue_search, "TIMEOUT_S"),
    (download_client, "TIMEOUT_S"),
    (fetch_file, "TIMEOUT_S"),
    (refresh, "TIMEOUT_S"),
)


class Waits:
    """Adds up how long would have been waited, in seconds."""

    def __init__(self) -> None:
        self.total_s = 0.0
        self._lock = Lock()

    def wait(self, seconds: float) -> None:
        """Do not wait."""
        with self._lock:
            self.total_s += seconds

    @property
    def paused(self) -> Callable[[Patience, float], None]:
        """The pause between two requests, which hears of a cancel as the real one does."""

        def pause(patience: Patience, seconds: float) -> None:
            patience.check()
            self.wait(seconds)

        return pause


@contextmanager
def quick() -> Iterator[Waits]:
    """Let all pauses between requests take no time."""
    waits = Waits()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Patience, "pause", waits.paused)
        # A rest is waited out by a pause, which takes no time here.
        patched.setattr(RequestTurns, "rest", lambda _turns, _seconds: None)
        patched.setattr(RequestPace, "rest", lambda _pace, _seconds: None)
        # Else what was not waited for would be added to the next one's waits.
        download_access.pace_of.cache_clear()
        patched.setattr(oauth2_json, "REQUEST_TIMEOUT_S", _TOKEN_S)
        yield waits


@contextmanager
def impatient(timeout_s: float) -> Iterator[None]:
    """Let no answer be waited for longer than that, neither by the plugin nor by QGIS."""
    before_ms = QgsNetworkAccessManager.timeout()
    with pytest.MonkeyPatch.context() as patched:
        made = EntrepotClient.__init__
        patched.setattr(made, "__kwdefaults__", {**(made.__kwdefaults__ or {}), "timeout_s": timeout_s})
        for module, name in _TIMEOUTS:
            patched.setattr(module, name, timeout_s)
        QgsNetworkAccessManager.setTimeout(round(1000 * timeout_s))
        yield
    QgsNetworkAccessManager.setTimeout(before_ms)
