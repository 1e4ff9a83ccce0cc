"""The platform's public search service: what its catalogue says of a service, by layer name.

Documented at cartes.gouv.fr ("Recherche dans l'index standard"): `POST …/api/indexes/geoplateforme?page=1&size=50` with
a JSON body of criteria, none of them required. Restricted services are in it where their producer publishes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable, Iterator, Mapping

import requests

from .api_requests import Operation
from .json_reading import UnreadableError
from .retries import Patience
from .sending import Exchange

PAGE_SIZE = 50
TIMEOUT_S = 10.0

_PATH = "/api/indexes/geoplateforme"


@dataclass(frozen=True)
class SearchDocument:
    """What the catalogue says of one layer of one service; a feature type is `<layer name>:<type>`."""

    layer_name: str
    title: str
    description: str = ""
    producers: tuple[str, ...] = ()


class SearchClient:
    """Asks the search service over a session that carries no credential; raises GpkeysError, never asks twice."""

    def __init__(self, session: requests.Session, search_url: str, is_cancelled: Callable[[], bool]) -> None:
        self._exchange = Exchange(session, search_url, timeout_s=TIMEOUT_S, patience=Patience(is_cancelled))

    def named(self, layer_name: str) -> tuple[SearchDocument, ...]:
        """Return what is found first for a layer name; names that are only alike may be among it."""
        return self._exchange.read(search({"layer_name": layer_name}), read_documents)

    def restricted(self, page: int) -> tuple[SearchDocument, ...]:
        """Return a page, counted from 1, of all restricted services; an empty one lies behind the last."""
        return self._exchange.read(search({"open": False}, page), read_documents)


def search(criteria: Mapping[str, Any], page: int = 1) -> Operation:
    """Build the request for a page of the documents that meet the criteria."""
    return Operation("POST", _PATH, (("page", str(page)), ("size", str(PAGE_SIZE))), criteria)


def read_documents(body: object) -> tuple[SearchDocument, ...]:
    """Read the documents of an answer; one without layer name or title is of no use and left out."""
    documents = body.get("documents") if isinstance(body, Mapping) else None
    if not isinstance(documents, list):
        raise UnreadableError("no documents in the answer of the search service")
    return tuple(_documents(documents))


def _documents(documents: list[object]) -> Iterator[SearchDocument]:
    for data in documents:
        if not isinstance(data, Mapping):
            continue
        layer_name, title = _line(data.get("layer_name")), _line(data.get("title"))
        if layer_name and title:
            yield SearchDocument(layer_name, title, _line(data.get("description")), _lines(data.get("producers")))


def _line(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _lines(value: object) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    return tuple(filter(None, map(_line, values)))
