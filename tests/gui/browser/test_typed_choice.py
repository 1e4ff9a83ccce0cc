"""Keys and services in the dialogs of algorithms: chosen from what the session knows, or typed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from qgis.core import QgsProcessingContext, QgsProcessingParameterDefinition
from qgis.PyQt.QtWidgets import QComboBox, QDialog

from gpkeys_plugin.entrepot.models import Key, KeyType
from gpkeys_plugin.jobs.scripts import session_choices
from gpkeys_plugin.keys.upkeep.holdings import Holdings
from gpkeys_plugin.processing import parameters
from tests.gui import fakes


class Dialog(QDialog):
    """What Processing hands to the field, which only asks what kind it is."""


@pytest.fixture
def session(qgis_processing: None) -> Iterator[Holdings]:
    """Have somebody be signed in."""
    has = fakes.holdings()
    keys = tuple(Key(f"k{number}", f"Clé {number}", KeyType.HASH) for number in (10, 2))
    session_choices.keep(Holdings(has.account, has.permissions, keys, has.catalogue, fakes.TITLES))
    yield has
    session_choices.keep(None)


@pytest.fixture
def dialog(qtbot: QtBot, qgis_processing: None) -> Dialog:
    """Return a dialog for the fields."""
    made = Dialog()
    qtbot.addWidget(made)
    return made


def field(parameter: QgsProcessingParameterDefinition, dialog: Dialog) -> tuple[Any, QComboBox]:
    """Return what Processing makes for a dialog, and what is seen of it."""
    from processing.gui.wrappers import WidgetWrapperFactory

    wrapper = WidgetWrapperFactory.create_wrapper(parameter, dialog)
    return wrapper, wrapper.widget


def choose(combo: QComboBox, label: str) -> None:
    combo.activated.emit(combo.findText(label))


def type_into(combo: QComboBox, text: str) -> None:
    combo.setEditText(text)
    combo.lineEdit().textEdited.emit(text)


def test_a_key_is_chosen_or_typed(session: Holdings, dialog: Dialog) -> None:
    wrapper, combo = field(parameters.key(), dialog)
    assert wrapper.parameterValue() == ""
    assert [combo.itemText(row) for row in range(combo.count())] == ["Clé 2", "Clé 10"]
    choose(combo, "Clé 10")
    assert wrapper.parameterValue() == "Clé 10"
    type_into(combo, "Clé 1")
    assert wrapper.parameterValue() == "Clé 1"
    wrapper.setParameterValue("of a colleague", QgsProcessingContext())
    assert wrapper.parameterValue() == "of a colleague"
    choose(combo, "Clé 2")
    assert wrapper.parameterValue() == "Clé 2"


def test_services_are_added_to_each_other(session: Holdings, dialog: Dialog) -> None:
    wrapper, combo = field(parameters.services(parameters.OFFERINGS, "Services", optional=False), dialog)
    choose(combo, f"All services of “{fakes.TOWN.licence}”")
    named = [offering.layer_name for offering in fakes.TOWN.offerings]
    assert sorted(wrapper.parameterValue().split(", ")) == sorted(named)
    type_into(combo, "typed.layer,")
    choose(combo, f"{fakes.TITLES.known_as(fakes.SCAN25.layer_name)} (WMTS-TMS)")
    assert wrapper.parameterValue() == f"typed.layer, {fakes.SCAN25.layer_name}"
    choose(combo, "All services")
    assert wrapper.parameterValue() == "*"
    choose(combo, f"{fakes.TITLES.known_as(fakes.SCAN25.layer_name)} (WMTS-TMS)")
    assert wrapper.parameterValue() == fakes.SCAN25.layer_name


def test_what_has_ended_or_gone_is_not_offered(session: Holdings) -> None:
    labels = [choice.label for choice in session_choices.services()]
    assert not any(fakes.EXPIRED.licence in label for label in labels)
    assert any(fakes.TOWN.licence in label for label in labels)
    # All that it alone opens has been taken offline.
    assert not any(fakes.TOWN_OLD.licence in label for label in labels)


def test_signed_out_it_is_typed(dialog: Dialog) -> None:
    session_choices.keep(None)
    wrapper, combo = field(parameters.key(), dialog)
    assert combo.count() == 0
    type_into(combo, "Clé 1")
    assert wrapper.parameterValue() == "Clé 1"
