"""A further language comes by a `.ts` file alone: what it has shows, the rest is English, and so is the help."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QDir

from gpkeys_plugin import plugin as plugin_module
from gpkeys_plugin.gui.parts import value_words
from gpkeys_plugin.jobs.running import help_page
from gpkeys_plugin.jobs.running.translate import tr
from gpkeys_plugin.plugin import GpkeysPlugin
from tests.gui.start.stand_in import StandIn
from tests.tooling import translations

_GERMAN = {
    "Géoplateforme access keys": ("Zugangsschlüssel der Géoplateforme",),
    "My keys": ("Meine Schlüssel",),
    "{count} layers": ("{count} Layer, einer", "{count} Layer, mehrere"),
}
_POLISH = {"{count} layers": ("{count} warstwa", "{count} warstwy", "{count} warstw")}


def _given(language: str, texts: Mapping[str, tuple[str, ...]], folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lay a translation beside the French one and have it compiled, as `make i18n` does."""
    french = folder / "i18n" / "gpkeys_fr.ts"
    for code, known in (("fr", translations.forms()), (language, texts)):
        translations.write(translations.sources(), known, french.with_name(f"gpkeys_{code}.ts"))
    monkeypatch.setattr(translations, "TS_FILE", french)
    translations.main(["compile"])
    monkeypatch.setattr(plugin_module, "_FOLDER", QDir(str(folder)))


def test_it_shows_and_what_it_lacks_is_english(iface: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _given("de", _GERMAN, tmp_path, monkeypatch)
    monkeypatch.setattr(QgsApplication, "locale", lambda _application: "de_AT")
    plugin = GpkeysPlugin(iface)
    plugin.initGui()
    try:
        assert tr("My keys") == "Meine Schlüssel"
        assert tr("Permissions") == "Permissions"
        assert [value_words.layers(count) for count in (1, 2)] == ["1 Layer, einer", "2 Layer, mehrere"]
        assert [value_words.services(count) for count in (0, 1, 2)] == ["0 services", "1 service", "2 services"]
        assert [action.text() for action in iface.help_menu.actions()] == ["Zugangsschlüssel der Géoplateforme"]
        assert Path(help_page.help_url("key").toLocalFile()).parent.name == "en"
    finally:
        plugin.unload()
    assert tr("My keys") == "My keys"


def test_it_has_as_many_forms_as_its_grammar_wants(
    iface: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _given("pl", _POLISH, tmp_path, monkeypatch)
    monkeypatch.setattr(QgsApplication, "locale", lambda _application: "pl")
    plugin = GpkeysPlugin(iface)
    plugin.initGui()
    try:
        found = [value_words.layers(count) for count in (1, 3, 5, 22)]
    finally:
        plugin.unload()
    assert found == ["1 warstwa", "3 warstwy", "5 warstw", "22 warstwy"]


def test_its_help_may_have_some_pages_only(qgis_app: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "de").mkdir()
    (tmp_path / "de" / "key.html").touch()
    monkeypatch.setattr(help_page, "_FOLDER", QDir(str(tmp_path)))
    monkeypatch.setattr(QgsApplication, "locale", lambda _application: "de_AT")
    assert Path(help_page.help_url("key").toLocalFile()) == tmp_path / "de" / "key.html"
    assert Path(help_page.help_url("edit").toLocalFile()) == tmp_path / "en" / "edit.html"
