"""The public interface: names of algorithms, inputs and outputs. It does not change."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from qgis.core import QgsApplication, QgsProcessingAlgorithm, QgsProcessingParameterDefinition

from gpkeys_plugin.jobs.values import Verdict
from gpkeys_plugin.keys.upkeep.overview import Attention
from tests.qgis.processing.conftest import Toolbox
from tests.tooling.tree import PLUGIN

_FILTERS = ("WHITELIST", "BLACKLIST", "USER_AGENT", "REFERER")
_DOWNLOADS = ("RESOURCE", "ZONE", "FORMAT", "EDITION", "EXTENT")
# Inputs without which nothing can be done are marked by a star.
_INTERFACE = {
    "listpermissions": (("INCLUDE_EXPIRED", "AUTHCFG", "OUTPUT"), ("OUTPUT", "COUNT")),
    "listkeys": (
        ("EXPIRING_WITHIN_DAYS", "INCLUDE_ACCESSES", "INCLUDE_LAST_USE", "AUTHCFG", "OUTPUT"),
        ("OUTPUT", "COUNT"),
    ),
    "createkey": (
        (
            "NAME*",
            "TYPE*",
            "OFFERINGS*",
            "CREDENTIALS",
            "LOGIN",
            "HASH_STORAGE",
            *_FILTERS,
            "CONNECT",
            "AUTHCFG",
            "OUTPUT",
        ),
        ("OUTPUT", "KEY_ID", "AUTH_ID", "CONNECTIONS"),
    ),
    "updatekey": (
        ("KEY*", "NAME", "ADD_OFFERINGS", "REMOVE_OFFERINGS", *_FILTERS, "AUTHCFG", "OUTPUT"),
        ("OUTPUT", "CHANGED"),
    ),
    "connectkey": (("KEY*", "CREDENTIALS", "HASH_STORAGE", "AUTHCFG"), ("AUTH_ID", "CONNECTIONS")),
    "testkey": (("KEY*", "AUTHCFG", "OUTPUT"), ("OUTPUT", "OK")),
    "rotatekey": (("KEY*", "AUTHCFG", "OUTPUT"), ("OUTPUT", "KEY_ID", "AUTH_ID")),
    "deletekey": (("KEY*", "REMOVE_FROM_QGIS", "AUTHCFG"), ("KEY_ID",)),
    "scanproject": (("INPUT", "AUTHCFG", "OUTPUT"), ("OUTPUT", "COUNT")),
    "repairproject": (
        ("INPUT*", "KEY", "HASH_STORAGE", "CAUSES", "AUTHCFG", "OUTPUT"),
        ("OUTPUT", "COUNT", "LEFT"),
    ),
    "listdownloads": (("KEY*", *_DOWNLOADS, "AUTHCFG", "OUTPUT"), ("OUTPUT", "COUNT")),
    "download": (
        ("KEY*", *_DOWNLOADS, "FOLDER*", "UNPACK", "OVERWRITE", "AUTHCFG", "OUTPUT"),
        ("OUTPUT", "COUNT", "BYTES"),
    ),
    "keystats": (("KEY", "START", "END", "AUTHCFG", "OUTPUT"), ("OUTPUT", "HITS", "BYTES")),
}
_every = pytest.mark.parametrize("name", list(_INTERFACE))


def algorithm(name: str) -> QgsProcessingAlgorithm:
    """Return an algorithm as QGIS lists it."""
    return QgsApplication.processingRegistry().algorithmById(f"gpkeys:{name}")


def _marked(parameter: QgsProcessingParameterDefinition) -> str:
    is_optional = bool(parameter.flags() & QgsProcessingParameterDefinition.Flag.FlagOptional)
    return parameter.name() + ("" if is_optional else "*")


def test_the_provider_has_these_algorithms(toolbox: Toolbox) -> None:
    provider = QgsApplication.processingRegistry().providerById("gpkeys")
    assert {found.name() for found in provider.algorithms()} == set(_INTERFACE)
    assert provider.name()
    assert not provider.icon().isNull()


@_every
def test_inputs_and_outputs_have_their_names(toolbox: Toolbox, name: str) -> None:
    inputs, outputs = _INTERFACE[name]
    found = algorithm(name)
    assert {_marked(parameter) for parameter in found.parameterDefinitions()} == set(inputs)
    assert {output.name() for output in found.outputDefinitions()} == set(outputs)


@_every
def test_each_explains_itself_with_an_example(toolbox: Toolbox, name: str) -> None:
    found = algorithm(name)
    text = found.shortHelpString()
    assert f'processing.run("gpkeys:{name}", ' in text
    assert f"qgis_process run gpkeys:{name} " in text
    assert found.purpose() in text
    assert all(parameter.description() for parameter in found.parameterDefinitions())
    assert not found.icon().isNull()


@_every
def test_examples_use_inputs_that_are_there(toolbox: Toolbox, name: str) -> None:
    script, command = algorithm(name).examples()
    known = {parameter.name() for parameter in algorithm(name).parameterDefinitions()}
    asked: dict[str, Any] = {}

    def run(_id: str, values: dict[str, Any]) -> dict[str, Any]:
        asked.update(values)
        return {"OK": True}

    exec(script, {"processing": SimpleNamespace(run=run)})  # noqa: S102 - it is our own example
    words = {word.partition("=")[0][2:] for word in command.split() if word.startswith("--")}
    assert set(asked) <= known
    assert words <= known


def test_no_input_takes_a_secret(toolbox: Toolbox) -> None:
    """A password or a hash is only ever named by the configuration that holds it."""
    for name in _INTERFACE:
        for parameter in algorithm(name).parameterDefinitions():
            words = f"{parameter.name()} {parameter.description()}".casefold()
            assert "password" not in words or parameter.type() == "authcfg"
            assert parameter.name() not in ("HASH", "APIKEY", "TOKEN", "SECRET")


def test_the_words_of_the_reports_are_documented() -> None:
    text = (PLUGIN / "resources" / "help" / "scripts.md").read_text(encoding="utf-8")
    words = {*(found.name for found in Attention), *(found.name for found in Verdict)}
    assert {word for word in words if f"`{word}`" not in text} == set()


@_every
def test_each_is_in_the_documentation(toolbox: Toolbox, name: str) -> None:
    folder = PLUGIN / "resources" / "help"
    text = (folder / "scripts.md").read_text(encoding="utf-8")
    assert f"| `gpkeys:{name}` |" in text
    for page in (f"{language}/algorithms/{name}.html" for language in ("fr", "en")):
        assert f"]({page})" in text
        assert (folder / page).is_file()
