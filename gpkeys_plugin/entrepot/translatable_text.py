"""Sentences for people, kept in English until they are shown."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Mapping


@dataclass(frozen=True)
class Text:
    """An English sentence, translated and filled in only when it is shown.

    `source` may hold `str.format` fields; `values` fills them after translation. Values never hold a secret.
    """

    source: str
    values: Mapping[str, object] = field(default_factory=dict)

    def with_values(self, values: Mapping[str, object]) -> Text:
        """Return the same sentence, filled in with these values."""
        return replace(self, values=values)

    def __str__(self) -> str:
        return self.source.format(**self.values) if self.values else self.source
