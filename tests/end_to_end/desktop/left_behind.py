"""What a run of QGIS leaves: where a secret stands in clear, what the plugin remembers, what it said in the log."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tests.end_to_end.desktop.qgis_desktop import Desktop, Outcome

_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")
# An access or refresh token of the SSO, in clear.
_TOKEN = re.compile(rb"eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}")


def files_with(secret: str, desktop: Desktop) -> set[str]:
    """Return the files of the profile that hold a secret in clear, or escaped as in a URL."""
    wanted = {form.encode(encoding) for form in (secret, quote(secret, safe="")) for encoding in _ENCODINGS}
    return {name for name, content in _profile_files(desktop) if any(form in content for form in wanted)}


def files_with_tokens(desktop: Desktop) -> set[str]:
    """Return the files of the profile that hold a token in clear."""
    return {name for name, content in _profile_files(desktop) if _TOKEN.search(content)}


def troubles(outcome: Outcome) -> list[str]:
    """Return what the plugin wrote into QGIS's message log as a warning or an error."""
    return [entry["message"] for entry in outcome.report["log"] if entry["tag"] == "GPKeys" and entry["is_trouble"]]


def installed_key(desktop: Desktop) -> dict[str, Any]:
    """Return what the plugin remembers of the one key it set up in this profile."""
    content = json.loads((desktop.profile / "gpkeys" / "installed_keys.json").read_text(encoding="utf-8"))
    (key,) = content["entries"].values()
    known: dict[str, Any] = key
    return known


def pages_opened(desktop: Desktop) -> list[str]:
    """Return the addresses the browser was opened with, without their queries."""
    log = Path(desktop.variables["GPKEYS_ROBOT_LOG"])
    return log.read_text(encoding="utf-8").splitlines() if log.exists() else []


def _profile_files(desktop: Desktop) -> Iterable[tuple[str, bytes]]:
    for path in desktop.profile.rglob("*"):
        inner = path.relative_to(desktop.profile)
        # The plugin's own code, as it was installed.
        if path.is_file() and inner.parts[0] != "python":
            yield inner.as_posix(), path.read_bytes()
