"""Questions to the services of ROK4: which layers they name, and the answer."""

from __future__ import annotations

from collections.abc import Mapping

from . import tms, wms, wmts
from .site import Document, Found, Site

ENDPOINTS = ("wms-r", "wmts", "tms")
"""The endpoints that ROK4 answers."""


def layer_names(endpoint: str, path: str, parameters: Mapping[str, str]) -> tuple[str, ...]:
    """The layers that a question names, known or not."""
    if endpoint == "tms":
        return tms.layer_names(path)
    return wmts.layer_names(parameters) if endpoint == "wmts" else wms.layer_names(parameters)


def answer(endpoint: str, path: str, parameters: Mapping[str, str], site: Site) -> Found:
    """Answer a question; `parameters` has lower-case names. Rok4Error for what the service refuses."""
    if endpoint == "tms":
        return tms.answer(path, site)
    return wmts.answer(parameters, site) if endpoint == "wmts" else wms.answer(parameters, site)


def nothing_there(endpoint: str) -> Document:
    """What is said of a tile without data."""
    if endpoint == "tms":
        return tms.refusal("No data found", 404)
    service = wmts if endpoint == "wmts" else wms
    return service.refusal("Not Found", "No data found", 404)
