"""What a scan or a repair of files came to, to be read, kept and printed. No secret is in it, not even shortened."""

from __future__ import annotations

import csv
import html
import io
import json
from pathlib import Path
from typing import Any, Iterable, Iterator

from qgis.PyQt.QtCore import QBuffer, QIODevice
from qgis.PyQt.QtGui import QPdfWriter, QTextDocument

from ...entrepot.errors import ErrorCode, GpkeysError
from ...entrepot.translatable_text import Text
from ...keys.layer_needs.hash_in_text import redacted
from ...keys.layer_needs.remedies import CouldBeOpenedBy, OpenedBy
from ..running.translate import show, tr
from .file_values import FileFound, FilesFound, FilesMended, PlaceFound, PlaceOutcome
from .remedy_words import CAUSES, PLACES, place_word, remedy_in_words, word_of

Row = dict[str, Any]


def scan_rows(found: FilesFound) -> list[Row]:
    """Return a line a place and a line a file that could not be read; without a session, nothing of remedies."""
    rows = []
    for file in found.files:
        if file.problem is not None:
            rows.append(_scanned(file, None, found))
        rows += [_scanned(file, one, found) for one in file.places]
    return rows


def mended_rows(found: FilesFound, mended: FilesMended) -> list[Row]:
    """Return a line a place, with what became of it, and a line a file that could not be read."""
    rows = [
        {**_head(file.path, None, show(file.problem)), "is_mended": False, "key": "", "text": ""}
        for file in found.files
        if file.problem is not None
    ]
    return rows + [_mended(outcome) for outcome in mended.outcomes]


def write_report(path: Path, title: str, found: FilesFound, mended: FilesMended | None) -> None:
    """Write what was found, or what became of it, as PDF, CSV or JSON by the file's name. Raises GpkeysError."""
    rows = scan_rows(found) if mended is None else mended_rows(found, mended)
    kind = path.suffix.lower()
    try:
        if kind == ".pdf":
            path.write_bytes(_pdf(printable(title, found, mended)))
        elif kind == ".csv":
            # Spreadsheets take a CSV for UTF-8 only where it says so.
            path.write_bytes(as_csv(rows).encode("utf-8-sig"))
        else:
            path.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise _unwritable(path, error) from error


def as_csv(rows: list[Row]) -> str:
    """Return rows as a table; truth is in the words of JSON."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]) if rows else ["file"])
    writer.writeheader()
    for row in rows:
        writer.writerow({name: json.dumps(value) if isinstance(value, bool) else value for name, value in row.items()})
    return text.getvalue()


def printable(title: str, found: FilesFound, mended: FilesMended | None = None) -> str:
    """Return a report as a document of the kind that Qt prints: a table a file."""
    outcomes = {(one.path, one.found.value): one for one in mended.outcomes} if mended is not None else {}
    pieces = [f"<h2>{html.escape(title)}</h2>"]
    for file in found.files:
        pieces.append(f"<h4>{html.escape(str(file.path))}</h4>")
        if file.problem is not None:
            pieces.append(f"<p>{html.escape(show(file.problem))}</p>")
        if file.places:
            pieces.append(_table([_line(one, outcomes.get((file.path, one.value))) for one in file.places]))
    return "".join(pieces)


def came_of(outcome: PlaceOutcome) -> str:
    """Return what became of a place, for people."""
    if outcome.left is not None:
        return tr("Left: {reason}").format(reason=show(outcome.left))
    done = tr("Mended with the key “{name}”.").format(name=outcome.key_name)
    return f"{done} {show(outcome.note)}" if outcome.note is not None else done


def layer_of(found: PlaceFound) -> str:
    """Return the layer or the connection that a place belongs to, else what stands for it."""
    return redacted(found.place.layer_name or found.place.element)


def services_of(found: PlaceFound) -> tuple[str, str]:
    """Return the service that a place asks, and the names of the layers it asks for."""
    if found.asked is None:
        return "", ""
    return found.asked.endpoint, ", ".join(map(redacted, found.asked.layer_names))


def _scanned(file: FileFound, one: PlaceFound | None, found: FilesFound) -> Row:
    row = _head(file.path, one, show(file.problem) if one is None and file.problem is not None else "")
    if found.is_signed_in:
        key = one.remedy.key.name if one is not None and isinstance(one.remedy, (OpenedBy, CouldBeOpenedBy)) else ""
        text = show(remedy_in_words(one.remedy)) if one is not None else ""
        row.update({"remedy": word_of(one.remedy) if one is not None else "", "key": key, "text": text})
    return row


def _mended(outcome: PlaceOutcome) -> Row:
    said = outcome.left or outcome.note
    return {
        **_head(outcome.path, outcome.found, ""),
        "is_mended": outcome.left is None,
        "key": outcome.key_name,
        "text": show(said) if said is not None else "",
    }


def _head(path: Path, one: PlaceFound | None, problem: str) -> Row:
    service, names = services_of(one) if one is not None else ("", "")
    return {
        "file": str(path),
        "member": one.place.member if one is not None else "",
        "place": place_word(one.place.where) if one is not None else "",
        "element": one.place.element if one is not None else "",
        "layer": redacted(one.place.layer_name) if one is not None else "",
        "service": service,
        "layer_name": names,
        "cause": one.cause.value if one is not None else "",
        "problem": problem,
    }


def _table(lines: Iterable[Iterable[str]]) -> str:
    heads = (tr("Where"), tr("Layer"), tr("Service"), tr("Cause"), tr("What mends it"))
    rows = f"<tr>{_cells(heads, 'th')}</tr>" + "".join(f"<tr>{_cells(line, 'td')}</tr>" for line in lines)
    return f'<table border="1" cellspacing="0" cellpadding="3" width="100%">{rows}</table>'


def _line(one: PlaceFound, outcome: PlaceOutcome | None) -> Iterator[str]:
    yield show(PLACES[one.place.where])
    yield layer_of(one)
    yield " ".join(filter(None, services_of(one)))
    yield show(CAUSES[one.cause])
    yield show(remedy_in_words(one.remedy)) if outcome is None else came_of(outcome)


def _pdf(text: str) -> bytes:
    """Return a document as PDF; Qt makes it on any thread."""
    content, document = QBuffer(), QTextDocument()
    content.open(QIODevice.OpenModeFlag.WriteOnly)
    document.setHtml(text)
    writer = QPdfWriter(content)
    print_on = getattr(document, "print_", None) or document.print
    print_on(writer)
    content.close()
    return bytes(content.data())


def _cells(texts: Iterable[str], tag: str) -> str:
    return "".join(f'<{tag} align="left">{html.escape(text)}</{tag}>' for text in texts)


def _unwritable(path: Path, error: OSError) -> GpkeysError:
    return GpkeysError(
        ErrorCode.INVALID,
        Text("“{path}” cannot be written: {reason}.", {"path": str(path), "reason": error.strerror or ""}),
        "the report cannot be written",
        advice=Text("Choose another place for it."),
    )
