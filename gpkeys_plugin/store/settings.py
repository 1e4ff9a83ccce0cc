"""Every setting of the plugin, declared once: key, type, default, description. None of them holds a secret.

That of the window, which is read at each start of QGIS, is in `window_settings`.
"""

from __future__ import annotations

from ..keys.draft import HashStorage
from .setting import Setting

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


FIRST_PORT, LAST_PORT = 1024, 65535


def reply_ports() -> tuple[int, ...]:
    """Return the ports to try for the reply of the sign-in page, the preferred one first: never an empty list."""
    usable = tuple(port for port in REPLY_PORTS.get() if FIRST_PORT <= port <= LAST_PORT)
    return usable or REPLY_PORTS.default


# Of an environment, by the name that its settings are kept under (`Environment.settings_name`).


def sign_in_authcfg(environment_name: str) -> Setting[str]:
    """Return the setting that holds the id of the OAuth2 configuration used to sign in to an environment."""
    return Setting(f"sign_in/{environment_name}/authcfg", "", "OAuth2 authentication configuration used to sign in.")


def last_account(environment_name: str) -> Setting[str]:
    """Return the setting that holds the id of the account in use, signed in or not, empty for none."""
    return Setting(f"sign_in/{environment_name}/account", "", "Account that was signed in last; another one is asked.")


def signed_in_accounts(environment_name: str) -> str:
    """Return the key below which the accounts that were signed in are kept, a setting an account."""
    return f"sign_in/{environment_name}/accounts"
