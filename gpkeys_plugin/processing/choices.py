"""The words that parameters offer to choose from, as the use cases know them.

Written here once more, since QGIS asks for them at its start, and the use cases are imported when an algorithm runs. A
test compares the two.
"""

from __future__ import annotations

KEY_TYPES = ("BASIC", "HASH", "OAUTH2")
"""`KeyType`: the types of key that can be made."""
HASH_STORAGES = ("URL", "HEADER")
"""`HashStorage`: where QGIS keeps a hash."""
SAFE_CAUSES = ("dead-shared-hash", "unknown-configuration", "ended-key")
"""`Cause`: those under which a layer is dark for sure."""
CAUSES = (
    "old-geoportail",
    *SAFE_CAUSES,
    "foreign-hash",
    "foreign-configuration",
    "login-in-url",
    "no-credential",
)
"""`Cause`: all for which a layer can be mended."""
