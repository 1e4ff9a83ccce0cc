"""The use cases that the rooms of jobs offer to window, scripts and algorithms, found where these take them."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import CodeType, FrameType, ModuleType
from typing import Any

from gpkeys_plugin.jobs import scripts, window
from tests.tooling.tree import PLUGIN, imports, python_files

UseCase = Callable[..., Any]

_JOBS = "gpkeys_plugin.jobs."
# What use cases share, and how they run; the doors themselves.
_NO_USE_CASES = tuple(f"{_JOBS}{room}." for room in ("steps", "running", "window", "scripts"))
# It asks nobody, and opens on its thread what is placed at once: what was cut off has placed nothing.
_APART = (f"{_JOBS}downloads.add_files",)
# What work on a thread of its own is given.
_OF_WORK = {"progress", "main_thread"}


def offered() -> dict[UseCase, str]:
    """Return the use cases with their names: what the doors take from below, and the scripts that algorithms run."""
    found = [use for module in _modules(window, scripts) for use in _below(module)]
    found += [use for use in _imported_by_algorithms() if _is_script(use)]
    return {use: f"{use.__module__.removeprefix(_JOBS)}.{use.__qualname__}" for use in found}


@contextmanager
def entered() -> Iterator[set[CodeType]]:
    """Collect the code of all that is called on threads begun meanwhile, as those of jobs are."""
    seen: set[CodeType] = set()

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            seen.add(frame.f_code)

    threading.setprofile(note)
    try:
        yield seen
    finally:
        threading.setprofile(None)


def not_entered(uses: tuple[UseCase, ...], seen: set[CodeType]) -> list[str]:
    """Return the use cases that a job is said to run, and has not."""
    return [use.__qualname__ for use in uses if inspect.unwrap(use).__code__ not in seen]


def _modules(*packages: ModuleType) -> Iterator[ModuleType]:
    for package in packages:
        for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            yield importlib.import_module(found.name)


def _imported_by_algorithms() -> Iterator[Any]:
    """Return what algorithms take from scripts; they import it where they run."""
    for path in python_files(PLUGIN / "processing"):
        for _, dotted in imports(path):
            module, _, name = dotted.rpartition(".")
            if module.startswith(f"{scripts.__name__}."):
                yield getattr(importlib.import_module(module), name)


def _below(door: ModuleType) -> Iterator[UseCase]:
    for value in vars(door).values():
        if inspect.ismodule(value) and value.__name__.startswith(_JOBS):
            for inner in vars(value).values():
                yield from _uses(inner) if getattr(inner, "__module__", "") == value.__name__ else ()
        else:
            yield from _uses(value)


def _uses(value: Any) -> Iterator[UseCase]:
    """Return a function that does its work on a thread of its own, or such methods of a class."""
    module, name = str(getattr(value, "__module__", "")), str(getattr(value, "__name__", "_"))
    if not module.startswith(_JOBS) or module.startswith((*_NO_USE_CASES, *_APART)) or name.startswith("_"):
        return
    if inspect.isfunction(value) and _takes(value, _OF_WORK):
        yield value
    elif inspect.isclass(value):
        methods = [method for name, method in vars(value).items() if inspect.isfunction(method) and name[0] != "_"]
        is_made_for_it = inspect.isfunction(value.__init__) and _takes(value.__init__, {"progress"})
        yield from (method for method in methods if is_made_for_it or _takes(method, {"progress"}))


def _is_script(value: Any) -> bool:
    module = str(getattr(value, "__module__", ""))
    is_one = inspect.isfunction(value) and module.startswith(_JOBS) and not module.startswith(_APART)
    return is_one and _takes(value, {"script"})


def _takes(function: UseCase, names: set[str]) -> bool:
    return bool(names & set(inspect.signature(function).parameters))
