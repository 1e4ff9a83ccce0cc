"""Consumption drawn, a bar a day or a month, requests by default, bytes at a click; or as a table."""

from __future__ import annotations

from typing import Sequence

from qgis.PyQt.QtCore import QEvent, QLocale, QRect, QSize, Qt
from qgis.PyQt.QtGui import QHelpEvent, QPainter, QPaintEvent, QPalette
from qgis.PyQt.QtWidgets import QComboBox, QSizePolicy, QToolTip, QVBoxLayout, QWidget

from ...entrepot.models import Hits
from ...jobs.running.translate import tr
from ...jobs.window import window_memory
from ...keys.upkeep import usage as usage_rows
from ...keys.upkeep import volume_limits
from ...keys.upkeep.usage import Usage
from ..drawing.colour_contrast import mix
from ..parts import theme, value_words
from ..parts.flow_layout import FlowLayout
from ..parts.labels import TonedLabel, WrappedLabel
from ..parts.page import tool_button
from .usage_table import UsageTable

_DAYS, _MONTHS = "days", "months"
_REQUESTS, _BYTES = "requests", "bytes"


class UsageChart(QWidget):
    """Period and measure to choose, the drawing or the table, and the same in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._usage: Usage | None = None
        self._period, self._measure = QComboBox(), QComboBox()
        self._period.setObjectName("usagePeriodCombo")
        self._measure.setObjectName("usageMeasureCombo")
        self._period.addItem(tr("30 days"), _DAYS)
        self._period.addItem(tr("12 months"), _MONTHS)
        self._measure.addItem(tr("Requests"), _REQUESTS)
        self._measure.addItem(tr("Volume"), _BYTES)
        self._period.setAccessibleName(tr("Period"))
        self._measure.setAccessibleName(tr("Measure"))
        self._in_table = tool_button("usageInTableButton", "table", tr("Show as a table"))
        self._in_table.setCheckable(True)
        self._copy = tool_button("copyUsageButton", "copy", tr("Copy the table"))
        self._bars, self._table = _Bars(), UsageTable()
        self._words = WrappedLabel()
        self._words.setObjectName("usageWords")
        self._year = TonedLabel()
        self._year.setObjectName("usageYearWords")
        self._axis = TonedLabel()
        self._build()
        self._remember()

    def show_usage(self, usage: Usage | None, problem: str = "", *, opens_scan: bool = False) -> None:
        """Show another consumption, or why there is none to show; `opens_scan`: of a key that opens SCAN data."""
        self._usage = usage
        for widget in (self._period, self._measure, self._in_table, self._copy, self._year):
            widget.setVisible(usage is not None)
        self._words.setText(problem)
        self._year.setText("" if usage is None else _year_in_words(usage, opens_scan=opens_scan))
        self._show()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(self))
        row = FlowLayout(spacing=theme.gap(self))
        for part in (self._period, self._measure, self._in_table, self._copy):
            row.addWidget(part)
        column.addLayout(row)
        for widget in (self._bars, self._axis, self._table, self._words, self._year):
            column.addWidget(widget)

    def _remember(self) -> None:
        """Show it as it was shown last time, and note what is chosen from now on."""
        chosen = (
            (self._period, window_memory.USAGE_PERIOD),
            (self._measure, window_memory.USAGE_MEASURE),
        )
        for combo, memory in chosen:
            combo.setCurrentIndex(max(0, combo.findData(memory.get())))
            combo.currentIndexChanged.connect(lambda _, combo=combo, memory=memory: memory.set(combo.currentData()))
            combo.currentIndexChanged.connect(self._show)
        self._in_table.setChecked(window_memory.USAGE_IN_TABLE.get())
        self._in_table.toggled.connect(window_memory.USAGE_IN_TABLE.set)
        self._in_table.toggled.connect(self._show)
        self._copy.clicked.connect(self._table.copy)

    def _show(self) -> None:
        usage, is_table = self._usage, self._in_table.isChecked()
        self._bars.setVisible(usage is not None and not is_table)
        self._axis.setVisible(usage is not None and not is_table)
        self._table.setVisible(usage is not None and is_table)
        if usage is None:
            return
        is_monthly = self._period.currentData() == _MONTHS
        rows = usage.months if is_monthly else usage.days
        self._bars.show_rows(rows, in_bytes=self._measure.currentData() == _BYTES, is_monthly=is_monthly)
        self._table.show_rows(rows, lambda row: _when(row, is_monthly=is_monthly), is_monthly=is_monthly)
        self._axis.setText(_axis(rows, is_monthly=is_monthly))
        self._words.setText(_in_words(rows))


class _Bars(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("usageBars")
        self._rows: Sequence[Hits] = ()
        self._in_bytes = False
        self._is_monthly = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_rows(self, rows: Sequence[Hits], *, in_bytes: bool, is_monthly: bool) -> None:
        """Draw other rows."""
        self._rows, self._in_bytes, self._is_monthly = rows, in_bytes, is_monthly
        self.setAccessibleName(_in_words(rows))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return room for the drawing."""
        return QSize(theme.em(self) * 20, self.fontMetrics().height() * 6)

    def event(self, event: QEvent) -> bool:
        """Show what a bar stands for under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self._rows:
            place = min(len(self._rows) - 1, max(0, event.pos().x() * len(self._rows) // max(1, self.width())))
            QToolTip.showText(event.globalPos(), self._tip(self._rows[place]), self)
            return True
        return bool(super().event(event))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the highest value, the ground line and the bars."""
        painter = QPainter(self)
        palette = theme.seen(self.palette())
        window = palette.color(QPalette.ColorRole.Window)
        line = mix(window, palette.color(QPalette.ColorRole.WindowText), 0.3)
        head = self.fontMetrics().height() + 2
        most = max((self._value(row) for row in self._rows), default=0)
        painter.setPen(theme.muted(palette))
        painter.drawText(QRect(0, 0, self.width(), head), int(Qt.AlignmentFlag.AlignLeft), self._label(most))
        painter.setPen(line)
        painter.drawLine(0, head, self.width(), head)
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        self._draw_bars(painter, head, most)
        painter.end()

    def _draw_bars(self, painter: QPainter, head: int, most: int) -> None:
        drawn = theme.seen(self.palette())
        colour = theme.ink(drawn, theme.Level.INFO, drawn.color(QPalette.ColorRole.Window))
        room, count = self.height() - head - 1, len(self._rows)
        for place, row in enumerate(self._rows):
            value = self._value(row)
            if value and most:
                left, right = place * self.width() // count, (place + 1) * self.width() // count
                height = max(2, round(room * value / most))
                width = max(1, right - left - max(1, (right - left) // 4))
                painter.fillRect(QRect(left, self.height() - 1 - height, width, height), colour)

    def _value(self, row: Hits) -> int:
        return row.data_transfer if self._in_bytes else row.hits

    def _label(self, value: int) -> str:
        return value_words.size(value) if self._in_bytes else value_words.requests(value)

    def _tip(self, row: Hits) -> str:
        when = _when(row, is_monthly=self._is_monthly)
        requests, size = value_words.requests(row.hits), value_words.size(row.data_transfer)
        return tr("{period}: {requests}, {size}").format(period=when, requests=requests, size=size)


def _when(row: Hits, *, is_monthly: bool) -> str:
    if row.begin_date is None:
        return ""
    if is_monthly:
        return f"{QLocale().standaloneMonthName(row.begin_date.month)} {row.begin_date.year}"
    return value_words.local_date(row.begin_date)


def _axis(rows: Sequence[Hits], *, is_monthly: bool) -> str:
    if not rows:
        return ""
    first, last = _when(rows[0], is_monthly=is_monthly), _when(rows[-1], is_monthly=is_monthly)
    if is_monthly:
        return tr("{first} – {last}").format(first=first, last=last)
    return tr("From {first} to {last}").format(first=first, last=last)


def _in_words(rows: Sequence[Hits]) -> str:
    total = usage_rows.total(rows)
    if not total.hits:
        return tr("Not used in this period.")
    return f"{value_words.requests(total.hits)}, {value_words.size(total.data_transfer)}"


def _year_in_words(usage: Usage, *, opens_scan: bool) -> str:
    """Return the volume of the months drawn, and beside it the one limit that is published, of SCAN data."""
    volume = value_words.size(usage_rows.total(usage.months).data_transfer)
    words = tr("Volume of this key in 12 months: {size}.").format(size=volume)
    if not opens_scan:
        return words
    limit = tr("{size} TB").format(size=value_words.number(volume_limits.FREE_SCAN_TERABYTES))
    free = tr("The IGN’s SCAN data: uses open to the public are free below {limit} a year.").format(limit=limit)
    return f"{words} {free}"
