"""The states of the test of a key."""

from __future__ import annotations

from collections.abc import Callable

from gpkeys_plugin.entrepot.translatable_text import Text
from gpkeys_plugin.jobs.steps import verdict_words
from gpkeys_plugin.jobs.values import ServiceVerdict, Verdict

from .. import fakes
from ..my_keys_scenes import key_page
from ..scenes import Stage


def ended(one: Stage) -> None:
    """Show a test that has ended."""
    root = "https://data.geopf.fr/private/wms-r"
    down = Text("The service is out of order (HTTP {status}).", {"status": 503})
    missing = Text("The service works, but does not list {count} of the key's layers.", {"count": 1})
    found = (
        ServiceVerdict("WMS raster", root, Verdict.WORKS, Text("Works.")),
        ServiceVerdict("WFS", root, Verdict.LAYERS_MISSING, missing, None, ("rochebrune.plu_2026:zonage",)),
        ServiceVerdict("WMTS", root, Verdict.SERVICE_DOWN, down, Text("Try again in a few minutes.")),
    )
    _brought(one, found)


def _brought(one: Stage, found: tuple[ServiceVerdict, ...]) -> None:
    _under_way(one)
    call = one.my_keys_jobs.last("test")
    for verdict in found:
        call.on_part(verdict)
    call.on_done()


def _strange_answers(one: Stage) -> None:
    """Show a test that brought back what is no answer."""
    root = "https://data.geopf.fr/private/wms-r"
    portal = "Portail captif Bienvenue sur le réseau des visiteurs de la mairie. Identifiez-vous pour continuer."
    found = (verdict_words.not_an_answer("WMS raster", root, portal), verdict_words.not_an_answer("WFS", root, ""))
    _brought(one, found)


def _odd_services(one: Stage) -> None:
    """Show a test in which the key is not at fault."""
    root = "https://data.geopf.fr/private/wms-r"
    found = (
        verdict_words.gives_elevations(verdict_words.works("WMS raster", root)),
        verdict_words.tile_missing("WMTS", root),
        verdict_words.request_refused("WMS vecteur", root, "Format image/png unknown"),
        verdict_words.not_served(f"TMS {fakes.SCAN25.layer_name}", root, (fakes.SCAN25.layer_name,)),
    )
    _brought(one, found)


def _under_way(one: Stage) -> None:
    key_page(one)
    one.click("testKeyButton")


SCENES: dict[str, Callable[[Stage], None]] = {
    "test_running": _under_way,
    "test_done": ended,
    "test_strange_answers": _strange_answers,
    "test_odd_services": _odd_services,
}
