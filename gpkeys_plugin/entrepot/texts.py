"""Sentences for people, kept in English until they are shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Mapping


@dataclass(frozen=True)
class Text:
    """An English sentence, translated and filled in only when it is shown.

    `source` may hold `str.format` fields; `values` fills them after translation. Values never hold a secret.
    """

    source: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.source.format(**self.values) if self.values else self.source
