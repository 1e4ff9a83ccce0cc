"""Use case for scripts: write a key that exists into QGIS."""

from __future__ import annotations

from ...entrepot.errors import ErrorCode, GpkeysError
from ...entrepot.models import KeyType
from ...entrepot.translatable_text import Text
from ...keys.draft import HashStorage
from ...store import settings
from ...store.configurations import auth_configs
from ..connect_existing import ExistingKeyConnector
from ..values import ConnectRequest, KeyPage
from .key_outcome import KeyOutcome, connected
from .script_context import BasicCredentials, Script, basic_credentials


def connect_key(script: Script, wanted: str, credentials: str, storage: HashStorage | None) -> KeyOutcome:
    """Write a key into this QGIS, or write it anew. `credentials`: a Basic configuration with the key's password."""
    page = script.page(script.key(wanted))
    known = basic_credentials(script, credentials) if credentials else None
    _check_credentials(page, known)
    chosen = storage or settings.fixed_hash_storage() or page.held.hash_storage or settings.HASH_STORAGE.get()
    request = ConnectRequest(chosen, known.password if known else "")
    connector = ExistingKeyConnector(script.signed_in, script.main_thread, script.progress)
    return connected(script, connector.connect(page, request))


def _check_credentials(page: KeyPage, known: BasicCredentials | None) -> None:
    details = page.details
    if details.key.type is not KeyType.BASIC:
        return
    if known is None and not auth_configs.exists(page.held.authcfg):
        raise GpkeysError(
            ErrorCode.INVALID,
            Text("QGIS does not know the password of “{name}”, and the Géoplateforme does not give it.", _name(page)),
            "no password for a BASIC key",
            advice=Text("Keep it in a Basic authentication configuration and give its id as CREDENTIALS."),
        )
    if known is not None and details.login and known.login != details.login:
        raise GpkeysError(
            ErrorCode.INVALID,
            Text("The user name in CREDENTIALS is not that of “{name}”.", _name(page)),
            "the credentials are another key's",
            advice=Text("Choose the Basic authentication configuration of this key."),
        )


def _name(page: KeyPage) -> dict[str, object]:
    return {"name": page.details.key.name}
