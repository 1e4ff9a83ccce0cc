"""A session that was begun and is kept nowhere yet: no job, no script and no layer finds it."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..entrepot.models import Account
from .authentication import sign_in_messages, token_file
from .authentication.sign_in_client import SignInClient, read_setup
from .authentication.token_file import NewTokens
from .sign_out import end_session


@dataclass(frozen=True)
class UnkeptSession:
    """The configuration it belongs to, its tokens, and its account where that could be asked for.

    `tokens` is None for a session that stays where it is, because only QGIS can read it.
    """

    setup: SignInClient
    tokens: NewTokens | None = field(default=None, repr=False)
    account: Account | None = None

    def keep_in(self, authcfg: str) -> SignInClient:
        """Put it where QGIS keeps its own, for a configuration with the same client, and return that configuration.

        Raises OSError when it cannot be written, GpkeysError where there is no such configuration.
        """
        setup = self.setup if authcfg == self.setup.authcfg else read_setup(authcfg)
        if setup is None:
            raise sign_in_messages.unreadable(authcfg)
        if self.tokens is not None:
            token_file.keep_session(authcfg, setup.client_id, self.tokens, outlives_qgis=setup.keeps_session)
        return setup

    def end(self) -> None:
        """Have the sign-in service end it."""
        if self.tokens is not None and self.tokens.refresh:
            end_session(self.setup, self.tokens.refresh)
