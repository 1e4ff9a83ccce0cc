"""A name that looks like markup is shown as it is written, wherever it stands: names come from a server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
from qgis.PyQt.QtCore import QAbstractItemModel, QModelIndex, Qt
from qgis.PyQt.QtWidgets import QAbstractItemView, QLabel, QWidget

from gpkeys_plugin.entrepot.models import KeyType
from gpkeys_plugin.entrepot.sign_in_status import SignInState
from gpkeys_plugin.entrepot.translatable_text import Text
from gpkeys_plugin.gui.key_services.url_copy_rows import CopyRows
from gpkeys_plugin.gui.parts.labels import ElidedLabel, WrappedLabel
from gpkeys_plugin.gui.parts.row_content import tooltip
from gpkeys_plugin.keys.services.connection_plans import ServedLayer
from gpkeys_plugin.keys.services.titles import NO_TITLES

from . import fake_my_keys as known
from . import fakes, my_keys_scenes, scenes
from .scenes import Stage

MARKUP = "<img src=x><b>fat</b>"
_NAMED = frozenset({"name", "layer_name", "licence", "title", "description", "login", "producer", "user", "endpoint"})
_OURS = re.compile(r"</?p>")


def poisoned(value: Any) -> Any:
    """Return a value with markup at the end of each name in it."""
    if isinstance(value, (tuple, list)):
        return type(value)(map(poisoned, value))
    if not is_dataclass(value) or isinstance(value, (type, Text)):
        return value
    changes = {one.name: poisoned(getattr(value, one.name)) for one in fields(value) if one.init}
    for name in _NAMED & changes.keys():
        if isinstance(changes[name], str):
            changes[name] += MARKUP
    return replace(value, **changes)


def tooltips(top: QWidget) -> Iterator[str]:
    """Yield the tooltip of each widget and of each row of each model."""
    for widget in [top, *top.findChildren(QWidget)]:
        yield widget.toolTip()
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            yield from _of_rows(widget.model(), QModelIndex())


def _of_rows(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[str]:
    for place in range(model.rowCount(parent)):
        index = model.index(place, 0, parent)
        yield str(index.data(Qt.ItemDataRole.ToolTipRole) or "")
        yield from _of_rows(model, index)


def require_plain(top: QWidget, *, most_be_seen: bool = True) -> None:
    """Fail where a label could read markup, or a tooltip has any but its own paragraphs."""
    shown = list(filter(None, tooltips(top)))
    read = [tip for tip in shown if Qt.mightBeRichText(tip) and "<" in _OURS.sub("", tip)]
    assert read == []
    labels = [label for label in top.findChildren(QLabel) if label.text()]
    assert [label.text() for label in labels if label.textFormat() != Qt.TextFormat.PlainText] == []
    texts = [*(label.text() for label in labels), *shown]
    assert not most_be_seen or any("img src=x" in text for text in texts)


def test_names_of_the_services_are_plain(one: Stage) -> None:
    held = poisoned(fakes.holdings())
    one.sign_in.become(SignInState.SIGNED_IN, held.account)
    one.new_key_jobs.last("load").on_done(held)
    one.find("servicesTree").expandAll()
    require_plain(one.dock)


def test_names_of_permissions_and_keys_are_plain(one: Stage) -> None:
    my_keys_scenes.listed(one, poisoned(known.holdings()))
    call = one.my_keys_jobs.last("overviews")
    for row in known.rows():
        call.on_part([poisoned(row)])
    call.on_done()
    require_plain(one.dock)


def test_the_names_on_the_page_of_a_key_are_plain(one: Stage) -> None:
    page = poisoned(known.page())
    my_keys_scenes.listed(one, poisoned(known.holdings()))
    my_keys_scenes.row(one, page.details.key)
    one.click("openKeyPageButton")
    one.my_keys_jobs.last("page").on_done(page)
    require_plain(one.dock)


def test_the_names_of_what_was_made_are_plain(one: Stage) -> None:
    scenes.step_2(one)
    one.click("hashRadio")
    one.click("createButton")
    warning = Text("{name} is odd.", {"name": MARKUP})
    one.new_key_jobs.last("create").on_done(poisoned(fakes.created(KeyType.HASH, (warning,))))
    require_plain(one.dock)


@pytest.mark.parametrize("kind", [WrappedLabel, ElidedLabel])
def test_a_label_shows_markup_as_it_is_written(kind: type[QLabel], qtbot: Any) -> None:
    label = kind(MARKUP)
    qtbot.addWidget(label)
    require_plain(label, most_be_seen=False)
    assert label.text() == MARKUP
    assert label.toolTip() in ("", tooltip(MARKUP))


def test_a_service_of_an_unknown_kind_is_named_plainly(qtbot: Any) -> None:
    rows = CopyRows()
    qtbot.addWidget(rows)
    layer = ServedLayer("a", MARKUP, None, MARKUP, f"https://data.geopf.fr/{MARKUP}", "NOVELTY")
    rows.show_services((layer,), (), (layer,), NO_TITLES, has_hash=True)
    require_plain(rows)
