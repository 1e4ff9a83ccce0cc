"""The contract as schemathesis reads it, and validators of its schemas."""

from __future__ import annotations

import copy
import json
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import schemathesis

FOLDER = Path(__file__).resolve().parents[2] / "simulator" / "contract"
FIXTURES = FOLDER / "fixtures"
_METHODS = ("get", "post", "patch", "delete")


@lru_cache(maxsize=1)
def _contract() -> dict[str, Any]:
    loaded: dict[str, Any] = schemathesis.openapi.from_path(FOLDER / "entrepot-openapi.yaml").raw_schema
    return loaded


def specification() -> dict[str, Any]:
    """The specification, with the status that a malformed parameter needs.

    The contract lists 400 only where a body or a period is sent; what else could `limit=abc` be answered?
    """
    amended = copy.deepcopy(_contract())
    for path in amended["paths"].values():
        for method in _METHODS:
            if method in path:
                path[method]["responses"].setdefault("400", {"$ref": "#/components/responses/BadRequest"})
    return amended


@cache
def _validator(schema: str) -> jsonschema_rs.Draft4Validator:
    reference: dict[str, Any] = {"$ref": f"#/components/schemas/{schema.removesuffix('[]')}"}
    if schema.endswith("[]"):
        reference = {"type": "array", "items": reference}
    root = {"allOf": [reference], "components": _contract()["components"]}
    return jsonschema_rs.Draft4Validator(root, validate_formats=True)


def problems(schema: str, body: object) -> list[str]:
    """What is wrong with a body; `schema` is a component's name, with `[]` behind it for a list of them."""
    return [error.message for error in _validator(schema).iter_errors(body)]


def fixture_index() -> list[dict[str, Any]]:
    """The entries of the fixtures' index."""
    index: dict[str, Any] = json.loads((FIXTURES / "index.json").read_text(encoding="utf-8"))
    entries: list[dict[str, Any]] = index["fixtures"]
    return entries


def fixture_body(name: str) -> Any:
    """The body of a fixture."""
    return json.loads((FIXTURES / name).read_text(encoding="utf-8"))
