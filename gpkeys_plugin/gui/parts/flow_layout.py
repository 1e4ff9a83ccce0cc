"""A layout that sets its items side by side and goes on in the next line when they don't fit."""

from __future__ import annotations

from qgis.PyQt.QtCore import QPoint, QRect, QSize, Qt
from qgis.PyQt.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget


class FlowLayout(QLayout):
    """Buttons in a row as long as there is room, else in several rows.

    Those of a row stand at their start, at the end with `align_right`, or share all of it with `fills`.
    """

    def __init__(
        self, parent: QWidget | None = None, *, spacing: int = 6, align_right: bool = False, fills: bool = False
    ) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._align_right, self._fills = align_right, fills
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802
        """Take an item in."""
        self._items.append(item)
        if self._fills and item.widget() is not None:
            item.widget().setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def count(self) -> int:
        """Return how many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        """Return an item."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        """Remove an item and return it."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientations:  # noqa: N802
        """Return that there is no need for more room."""
        return Qt.Orientations() if hasattr(Qt, "Orientations") else Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        """Return that the height depends on the width."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """Return the height needed at a width."""
        lines = self._lines(width)
        return sum(height for _, height in lines) + self._gaps(len(lines))

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the size with everything in one line."""
        hints = [item.sizeHint() for item in self._shown()]
        width = sum(hint.width() for hint in hints) + self._gaps(len(hints))
        return QSize(width, max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:  # noqa: N802
        """Return the size of the widest item."""
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        return size

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802
        """Set the items out in a rectangle."""
        super().setGeometry(rect)
        top = rect.top()
        for items, height in self._lines(rect.width()):
            self._place(items, QRect(rect.left(), top, rect.width(), height))
            top += height + self.spacing()

    def _place(self, items: list[QLayoutItem], line: QRect) -> None:
        widths = [min(item.sizeHint().width(), line.width()) for item in items]
        spare = line.width() - sum(widths) - self._gaps(len(widths))
        left = line.left() + (spare if self._align_right else 0)
        more = spare // len(items) if self._fills else 0
        for item, width in zip(items, (width + more for width in widths)):
            height = item.sizeHint().height()
            item.setGeometry(QRect(QPoint(left, line.top() + (line.height() - height) // 2), QSize(width, height)))
            left += width + self.spacing()

    def _lines(self, width: int) -> list[tuple[list[QLayoutItem], int]]:
        lines: list[tuple[list[QLayoutItem], int]] = []
        used = 0
        for item in self._shown():
            hint = item.sizeHint()
            if lines and used + self.spacing() + hint.width() <= width:
                items, height = lines[-1]
                lines[-1] = ([*items, item], max(height, hint.height()))
                used += self.spacing() + hint.width()
            else:
                lines.append(([item], hint.height()))
                used = hint.width()
        return lines

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _gaps(self, count: int) -> int:
        return max(0, count - 1) * self.spacing()
