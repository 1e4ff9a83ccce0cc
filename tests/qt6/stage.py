"""A pytest plugin: the widgets' tests run on PyQt6, beside a stand-in for QGIS. What needs more of QGIS is skipped.

pytest -p tests.qt6.stage -p no:pytest_qgis tests/gui tests/qt6
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterator
from importlib.abc import MetaPathFinder
from types import ModuleType
from typing import Any

import pytest

_QT = ("QtCore", "QtGui", "QtNetwork", "QtSql", "QtSvg", "QtTest", "QtWidgets", "QtXml")
# Qt 6 has them in QtGui; QGIS on Qt 6 lets them be imported from where Qt 5 had them.
_MOVED = ("QAction", "QActionGroup", "QShortcut")
_STAND_IN = "NeedsQgisError"


class _NoQt5(MetaPathFinder):
    """Two Qt in one process crash it; and what asks for PyQt5 by its name is a fault."""

    def find_spec(self, name: str, _path: object = None, _target: object = None) -> None:
        if name.partition(".")[0] in ("PyQt5", "processing"):
            raise ModuleNotFoundError(f"{name} is not there on this stage", name=name)


def _module(name: str, content: dict[str, Any]) -> ModuleType:
    made = ModuleType(name)
    made.__dict__.update(content)
    made.__path__ = []
    sys.modules[name] = made
    parent, _, own = name.rpartition(".")
    if parent:
        setattr(sys.modules[parent], own, made)
    return made


def _set_up() -> None:
    sys.meta_path.insert(0, _NoQt5())
    os.environ["PYTEST_QT_API"] = "pyqt6"
    _module("qgis", {})
    _module("qgis.PyQt", {"__name__": "qgis.PyQt"})
    for name in _QT:
        _module(f"qgis.PyQt.{name}", dict(vars(importlib.import_module(f"PyQt6.{name}"))))
    gui = vars(sys.modules["qgis.PyQt.QtGui"])
    vars(sys.modules["qgis.PyQt.QtWidgets"]).update({name: gui[name] for name in _MOVED})
    sip = importlib.import_module("PyQt6.sip")
    sys.modules["qgis.PyQt.sip"] = sys.modules["qgis.PyQt"].sip = sip  # type: ignore[attr-defined]
    from qgis.PyQt.QtCore import QLocale

    from tests.qt6 import qgis_names

    # QGIS takes the user's; a test run has none.
    QLocale.setDefault(QLocale("en_US"))
    for room, classes in (("core", qgis_names.CORE), ("gui", qgis_names.GUI), ("utils", ()), ("analysis", ())):
        made = _module(f"qgis.{room}", {known.__name__: known for known in classes})
        made.__getattr__ = _absent  # type: ignore[method-assign]


def _absent(name: str) -> Any:
    from tests.qt6.qgis_names import absent

    if name.startswith("__"):
        raise AttributeError(name)
    return absent(name)


_set_up()


@pytest.fixture(scope="session")
def qapp_cls() -> type:
    """Return the application that pytest-qt makes."""
    from tests.qt6.qgis_names import QgsApplication

    return QgsApplication


@pytest.fixture
def qgis_processing() -> None:
    """Start Processing."""
    from tests.qt6.qgis_names import NeedsQgisError

    raise NeedsQgisError("Processing")


@pytest.fixture(scope="session")
def qgis_app(qapp: Any) -> Any:
    """Return QGIS, as pytest-qgis names it."""
    return qapp


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Skip what came to use more of QGIS than is here."""
    outcome: Any = yield
    report = outcome.get_result()
    if report.failed and _STAND_IN in str(report.longrepr):
        wanted = str(report.longrepr).rpartition(f"{_STAND_IN}:")[2].partition("\n")[0].strip()
        report.outcome = "skipped"
        report.longrepr = (str(item.path), item.reportinfo()[1] or 0, f"Skipped: needs QGIS: {wanted}")
