"""Who asks the gateway, and whether the filters of the key let this request through."""

from __future__ import annotations

import ipaddress
import threading
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from flask import Request

from . import lua_patterns

TokenChecker = Callable[[str], "str | None"]
"""From a bearer token to the user name it was given to, None when it is not valid (any more)."""


class PermissionLike(Protocol):
    """What the gateway reads of a permission."""

    @property
    def only_oauth(self) -> bool: ...


class OfferingLike(Protocol):
    """What the gateway reads of an offering."""

    @property
    def type(self) -> str: ...

    @property
    def layer_name(self) -> str: ...


class AccessLike(Protocol):
    """What the gateway reads of an access."""

    @property
    def id(self) -> str: ...

    @property
    def offering(self) -> OfferingLike: ...

    @property
    def permission(self) -> PermissionLike | None: ...

    def is_usable_now(self, now: datetime | None = None) -> bool: ...


class KeyLike(Protocol):
    """What the gateway reads of a key."""

    id: str
    type: str
    whitelist: list[str]
    blacklist: list[str]
    user_agent: str | None
    referer: str | None


class StateLike(Protocol):
    """What the gateway needs of the simulator's memory."""

    @property
    def options(self) -> object: ...

    @property
    def resets(self) -> int: ...

    def key_by_hash(self, value: str) -> KeyLike | None: ...

    def key_by_login(self, login: str, password: str | None = None) -> KeyLike | None: ...

    def key_by_headers(self, headers: dict[str, str]) -> KeyLike | None: ...

    def oauth2_key_of(self, username: str) -> KeyLike | None: ...

    def accesses_of(self, key_id: str) -> Sequence[AccessLike]: ...

    def record_hit(self, key_id: str, access_id: str, size: int) -> None: ...


def number(state: StateLike, name: str, default: int) -> int:
    """The value of a switch (1 for one that is on), `default` where this simulator does not have it."""
    return int(getattr(state.options, name, default))


def find_key(state: StateLike, token_checker: TokenChecker, request: Request) -> KeyLike | None:
    """The key that the request shows, None without a valid one. The first identification shown decides."""
    shown = request.args.get("apikey") or request.headers.get("apikey")
    if shown is not None:
        return state.key_by_hash(shown)
    authorization = request.authorization
    if authorization is None:
        return state.key_by_headers(dict(request.headers))
    if authorization.type == "basic":
        return state.key_by_login(authorization.username or "", authorization.password or "")
    if authorization.type == "bearer" and authorization.token:
        username = token_checker(authorization.token)
        return state.oauth2_key_of(username) if username is not None else None
    return None


def client_address(state: StateLike, request: Request) -> str:
    """Where the request comes from; a test may claim another address when the switch allows."""
    claimed = request.headers.get("X-Forwarded-For", "")
    if claimed and number(state, "forwarded_for", 0):
        return claimed.split(",")[0].strip()
    return request.remote_addr or ""


def passes_filters(key: KeyLike, address: str, request: Request) -> bool:
    """Whether every filter of the key lets the request through."""
    if key.whitelist and not _is_listed(address, key.whitelist):
        return False
    if _is_listed(address, key.blacklist):
        return False
    return _passes_pattern(key.user_agent, request.headers.get("User-Agent", "")) and _passes_pattern(
        key.referer, request.headers.get("Referer", "")
    )


def _is_listed(address: str, networks: Sequence[str]) -> bool:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = getattr(parsed, "ipv4_mapped", None)
    return any(_contains(network, mapped or parsed) for network in networks)


def _contains(network: str, address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    try:
        return address in ipaddress.ip_network(network, strict=False)
    except ValueError:
        return False


def _passes_pattern(pattern: str | None, text: str) -> bool:
    """A malformed pattern lets nothing through."""
    if not pattern:
        return True
    try:
        return lua_patterns.matches(pattern, text)
    except lua_patterns.PatternError:
        return False


def usable_accesses(state: StateLike, key: KeyLike, now: datetime) -> list[AccessLike]:
    """The accesses of the key that open something at this moment."""
    return [access for access in state.accesses_of(key.id) if access.is_usable_now(now) and _suits(access, key)]


def _suits(access: AccessLike, key: KeyLike) -> bool:
    return access.permission is None or not access.permission.only_oauth or key.type == "OAUTH2"


class RateLimiter:
    """Counts requests by address and second; whoever exceeds the limit waits."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Nobody has asked anything yet."""
        self._clock = clock
        self._lock = threading.Lock()
        self._counts: dict[str, tuple[int, int]] = {}
        self._blocked_until: dict[str, float] = {}

    def seconds_to_wait(self, address: str, limit_per_s: int, wait_s: int) -> int:
        """Count a request; 0 when it may pass, else what `retry-after` says."""
        if limit_per_s <= 0:
            return 0
        now = self._clock()
        with self._lock:
            left = self._blocked_until.get(address, 0.0) - now
            if left > 0:
                return max(1, round(left))
            second, count = self._counts.get(address, (int(now), 0))
            count = count + 1 if second == int(now) else 1
            self._counts[address] = (int(now), count)
            if count <= limit_per_s:
                return 0
            self._blocked_until[address] = now + wait_s
            return wait_s
