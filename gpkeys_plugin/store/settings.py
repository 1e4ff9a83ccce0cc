"""Every setting of the plugin, declared once: key, type, default, description. None of them holds a secret.

That of the window, which is read at each start of QGIS, is in `window_settings`.
"""

from __future__ import annotations

from ..keys.draft import HashStorage
from .preset.preset_setting import PresetSetting
from .preset.preset_values import FIRST_PORT, LAST_PORT
from .qgis_settings.setting import Setting

ENVIRONMENT = PresetSetting(
    "environment",
    "production",
    "Name of the environment to work with: one that comes with the plugin, or `custom`.",
)
CUSTOM_API_URL = PresetSetting("custom/api_url", "", "Root of the Entrepôt API of the custom environment.")
CUSTOM_SSO_URL = PresetSetting("custom/sso_url", "", "Root of the OpenID realm of the custom environment.")
CUSTOM_CLIENT_ID = PresetSetting("custom/client_id", "qgis", "OAuth2 client of the custom environment.")
CUSTOM_IS_CONFIDENTIAL = PresetSetting(
    "custom/is_confidential",
    True,
    "Whether the OAuth2 client of the custom environment needs a client secret.",
)
REPLY_PORTS: PresetSetting[tuple[int, ...]] = PresetSetting(
    "sign_in/reply_ports",
    (7070, 7071, 7072, 7073),
    "Ports of this machine tried for the reply of the sign-in page.",
)
KEEP_SIGNED_IN = PresetSetting("sign_in/keep", True, "Whether the session outlives QGIS (kept in the profile).")
HASH_STORAGE = PresetSetting("wizard/hash_storage", HashStorage.URL, "Where the hash of a new HASH key is kept first.")
CLEAR_COPIES = PresetSetting(
    "share/clear_copies",
    True,
    "Whether a copy of a project is offered that holds the hash of a key of its own in clear. Not in the options.",
)
LISTING_PAGES: Setting[tuple[int, ...]] = Setting(
    "listings/pages", (), "How many pages the permissions of the account, of its communities, and the keys had."
)
LOOK_UP_TITLES = PresetSetting(
    "titles/look_up",
    True,
    "Whether titles of services are looked up in the platform's public catalogue.",
)
TELL_OF_LAYERS = PresetSetting(
    "repair/tell",
    True,
    "Whether a line says, when a project is opened, that some of its layers need a key.",
)
TELL_OF_HASHES = PresetSetting(
    "share/tell_of_hashes",
    True,
    "Whether one is told that a project that was saved holds a hash in clear.",
)

TELL_OF_KEYS = PresetSetting(
    "share/tell_of_keys",
    True,
    "Whether one is told, once a project that was saved, that who opens it elsewhere needs a key.",
)
PROJECTS_TOLD = Setting("share/projects_told", "", "Digests of the projects, each with its keys, of which it was told.")


def reply_ports() -> tuple[int, ...]:
    """Return the ports to try for the reply of the sign-in page, the preferred one first: never an empty list."""
    usable = tuple(port for port in REPLY_PORTS.get() if FIRST_PORT <= port <= LAST_PORT)
    return usable or REPLY_PORTS.default


def fixed_hash_storage() -> HashStorage | None:
    """Return where a hash goes by an administrator's word, None where that is for the user to say."""
    return HASH_STORAGE.get() if HASH_STORAGE.is_fixed() else None


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
