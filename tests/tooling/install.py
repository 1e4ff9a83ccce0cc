"""Installs the plugin into a QGIS profile, on Linux, macOS and Windows.

python -m tests.tooling.install [--profile NAME] [--profiles-path FOLDER] [--application QGIS3|QGIS4]
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

from tests.tooling.package import CLIENT_NAME, build
from tests.tooling.tree import PLUGIN


def profiles_folder(
    application: str = "QGIS3", platform: str = sys.platform, variables: Mapping[str, str] = os.environ
) -> Path:
    """Return the folder in which QGIS keeps a user's profiles."""
    custom = variables.get("QGIS_CUSTOM_CONFIG_PATH")
    if custom:
        return Path(custom) / "profiles"
    home = Path(variables.get("HOME") or Path.home())
    if platform == "win32":
        base = Path(variables["APPDATA"])
    elif platform == "darwin":
        base = home / "Library" / "Application Support"
    else:
        base = Path(variables.get("XDG_DATA_HOME") or home / ".local" / "share")
    return base / "QGIS" / application / "profiles"


def install(zip_file: Path, profile: Path) -> Path:
    """Unpack the plugin's zip into a profile, in place of an earlier version, and return the plugin's folder there."""
    plugins = profile / "python" / "plugins"
    target = plugins / PLUGIN.name
    plugins.mkdir(parents=True, exist_ok=True)
    if target.is_symlink():
        sys.exit(f"{target} is a link: remove it first if it should become a copy")
    if target.exists():
        shutil.rmtree(target)
    with zipfile.ZipFile(zip_file) as archive:
        archive.extractall(plugins, [name for name in archive.namelist() if name != CLIENT_NAME])
        if CLIENT_NAME in archive.namelist():
            # `extractall` forgets modes: the file is made for the owner only before the secret is in it.
            secret_file = plugins / CLIENT_NAME
            secret_file.parent.mkdir(parents=True, exist_ok=True)
            secret_file.touch(0o600)
            secret_file.write_bytes(archive.read(CLIENT_NAME))
    return target


def main() -> None:
    """Install into the profile that was named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--profile", default="default")
    parser.add_argument("--profiles-path", type=Path, help="the folder of profiles, as for qgis --profiles-path")
    parser.add_argument("--application", default="QGIS3", choices=("QGIS3", "QGIS4"))
    options = parser.parse_args()
    profiles = options.profiles_path / "profiles" if options.profiles_path else profiles_folder(options.application)
    with tempfile.TemporaryDirectory() as folder:
        target = install(build(Path(folder), os.environ.get("CLIENT_SECRET", "")), profiles / options.profile)
    print(f"installed in {target}")
    print("In QGIS: Plugins, Manage and Install Plugins…, Installed, tick GPKeys (restart QGIS after an update).")


if __name__ == "__main__":
    main()
