"""The line in QGIS's message bar, when QGIS starts, that keys will soon open less."""

from __future__ import annotations

import html
from datetime import datetime, timezone
from typing import Callable

from qgis.core import Qgis
from qgis.gui import QgsMessageBar
from qgis.PyQt.QtWidgets import QPushButton

from ...entrepot.errors import GpkeysError
from ...jobs.browser.ending_keys import EndingKey, ending_keys
from ...jobs.running.translate import counted, tr, written_day


def tell(message_bar: QgsMessageBar, on_show: Callable[[str], object]) -> Callable[[], object]:
    """Tell of keys that soon open less, if there are any; return what takes the line away.

    `on_show` is to show a key, by its id.
    """
    found = _found()
    if not found:
        return _nothing
    line = message_bar.createMessage(tr("Géoplateforme access keys"), html.escape(_words(found)))
    line.setObjectName("gpkeysEndingKeysLine")
    line.setLevel(Qgis.MessageLevel.Warning)
    gone: list[bool] = []
    line.destroyed.connect(lambda: gone.append(True))

    def take_away() -> None:
        if not gone:
            message_bar.popWidget(line)

    def show() -> None:
        take_away()
        on_show(found[0].key_id)

    button = QPushButton(tr("Show"))
    button.setObjectName("showEndingKeyButton")
    button.clicked.connect(lambda _is_checked=False: show())
    line.layout().addWidget(button)
    message_bar.pushItem(line)
    return take_away


def _found() -> tuple[EndingKey, ...]:
    try:
        return ending_keys(datetime.now(timezone.utc))
    except GpkeysError:
        # An address in the options that cannot be used: the options say so.
        return ()


def _words(found: tuple[EndingKey, ...]) -> str:
    first = found[0]
    return counted(
        "A permission of the key “{name}” ends on {day}: some of its layers will not draw any more.",
        "{count} keys will soon open less; the first is “{name}”, on {day}.",
        len(found),
        name=first.name,
        day=written_day(first.last_day),
    )


def _nothing() -> None:
    """Take nothing away."""
