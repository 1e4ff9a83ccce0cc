"""A plain asynchronous client of the Entrepôt API: what a job of the plugin is measured against.

`requests` over six connections, each request as soon as it can be asked; nothing is checked, read back or kept.
No code of the plugin is in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from typing import Any, TypeVar
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter

_CONNECTIONS, _LIMIT = 6, 100
_TIMEOUT_S = 60.0
_PERIOD = timedelta(days=30)
A = TypeVar("A")
T = TypeVar("T")
Json = dict[str, Any]
Pairs = list[tuple[str, str]]
"""Permission and offering."""


class PlainClient:
    """Asks for one account; `close` it in the end."""

    def __init__(self, session: requests.Session, api_url: str) -> None:
        self._session, self._api_url = session, api_url
        for scheme in ("http://", "https://"):
            session.mount(scheme, HTTPAdapter(pool_maxsize=_CONNECTIONS, pool_block=True))
        self._pool = ThreadPoolExecutor(max_workers=_CONNECTIONS)
        # Work that waits for other work has threads of its own, or nobody would be left to do that.
        self._waiting = ThreadPoolExecutor(max_workers=_CONNECTIONS)

    def close(self) -> None:
        """End the threads."""
        self._waiting.shutdown()
        self._pool.shutdown()

    # Reading

    def account(self) -> list[Json]:
        """Read all that the account has; return its keys."""
        reads = [
            self._waiting.submit(self._listing, "/permissions", personal="true", community="false"),
            self._waiting.submit(self._listing, "/permissions", personal="false", community="true"),
        ]
        keys, me = self._waiting.submit(self.keys), self._pool.submit(self._get, "")
        for read in reads:
            read.result()
        me.result()
        return keys.result()

    def keys(self) -> list[Json]:
        """Read the keys."""
        return self._listing("/keys")

    def overviews(self, keys: Iterable[Json]) -> None:
        """Read what the keys open, and their last use."""
        paths = [f"/keys/{key['_id']}{what}" for key in keys for what in (f"/accesses?limit={_LIMIT}", _stats())]
        self._all(self._get, paths)

    def key_page(self, key_id: str) -> Pairs:
        """Read a key, what it opens, its use, and its permissions; return those with the offerings it opens."""
        paths = (f"/keys/{key_id}", f"/keys/{key_id}{_stats()}&details=true&limit={_LIMIT}")
        reads = [self._pool.submit(self._get, path) for path in paths]
        pairs = self.opened(key_id)
        self._permissions(pairs)
        for read in reads:
            read.result()
        return pairs

    def opened(self, key_id: str) -> Pairs:
        """Return what a key opens."""
        return [(one["permission"]["_id"], one["offering"]["_id"]) for one in self._listing(f"/keys/{key_id}/accesses")]

    # Changing

    def create(self, name: str, pairs: Pairs) -> str:
        """Make a HASH key and open services to it, see where they are, and what they say; return its id."""
        permissions = self._waiting.submit(self._permissions, pairs)
        key = self._send("POST", "/keys", {"name": name, "type": "HASH", "type_infos": {}}).json()
        self.open(key["_id"], pairs)
        self._ask_services(permissions.result(), pairs, key["type_infos"]["hash"])
        return str(key["_id"])

    def open(self, key_id: str, pairs: Pairs) -> None:
        """Open services to a key, one request a permission."""
        bodies = [
            {"permission": permission, "offerings": [offering for one, offering in pairs if one == permission]}
            for permission in dict.fromkeys(one for one, _ in pairs)
        ]
        self._all(lambda body: self._send("POST", f"/keys/{key_id}/accesses", body), bodies)

    def close_one(self, key_id: str, offering_id: str) -> None:
        """Close a service to a key."""
        listing = self._listing(f"/keys/{key_id}/accesses")
        access = next(one["_id"] for one in listing if one["offering"]["_id"] == offering_id)
        self._send("DELETE", f"/keys/{key_id}/accesses/{access}")

    def rename(self, key_id: str, name: str) -> None:
        """Give a key another name."""
        self._send("PATCH", f"/keys/{key_id}", {"name": name})

    def rotate(self, key_id: str, name: str) -> str:
        """Make a key that opens the same; return its id."""
        return self.create(name, self.opened(key_id))

    def finish(self, old_id: str, new_id: str, name: str) -> None:
        """Delete the old key, and give its name to the new one."""
        self.delete(old_id)
        self.rename(new_id, name)

    def delete(self, key_id: str) -> None:
        """Delete a key."""
        self._send("DELETE", f"/keys/{key_id}")

    # Inside

    def _permissions(self, pairs: Pairs) -> list[Json]:
        ids = dict.fromkeys(permission for permission, _ in pairs)
        return [self._read(answer) for answer in self._all(self._get, [f"/permissions/{one}" for one in ids])]

    def _ask_services(self, permissions: Iterable[Json], pairs: Pairs, hash_value: str) -> None:
        wanted = {offering for _, offering in pairs}
        urls = [
            address
            for permission in permissions
            for offering in permission["offerings"]
            if offering["_id"] in wanted
            for url in offering["urls"]
            if (address := _description(url["type"], url["url"]))
        ]
        self._all(lambda url: self._asked("GET", url, headers={"apikey": hash_value}), dict.fromkeys(urls))

    def _listing(self, path: str, **query: str) -> list[Json]:
        """Read the first page, then all others at once."""
        first = self._get(path, page=1, limit=_LIMIT, **query)
        total = int(first.headers["Content-Range"].rpartition("/")[2])
        pages = range(2, -(-total // _LIMIT) + 1)
        rest = self._all(lambda page: self._get(path, page=page, limit=_LIMIT, **query), pages)
        return [row for answer in (first, *rest) for row in answer.json()]

    def _read(self, answer: requests.Response) -> Json:
        body: Json = answer.json()
        return body

    def _get(self, path: str, **query: Any) -> requests.Response:
        return self._asked("GET", f"{self._api_url}/users/me{path}", params=query)

    def _send(self, method: str, path: str, body: Json | None = None) -> requests.Response:
        return self._asked(method, f"{self._api_url}/users/me{path}", json=body)

    def _asked(self, method: str, url: str, **more: Any) -> requests.Response:
        answer = self._session.request(method, url, timeout=_TIMEOUT_S, **more)
        answer.raise_for_status()
        return answer

    def _all(self, ask: Callable[[A], T], about: Iterable[A]) -> list[T]:
        return list(self._pool.map(ask, about))


def _stats() -> str:
    end = datetime.now(timezone.utc)
    return f"/stats?start={_moment(end - _PERIOD)}&end={_moment(end)}"


def _moment(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _description(kind: str, url: str) -> str:
    """Return where a service describes itself; nothing for one that is no map."""
    address = urlsplit(url)
    root = f"{address.scheme}://{address.netloc}{address.path}"
    if kind == "TMS":
        return root
    return f"{root}?SERVICE={kind}&REQUEST=GetCapabilities" if kind in ("WMS", "WMTS") else ""
