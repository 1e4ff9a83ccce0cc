"""The field of a key or of services in the dialog of an algorithm: chosen from a list, or typed.

QGIS's own field of a text with a list of values takes nothing but these (3.22), and what scripts name need not be
known to the window.
"""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingContext, QgsProcessingParameterDefinition
from qgis.gui import QgsAbstractProcessingParameterWidgetWrapper, QgsGui, QgsProcessingGui
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QComboBox, QWidget

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
            field = _Field(parameter, what)
        field.setDialog(dialog)
        return field


class _Field(QgsAbstractProcessingParameterWidgetWrapper):
    def __init__(self, parameter: QgsProcessingParameterDefinition, what: str) -> None:
        super().__init__(parameter, QgsProcessingGui.WidgetType.Standard)
        self._is_list = what == SERVICES
        self._choices = session_choices.services() if self._is_list else session_choices.keys()
        self._typed = ""

    def createWidget(self) -> QWidget:  # noqa: N802 - the name QGIS calls
        """Return the field."""
        combo = choice_box(self._choices)
        combo.setAccessibleName(self.parameterDefinition().description())
        combo.editTextChanged.connect(lambda _text: self.widgetValueHasChanged.emit(self))
        # What was typed before is kept when a service is added to it.
        combo.lineEdit().textEdited.connect(self._on_typed)
        combo.activated.connect(self._on_chosen)
        return combo

    def setWidgetValue(self, value: Any, _context: QgsProcessingContext) -> None:  # noqa: N802 - the name QGIS calls
        """Show a value."""
        self._show("" if value is None else str(value))

    def widgetValue(self) -> str:  # noqa: N802 - the name QGIS calls
        """Return what stands in the field."""
        combo = self.wrappedWidget()
        return str(combo.currentText()) if isinstance(combo, QComboBox) else self._typed

    def _on_typed(self, text: str) -> None:
        self._typed = text

    def _on_chosen(self, row: int) -> None:
        chosen, typed = self._choices[row].text, self._typed.strip().rstrip(",")
        is_added = self._is_list and typed not in ("", "*") and chosen != "*"
        self._show(f"{typed}{_SEPARATOR}{chosen}" if is_added else chosen)

    def _show(self, text: str) -> None:
        self._typed = text
        # Asked for each time: once QGIS has the widget, what Python knew it by is dead (3.22).
        combo = self.wrappedWidget()
        if isinstance(combo, QComboBox):
            combo.setEditText(text)


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
