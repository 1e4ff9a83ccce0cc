"""The field of a key or of services in the dialog of an algorithm: chosen from a list, or typed.

QGIS's own field of a text with a list of values takes nothing but these (3.22), and what scripts name need not be
known to the window.
"""

from __future__ import annotations

from typing import Any

from processing.gui.wrappers import WidgetWrapper
from qgis.core import QgsProcessingParameterDefinition
from qgis.gui import QgsAbstractProcessingParameterWidgetWrapper, QgsGui
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QComboBox

from ...jobs.scripts import session_choices
from ...jobs.scripts.session_choices import Choice

KEYS, SERVICES = "keys", "services"
_SEPARATOR = ", "


class TypedChoice:
    """What Processing makes by the name of its class. A model's designer gets QGIS's field, which also takes inputs."""

    def __new__(
        cls, parameter: QgsProcessingParameterDefinition, dialog: Any, _row: int = 0, _column: int = 0, what: str = KEYS
    ) -> QgsAbstractProcessingParameterWidgetWrapper:
        """Return the field for a dialog."""
        if type(dialog).__name__ == "ModelerParametersDialog":
            field = QgsGui.processingGuiRegistry().createModelerParameterWidget(
                dialog.model, dialog.childId, parameter, dialog.context
            )
        else:
            field = _Field(parameter, dialog, what=what)
        field.setDialog(dialog)
        return field


class _Field(WidgetWrapper):
    # Processing's own base class: a widget that C++ asks Python for crashes QGIS 3.22 when it is painted.
    def createWidget(self, what: str = KEYS) -> QComboBox:  # noqa: N802 - the name Processing calls
        """Return the field."""
        self._is_list = what == SERVICES
        self._choices = session_choices.services() if self._is_list else session_choices.keys()
        self._typed = ""
        combo = choice_box(self._choices)
        combo.setAccessibleName(self.parameterDefinition().description())
        combo.editTextChanged.connect(lambda _text: self.widgetValueHasChanged.emit(self))
        # What was typed before is kept when a service is added to it.
        combo.lineEdit().textEdited.connect(self._on_typed)
        combo.activated.connect(self._on_chosen)
        return combo

    def setValue(self, value: Any) -> None:  # noqa: N802 - the name Processing calls
        """Show a value."""
        self._show("" if value is None else str(value))

    def value(self) -> str:
        """Return what stands in the field."""
        return str(self.widget.currentText())

    def _on_typed(self, text: str) -> None:
        self._typed = text

    def _on_chosen(self, row: int) -> None:
        chosen, typed = self._choices[row].text, self._typed.strip().rstrip(",")
        is_added = self._is_list and typed not in ("", "*") and chosen != "*"
        self._show(f"{typed}{_SEPARATOR}{chosen}" if is_added else chosen)

    def _show(self, text: str) -> None:
        self._typed = text
        self.widget.setEditText(text)


def choice_box(choices: tuple[Choice, ...]) -> QComboBox:
    """Return a list to choose from that also takes what is typed."""
    combo = QComboBox()
    combo.setObjectName("gpkeysTypedChoice")
    combo.setEditable(True)
    combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    for row, choice in enumerate(choices):
        combo.addItem(choice.label)
        combo.setItemData(row, choice.text, Qt.ItemDataRole.ToolTipRole)
    # A list of services takes several: what is typed is not to become the first that begins alike.
    combo.setCompleter(None)
    combo.setCurrentIndex(-1)
    combo.setEditText("")
    return combo
