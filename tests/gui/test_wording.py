"""Words the window puts together itself."""

from __future__ import annotations

import pytest
from qgis.PyQt.QtCore import QLocale

from gpkeys_plugin.entrepot.translatable_text import Text
from gpkeys_plugin.gui.parts import value_words
from gpkeys_plugin.jobs.running.translate import show
from gpkeys_plugin.keys.services.connection_plans import ConnectionKind, ServedLayer
from gpkeys_plugin.network.authentication.sign_in_messages import ports_busy
from tests.tooling import translations
from tests.tooling.shown_language import shown_in

_FRENCH = translations.translations()


@pytest.mark.parametrize(
    ("count", "requests", "services", "french"),
    [(0, "0 requests", "0 services", "requête"), (1, "1 request", "1 service", "requête")],
)
def test_french_counts_nothing_as_one(count: int, requests: str, services: str, french: str) -> None:
    assert (value_words.requests(count), value_words.services(count)) == (requests, services)
    with shown_in("fr"):
        assert value_words.requests(count) == f"{count}\u00a0{french}"
        assert value_words.services(count) == f"{count}\u00a0service"


@pytest.mark.parametrize(
    ("kind", "english", "french"),
    [
        (ConnectionKind.VECTOR_TILES, "Vector tiles connection", "Connexion de tuiles vectorielles"),
        (ConnectionKind.XYZ, "XYZ tiles connection", "Connexion de tuiles XYZ"),
    ],
)
def test_a_connection_of_tiles_is_called_so(kind: ConnectionKind, english: str, french: str) -> None:
    assert value_words.connection(kind) == english
    assert _FRENCH[english] == french


@pytest.mark.parametrize(
    ("service", "called"),
    [("DOWNLOAD", "Download"), ("ITINERARY", "Routes"), ("ISOCURVE", "Isochrones"), ("METADATA", "donnees")],
)
def test_a_service_without_a_connection_is_called_by_a_word(service: str, called: str) -> None:
    layer = ServedLayer("o", "plan", None, "donnees", "https://example.org", service)
    assert value_words.service_without_connection(layer) == called


def test_amounts_are_written_as_the_language_does_and_ports_are_none() -> None:
    before = QLocale()
    QLocale.setDefault(QLocale("fr_FR"))
    try:
        amount = QLocale("fr_FR").toString(12345)
        assert amount != "12345"
        assert value_words.layers(12345) == f"{amount} layers"
        assert show(Text("Files read: {done}", {"done": 12345})) == f"Files read: {amount}"
        assert "7070" in show(ports_busy([7070]).user)
    finally:
        QLocale.setDefault(before)
