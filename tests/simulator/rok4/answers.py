"""Questions to the services of ROK4: which layers they name, and the answer."""

from __future__ import annotations

from collections.abc import Mapping

from . import tms
from .site import Document, Found, Site

ENDPOINTS = ("tms",)
"""The endpoints that ROK4 answers."""


def layer_names(endpoint: str, path: str, parameters: Mapping[str, str]) -> tuple[str, ...]:
    """The layers that a question names, known or not."""
    return tms.layer_names(path)


def answer(endpoint: str, path: str, parameters: Mapping[str, str], site: Site) -> Found:
    """Answer a question; `parameters` has lower-case names. Rok4Error for what the service refuses."""
    return tms.answer(path, site)


def nothing_there(endpoint: str) -> Document:
    """What is said of a tile without data."""
    return tms.refusal("No data found", 404)
