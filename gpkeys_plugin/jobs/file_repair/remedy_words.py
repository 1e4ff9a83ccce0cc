"""Causes, remedies and places in words: for people, and for scripts."""

from __future__ import annotations

from typing import Mapping

from ...entrepot.translatable_text import Text
from ...keys.layer_needs.needs import Cause
from ...keys.layer_needs.remedies import (
    CouldBeOpenedBy,
    MayBeOpened,
    NoPermission,
    NoSuccessor,
    NothingToDo,
    OpenedBy,
    Remedy,
    SignedOut,
)
from ...store.project_files.places import Where

CAUSES: Mapping[Cause, Text] = {
    Cause.OLD_GEOPORTAIL: Text("Address of the Géoportail, which has been closed"),
    Cause.DEAD_SHARED_HASH: Text("Shared key that has ended"),
    Cause.UNKNOWN_CONFIGURATION: Text("Authentication configuration that this profile does not have"),
    Cause.ENDED_KEY: Text("Key of yours that has ended or was deleted"),
    Cause.FOREIGN_HASH: Text("Key of somebody else"),
    Cause.FOREIGN_CONFIGURATION: Text("Authentication configuration that holds none of your keys"),
    Cause.LOGIN_IN_URL: Text("User name and password in the address"),
    Cause.NO_CREDENTIAL: Text("No key"),
    Cause.NONE: Text("Nothing is missing"),
}
PLACES: Mapping[Where, Text] = {
    Where.LAYER: Text("Layer"),
    Where.TREE: Text("Layer tree"),
    Where.LAYOUT: Text("Layout"),
    Where.LEGEND: Text("Legend of a layout"),
    Where.RELATION: Text("Relation"),
    Where.VALUE_RELATION: Text("Value relation"),
    Where.SYMBOL: Text("Symbol"),
    Where.ACTION: Text("Action"),
    Where.MAP_TIP: Text("Map tip"),
    Where.METADATA: Text("Metadata"),
    Where.PROPERTY: Text("Property"),
    Where.VARIABLE: Text("Variable"),
    Where.CONNECTION: Text("Connection"),
    Where.OTHER: Text("Other place"),
}
_WORDS: Mapping[type, str] = {
    NothingToDo: "nothing-to-do",
    OpenedBy: "opened-by",
    CouldBeOpenedBy: "could-be-opened-by",
    MayBeOpened: "may-be-opened",
    NoPermission: "no-permission",
    NoSuccessor: "no-successor",
    SignedOut: "signed-out",
}


def word_of(remedy: Remedy | None) -> str:
    """Return the word for a remedy that scripts read, empty for none."""
    return "" if remedy is None else _WORDS[type(remedy)]


def place_word(where: Where) -> str:
    """Return the word for a place that scripts read."""
    return where.name.lower().replace("_", "-")


def remedy_in_words(remedy: Remedy | None) -> Text:
    """Return what mends a place, for people."""
    if isinstance(remedy, OpenedBy):
        return Text("The key “{name}” opens it.", {"name": remedy.key.name})
    return not_mended_by(remedy)


def not_mended_by(remedy: Remedy | None) -> Text:
    """Return why no key can be given to a place now, and what to do."""
    if isinstance(remedy, CouldBeOpenedBy):
        return Text("Add its service to the key “{name}” first.", {"name": remedy.key.name})
    if isinstance(remedy, MayBeOpened):
        return Text("You may open it: create a key for it first.")
    if isinstance(remedy, NoPermission):
        return remedy.reason or remedy.road.steps[-1 if not remedy.road.communities else 1].text
    if isinstance(remedy, NoSuccessor):
        return Text("Nothing that you may open has its name: most of the old Géoportail is open data today.")
    if remedy is None:
        return Text("It does not say which server the key is for: change it by hand.")
    return Text("Sign in to see which key opens it.")
