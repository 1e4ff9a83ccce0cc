"""What holds for any document, and for any bytes at all."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape, quoteattr

from hypothesis import given, settings
from hypothesis import strategies as st

from gpkeys_plugin.store.project_files.file_replacement import copy_of
from gpkeys_plugin.store.project_files.kinds import FileKind
from gpkeys_plugin.store.project_files.markup import Form, Written
from gpkeys_plugin.store.project_files.place_finder import PlaceFinder
from gpkeys_plugin.store.project_files.problems import FileLeft
from gpkeys_plugin.store.project_files.rewrite import FileChange, rewrite_file
from gpkeys_plugin.store.project_files.scan import scan_file
from gpkeys_plugin.store.project_files.stamps import stamp_of
from gpkeys_plugin.store.project_files.well_formed import WellFormed

from .documents import HASH, MARKS, NEW, project, swapped, write_archive

MANY = settings(max_examples=100, deadline=None)
CHARS = st.characters(codec="utf-8", exclude_characters="\r", exclude_categories=["Cc", "Cs", "Cn"])
TEXTS = st.text(CHARS, max_size=30)
ENTITIES = st.sampled_from(
    ["&amp;", "&#38;", "&#x26;", "&lt;", "&#60;", "&gt;", ">", "'", "&apos;", "&#233;", "é", "a", HASH]
)
RAW = st.lists(ENTITIES, max_size=12).map("".join)


@st.composite
def documents(draw: st.DrawFn) -> bytes:
    """Well-formed documents of known and unknown elements, however written."""

    def element(depth: int) -> str:
        name = draw(st.sampled_from(["maplayer", "datasource", "id", "Layout", "symbol", "x", "properties"]))
        quote = draw(st.sampled_from("\"'"))
        value = draw(RAW).replace("'", "") if quote == "'" else draw(RAW)
        attribute = draw(st.sampled_from(["", f" a={quote}{value}{quote}", f"\n b = {quoteattr(draw(TEXTS))} "]))
        parts = [
            RAW,
            TEXTS.map(escape),
            st.sampled_from(["<!-- <a> & ign_scan_ws -->", f"<![CDATA[<{HASH}&]]>", "<?p <?>"]),
        ]
        inner = [draw(st.one_of(parts)) for _ in range(draw(st.integers(0, 3)))]
        if depth < 3:
            inner += [element(depth + 1) for _ in range(draw(st.integers(0, 2)))]
        return f"<{name}{attribute}>{''.join(inner)}</{name}>"

    start = draw(st.sampled_from(["", "\ufeff", "<?xml version='1.0'?>\n", "<!DOCTYPE qgis>\n"]))
    return f"{start}<qgis>{element(0)}</qgis>\n".encode()


@given(documents(), st.integers(1, 60))
@MANY
def test_places_are_what_a_parser_finds_however_the_document_comes(content: bytes, size: int) -> None:
    chunks = [content[at : at + size] for at in range(0, len(content), size)]
    located = PlaceFinder(FileKind.PROJECT, MARKS).find(chunks)
    whole = PlaceFinder(FileKind.PROJECT, MARKS).find([content])
    assert [(place.start, place.end, place.found) for place in located] == [
        (place.start, place.end, place.found) for place in whole
    ]
    for place in located:
        assert content[place.start : place.end] == place.written.raw
        assert HASH in place.found.source
    covered = re.sub(rb"<\?p <\?>", b"", content)
    for place in sorted(located, key=lambda place: -len(place.written.raw)):
        covered = covered.replace(place.written.raw, b"")
    assert HASH.encode() not in covered


@given(documents(), st.integers(1, 60))
@MANY
def test_documents_that_a_parser_reads_are_well_formed(content: bytes, size: int) -> None:
    ET.fromstring(content)
    chunks = [content[at : at + size] for at in range(0, len(content), size)]
    assert b"".join(WellFormed().through(chunks)) == content


@given(documents(), st.integers(0, 400), st.binary(max_size=3))
@MANY
def test_what_is_well_formed_a_parser_reads(content: bytes, at: int, other: bytes) -> None:
    """Spoilt somewhere, a document is refused wherever a parser refuses its structure."""
    spoilt = content[:at] + other + content[at + len(other) :]
    try:
        ET.fromstring(spoilt)
    except ET.ParseError as error:
        # What the check leaves to QGIS: characters, names and declarations, not structure.
        if error.code not in STRUCTURE:
            return
        try:
            list(WellFormed().through([spoilt]))
        except FileLeft:
            return
        raise AssertionError(spoilt) from error


# Of expat: no element, unclosed token, mismatched tag, junk after the document element.
STRUCTURE = frozenset({3, 5, 7, 9})


@given(documents())
@MANY
def test_the_same_credential_gives_the_same_bytes(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "a.qgs")
        path.write_bytes(content)
        findings = scan_file(path, MARKS)
        assert findings.stamp is not None
        there = rewrite_file(FileChange(path, findings.stamp, MARKS, swapped))
        assert there.left is None
        assert path.read_bytes().replace(NEW.encode(), HASH.encode()) == content.replace(NEW.encode(), HASH.encode())
        again = rewrite_file(FileChange(path, findings.stamp, MARKS, lambda found: found.source))
        assert again.changed == 0


@given(RAW, TEXTS, st.sampled_from([Form.DOUBLE_QUOTED, Form.SINGLE_QUOTED, Form.TEXT]))
@MANY
def test_a_value_becomes_any_other(raw: str, text: str, form: Form) -> None:
    if form is Form.SINGLE_QUOTED:
        raw = raw.replace("'", "")
    new = Written(raw.encode(), form, "utf-8").changed_to(text)
    assert Written(new, form, "utf-8").text == text
    quote = {Form.DOUBLE_QUOTED: b'"', Form.SINGLE_QUOTED: b"'"}.get(form, b"")
    document = b"<a b=" + quote + new + quote + b"/>" if quote else b"<a>" + new + b"</a>"
    parsed = ET.fromstring(document)
    assert (parsed.get("b") if quote else parsed.text or "") == text


@given(RAW, RAW)
@MANY
def test_what_is_around_a_changed_word_keeps_its_escapes(before: str, after: str) -> None:
    written = Written(f"{before}&#38;OLD&amp;{after}".encode(), Form.TEXT, "utf-8")
    changed = written.changed_to(written.text.replace("OLD", "NEW1"))
    assert changed == f"{before}&#38;NEW1&amp;{after}".encode()


@given(
    st.binary(max_size=300),
    st.sampled_from([kind.value for kind in FileKind]),
    st.sampled_from([b"", b"<qgis>", b"PK\3\4"]),
)
@MANY
def test_any_bytes_are_a_line_of_the_report(content: bytes, suffix: str, start: bytes) -> None:
    is_left_or_kept(start + content + b"ign_scan_ws", suffix)


@given(st.data())
@MANY
def test_any_spoilt_project_is_a_line_of_the_report(data: st.DataObject) -> None:
    content = bytearray(project())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    is_left_or_kept(bytes(content[: data.draw(st.integers(0, len(content)))]), ".qgs")


with TemporaryDirectory() as _folder:
    ARCHIVE = write_archive(Path(_folder, "a.qgz"), {"a.qgs": project(), "b.qgd": b"x"}).read_bytes()


@given(st.data())
@MANY
def test_any_spoilt_archive_is_a_line_of_the_report(data: st.DataObject) -> None:
    content = bytearray(ARCHIVE)
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    is_left_or_kept(bytes(content), ".qgz")


def is_left_or_kept(content: bytes, suffix: str) -> None:
    """See that nothing is raised, and that what is left is left as it was, with nothing beside it."""
    with TemporaryDirectory() as folder:
        path = Path(folder, f"a{suffix}")
        path.write_bytes(content)
        findings = scan_file(path, MARKS)
        with path.open("rb") as file:
            stamp = findings.stamp or stamp_of(file)
        result = rewrite_file(FileChange(path, stamp, MARKS, swapped))
        if not result.changed:
            assert path.read_bytes() == content
            assert list(path.parent.iterdir()) == [path]
        else:
            assert findings.problem is None
            assert copy_of(path).read_bytes() == content
