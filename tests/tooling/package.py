"""The plugin's zip, as the plugin store wants it: the same tree gives the same bytes.

python -m tests.tooling.package FOLDER             with CLIENT_SECRET in the environment, the zip carries it
python -m tests.tooling.package FOLDER --for-store   refuses to: what the plugin store gets, everybody gets
"""

from __future__ import annotations

import json
import os
import stat
import sys
import zipfile
from pathlib import Path

from tests.tooling.changelog import CHANGELOG, metadata_entry, newest
from tests.tooling.tree import PLUGIN, TOP, metadata

# The earliest date a zip can hold; the real ones would make each build another file.
_DATE = (1980, 1, 1, 0, 0, 0)
_LEFT_OUT_ENDINGS = frozenset({".pyc", ".ts"})
_LEFT_OUT_NAMES = frozenset({"__pycache__", "client.json"})
_METADATA = "metadata.txt"
_COPIED_IN = (_METADATA, "LICENSE")
_MARK_OF_OWN_USE = "with-client-secret"
_FOR_ALL, _FOR_THE_OWNER = 0o644, 0o600
_FOR_STORE = "--for-store"
CLIENT_NAME = f"{PLUGIN.name}/resources/client.json"
QM_NAME = f"{PLUGIN.name}/i18n/gpkeys_fr.qm"


def contents(plugin: Path = PLUGIN, top: Path = TOP) -> dict[str, bytes]:
    """Return the files of the zip by their name in it; the metadata tell the newest changes, too."""
    files = {f"{plugin.name}/{name}": (top / name).read_bytes() for name in _COPIED_IN}
    changes = metadata_entry(newest(top / CHANGELOG.name))
    files[f"{plugin.name}/{_METADATA}"] += changes.encode()
    for path in plugin.rglob("*"):
        inner = path.relative_to(plugin)
        if path.is_file() and not _is_left_out(inner):
            files[f"{plugin.name}/{inner.as_posix()}"] = path.read_bytes()
    return dict(sorted(files.items()))


def client_file(client_secret: str, plugin: Path = PLUGIN) -> dict[str, bytes]:
    """Return the file by which a package brings the secret of the production client, and its name in the zip."""
    environments = json.loads((plugin / "resources" / "environments.json").read_text("utf-8"))["environments"]
    production = next(environment for environment in environments if environment["name"] == "production")
    client = {
        "client_id": production["client_id"],
        "client_secret": client_secret,
        "environment": production["name"],
    }
    return {CLIENT_NAME: json.dumps(client, indent=2).encode()}


def write(files: dict[str, bytes], zip_file: Path) -> Path:
    """Write the files into a zip that does not tell when, where or in which order it was made.

    With the client secret in it, it is the owner's only, from its first byte on.
    """
    zip_file.parent.mkdir(parents=True, exist_ok=True)
    zip_file.unlink(missing_ok=True)
    zip_file.touch(_FOR_THE_OWNER if CLIENT_NAME in files else _FOR_ALL)
    with zipfile.ZipFile(zip_file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            mode = _FOR_THE_OWNER if name == CLIENT_NAME else _FOR_ALL
            entry.external_attr = (stat.S_IFREG | mode) << 16
            archive.writestr(entry, files[name])
    return zip_file


def build(folder: Path, client_secret: str = "", *, is_for_store: bool = False) -> Path:
    """Build the zip in a folder and return its path: another name where it carries the client secret."""
    if client_secret and is_for_store:
        sys.exit("a package for the plugin store carries no client secret: unset CLIENT_SECRET")
    files = contents()
    if QM_NAME not in files:
        sys.exit("the French translation is not compiled: make i18n")
    if client_secret:
        files |= client_file(client_secret)
    marks = (_MARK_OF_OWN_USE,) if client_secret else ()
    return write(files, folder / ".".join((PLUGIN.name, metadata()["version"], *marks, "zip")))


def main() -> None:
    """Build the zip and say what is in it."""
    client_secret = os.environ.get("CLIENT_SECRET", "")
    zip_file = build(Path(sys.argv[1]), client_secret, is_for_store=_FOR_STORE in sys.argv[2:])
    print(f"{zip_file} ({zip_file.stat().st_size / 1024:.0f} KiB)")
    if client_secret:
        print("It carries the client secret: for your own distribution, the plugin store refuses files with secrets.")


def _is_left_out(inner: Path) -> bool:
    is_hidden = any(part.startswith(".") for part in inner.parts)
    return is_hidden or inner.suffix in _LEFT_OUT_ENDINGS or not _LEFT_OUT_NAMES.isdisjoint(inner.parts)


if __name__ == "__main__":
    main()
