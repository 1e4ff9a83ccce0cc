"""What writes a key into QGIS that has nothing of it, or has its hash elsewhere, each from the state it begins in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from gpkeys_plugin.entrepot.models import Key, KeyCreation, KeyType
from gpkeys_plugin.jobs.connect_existing import ExistingKeyConnector
from gpkeys_plugin.jobs.running.task import Progress
from gpkeys_plugin.jobs.values import ConnectRequest
from gpkeys_plugin.keys.draft import HashStorage
from gpkeys_plugin.keys.upkeep.draft_requests import access_steps
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.key_pages import page_of
from tests.qgis.jobs.test_create_key import create, draft_of

Work = Callable[[Progress], Any]

PASSWORDS = {
    "essai-urbanisme": "Mot-de-passe-26",  # pragma: allowlist secret - made up
    "essai-urbanisme-2": "Autre-mot-de-passe-27",  # pragma: allowlist secret - made up
}


def made_on_the_web(bench: Bench, type_: KeyType, name: str = "Essai été") -> Key:
    """Make a key on the web site, of which this QGIS knows nothing."""
    draft, is_basic = draft_of(bench, type_, name), type_ is KeyType.BASIC
    creation = KeyCreation(name, type_)
    if is_basic:
        creation = replace(creation, login=draft.login, password=draft.password)

    def make(_: Progress) -> Key:
        client = bench.signed_in.client()
        there = client.keys()
        key = client.create_key(creation, existing_ids=[key.id for key in there]).key
        for step in access_steps(draft.grants):
            client.create_accesses(key.id, step.permission_id, step.offering_ids)
        return key

    key: Key = bench.run(make)
    return key


def connecting(bench: Bench, key: Key, storage: HashStorage = HashStorage.URL) -> Work:
    """Return what connects a key, as the window does with what the user types."""
    page = page_of(bench, key)
    request = ConnectRequest(storage, PASSWORDS.get(page.details.login or "", ""))
    return lambda progress: ExistingKeyConnector(bench.signed_in, bench.main_thread, progress).connect(page, request)


def connection_anew(type_: KeyType, storage: HashStorage = HashStorage.URL) -> Callable[[Bench], Work]:
    """Return what makes a key on the web site and returns what connects it."""
    return lambda bench: connecting(bench, made_on_the_web(bench, type_), storage)


def hash_moved(before: HashStorage, after: HashStorage) -> Callable[[Bench], Work]:
    """Return what makes a key whose hash is in one place, and returns what connects it with its hash in another one."""

    def prepare(bench: Bench) -> Work:
        draft = replace(draft_of(bench, KeyType.HASH), hash_storage=before)
        return connecting(bench, create(bench, draft).key, after)

    return prepare
