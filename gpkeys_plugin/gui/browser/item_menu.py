"""The menu of an item below the Géoplateforme in QGIS's Browser panel, and what a double click does."""

from __future__ import annotations

from functools import partial
from typing import Any, Callable, Sequence, Union

from qgis.core import QgsDataItem, QgsMimeDataUtils
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QApplication, QMenu

from ...jobs.browser import connected_keys, dragged_layers
from ...jobs.browser.connected_keys import ToCopy
from ...jobs.running.translate import tr
from ...keys.services.layer_recipes import LayerRecipe
from .browser_items import KeyItem, LayerItem, ServiceItem
from .download_items import DownloadItem, EditionItem, FileItem
from .key_acts import KeyActs

Act = Callable[[Callable[[KeyActs], object]], object]
"""Hands over what acts on keys, once it is there."""
_Item = Union[KeyItem, ServiceItem, LayerItem]


def fill_root(menu: QMenu, open_panel: Callable[[], object], refresh: Callable[[], object]) -> None:
    """Put in what can be done with the entry itself."""
    _entry(menu, "OpenPanel", tr("&Open the panel").replace("&", ""), open_panel)
    _entry(menu, "Refresh", tr("&Refresh").replace("&", ""), refresh)


def fill(menu: QMenu, item: QgsDataItem, selected: Sequence[QgsDataItem], act: Act) -> None:
    """Put in what can be done with an item and the others of ours that are selected with it."""
    if isinstance(item, (DownloadItem, EditionItem, FileItem)):
        _fill_downloads(menu, item, act)
        return
    if not isinstance(item, (KeyItem, ServiceItem, LayerItem)):
        return
    chosen: list[_Item] = [one for one in selected if isinstance(one, (KeyItem, ServiceItem, LayerItem))]
    if item not in chosen:
        chosen = [item]
    recipes = _recipes(chosen)
    key, urls = item.key, tuple(dict.fromkeys(recipe.url for recipe in recipes if recipe.url))
    if recipes:
        _entry(menu, "Add", tr("Add to the map"), lambda: act(lambda acts: acts.add(recipes, key.name)))
        _entry(menu, "Test", tr("Test"), lambda: act(lambda acts: acts.test(recipes)))
    if len(urls) == 1:
        recipe = next(recipe for recipe in recipes if recipe.url)
        _offer_copies(menu, connected_keys.to_copy(key, recipe), act)
    _entry(
        menu,
        "OpenKey",
        tr("Open the key “{name}”").format(name=key.name),
        lambda: act(lambda acts: acts.open_key(key.key_id)),
    )


def double_click(item: QgsDataItem, act: Act) -> bool:
    """Add a layer to the map, or show a file to download; return whether the item is one of these."""
    if isinstance(item, (DownloadItem, FileItem)):
        _open_downloads(item, act)
        return True
    if not isinstance(item, LayerItem):
        return False
    recipes, name = item.recipes, item.key.name
    act(lambda acts: acts.add(recipes, name))
    return True


def _fill_downloads(menu: QMenu, item: DownloadItem | EditionItem | FileItem, act: Act) -> None:
    _entry(menu, "Download", tr("Download…"), lambda: _open_downloads(item, act))
    if isinstance(item, FileItem):
        key, file, edition, parent = item.key, item.file, item.edition, menu.parentWidget()
        _entry(
            menu,
            "DownloadAndAdd",
            tr("Download and add to the map"),
            lambda: act(lambda acts: acts.downloads.fetch_and_add(key, file, edition, parent)),
        )


def _open_downloads(item: DownloadItem | EditionItem | FileItem, act: Act) -> None:
    key, offering_id = item.key, item.offering_id
    if isinstance(item, DownloadItem):
        act(lambda acts: acts.open_downloads(key.key_id, offering_id))
        return
    edition, names = item.edition, (item.file.name,) if isinstance(item, FileItem) else ()
    act(lambda acts: acts.downloads.open(key, offering_id, edition, names))


def drop(found: Sequence[QgsMimeDataUtils.Uri], act: Act) -> bool:
    """Add what was dropped to the map, a moment later; return whether all of it are layers of keys."""
    dropped = dragged_layers.dropped(found)

    def add(acts: KeyActs) -> None:
        for key_name, recipes in dropped.items():
            acts.add(recipes, key_name)

    if dropped:
        # What one drags from, in this or another program, waits until a drop has been taken.
        QTimer.singleShot(0, lambda: act(add))
    return bool(dropped)


def _offer_copies(menu: QMenu, found: ToCopy, act: Act) -> None:
    """Offer what there is to copy of a service; the secret goes along only where it is asked for, for a minute."""
    for name, words, text in (
        ("CopyUrl", tr("Copy the URL"), found.url),
        ("CopyCurl", tr("Copy the curl command"), found.curl),
        ("CopyGdal", tr("Copy the GDAL command"), found.gdal),
    ):
        if text:
            _entry(menu, name, words, partial(QApplication.clipboard().setText, text))
    for name, words, secret in (
        ("CopyUrlWithSecret", tr("Copy the URL with the secret"), found.url_with_secret),
        ("CopyGdalWithSecret", tr("Copy the GDAL command with the secret"), found.gdal_with_secret),
    ):
        if secret:
            _entry(menu, name, words, partial(act, partial(KeyActs.copy_secret, text=secret)))


def _recipes(chosen: Sequence[_Item]) -> tuple[LayerRecipe, ...]:
    return tuple(dict.fromkeys(recipe for item in chosen for recipe in item.recipes))


def _entry(menu: QMenu, name: str, words: str, on_chosen: Callable[[], Any]) -> None:
    # The name of a key may hold what would make an underlined letter.
    action = menu.addAction(words.replace("&", "&&"))
    action.setObjectName(f"gpkeysBrowser{name}Action")
    action.triggered.connect(lambda _is_checked=False: on_chosen())
