"""Answers that QGIS keeps on disk, forgotten with the secret they were asked with."""

from __future__ import annotations

from functools import partial
from typing import Collection

from ...store import qgis_capabilities_cache
from ...store.configurations import auth_config_snapshots, auth_configs
from ..running.main_thread import MainThread


def forget(secrets: Collection[str], main_thread: MainThread) -> None:
    """Forget what was asked with any of the secrets, as they stand in URLs and headers."""
    folder = main_thread.call(qgis_capabilities_cache.disk_folder)
    qgis_capabilities_cache.forget_answers(secrets, folder)


def forget_with(authcfg: str, main_thread: MainThread) -> None:
    """Remove a configuration, and forget what was asked with it; raises GpkeysError where it cannot be removed."""
    sent = main_thread.call(partial(auth_config_snapshots.sent_by, authcfg))
    main_thread.call(partial(auth_configs.remove, authcfg))
    forget(sent, main_thread)
