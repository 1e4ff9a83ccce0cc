"""The house keeps its shape: who imports whom, and what no shipped file may hold."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.tooling.translations import called_name
from tests.tooling.tree import PLUGIN, TESTS, calls, imports, parsed, place, python_files

_QGIS_CORE = frozenset({"qgis.core", "qgis.PyQt.QtCore", "qgis.PyQt.QtXml"})
_QGIS_ALL = frozenset({"qgis"})


@dataclass(frozen=True)
class Room:
    """What a room may import: other rooms, and packages from outside besides the standard library."""

    rooms: frozenset[str]
    outside: frozenset[str]


def _room(rooms: str, outside: Iterable[str]) -> Room:
    return Room(frozenset(rooms.split()), frozenset(outside))


# The design's table. `urllib3` is `requests`' own policy of retries; `sip` frees what PyQt would keep;
# QDesktopServices, QImage and what makes a PDF, on any thread, live in QtGui. GDAL comes with QGIS; py7zr is used where
# it is. The dialogs of algorithms are of QGIS's plugin Processing.
HOUSE = {
    "entrepot": _room("", {"requests", "urllib3"}),
    "keys": _room("entrepot", ()),
    "network": _room(
        "entrepot",
        {
            *_QGIS_CORE,
            "qgis.PyQt.sip",
            "qgis.PyQt.QtNetwork",
            "qgis.PyQt.QtGui.QDesktopServices",
            "requests",
            "urllib3",
        },
    ),
    "store": _room("keys entrepot", {*_QGIS_CORE, "qgis.PyQt.QtNetwork", "qgis.PyQt.QtSql", "qgis.PyQt.QtGui.QImage"}),
    "jobs": _room(
        "keys entrepot store",
        {
            *_QGIS_CORE,
            "qgis.PyQt.QtGui.QPdfWriter",
            "qgis.PyQt.QtGui.QTextDocument",
            "requests",
            "osgeo",
            "py7zr",
        },
    ),
    "gui": _room("jobs keys entrepot", {*_QGIS_ALL, "processing.gui.wrappers"}),
    "processing": _room("jobs keys", {*_QGIS_CORE, "qgis.PyQt.QtGui.QIcon"}),
    "wiring": _room("gui jobs network store", _QGIS_ALL),
    "door.py": _room("wiring jobs", {"qgis.PyQt.QtCore"}),
    "plugin.py": _room("door.py wiring gui processing jobs network store unavailable.py", _QGIS_ALL),
    "__init__.py": _room("plugin.py unavailable.py", ()),
    "unavailable.py": _room("", {"qgis.core"}),
}
# These reach the network, or read XML, behind QGIS's back.
_BYPASSES = frozenset({"urllib.request", "http.client", "ftplib", "smtplib", "xml"})
_NO_CODE = frozenset({"resources", "i18n"})
# Where a thread ends, everything is caught to be handed to the thread that waits for it.
_THREAD_ENDS = frozenset(
    {
        PLUGIN / "jobs" / "running" / "task.py",
        PLUGIN / "jobs" / "running" / "main_thread.py",
        PLUGIN / "network" / "sign_in_attempt.py",
    }
)

_BROAD = frozenset({"Exception", "BaseException"})

# The words of bandit and detect-secrets, as a whole word of a name.
_SECRET_NAME = re.compile(r"(?:^|_)(?:pass|passwd|password|passphrase|pwd|token|secret)(?:_|$)", re.IGNORECASE)

FILES = python_files(PLUGIN)
_every_file = pytest.mark.parametrize("path", FILES, ids=place)


def room_of(path: Path) -> str:
    """Return the room a file stands in; a file of the top level is its own."""
    return path.relative_to(PLUGIN).parts[0]


def imported_room(dotted: str) -> str:
    """Return the room of a module of the plugin."""
    name = dotted.split(".")[1]
    return name if (PLUGIN / name).is_dir() else f"{name}.py"


def is_within(dotted: str, packages: Iterable[str]) -> bool:
    """Whether a dotted name is one of the packages or lies in one."""
    return any(dotted == package or dotted.startswith(f"{package}.") for package in packages)


def may_import(path: Path, dotted: str) -> bool:
    """Whether the design's table lets a file import a name."""
    room = HOUSE[room_of(path)]
    if is_within(dotted, (PLUGIN.name,)):
        return imported_room(dotted) in room.rooms | {room_of(path)}
    if dotted.split(".", maxsplit=1)[0] in sys.stdlib_module_names:
        return not is_within(dotted, _BYPASSES)
    return is_within(dotted, room.outside)


def named(node: ast.AST) -> str:
    """Return the last part of a name, of an attribute, an argument or a text used as a name."""
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(node, ast.Constant):
        return str(node.value)
    return node.id if isinstance(node, ast.Name) else ""


def test_the_house_has_no_other_rooms() -> None:
    found = {path.name for path in PLUGIN.iterdir() if path.name != "__pycache__"}
    assert found - _NO_CODE <= set(HOUSE)


def test_folders_without_code_hold_none() -> None:
    assert [place(path) for name in _NO_CODE for path in python_files(PLUGIN / name)] == []


@_every_file
def test_imports_go_down_only(path: Path) -> None:
    wrong = [f"{place(path, node)} {dotted}" for node, dotted in imports(path) if not may_import(path, dotted)]
    assert wrong == []


@_every_file
def test_qt_comes_through_qgis(path: Path) -> None:
    assert [dotted for _, dotted in imports(path) if re.match(r"(PyQt|PySide)\d|sip\b", dotted)] == []


@_every_file
def test_qgis_sees_every_request(path: Path) -> None:
    managers = [place(path, node) for node, dotted in imports(path) if dotted.endswith(".QNetworkAccessManager")]
    assert managers == []


@_every_file
def test_shipped_code_does_not_print_or_assert(path: Path) -> None:
    found = [
        place(path, node)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Assert) or (isinstance(node, ast.Call) and named(node.func) == "print")
    ]
    assert found == []


def _caught(handler: ast.ExceptHandler) -> Iterable[ast.expr]:
    if handler.type is None:
        return ()
    return handler.type.elts if isinstance(handler.type, ast.Tuple) else (handler.type,)


def _is_blind(handler: ast.ExceptHandler, path: Path) -> bool:
    """Whether a handler takes whatever comes and keeps it: one that undoes and raises again does not."""
    is_broad = handler.type is None or any(named(name) in _BROAD for name in _caught(handler))
    return is_broad and not isinstance(handler.body[-1], ast.Raise) and path not in _THREAD_ENDS


@_every_file
def test_exceptions_are_named_and_answered(path: Path) -> None:
    found = []
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.ExceptHandler):
            if _is_blind(node, path) or all(isinstance(line, (ast.Pass, ast.Continue)) for line in node.body):
                found.append(place(path, node))
        elif isinstance(node, ast.Call) and named(node.func) == "suppress":
            found += [place(path, node) for argument in node.args if named(argument) in _BROAD]
    assert found == []


def _literal_bindings(tree: ast.Module) -> Iterator[tuple[ast.expr, str]]:
    """Return each string literal that is bound to, compared with or handed over under a name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            yield from ((node.value, named(target)) for target in node.targets)
        elif isinstance(node, (ast.AnnAssign, ast.NamedExpr)) and node.value:
            yield node.value, named(node.target)
        elif isinstance(node, ast.keyword):
            yield node.value, node.arg or ""
        elif isinstance(node, ast.Compare):
            yield from ((other, named(node.left)) for other in node.comparators)
        elif isinstance(node, ast.arguments):
            positional = [*node.posonlyargs, *node.args]
            defaulted = positional[len(positional) - len(node.defaults) :]
            yield from ((value, argument.arg) for argument, value in zip(defaulted, node.defaults))
            yield from ((value, argument.arg) for argument, value in zip(node.kwonlyargs, node.kw_defaults) if value)


@_every_file
def test_no_literal_under_the_name_of_a_secret(path: Path) -> None:
    found = [
        place(path, value)
        for value, name in _literal_bindings(parsed(path))
        if isinstance(value, ast.Constant) and isinstance(value.value, str)
        if _SECRET_NAME.search(name)
    ]
    assert found == []


@_every_file
def test_no_scanner_is_silenced(path: Path) -> None:
    """The plugin store's scanners may not honour what silences ours."""
    assert re.findall(r"#.*(?:nosec|allowlist secret|noqa: S\d+)", path.read_text("utf-8")) == []


def test_secrets_made_up_for_tests_say_so() -> None:
    """What the secret scanner is told to pass over in the tests has its reason on the line."""
    marked = re.compile(r"pragma: allowlist " + r"(?:nextline )?secret(?! - \w)")
    assert [place(path) for path in python_files(TESTS) if marked.search(path.read_text("utf-8"))] == []


def _run_at_import(node: ast.AST) -> Iterator[ast.AST]:
    """Return what runs while a module is imported: everything but the bodies of functions."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        roots: list[ast.AST] = [*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults)]
    else:
        roots = [] if isinstance(node, ast.Lambda) else list(ast.iter_child_nodes(node))
    for root in roots:
        yield root
        yield from _run_at_import(root)


@_every_file
def test_texts_are_translated_when_shown(path: Path) -> None:
    """No translator is there yet while modules are imported."""
    found = [
        place(path, node)
        for node in _run_at_import(parsed(path))
        if isinstance(node, ast.Call) and called_name(node) in {"tr", "counted", "show"}
    ]
    assert found == []


def _evaluated_unions(path: Path) -> Iterator[ast.BinOp]:
    """Return the `X | None` and `int | str` that are run; annotations are not."""
    tree = parsed(path)
    annotations = [getattr(node, name, None) for node in ast.walk(tree) for name in ("annotation", "returns")]
    lazy = {id(part) for annotation in annotations if annotation for part in ast.walk(annotation)}
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr) and id(node) not in lazy:
            sides = {ast.unparse(node.left), ast.unparse(node.right)}
            if sides & {"None", "int", "str", "bytes", "float", "bool", "list", "dict", "tuple"}:
                yield node


@_every_file
def test_unions_of_types_are_not_evaluated(path: Path) -> None:
    """Python 3.9 can't; vermin, in `make lint`, watches over the rest of what it can't."""
    assert [place(path, union) for union in _evaluated_unions(path)] == []


def _lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def test_files_do_one_thing() -> None:
    """About 300 lines: no file far over it, and hardly any over it at all."""
    sizes = {place(path): _lines(path) for path in [*FILES, *python_files(TESTS)]}
    assert {name: lines for name, lines in sizes.items() if lines > 400} == {}
    assert len([lines for lines in sizes.values() if lines > 300]) <= len(sizes) // 20


def test_functions_are_short() -> None:
    lengths = sorted(
        node.end_lineno - node.lineno + 1
        for path in FILES
        for node in ast.walk(parsed(path))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.end_lineno
    )
    assert lengths[len(lengths) // 2] <= 10
    assert lengths[-1] <= 50


def test_nothing_is_called_utils() -> None:
    vague = {"utils.py", "util.py", "helpers.py", "misc.py", "common.py"}
    assert [place(path) for path in [*FILES, *python_files(TESTS)] if path.name in vague] == []


@_every_file
def test_no_file_asks_qt_for_the_current_thread(path: Path) -> None:
    """PyQt hears too late of the end of such a thread, and takes what has its address by then, a reply, for dead."""
    asked = [node.attr for node in ast.walk(parsed(path)) if isinstance(node, ast.Attribute)]
    assert "currentThread" not in asked


def test_no_signal_calls_a_method_of_what_nobody_keeps() -> None:
    """PyQt lets the object of a connected method go: made on the spot, it is gone at once, and nothing is called."""
    made_there = [
        place(path, call)
        for path in FILES
        for call in calls(path)
        if called_name(call) == "connect"
        and any(
            isinstance(slot, ast.Attribute)
            and isinstance(slot.value, ast.Call)
            and isinstance(slot.value.func, ast.Name)
            and slot.value.func.id[:1].isupper()
            for slot in call.args
        )
    ]
    assert made_there == []
