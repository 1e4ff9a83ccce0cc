"""Tab goes through a window as it is read, in whatever order its parts were made."""

from __future__ import annotations

from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtWidgets import QScrollArea, QStackedWidget, QWidget

_WITH_TAB = (Qt.FocusPolicy.TabFocus, Qt.FocusPolicy.StrongFocus, Qt.FocusPolicy.WheelFocus)


class ReadInOrder(QWidget):
    """A container in which Tab goes from above to below, each row from its start, and what scrolls before its footer.

    Qt goes by the order in which widgets were made: messages and rows that come later would come last.
    """

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: N802, A002 - the name that Qt gives it
        """Move the focus to the next part, or the one before; out of the container after the last.

        Qt asks for the next too when the part that has the focus is disabled or hidden: then the focus stays near it.
        """
        found, focused = stops(self), self.focusWidget()
        if not found or focused is None:
            return bool(super().focusNextPrevChild(next))
        if focused not in found:
            self._stay_near(focused)
            return True
        place = found.index(focused) + (1 if next else -1)
        target = found[place] if 0 <= place < len(found) else (self._outside(next) or found[0 if next else -1])
        target.setFocus(Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason)
        return True

    def _stay_near(self, gone: QWidget) -> None:
        """Give the focus to what stands before a part that can have it no more, on the same page if there is something.

        Not to what stands after it: that may be a button that deletes, beside one that waits.
        """
        page = gone.parentWidget()
        while page is not self and not stops(page):
            if isinstance(page, QStackedWidget):
                # Between two pages; the one that comes is given the keyboard (parts/focus_after_turn.py).
                return
            page = page.parentWidget()
        found = stops(page)
        before = [stop for stop in found if self._place(stop) <= self._place(gone)]
        (before or found)[-1 if before else 0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _place(self, part: QWidget) -> tuple[int, int]:
        corner = part.mapTo(self, QPoint(0, 0))
        return corner.y(), corner.x()

    def _outside(self, is_forward: bool) -> QWidget | None:
        """Return where the focus goes from here, None where the window has nothing else."""
        one = self._further(self, is_forward)
        while one is not None and one is not self:
            if not self.isAncestorOf(one) and one.isVisible() and _is_stop(one):
                return one
            one = self._further(one, is_forward)
        return None

    @staticmethod
    def _further(one: QWidget, is_forward: bool) -> QWidget | None:
        return one.nextInFocusChain() if is_forward else one.previousInFocusChain()


def stops(root: QWidget) -> list[QWidget]:
    """Return what Tab stops at within a widget, in the order in which it is read."""
    found: list[QWidget] = []
    for child in _as_read(root):
        is_stop = _is_stop(child)
        if is_stop:
            found.append(child)
        if not is_stop or isinstance(child, QScrollArea):
            found += stops(child)
    return found


def _is_stop(widget: QWidget) -> bool:
    return widget.focusPolicy() in _WITH_TAB and widget.isEnabled()


def _as_read(root: QWidget) -> list[QWidget]:
    """Return the visible parts of a widget by rows: what begins above the middle of a row's first part is in it."""
    parts = [part for part in root.children() if isinstance(part, QWidget) and part.isVisible() and not part.isWindow()]
    rows: list[list[QWidget]] = []
    for part in sorted(parts, key=lambda part: part.y()):
        if rows and part.y() < rows[-1][0].geometry().center().y():
            rows[-1].append(part)
        else:
            rows.append([part])
    return [part for row in rows for part in sorted(row, key=lambda part: part.x())]
