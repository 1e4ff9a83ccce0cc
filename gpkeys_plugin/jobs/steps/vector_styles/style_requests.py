"""The files of a producer's styles, asked for where a style may be, and with the key where that belongs."""

from __future__ import annotations

import time
from threading import Lock
from typing import Callable

import requests

from ....entrepot.errors import RequestCancelled, SignInFailed, SignInRequired
from ....entrepot.translatable_text import Text
from ....keys.services import style_addresses
from ....keys.services.style_addresses import SpriteAddresses
from ....store.services.style_document import UnreadableStyle
from ....store.services.vector_tile_style import Sprites, read_sprites
from ...running.task import Progress
from ..account_sessions import SignedIn
from ..service_probe import Credential

_PATIENCE_S = 10
_MOST_MEGABYTES = 5
_MOST_REDIRECTS = 3


class StyleFiles:
    """The files that the styles of one layer are made of; may be used by several threads at once.

    `tiles_url` is the address of the tiles without the key's secret. The key goes below the private addresses of their
    host and nowhere else: icons often lie with somebody else, who gets the request that any web map would send him.
    """

    def __init__(self, signed_in: SignedIn, credential: Credential, tiles_url: str, progress: Progress) -> None:
        self._signed_in = signed_in
        self._credential = credential
        self._tiles_url = tiles_url
        self._root = style_addresses.private_root(tiles_url) if signed_in.is_on_platform(tiles_url) else ""
        self._progress = progress
        self._sprites: dict[SpriteAddresses, Sprites | Text] = {}
        self._lock = Lock()

    def get(self, url: str) -> bytes:
        """Return a file; raise UnreadableStyle where it can't be had, also where the user stopped it."""
        deadline = time.monotonic() + _PATIENCE_S
        try:
            response = self._follow(url, lambda: self._progress.is_cancelled() or time.monotonic() > deadline)
        except requests.RequestException as error:
            raise UnreadableStyle(_reason(error)) from error
        if not response.ok:
            raise UnreadableStyle(_REFUSALS.get(response.status_code) or _refusal(response.status_code))
        if len(response.content) > _MOST_MEGABYTES * 1_000_000:
            raise UnreadableStyle(_TOO_LARGE)
        return response.content

    def sprites(self, address: SpriteAddresses) -> Sprites | Text:
        """Return the icons, or why there are none; the styles of a layer mostly share them, so they are read once."""
        with self._lock:
            if address not in self._sprites:
                self._sprites[address] = self._read_sprites(address)
            return self._sprites[address]

    def _read_sprites(self, address: SpriteAddresses) -> Sprites | Text:
        try:
            return read_sprites(self.get(address.index), self.get(address.image))
        except UnreadableStyle as unreadable:
            return unreadable.reason

    def _follow(self, url: str, is_over: Callable[[], bool]) -> requests.Response:
        """Ask, and follow to where one is sent: each time anew it is decided whether the key goes along."""
        credential = self._credential if self._root else Credential()
        session = self._signed_in.service_session(credential.authcfg, self._root, is_over, credential.hash)
        for _ in range(1 + _MOST_REDIRECTS):
            if not style_addresses.may_be_asked(url, self._tiles_url):
                raise UnreadableStyle(_UNPROTECTED)
            response = session.get(url, timeout=_PATIENCE_S, allow_redirects=False)
            if not response.is_redirect:
                return response
            url = style_addresses.joined(url, response.headers["location"])
        raise UnreadableStyle(_NO_ANSWER)


def _reason(error: requests.RequestException) -> Text:
    if isinstance(error, (RequestCancelled, requests.Timeout)):
        return _TOO_SLOW
    return _NOT_SIGNED_IN if isinstance(error, (SignInRequired, SignInFailed)) else _NO_ANSWER


def _refusal(status: int) -> Text:
    return Text("the server answers {status}", {"status": status})


_TOO_SLOW = Text("the file did not come within {seconds} seconds", {"seconds": _PATIENCE_S})
_TOO_LARGE = Text("the file is larger than {megabytes} MB", {"megabytes": _MOST_MEGABYTES})
_NO_ANSWER = Text("the server does not answer")
_NOT_SIGNED_IN = Text("the session has ended")
_UNPROTECTED = Text("its address is not protected: only https addresses are accepted")
_NOT_OPENED = Text("the key does not open the file")
_REFUSALS = {401: _NOT_OPENED, 403: _NOT_OPENED, 404: Text("the file is not there")}
