"""The translations: what must be translated, what is, and the files QGIS loads. French is complete, others may not be.

python -m tests.tooling.translations merge FILE.json…               takes {"English": "Français"} into gpkeys_fr.ts
python -m tests.tooling.translations merge FILE.json… --language=de   takes {"English": "Deutsch"} into gpkeys_de.ts
python -m tests.tooling.translations check                          lists what has no French
python -m tests.tooling.translations compile                        makes a .qm of each .ts with Qt's lrelease

What is said of a number has a list of forms, those of the language in Qt's order: in French one for 0 and 1, one above.
"""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from tests.tooling.tree import PLUGIN, calls, place, python_files

CONTEXT = "GPKeys"
TS_FILE = PLUGIN / "i18n" / "gpkeys_fr.ts"
QM_FILE = TS_FILE.with_suffix(".qm")
_TRANSLATABLE = frozenset({"tr", "Text", "counted"})
_COUNTED = "counted"
_FRENCH = "fr"
_LANGUAGE = "--language="
_DYNAMIC = frozenset({PLUGIN / "jobs" / "running" / "translate.py"})
"""Where `tr` is given a variable: the one function that shows a `Text`, whose literal is collected where it is made."""


class NotALiteral(Exception):
    """A sentence for people that no tool can collect."""


def ts_file_of(language: str) -> Path:
    """Return the translation file of a language, as QGIS names it: `de`, `pt_BR`."""
    return TS_FILE.with_name(f"gpkeys_{language}.ts")


def called_name(call: ast.Call) -> str:
    """Return the last part of what is called: `tr` for `tr(…)` and for `self.tr(…)`."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def source_of(call: ast.Call, path: Path) -> str:
    """Return the literal sentence a `tr`, `Text` or `counted` call is given: of the last, that for many."""
    place_of_it = 1 if called_name(call) == _COUNTED else 0
    written = [*call.args[place_of_it : place_of_it + 1], *(k.value for k in call.keywords if k.arg == "source")]
    argument = written[0] if written else None
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


def counted_sources(folder: Path = PLUGIN) -> set[str]:
    """Return the sentences that are said of a number: each has the forms of its language."""
    found = ((call, path) for path in python_files(folder) for call in calls(path))
    return {source_of(call, path) for call, path in found if called_name(call) == _COUNTED}


def translations(ts_file: Path = TS_FILE) -> dict[str, str]:
    """Return the sentences that have a translation; of what is said of a number, the form for many."""
    return {source: found[-1] for source, found in forms(ts_file).items()}


def forms(ts_file: Path = TS_FILE) -> dict[str, tuple[str, ...]]:
    """Return the sentences that have a translation, with all its forms."""
    if not ts_file.exists():
        return {}
    found = {m.findtext("source", ""): _forms_of(m) for m in ET.parse(ts_file).getroot().iter("message")}
    return {source: texts for source, texts in found.items() if all(texts)}


def _forms_of(message: ET.Element) -> tuple[str, ...]:
    texts = [form.text or "" for form in message.iter("numerusform")]
    return tuple(texts) if texts else (message.findtext("translation", ""),)


def missing() -> dict[str, str]:
    """Return the sentences without French, and where they stand."""
    known = translations()
    return {source: where for source, where in sources().items() if source not in known}


def write(english: Iterable[str], translated: Mapping[str, Sequence[str]], ts_file: Path = TS_FILE) -> None:
    """Write a translation file: the sentences in order, with all their forms; what is no longer said is left out."""
    language, counted = ts_file.stem.partition("_")[2] or _FRENCH, counted_sources()
    root = ET.Element("TS", version="2.1", language="fr_FR" if language == _FRENCH else language, sourcelanguage="en")
    context = ET.SubElement(root, "context")
    ET.SubElement(context, "name").text = CONTEXT
    for source in sorted(english):
        message = ET.SubElement(context, "message", {"numerus": "yes"} if source in counted else {})
        ET.SubElement(message, "source").text = source
        translation = ET.SubElement(message, "translation")
        texts = translated.get(source, ("",))
        if source in counted:
            for text in texts:
                ET.SubElement(translation, "numerusform").text = text
        else:
            translation.text = texts[0]
        if not all(texts):
            translation.set("type", "unfinished")
    ET.indent(root)
    body = ET.tostring(root, encoding="unicode")
    ts_file.parent.mkdir(exist_ok=True)
    ts_file.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', "utf-8")


def merge(files: Iterable[Path], ts_file: Path = TS_FILE) -> None:
    """Take sentences from JSON files into a translation file; later files win."""
    known = forms(ts_file)
    for file in files:
        told = json.loads(file.read_text("utf-8"))
        known.update({source: (text,) if isinstance(text, str) else tuple(text) for source, text in told.items()})
    english = sources()
    for source in sorted(set(known) - set(english)):
        print(f"no longer said: {source}")
    write(english, known, ts_file)


def compile_(ts_file: Path = TS_FILE, qm_file: Path = QM_FILE) -> None:
    """Make the file QGIS loads."""
    command = [_lrelease(), "-silent", str(ts_file), "-qm", str(qm_file)]
    if subprocess.run(command, check=False).returncode != 0:
        sys.exit(f"{ts_file.name} could not be compiled")


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
        language = next((file[len(_LANGUAGE) :] for file in files if file.startswith(_LANGUAGE)), _FRENCH)
        merge((Path(file) for file in files if not file.startswith(_LANGUAGE)), ts_file_of(language))
    elif command == "compile":
        for ts_file in sorted(TS_FILE.parent.glob("gpkeys_*.ts")):
            compile_(ts_file, ts_file.with_suffix(".qm"))
    elif command != "check":
        sys.exit(__doc__)
    untranslated = missing() if command != "compile" else {}
    for source, where in untranslated.items():
        print(f"no French: {where}: {source}")
    if command == "check" and untranslated:
        sys.exit(1)


if __name__ == "__main__":
    main(sys.argv[1:])
