"""The French translation: what must be translated, what is, and the file QGIS loads.

python -m tests.tooling.translations merge FILE.json…   takes {"English": "Français"} into gpkeys_fr.ts
python -m tests.tooling.translations check              lists what has no French
python -m tests.tooling.translations compile            makes gpkeys_fr.qm with Qt's lrelease
"""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.tooling.tree import PLUGIN, calls, place, python_files

CONTEXT = "GPKeys"
TS_FILE = PLUGIN / "i18n" / "gpkeys_fr.ts"
QM_FILE = TS_FILE.with_suffix(".qm")
_TRANSLATABLE = frozenset({"tr", "Text"})
_DYNAMIC = frozenset({PLUGIN / "jobs" / "running" / "translate.py"})
"""Where `tr` is given a variable: the one function that shows a `Text`, whose literal is collected where it is made."""


class NotALiteral(Exception):
    """A sentence for people that no tool can collect."""


def called_name(call: ast.Call) -> str:
    """Return the last part of what is called: `tr` for `tr(…)` and for `self.tr(…)`."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def source_of(call: ast.Call, path: Path) -> str:
    """Return the literal sentence a `tr` or `Text` call is given."""
    argument = call.args[0] if call.args else next((k.value for k in call.keywords if k.arg == "source"), None)
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return argument.value
    raise NotALiteral(f"{place(path, call)}: {called_name(call)}() needs a literal")


def sources(folder: Path = PLUGIN) -> dict[str, str]:
    """Return every English sentence of the plugin and where it stands first."""
    found: dict[str, str] = {}
    for path in python_files(folder):
        for call in calls(path) if path not in _DYNAMIC else ():
            if called_name(call) in _TRANSLATABLE:
                found.setdefault(source_of(call, path), place(path, call))
    return found


def translations(ts_file: Path = TS_FILE) -> dict[str, str]:
    """Return the sentences that have a translation."""
    if not ts_file.exists():
        return {}
    root = ET.parse(ts_file).getroot()
    pairs = ((m.findtext("source", ""), m.findtext("translation", "")) for m in root.iter("message"))
    return {source: translation for source, translation in pairs if translation}


def missing() -> dict[str, str]:
    """Return the sentences without French, and where they stand."""
    known = translations()
    return {source: where for source, where in sources().items() if source not in known}


def write(english: Iterable[str], french: Mapping[str, str], ts_file: Path = TS_FILE) -> None:
    """Write the translation file: the sentences in order, those that the plugin no longer says left out."""
    root = ET.Element("TS", version="2.1", language="fr_FR", sourcelanguage="en")
    context = ET.SubElement(root, "context")
    ET.SubElement(context, "name").text = CONTEXT
    for source in sorted(english):
        message = ET.SubElement(context, "message")
        ET.SubElement(message, "source").text = source
        translation = ET.SubElement(message, "translation")
        translation.text = french.get(source, "")
        if not translation.text:
            translation.set("type", "unfinished")
    ET.indent(root)
    body = ET.tostring(root, encoding="unicode")
    ts_file.parent.mkdir(exist_ok=True)
    ts_file.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', "utf-8")


def merge(files: Iterable[Path], ts_file: Path = TS_FILE) -> None:
    """Take French sentences from JSON files into the translation file; later files win."""
    french = translations(ts_file)
    for file in files:
        french.update(json.loads(file.read_text("utf-8")))
    english = sources()
    for source in sorted(set(french) - set(english)):
        print(f"no longer said: {source}")
    write(english, french, ts_file)


def compile_(ts_file: Path = TS_FILE, qm_file: Path = QM_FILE) -> None:
    """Make the file QGIS loads."""
    command = [_lrelease(), "-silent", str(ts_file), "-qm", str(qm_file)]
    if subprocess.run(command, check=False).returncode != 0:
        sys.exit("the French translation could not be compiled")


def _lrelease() -> str:
    # Debian keeps Qt's own tools outside PATH.
    folders = ("", "/usr/lib/qt5/bin", "/usr/lib/qt6/bin")
    found = filter(None, (shutil.which("lrelease", path=folder or None) for folder in folders))
    program = next(found, None)
    if program is None:
        sys.exit("lrelease is missing: make setup installs it (package qttools5-dev-tools)")
    return program


def main(arguments: list[str]) -> None:
    """Run one of the three commands."""
    command, files = (arguments[0], arguments[1:]) if arguments else ("", [])
    if command == "merge":
        merge(Path(file) for file in files)
    elif command == "compile":
        compile_()
    elif command != "check":
        sys.exit(__doc__)
    untranslated = missing() if command != "compile" else {}
    for source, where in untranslated.items():
        print(f"no French: {where}: {source}")
    if command == "check" and untranslated:
        sys.exit(1)


if __name__ == "__main__":
    main(sys.argv[1:])
