"""States of the window that only the help's pictures show: those in which nothing is wrong."""

from __future__ import annotations

from typing import Callable

from qgis.PyQt.QtWidgets import QWidget

from gpkeys_plugin.entrepot.models import KeyType
from gpkeys_plugin.entrepot.sign_in_status import SignInState
from gpkeys_plugin.gui.qgis_places import OptionsFactory
from gpkeys_plugin.jobs.window.sign_in_set_up import VaultState
from tests.gui import fake_my_keys as known
from tests.gui import fakes
from tests.gui.fake_set_up import FakePreferences
from tests.gui.looks.all_scenes import SCENES
from tests.gui.my_keys_scenes import listed
from tests.gui.scenes import Stage, row, scroll_to, signed_in, titles_come


def _sign_in(one: Stage) -> None:
    one.set_up.is_secret_needed = True
    one.set_up.vault = VaultState.NONE
    one.sign_in.become(SignInState.SIGNED_OUT)


def _services(one: Stage) -> None:
    signed_in(one)
    titles_come(one)
    one.tick(fakes.ESTOMPAGE.layer_name, fakes.TOWN.licence)
    view = one.find("servicesTree")
    view.setCurrentIndex(row(view, fakes.PLU.layer_name))


def _result(one: Stage) -> None:
    SCENES["step_2_basic"](one)
    one.click("createButton")
    one.new_key_jobs.last("create").on_done(fakes.created(KeyType.BASIC))
    titles_come(one)


def _keys(one: Stage) -> None:
    readable = (known.HASH_KEY, known.BASIC_KEY, known.OAUTH2_KEY)
    listed(one, known.holdings(readable))
    call = one.my_keys_jobs.last("overviews")
    for found in known.rows():
        if found.key in readable:
            call.on_part([found])
    call.on_done()
    titles_come(one)


def _consumption(one: Stage) -> None:
    SCENES["key_usage"](one)
    scroll_to(one, "usageYearWords")


OWN_SCENES: dict[str, Callable[[Stage], None]] = {
    "help_sign_in": _sign_in,
    "help_services": _services,
    "help_result": _result,
    "help_keys": _keys,
    "help_consumption": _consumption,
}


def options_page() -> QWidget:
    """Return the plugin's page in QGIS's options."""
    page: QWidget = OptionsFactory(FakePreferences).createWidget()
    return page
