"""No value of the plugin prints what may be a secret, whoever logs it or lets it fall into a traceback."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from typing import Any

import gpkeys_plugin

# What a field is called that holds a secret, or a text that may hold one.
_TELLTALE = re.compile(
    r"^_?(password|secret|client_secret|hash|hash_value|token|access|refresh|apikey|entries|headers|body|url|code|"
    r"source|before|after|old|new|values|credentials?)$"
)
# Fields that are called so and hold none, and why.
_HARMLESS = {
    "EndpointUrl.url": "a template of the platform's",
    "Text.source": "a sentence",
    "Text.values": "what is shown to the user",
    "_Service.url": "without the key: that is sent as a header",
    "_Question.url": "without the key: that is sent as a header",
    "SmallRequest.url": "without the key: that is sent as a header",
    "LayerNeed.source": "a value of its own, which hides its hash",
    "MendedConfiguration.before": "a value of its own, which hides its entries",
    "MendedConfiguration.after": "a value of its own, which hides its entries",
    "MendedConnection.before": "a value of its own, which hides its settings",
    "MendedConnection.after": "a value of its own, which hides its settings",
    "KeyOrder.credentials": "the id of a configuration",
    "RoadStep.url": "a page for people",
    "SharedHash.hash": "known to everybody, and switched off",
    "ConnectionPlan.url": "without the hash: that comes in when it is written",
    "LayerRecipe.url": "without the hash: it is what is shown",
    "StyleLink.url": "a public style",
    "TitleBook._entries": "titles",
    "_Own.source": "the name of an attribute",
    "UnfinishedEdit.before": "the name, the filters and the services of a key",
    "RewriteResult.before": "the stamp of a file",
    "Origin.url": "without the hash",
    "HeldConnection.url": "without the hash",
    "ToCopy.url": "without the hash: the one with it is a field of its own",
    "DownloadAccess.credential": "a value of its own, which hides its hash",
    "Feed.entries": "what a download service lists",
    "Term.code": "a zone or a format",
    "Letter.body": "a letter that the user sends",
    "Synchronisation.new": "accesses",
    "ServiceRefusal.code": "the code of an OGC exception",
    "DrawingStyles.values": "names of styles",
}


def _classes() -> Iterator[type[Any]]:
    for module in pkgutil.walk_packages(gpkeys_plugin.__path__, "gpkeys_plugin."):
        for _, found in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            if found.__module__ == module.name:
                yield found


def _printed(found: type[Any]) -> tuple[str, ...]:
    if dataclasses.is_dataclass(found):
        return tuple(field.name for field in dataclasses.fields(found) if field.repr)
    return tuple(getattr(found, "_fields", ())) if issubclass(found, tuple) else ()


def test_no_value_prints_a_secret(qgis_app: Any) -> None:
    printed = {f"{found.__name__}.{name}" for found in _classes() for name in _printed(found) if _TELLTALE.match(name)}
    assert printed == set(_HARMLESS)
