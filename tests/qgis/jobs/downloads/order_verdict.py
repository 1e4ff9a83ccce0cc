"""Whether a folder, what is noted and what was told agree after an order of files was cut off: never a wrong file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from gpkeys_plugin.entrepot.errors import GpkeysError
from gpkeys_plugin.jobs.downloads.fetch_order import FetchOutcome
from gpkeys_plugin.keys.downloads.file_names import NOTE_ENDING, PART_ENDING
from gpkeys_plugin.store.records import record_file
from tests.qgis.jobs.downloads.orders import Orders, files_in, sums
from tests.simulator.memory.seeds import example_hash

Files = Mapping[str, bytes]

# Made of what is there, so that it is another one where not all is.
_MOSAIC = ".vrt"
# What only the end of the process leaves, and the next run takes away.
_BEING_MADE = re.compile(r"\.unpacking/|(^|/)unfinished-[^/]+$")
_SOURCE = re.compile(rb"<SourceFilename[^>]*>([^<]+)<")


def wrong_in_folder(folder: Path, whole: Files, *, was_killed: bool = False, is_spoilt: bool = False) -> str:
    """Return what may not be in the folder of an order whose end is `whole`; empty for nothing.

    What a server has spoilt is seen by the sum, so only once it is whole: before, it may be in the beginning of a file.
    """
    found = files_in(folder)
    for name, content in found.items():
        if (_BEING_MADE.search(name) and was_killed) or (name.endswith(PART_ENDING) and is_spoilt):
            continue
        wrong = _wrong_in_file(name, content, found, whole)
        if wrong:
            return f"{name}: {wrong}"
    return ""


def _wrong_in_file(name: str, content: bytes, found: Files, whole: Files) -> str:
    if name.endswith(PART_ENDING):
        is_part = whole.get(name[: -len(PART_ENDING)], b"").startswith(content)
        return "" if is_part else "no beginning of the file"
    if name.endswith(NOTE_ENDING):
        return "" if name[: -len(NOTE_ENDING)] in whole else "a note of nothing"
    if name not in whole:
        return "nobody asked for it"
    if name.endswith(_MOSAIC):
        named = {str(Path(name).parent / source.decode()) for source in _SOURCE.findall(content)}
        return "" if named and named <= found.keys() else "it names what is not there"
    return "" if content == whole[name] else "another content"


def wrong_at_end(folder: Path, whole: Files) -> str:
    """Return in what a folder differs from that of an order which came to its end."""
    found, wanted = sums(files_in(folder)), sums(dict(whole))
    names = sorted(name for name in found.keys() | wanted.keys() if found.get(name) != wanted.get(name))
    return f"other than it should be: {names}" if names else ""


def wrong_in_outcome(outcome: FetchOutcome, orders: Orders, whole: Files) -> str:
    """Return what is wrong with what is told of files, each of which is there or said to be missing."""
    for one in outcome.fetched:
        if (one.error is None) != one.path.is_file():
            return f"{one.path.name}: told as if it were otherwise"
    wrong = next(filter(None, map(_wrong_in_words, (*(one.error for one in outcome.failed), *outcome.problems))), "")
    if wrong:
        return wrong
    can_retry = any(one.error is not None and one.error.can_retry for one in outcome.failed)
    if can_retry != (orders.begun() is not None):
        return "noted, though nothing is left to do" if not can_retry else "nothing noted to go on with"
    is_all = not outcome.failed and not outcome.problems
    return wrong_at_end(orders.folder, whole) if is_all else ""


def _wrong_in_words(error: GpkeysError | None) -> str:
    if error is None:
        return ""
    if "unexpected error" in error.user.source:
        return error.log
    return "" if error.advice is not None else f"no advice: {error.user}"


def leaked(orders: Orders, words: str, secrets: Iterable[str]) -> str:
    """Return where a secret is that should be nowhere: in what was told, in the folder, or in what is noted."""
    records = record_file.profile_folder() / "downloads.json"
    texts = {
        "words": words.encode(),
        "names": "\n".join(files_in(orders.folder)).encode(),
        "notes": records.read_bytes() if records.is_file() else b"",
        **files_in(orders.folder),
    }
    return next((f"a secret in {name}" for name, text in texts.items() for one in secrets if one.encode() in text), "")


def secrets_of(orders: Orders) -> set[str]:
    """Return what must not be seen: the key's secret, and what the account signs in with."""
    simulator: Any = orders.bench.simulator
    return {example_hash("fichiers"), simulator.account("denise").password, simulator.client_secret}
