"""The plugin store's own rules, applied to a zip: what it refuses (plugins.qgis.org, as of 2026-07).

python -m tests.tooling.store_rules ZIP            ends with 1 and says why where the store would refuse
python -m tests.tooling.store_rules ZIP --online   asks the addresses of the metadata too, as the store does

The store checks an upload, then scans it; what its scan calls critical or a warning blocks the version. What it calls
informational (flake8, programs among Python files) is refused here too.
"""

from __future__ import annotations

import configparser
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

import requests
from detect_secrets.core.secrets_collection import SecretsCollection
from detect_secrets.settings import default_settings

_MOST_BYTES = 25_000_000
_FORBIDDEN_PARTS = frozenset({"__MACOSX", ".git", "__pycache__"})
_PROGRAMS = frozenset({".exe", ".dll", ".so", ".dylib", ".bat", ".sh", ".ps1", ".cmd"})
REQUIRED = (
    "name",
    "description",
    "version",
    "qgisMinimumVersion",
    "author",
    "email",
    "about",
    "tracker",
    "repository",
    "homepage",
)
_ADDRESSES = {"tracker": "http://bugs", "repository": "http://repo", "homepage": "http://homepage"}
_FLAGS = ("experimental", "deprecated", "server")
_METADATA = "metadata.txt"
_FOLDER = re.compile(r"[A-Za-z][A-Za-z0-9_]+")
_PATIENCE_S = 10
_SCAN_S = 120


def refusals(zip_file: Path, *, is_online: bool = False) -> list[str]:
    """Return why the store would refuse a zip, nothing where it would take it.

    Without `is_online`, the addresses of the metadata are read but not asked.
    """
    if zip_file.stat().st_size > _MOST_BYTES:
        return [f"it has more than {_MOST_BYTES} bytes"]
    try:
        with zipfile.ZipFile(zip_file) as archive:
            damaged = archive.testzip()
            if damaged is not None:
                return [f"{damaged}: damaged"]
            return [*_of_names(archive), *_of_contents(archive, is_online)]
    except zipfile.BadZipFile:
        return ["it is no zip"]


def _of_names(archive: zipfile.ZipFile) -> Iterator[str]:
    for entry in archive.infolist():
        path = PurePosixPath(entry.filename)
        if path.is_absolute() or ".." in entry.filename:
            yield f"{entry.filename}: leads out of the folder"
        if not _FORBIDDEN_PARTS.isdisjoint(path.parts) or ".pyc" in entry.filename:
            yield f"{entry.filename}: not allowed in a plugin"
        if path.name.startswith("."):
            yield f"{entry.filename}: hidden"
        if path.suffix.lower() in _PROGRAMS:
            yield f"{entry.filename}: a program"
        if path.suffix == ".py" and entry.external_attr >> 16 & 0o111:
            yield f"{entry.filename}: may be run as a program"


def _of_contents(archive: zipfile.ZipFile, is_online: bool) -> Iterator[str]:
    names = archive.namelist()
    folders = sorted({name.partition("/")[0] for name in names})
    if len(folders) != 1:
        yield f"it has {len(folders)} folders or files at its top, not one: {', '.join(folders)}"
        return
    (folder,) = folders
    if not _FOLDER.fullmatch(folder):
        yield f"{folder}: a folder's name has ASCII letters, digits and underscores, and begins with a letter"
    missing = [name for name in ("__init__.py", _METADATA, "LICENSE") if f"{folder}/{name}" not in names]
    yield from (f"{name} is missing" for name in missing)
    if _METADATA not in missing:
        yield from _of_metadata(archive, folder, is_online)
    with tempfile.TemporaryDirectory() as unpacked:
        archive.extractall(unpacked)
        yield from _found_by_bandit(Path(unpacked))
        yield from _found_by_detect_secrets(Path(unpacked))
        yield from _found_by_flake8(Path(unpacked))


def _of_metadata(archive: zipfile.ZipFile, folder: str, is_online: bool) -> Iterator[str]:
    try:
        told = _read(archive.read(f"{folder}/{_METADATA}").decode("utf-8"))
    except (configparser.Error, UnicodeDecodeError, KeyError) as error:
        yield f"{_METADATA} cannot be read: {error}"
        return
    yield from (f"{_METADATA} has no {key}" for key in REQUIRED if not told.get(key, "").strip())
    if not re.fullmatch(r"\d+(\.\d+)+", told.get("version", "")):
        yield "version has digits and dots only"
    if "/" in told.get("author", ""):
        yield "author has a slash"
    if f"{folder}/{told.get('icon', '')}" not in archive.namelist():
        yield "icon names no file of the zip"
    yield from (f"{key} is neither True nor False" for key in _FLAGS if told.get(key, "False") not in ("True", "False"))
    for key, placeholder in _ADDRESSES.items():
        yield from _of_address(key, told.get(key, ""), placeholder, is_online)


def _read(text: str) -> dict[str, str]:
    """Return the metadata, read with interpolation as the store and QGIS do: a lone percent sign is an error."""
    parser = configparser.ConfigParser()
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # documented way to keep the case
    parser.read_string(text)
    return dict(parser["general"].items())


def _of_address(key: str, url: str, placeholder: str, is_online: bool) -> Iterator[str]:
    parts = urlsplit(url)
    if url == placeholder or not (parts.scheme and parts.netloc):
        yield f"{key} is no address"
    elif is_online and not _answers(url):
        yield f"{key} does not answer within {_PATIENCE_S} s: {url}"


def _answers(url: str) -> bool:
    try:
        return requests.head(url, timeout=_PATIENCE_S).status_code < 400
    except requests.RequestException:
        return False


def _found_by_bandit(folder: Path) -> Iterator[str]:
    # Without a threshold: which of bandit's tests count is the store's choice, and changes.
    for found in json.loads(_printed(folder, "bandit", "--quiet", "--recursive", "--format", "json", "."))["results"]:
        yield f"{found['filename']}:{found['line_number']}: bandit {found['test_id']}: {found['issue_text']}"


def _found_by_detect_secrets(folder: Path) -> Iterator[str]:
    secrets = SecretsCollection(root=str(folder))
    with default_settings():
        for path in sorted(folder.rglob("*")):
            # The store leaves the metadata out: a commit's id in it looks like a secret.
            if path.is_file() and path.name != _METADATA:
                secrets.scan_file(str(path.relative_to(folder)))
    for name, secret in sorted(secrets, key=lambda found: (found[0], found[1].line_number)):
        yield f"{name}:{secret.line_number}: detect-secrets: {secret.type}"


def _found_by_flake8(folder: Path) -> Iterator[str]:
    # The rules that the formatter and the newest PEP 8 leave open stay open, as in `.flake8`.
    found = _printed(folder, "flake8", "--isolated", "--max-line-length=120", "--extend-ignore=E203,W503,E704,QGS", ".")
    yield from (f"flake8 {line}" for line in found.splitlines())


def _printed(folder: Path, module: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=_SCAN_S,
    )
    if done.returncode > 1:
        raise RuntimeError(f"{module} ended with {done.returncode}: {done.stderr}")
    return done.stdout


def main(zip_file: Path, *, is_online: bool = False) -> None:
    """Say what the store would say; end with 1 where it would refuse."""
    found = refusals(zip_file, is_online=is_online)
    print("\n".join(found) or f"{zip_file.name}: the plugin store's rules are kept")
    if found:
        sys.exit(1)


if __name__ == "__main__":
    main(Path(sys.argv[1]), is_online="--online" in sys.argv[2:])
