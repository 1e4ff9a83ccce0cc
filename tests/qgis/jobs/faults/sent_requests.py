"""The requests that a job sends, as they are found again in another run of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from tests.simulator.remote.steering import LoggedRequest

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


@dataclass(frozen=True)
class SentRequest:
    """The `nth` request of a job with that method and a path of that pattern, both counted from 1.

    `before` are the paths of what the job had sent by then; `is_ours`, unless QGIS sent it by itself.
    """

    method: str
    pattern: str
    nth: int
    before: tuple[str, ...]
    is_ours: bool = True

    @property
    def is_change(self) -> bool:
        """Whether it changes something on the platform."""
        return self.method != "GET" and self.pattern.startswith("^/api/")

    @property
    def label(self) -> str:
        """Its name in tables."""
        path = self.pattern.strip("^$").replace("\\", "").replace("[^/]+", "…")
        return f"{self.method} {path}" + (f" ({self.nth})" if self.nth > 1 else "")

    def place_in(self, paths: str) -> int:
        """Return which one of the requests to such paths it is, counted from 1."""
        return 1 + sum(bool(re.search(paths, path)) for path in self.before)

    def is_to(self, paths: str) -> bool:
        """Whether its path is one of those."""
        return bool(re.search(paths, self.pattern.lstrip("^")))

    def by_qgis(self, *, is_by_qgis: bool) -> SentRequest:
        """Return the same, sent by QGIS or by the plugin."""
        return replace(self, is_ours=not is_by_qgis)

    def is_like(self, method: str, url: str) -> bool:
        """Whether a request to an address is one of that method and pattern."""
        return method.upper() == self.method and bool(re.search(self.pattern, urlsplit(url).path))


def sent(logged: Iterable[LoggedRequest]) -> tuple[SentRequest, ...]:
    """Return the requests of a run from the simulator's log."""
    seen: Counter[tuple[str, str]] = Counter()
    paths: list[str] = []
    found: list[SentRequest] = []
    for entry in logged:
        pattern = f"^{_ID.sub('[^/]+', re.escape(entry.path).replace(chr(92) + '-', '-'))}$"
        seen[entry.method, pattern] += 1
        found.append(SentRequest(entry.method, pattern, seen[entry.method, pattern], tuple(paths)))
        paths.append(entry.path)
    return tuple(found)
