"""Builds the zip for the plugin store, applies the store's rules to it, and says what to upload where.

python -m tests.tooling.release FOLDER [--online]
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.tooling import changelog
from tests.tooling.package import build
from tests.tooling.store_rules import refusals
from tests.tooling.tree import TOP, metadata

_STORE = "https://plugins.qgis.org"


def release(folder: Path, *, is_online: bool = False) -> Path:
    """Return the zip that may go out; ends the program, saying why, where none may."""
    obstacles = [*_of_version(), *_of_tree()]
    if obstacles:
        sys.exit("\n".join(obstacles))
    zip_file = build(folder, is_for_store=True)
    with tempfile.TemporaryDirectory() as again:
        if build(Path(again), is_for_store=True).read_bytes() != zip_file.read_bytes():
            sys.exit("two builds of this tree differ")
    refused = refusals(zip_file, is_online=is_online)
    if refused:
        sys.exit("\n".join(("the plugin store would refuse it:", *refused)))
    return zip_file


def _of_version() -> list[str]:
    version, told = metadata()["version"], changelog.newest().version
    return [] if version == told else [f"metadata.txt has version {version}, CHANGELOG.md tells of {told}"]


def _of_tree() -> list[str]:
    """Return what stands against a release: what goes out is what the tag names."""
    changed = subprocess.run(
        ("git", "status", "--porcelain"), cwd=TOP, check=True, capture_output=True, text=True
    ).stdout.splitlines()
    return ["not committed:", *changed] if changed else []


def main(folder: Path, *, is_online: bool) -> None:
    """Build, check, say."""
    zip_file = release(folder, is_online=is_online)
    version = metadata()["version"]
    print(f"{zip_file}: {zip_file.stat().st_size} bytes, keeps the plugin store's rules")
    print(f"SHA-256 {hashlib.sha256(zip_file.read_bytes()).hexdigest()}, the same from each build of this tree")
    print(f"\n1. Tag it:    git tag -a v{version} -m 'GPKeys {version}' && git push origin v{version}")
    print(f"2. Upload it: {_STORE}/plugins/add/ (the first time), {_STORE}/plugins/gpkeys_plugin/version/add/")
    print(
        f"3. Attach it to the release of v{version}; its text is the newest part of CHANGELOG.md, which the zip carries"
    )
    print(f"\nUploading by script instead: {_STORE}/plugins/gpkeys_plugin/tokens/ gives a token for one plugin.")


if __name__ == "__main__":
    main(Path(sys.argv[1]), is_online="--online" in sys.argv[2:])
