"""Every setting of the plugin, declared once: key, type, default, description. None of them holds a secret."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any, Callable, Generic, Mapping, TypeVar

from qgis.core import QgsSettings

from ..keys.draft import HashStorage

PREFIX = "gpkeys/"

T = TypeVar("T")


@dataclass(frozen=True)
class Setting(Generic[T]):
    """One setting: where it is kept below `gpkeys/`, what it is worth when unset, what it is for."""

    key: str
    default: T
    description: str

    def get(self) -> T:
        """Return the stored value, or the default when nothing readable is stored."""
        stored = QgsSettings().value(PREFIX + self.key)
        if stored is None:
            return self.default
        try:
            return _read(stored, self.default)
        except (ValueError, TypeError):
            return self.default

    def set(self, value: T) -> None:
        """Store a value."""
        QgsSettings().setValue(PREFIX + self.key, _write(value))

    def reset(self) -> None:
        """Forget the stored value, so that the default counts again."""
        QgsSettings().remove(PREFIX + self.key)


def _read_bool(stored: Any) -> bool:
    return str(stored).lower() in ("true", "1")


def _read_ports(stored: Any) -> tuple[int, ...]:
    return tuple(int(part) for part in str(stored).split(",") if part.strip())


_READERS: Mapping[type, Callable[[Any], Any]] = {bool: _read_bool, int: int, float: float, str: str, tuple: _read_ports}


def _read(stored: Any, default: T) -> T:
    """Turn what QSettings gave back (often a text) into a value of the default's type."""
    if isinstance(default, Enum):
        return type(default)(str(stored))
    value: T = _READERS[type(default)](stored)
    return value


def _write(value: object) -> object:
    """Turn a value into one that every settings format keeps unchanged."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return ",".join(str(part) for part in value)
    return value


ENVIRONMENT = Setting("environment", "production", "Name of the environment to work with: a preset, or `custom`.")
CUSTOM_API_URL = Setting("custom/api_url", "", "Root of the Entrepôt API of the custom environment.")
CUSTOM_SSO_URL = Setting("custom/sso_url", "", "Root of the OpenID realm of the custom environment.")
CUSTOM_CLIENT_ID = Setting("custom/client_id", "qgis", "OAuth2 client of the custom environment.")
CUSTOM_IS_CONFIDENTIAL = Setting(
    "custom/is_confidential", True, "Whether the OAuth2 client of the custom environment needs a client secret."
)
REPLY_PORTS: Setting[tuple[int, ...]] = Setting(
    "sign_in/reply_ports", (7070, 7071, 7072, 7073), "Ports of this machine tried for the reply of the sign-in page."
)
KEEP_SIGNED_IN = Setting("sign_in/keep", True, "Whether the session outlives QGIS (kept in the profile).")
HASH_STORAGE = Setting("wizard/hash_storage", HashStorage.URL, "Where the hash of a new HASH key is kept first.")
LOOK_UP_TITLES = Setting(
    "titles/look_up", True, "Whether titles of services are looked up in the platform's public catalogue."
)
TELL_OF_LAYERS = Setting(
    "repair/tell", True, "Whether a line says, when a project is opened, that some of its layers need a key."
)
TELL_OF_HASHES = Setting(
    "share/tell_of_hashes", True, "Whether one is told that a project that was saved holds a hash in clear."
)
DOCK_VISIBLE = Setting("window/dock_visible", False, "Whether the panel was open when QGIS was closed.")


FIRST_PORT, LAST_PORT = 1024, 65535


def reply_ports() -> tuple[int, ...]:
    """Return the ports to try for the reply of the sign-in page, the preferred one first: never an empty list."""
    usable = tuple(port for port in REPLY_PORTS.get() if FIRST_PORT <= port <= LAST_PORT)
    return usable or REPLY_PORTS.default


def sign_in_authcfg(environment_name: str) -> Setting[str]:
    """Return the setting that holds the id of the OAuth2 configuration used to sign in to an environment."""
    return Setting(f"sign_in/{environment_name}/authcfg", "", "OAuth2 authentication configuration used to sign in.")


def last_account(environment_name: str) -> Setting[str]:
    """Return the setting that holds the id of the account that was the last one signed in to an environment."""
    return Setting(f"sign_in/{environment_name}/account", "", "Account that was signed in last; another one is asked.")
