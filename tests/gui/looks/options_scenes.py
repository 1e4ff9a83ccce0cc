"""The states of the page in QGIS's options, put into the dock for its width."""

from __future__ import annotations

from collections.abc import Callable

from gpkeys_plugin.entrepot.translatable_text import Text
from gpkeys_plugin.gui.options_page import OptionsPage
from gpkeys_plugin.jobs.window.preferences import FixedOptions, Preferences
from gpkeys_plugin.keys.draft import HashStorage
from tests.gui.fake_set_up import FakePreferences
from tests.gui.scenes import Stage, scroll_to

_FILE = "C:/ProgramData/Géoplateforme/gpkeys.json"
_KEPT = Preferences(environment_id="production", reply_port=7070, hash_storage=HashStorage.HEADER)


def options(one: Stage, fixed: FixedOptions | None = None) -> None:
    """Show the page."""
    one.dock.setWidget(OptionsPage(FakePreferences(kept=_KEPT, fixed_options=fixed or FixedOptions())))


def _all_fixed(one: Stage) -> None:
    tells = ("tells_of_layers", "tells_of_hashes", "tells_of_keys")
    names = ("platform", "reply_port", "hash_storage", "looks_up_titles", *tells)
    options(one, FixedOptions(frozenset(names), _FILE, (7070, 7090)))


def _some_fixed(one: Stage) -> None:
    options(one, FixedOptions(frozenset({"hash_storage", "looks_up_titles"}), _FILE))


def _projects(one: Stage) -> None:
    options(one)
    scroll_to(one, "tellOfKeysBox")


def _unused(one: Stage) -> None:
    values = {"path": _FILE, "reason": Text("It is not JSON: see line {line}.", {"line": 7})}
    options(one, FixedOptions(problem=Text("The preset of your administrator, {path}, is not used: {reason}", values)))


SCENES: dict[str, Callable[[Stage], None]] = {
    "options": options,
    "options_projects": _projects,
    "options_all_fixed": _all_fixed,
    "options_some_fixed": _some_fixed,
    "options_preset_unused": _unused,
}
