"""The QGIS Deployment Toolbelt, in an environment of its own in build/cache, made when first wanted."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.tooling.tree import BUILD

_REQUIREMENTS = Path(__file__).with_suffix(".txt")
_NEEDED = (3, 10)
_PATIENCE_S = 300


class CannotInstallError(RuntimeError):
    """Why it cannot be had on this machine."""


def python() -> Path:
    """Return the Python that has it; raises CannotInstallError."""
    if sys.version_info < _NEEDED:
        raise CannotInstallError(f"it needs Python {'.'.join(map(str, _NEEDED))}")
    wanted = hashlib.sha256(_REQUIREMENTS.read_bytes() + sys.version.encode()).hexdigest()[:12]
    folder = BUILD / "cache" / f"deployment-toolbelt-{wanted}"
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        _make(folder)
    return folder / "bin" / "python"


def _make(folder: Path) -> None:
    """Make it beside its place first: two runs at once, or one that is cut off, leave nothing half-made there."""
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix="unfinished-") as name:
        unfinished = Path(name) / "venv"
        _run(sys.executable, "-m", "venv", str(unfinished))
        install = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement")
        _run(str(unfinished / "bin" / "python"), *install, str(_REQUIREMENTS))
        if not folder.exists():
            shutil.move(unfinished, folder)


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_PATIENCE_S)
    if done.returncode != 0:
        raise CannotInstallError(f"{command[-1]}: {done.stderr.strip()[-500:]}")
