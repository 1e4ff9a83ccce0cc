"""What `metadata.json` tells of the tables in vector tiles (recorded: `metadata-pbf.json`)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from ..dataset import scenery

_MOST_VALUES = 10
"""Texts are listed when there are not more of them."""


@cache
def described_table(table: str) -> dict[str, Any]:
    """Name, geometry and fields of a table."""
    features = scenery.TABLES[table]()
    names = features[0].attributes
    fields = {name: _field(name, [feature.attributes[name] for feature in features]) for name in names}
    geometry = features[0].wkt.partition(" ")[0]
    return {"fields": fields, "fieldsCount": len(fields), "geometry": geometry, "id": table}


def _field(name: str, values: Sequence[str | int | float]) -> dict[str, Any]:
    distinct = list(dict.fromkeys(values))
    described: dict[str, Any] = {"attribute": name, "count": len(distinct)}
    numbers = [value for value in values if not isinstance(value, str)]
    if numbers:
        kind = "Integer" if all(isinstance(value, int) for value in numbers) else "Real"
        return described | {"max": max(numbers), "min": min(numbers), "type": kind}
    described["type"] = "String"
    return described | {"values": distinct} if len(distinct) <= _MOST_VALUES else described
