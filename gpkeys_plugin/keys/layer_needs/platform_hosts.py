"""What of the world is the Géoplateforme: the host of its services, and those of the Géoportail before it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ..services.platform_address_check import base_url as base_of

OLD_HOSTS = frozenset({"wxs.ign.fr", "gpp3-wxs.ign.fr"})
"""Where the services of the Géoportail were, until 2024; projects still ask there."""
_DEFAULT_PORT = ":443"
_VERSIONED = {"tms": "tms/1.0.0"}


@dataclass(frozen=True)
class Platform:
    """One Géoplateforme. `base_url` is scheme and host of its services, empty where none is known.

    No secret is put into a source that asks another host.
    """

    base_url: str

    @classmethod
    def of(cls, api_url: str) -> Platform:
        """Return the platform of an API: its services are on the same host."""
        return cls(base_of(api_url))

    @cached_property
    def host(self) -> str:
        """Host and port as in `host_of`."""
        scheme, _, host = self.base_url.partition("://")
        return host_of(scheme, host)

    @property
    def is_protected(self) -> bool:
        """Whether its services are asked over https only."""
        return self.base_url.lower().startswith("https:")

    def private_root(self, endpoint: str) -> str:
        """Return the root of the service that asks for a key, as `LayerSource.root` has it."""
        return f"{self.base_url}/private/{_VERSIONED.get(endpoint, endpoint)}"

    def is_mentioned(self, source: str) -> bool:
        """Return whether a source may ask this platform or the old Géoportail: a cheap look before it is read."""
        text = source.lower()
        return any(name in text for name in self._names)

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.host.partition(":")[0], *OLD_HOSTS)))


def host_of(scheme: str, host: str) -> str:
    """Return a host as hosts are compared: lower case, without the port that https has by itself."""
    text = host.lower()
    return text[: -len(_DEFAULT_PORT)] if scheme.lower() == "https" and text.endswith(_DEFAULT_PORT) else text
