"""Lays an administrator's preset down for a test."""

from __future__ import annotations

import json
from pathlib import Path

import pytest


def lay_down(folder: Path, monkeypatch: pytest.MonkeyPatch, content: object) -> Path:
    """Write a preset, JSON or bytes as they are, and have GPKEYS_PRESET name it; return its path."""
    # Each of its own: a file is read once.
    path = folder / f"preset-{len(list(folder.glob('preset-*')))}.json"
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    monkeypatch.setenv("GPKEYS_PRESET", str(path))
    return path
