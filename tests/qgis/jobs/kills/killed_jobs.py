"""The jobs that are killed, each from the state it begins in."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from gpkeys_plugin.entrepot.models import Key, KeyType
from gpkeys_plugin.jobs.add_services import extend_key
from gpkeys_plugin.jobs.connect_existing import ExistingKeyConnector
from gpkeys_plugin.jobs.create_key import KeyCreator
from gpkeys_plugin.jobs.delete_key import delete_key, deletion_outlook, remove_leftovers
from gpkeys_plugin.jobs.edit_key import KeyEditor
from gpkeys_plugin.jobs.file_repair.repair_files import FileRepairer, undo_files
from gpkeys_plugin.jobs.finish_rotation import finish_rotation
from gpkeys_plugin.jobs.make_missing_configuration import ConfigurationMaker
from gpkeys_plugin.jobs.repair.repair_connections import ConnectionRepairer, undo_connections
from gpkeys_plugin.jobs.repair.repair_layers import LayerRepairer
from gpkeys_plugin.jobs.repair.undo_repair import RepairUndoer
from gpkeys_plugin.jobs.rotate_key import KeyRotator
from gpkeys_plugin.jobs.running.task import Progress
from gpkeys_plugin.jobs.share.dedicated_key_and_copy import DedicatedCopier
from gpkeys_plugin.jobs.share.share_values import CopyRequest
from gpkeys_plugin.jobs.values import ConfigurationRequest, ConnectRequest, RotationRequest
from gpkeys_plugin.keys.draft import HashStorage
from gpkeys_plugin.keys.layer_needs.credential_replacement import Configuration
from gpkeys_plugin.keys.upkeep.key_edits import KeyEdit, difference
from gpkeys_plugin.store.configurations import auth_configs
from gpkeys_plugin.store.records import installed_keys
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.key_pages import page_of
from tests.qgis.jobs.kills.connecting_jobs import connection_anew, hash_moved, made_on_the_web
from tests.qgis.jobs.kills.mending_jobs import (
    BORROWED,
    dark_by_configuration,
    dark_by_hash,
    dark_connections,
    dark_files,
    mend_connections,
    mend_files,
    mend_layers,
    mend_layers_anew,
    undo_of_connections,
    undo_of_files,
    undoing,
)
from tests.qgis.jobs.kills.points import Killed, Points, watched
from tests.qgis.jobs.kills.world import projects_folder
from tests.qgis.jobs.test_create_key import create, draft_of

Work = Callable[[Progress], Any]
_REQUEST = RotationRequest("essai-urbanisme-2", "Autre-mot-de-passe-27")  # pragma: allowlist secret - made up


@dataclass(frozen=True)
class KilledJob:
    """A job; `prepare` makes the state it begins in and returns it. It runs the use cases in `of`.

    One that `is_asked_again` keeps no record of what was begun: its one way out is that the user asks for the same.
    `again` returns that, where it is worked out anew from what there is then. Where it `leads_back`, that undoes what
    was done of the job: a mending, asked for again, after an undo that was cut off. `make test` kills those that are
    `often`, `make kill` all. What `is_kept_elsewhere` is in the open project or in files, and nothing of it in the
    profile.
    """

    name: str
    prepare: Callable[[Bench], Work]
    is_asked_again: bool = False
    of: tuple[Callable[..., Any], ...] = ()
    again: Callable[[Bench], Work] | None = None
    leads_back: bool = False
    often: bool = True
    is_kept_elsewhere: bool = False


def run(bench: Bench, work: Work, points: Points) -> None:
    """Run a job past the points, to its end or to where it is killed."""

    def outlived(progress: Progress) -> None:
        # What a thread cannot end with: the process would have.
        with suppress(Killed):
            work(progress)

    # Whatever was read while the job was prepared, each run asks for it.
    bench.signed_in.known.forget()
    with watched(points):
        bench.run(outlived)


def _creation(type_: KeyType, storage: HashStorage = HashStorage.URL) -> Callable[[Bench], Work]:
    def prepare(bench: Bench) -> Work:
        draft = replace(draft_of(bench, type_), hash_storage=storage)
        return lambda progress: KeyCreator(bench.signed_in, bench.creations, bench.main_thread, progress).create(draft)

    return prepare


def _rotation(type_: KeyType, *, is_held: bool = True) -> Callable[[Bench], Work]:
    def prepare(bench: Bench) -> Work:
        created = create(bench, draft_of(bench, type_))
        if not is_held:
            auth_configs.remove(created.authcfg)
        page = page_of(bench, created.key)

        def work(progress: Progress) -> None:
            rotator = KeyRotator(bench.signed_in, bench.rotations, bench.main_thread, progress)
            rotation = rotator.rotate(page, _REQUEST)
            finish_rotation(rotation.id, bench.signed_in, bench.rotations, bench.main_thread, progress)

        return work

    return prepare


def _connection(type_: KeyType) -> Callable[[Bench], Work]:
    def prepare(bench: Bench) -> Work:
        page = page_of(bench, create(bench, draft_of(bench, type_)).key)
        return lambda progress: ExistingKeyConnector(bench.signed_in, bench.main_thread, progress).connect(
            page, ConnectRequest()
        )

    return prepare


def _edit(type_: KeyType) -> Callable[[Bench], Work]:
    def prepare(bench: Bench) -> Work:
        draft = draft_of(bench, type_)
        page = page_of(bench, create(bench, replace(draft, grants=draft.grants[:2])).key)
        edit = KeyEdit("Autre nom", draft.grants[1:], user_agent="QGIS")
        wanted = difference(page.details, page.accesses, edit)
        return lambda progress: KeyEditor(bench.signed_in, bench.main_thread, progress).edit(page, wanted)

    return prepare


def _renaming(bench: Bench) -> Work:
    draft = draft_of(bench, KeyType.BASIC)
    page = page_of(bench, create(bench, draft).key)
    wanted = difference(page.details, page.accesses, KeyEdit("Autre nom", draft.grants))
    return lambda progress: KeyEditor(bench.signed_in, bench.main_thread, progress).edit(page, wanted)


def _extension(*, is_connected: bool) -> Callable[[Bench], Work]:
    def prepare(bench: Bench) -> Work:
        draft = draft_of(bench, KeyType.OAUTH2)
        key = create(bench, replace(draft, grants=draft.grants[:1]), is_connected=is_connected).key
        return lambda progress: extend_key(key, draft.grants, bench.signed_in, bench.main_thread, progress)

    return prepare


def _deletion(type_: KeyType) -> Callable[[Bench], Work]:
    def prepare(bench: Bench) -> Work:
        page = page_of(bench, create(bench, draft_of(bench, type_)).key)
        outlook = bench.run(partial(deletion_outlook, page, bench.signed_in, bench.main_thread))
        return lambda progress: delete_key(page, outlook, bench.signed_in, bench.main_thread, progress)

    return prepare


def _leftovers(bench: Bench) -> Work:
    """Make a key and have it deleted elsewhere; return what removes what is left of it here."""
    key, client = create(bench, draft_of(bench, KeyType.BASIC)).key, bench.signed_in.client()
    bench.run(lambda _: client.delete_key(key.id))
    return _removal_of_leftovers(bench)


def _removal_of_leftovers(bench: Bench) -> Work:
    (left, *_), authcfg = (*installed_keys.installed(bench.signed_in.api_url), None), bench.signed_in.authcfg
    return lambda _: None if left is None else remove_leftovers(left, authcfg, bench.main_thread)


def _unconnected(bench: Bench) -> Work:
    draft = draft_of(bench, KeyType.BASIC)
    return lambda progress: KeyCreator(bench.signed_in, bench.creations, bench.main_thread, progress).create(
        draft, is_connected=False
    )


def _configuration(type_: KeyType) -> Callable[[Bench], Work]:
    return lambda bench: _making(bench, create(bench, draft_of(bench, type_)).key)


def _configuration_anew(bench: Bench) -> Work:
    key, draft = made_on_the_web(bench, KeyType.BASIC), draft_of(bench, KeyType.BASIC)
    return _making(bench, key, draft.password)


def _making(bench: Bench, key: Key, password: str = "") -> Work:
    page, request = page_of(bench, key), ConfigurationRequest(BORROWED, password)
    return lambda progress: ConfigurationMaker(bench.signed_in, bench.main_thread, progress).make(page, request)


def _dedicated_key_alone(bench: Bench) -> Work:
    page = page_of(bench, create(bench, draft_of(bench, KeyType.HASH)).key)
    request = CopyRequest("Serveur")
    return lambda progress: DedicatedCopier(bench.signed_in, bench.creations, bench.main_thread, progress).make(
        page, request
    )


def _dedicated_key(bench: Bench) -> Work:
    page = page_of(bench, create(bench, draft_of(bench, KeyType.HASH)).key)
    folder = projects_folder()
    project, copy = folder / "plan.qgs", folder / "copie.qgs"
    folder.mkdir(exist_ok=True)
    copy.unlink(missing_ok=True)
    source = f"url=http://127.0.0.1/wms?apikey={page.details.hash}"
    project.write_text(f"<qgis><datasource>{source}</datasource></qgis>", encoding="utf-8")
    request = CopyRequest("Serveur", ("192.0.2.7",), project, copy)
    return lambda progress: DedicatedCopier(bench.signed_in, bench.creations, bench.main_thread, progress).make(
        page, request
    )


_CREATE = (KeyCreator.create,)
_ROTATE = (KeyRotator.rotate, finish_rotation)
_CONNECT = (ExistingKeyConnector.connect,)
_EDIT = (KeyEditor.edit,)
_DELETE = (delete_key,)
_CONFIGURE = (ConfigurationMaker.make,)
_DEDICATED = (DedicatedCopier.make, KeyCreator.create_for_copy)
_MEND = (LayerRepairer.repair,)
_UNMEND = (RepairUndoer.undo,)
_MEND_FILES = (FileRepairer.repair,)
_BORROWED = Configuration(BORROWED)
_seldom = partial(KilledJob, often=False)

JOBS = (
    KilledJob("create-basic", _creation(KeyType.BASIC), of=_CREATE),
    KilledJob("create-hash", _creation(KeyType.HASH), of=_CREATE),
    KilledJob("create-oauth2", _creation(KeyType.OAUTH2), of=_CREATE),
    KilledJob("rotate-basic", _rotation(KeyType.BASIC), of=_ROTATE),
    KilledJob("rotate-hash", _rotation(KeyType.HASH), of=_ROTATE),
    KilledJob("connect-basic", _connection(KeyType.BASIC), is_asked_again=True, of=_CONNECT),
    KilledJob("connect-hash", _connection(KeyType.HASH), is_asked_again=True, of=_CONNECT),
    KilledJob("connect-basic-anew", connection_anew(KeyType.BASIC), is_asked_again=True, of=_CONNECT),
    KilledJob("connect-hash-anew", connection_anew(KeyType.HASH), is_asked_again=True, of=_CONNECT),
    KilledJob("edit-basic", _edit(KeyType.BASIC), of=_EDIT),
    KilledJob("edit-hash", _edit(KeyType.HASH), of=_EDIT),
    KilledJob("rename-basic", _renaming, of=_EDIT),
    KilledJob("extend-oauth2", _extension(is_connected=True), of=(extend_key,)),
    KilledJob("extend-unconnected", _extension(is_connected=False), of=(extend_key,)),
    KilledJob("delete-basic", _deletion(KeyType.BASIC), of=_DELETE),
    KilledJob("delete-hash", _deletion(KeyType.HASH), of=_DELETE),
    _seldom("remove-leftovers", _leftovers, True, (remove_leftovers,), _removal_of_leftovers),
    KilledJob("create-unconnected", _unconnected, of=_CREATE),
    KilledJob("configuration-basic", _configuration(KeyType.BASIC), is_asked_again=True, of=_CONFIGURE),
    KilledJob("configuration-anew", _configuration_anew, is_asked_again=True, of=_CONFIGURE),
    KilledJob("configuration-oauth2", _configuration(KeyType.OAUTH2), is_asked_again=True, of=_CONFIGURE),
    KilledJob("dedicated-key", _dedicated_key, of=(*_DEDICATED, KeyCreator.note_copy)),
    _seldom("dedicated-key-alone", _dedicated_key_alone, of=_DEDICATED),
    _seldom("mend-layers", dark_by_hash(), True, _MEND, mend_layers_anew),
    _seldom("mend-layers-opening", dark_by_hash(is_lacking=True), True, (*_MEND, *_EDIT), mend_layers_anew),
    _seldom("mend-layers-configuring", dark_by_configuration(), True, (*_MEND, *_CONFIGURE), mend_layers_anew),
    _seldom("undo-layers", undoing(dark_by_hash()), True, _UNMEND, mend_layers, True, is_kept_elsewhere=True),
    KilledJob("undo-layers-configuring", undoing(dark_by_configuration()), True, _UNMEND, mend_layers, leads_back=True),
    KilledJob("mend-connections", dark_connections, True, (ConnectionRepairer.repair,), mend_connections),
    _seldom("undo-connections", undo_of_connections, True, (undo_connections,), mend_connections, leads_back=True),
    KilledJob("mend-files", dark_files(), True, _MEND_FILES, mend_files, is_kept_elsewhere=True),
    _seldom("mend-files-configuring", dark_files(_BORROWED, KeyType.BASIC), True, _MEND_FILES, mend_files),
    _seldom("undo-files", undo_of_files, True, (undo_files,), mend_files, True, is_kept_elsewhere=True),
)

_URL, _HEADER = HashStorage.URL, HashStorage.HEADER
HEADER_JOBS = (
    KilledJob("create-header", _creation(KeyType.HASH, _HEADER), of=_CREATE),
    KilledJob("connect-header-anew", connection_anew(KeyType.HASH, _HEADER), is_asked_again=True, of=_CONNECT),
    KilledJob("move-hash-to-url", hash_moved(_HEADER, _URL), is_asked_again=True, of=_CONNECT),
    KilledJob("move-hash-to-header", hash_moved(_URL, _HEADER), is_asked_again=True, of=_CONNECT),
)
"""Those that need a QGIS which keeps hashes for headers."""
