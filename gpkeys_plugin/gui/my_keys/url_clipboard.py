"""What is copied of a key: URLs and commands, the secret only on request and for a minute."""

from __future__ import annotations

from qgis.PyQt.QtWidgets import QApplication

from ...jobs.running.translate import tr
from ...jobs.values import KeyPage
from ...jobs.window.my_keys_jobs import MyKeysJobs
from ...keys.services.connection_plans import ServedLayer
from ..parts import theme
from ..parts.labels import FieldMessage
from ..parts.secret_copy import SecretCopy


class UrlClipboard:
    """Copies, and says so at `message`."""

    def __init__(self, jobs: MyKeysJobs, message: FieldMessage) -> None:
        self._jobs, self._message = jobs, message
        self._secret_copy = SecretCopy(message)

    def copy_url(self, page: KeyPage | None, layer: ServedLayer, *, with_hash: bool) -> None:
        """Copy the URL of a service."""
        if page is not None:
            self._put(self._jobs.ready_url(page, layer, with_hash=with_hash), is_secret=with_hash)
            words = tr("The URL was copied with the hash, for a minute. Treat it like a password.")
            self._message.say(words if with_hash else tr("The URL was copied."), theme.Level.GOOD)

    def copy_command(self, page: KeyPage | None, layer: ServedLayer, *, with_hash: bool) -> None:
        """Copy a command that asks a service."""
        if page is not None:
            self._put_command(self._jobs.curl_line(page, layer, with_hash=with_hash), is_secret=with_hash)

    def copy_gdal(self, page: KeyPage | None, layer: ServedLayer, *, with_hash: bool) -> None:
        """Copy a command that has GDAL open a service."""
        if page is not None:
            self._put_command(self._jobs.gdal_line(page, layer, with_hash=with_hash), is_secret=with_hash)

    def _put_command(self, text: str, *, is_secret: bool) -> None:
        self._put(text, is_secret=is_secret)
        words = tr("The command was copied with the hash, for a minute. Treat it like a password.")
        self._message.say(words if is_secret else tr("The command was copied, without the secret."), theme.Level.GOOD)

    def _put(self, text: str, *, is_secret: bool) -> None:
        if is_secret:
            self._secret_copy.copy(text)
        else:
            QApplication.clipboard().setText(text)
