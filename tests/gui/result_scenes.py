"""The states of the page that shows what was made."""

from __future__ import annotations

from typing import Callable

from gpkeys_plugin.entrepot.models import KeyType
from gpkeys_plugin.entrepot.translatable_text import Text
from gpkeys_plugin.jobs.values import AddedLayers

from . import fakes
from .scenes import Stage, basic, hash_key, scroll_to, titles_come


def _result(one: Stage) -> None:
    basic(one)
    one.click("createButton")
    one.new_key_jobs.last("create").on_done(fakes.created(KeyType.BASIC))


def _result_password(one: Stage) -> None:
    _result(one)
    one.click("copyLoginButton")
    scroll_to(one, "copyKeyPasswordButton")


def _result_hash(one: Stage) -> None:
    hash_key(one)
    one.click("createButton")
    warning = Text("The WFS service does not list the layer rochebrune.plu_2026 yet. Try again in a few minutes.")
    one.new_key_jobs.last("create").on_done(fakes.created(KeyType.HASH, (warning,)))


def _result_titles(one: Stage) -> None:
    _result_hash(one)
    titles_come(one)
    scroll_to(one, "copyServiceUrlButton")


def _adding(one: Stage) -> None:
    _result(one)
    one.click("addToMapButton")
    one.new_key_jobs.last("add_to_map").on_progress(50, Text("SCAN 25 touristique"))


def _added(one: Stage) -> None:
    _result_hash(one)
    one.click("addToMapButton")
    one.new_key_jobs.last("add_to_map").on_done(AddedLayers(2, 1))
    scroll_to(one, "addedNotice")


def _added_elsewhere(one: Stage) -> None:
    _result_hash(one)
    one.click("addToMapButton")
    problem = Text(
        "The layer “{title}” can't be shown: the service refused it or does not list it yet.",
        {"title": "SCAN 25 touristique"},
    )
    extent = (2.87, 45.46, 3.03, 45.57)
    one.new_key_jobs.last("add_to_map").on_done(AddedLayers(1, 1, (problem,), extent, is_out_of_sight=True))
    scroll_to(one, "showLayersButton")


SCENES: dict[str, Callable[[Stage], None]] = {
    "result": _result,
    "result_password": _result_password,
    "result_hash": _result_hash,
    "result_titles": _result_titles,
    "result_adding": _adding,
    "result_added": _added,
    "result_added_elsewhere": _added_elsewhere,
}
