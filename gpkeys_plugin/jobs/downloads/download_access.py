"""From a key to the download service: what of it the key opens, and the way there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Callable, Iterable, Sequence

import requests

from ...entrepot.downloads.download_client import DownloadClient
from ...entrepot.downloads.download_errors import nothing_listed
from ...entrepot.downloads.models import Edition, RemoteFile
from ...entrepot.downloads.request_pace import RequestPace
from ...entrepot.errors import ErrorCode, GpkeysError
from ...entrepot.request_turns import side_by_side
from ...entrepot.retries import Patience
from ...entrepot.translatable_text import Text
from ...keys.downloads import edition_choice
from ...keys.downloads.edition_choice import EditionChoice
from ...keys.services.connection_plans import ServedLayer
from ...store.services.download_feed import read_feed
from ..check_key import credential_of
from ..running.task import Progress
from ..steps.account_sessions import SignedIn
from ..steps.service_probe import Credential
from ..values import KeyPage

DOWNLOAD = "DOWNLOAD"
"""The API's word for the addresses of the download service."""


@dataclass(frozen=True)
class DownloadResource:
    """A resource that a key opens; `licence` is the text of the permission, empty for an open one."""

    name: str
    root: str
    licence: str = ""


@dataclass(frozen=True)
class ListedEdition:
    """An edition, the resource it is one of, and its files."""

    resource: DownloadResource
    edition: Edition
    files: tuple[RemoteFile, ...]


@dataclass(frozen=True)
class DownloadAccess:
    """The way to the download service with a key."""

    key_name: str
    signed_in: SignedIn
    credential: Credential
    resources: tuple[DownloadResource, ...]

    def session(self, root: str, is_cancelled: Callable[[], bool]) -> requests.Session:
        """Return a session that carries the key to the service at `root`, as a header, and nowhere else."""
        return self.signed_in.service_session(self.credential.authcfg, root, is_cancelled, self.credential.hash)

    def client(self, root: str, patience: Patience) -> DownloadClient:
        """Return a client of the service at `root`."""
        session = self.session(root, patience.is_cancelled)
        return DownloadClient(session, root, read_feed, patience=patience, pace=pace_of(root))


def download_access(page: KeyPage, signed_in: SignedIn) -> DownloadAccess:
    """Return the way to what a key opens of the download service; raise GpkeysError where there is none."""
    name = page.details.key.name
    resources = resources_of(page)
    if not resources:
        raise GpkeysError(
            ErrorCode.INVALID,
            Text("The key “{name}” opens nothing that can be downloaded.", {"name": name}),
            "no DOWNLOAD offering",
            advice=Text("Add a download service to the key, or choose another key."),
        )
    credential = credential_of(page, signed_in)
    if credential is None:
        raise GpkeysError(
            ErrorCode.INVALID,
            Text("This QGIS does not hold the secret of the key “{name}”.", {"name": name}),
            "no credential for the key",
            advice=Text("Connect QGIS to the key first, with its password."),
        )
    return DownloadAccess(name, signed_in, credential, resources)


def named_resources(access: DownloadAccess, wanted: Sequence[str]) -> tuple[DownloadResource, ...]:
    """Return the resources of these names, all without a name; raise GpkeysError for a name the key does not open."""
    known = {resource.name: resource for resource in access.resources}
    strange = next((name for name in wanted if name not in known), None)
    if strange is not None:
        values = {"key": access.key_name, "name": strange, "names": ", ".join(known)}
        raise GpkeysError(
            ErrorCode.NOT_FOUND,
            Text("The key “{key}” opens no download “{name}”. It opens: {names}.", values),
            "no such resource",
            advice=Text("Check that the permission still holds and that the key opens this service."),
        )
    return tuple(known[name] for name in wanted) if wanted else access.resources


def list_editions(
    access: DownloadAccess, resources: Iterable[DownloadResource], choice: EditionChoice, progress: Progress
) -> tuple[ListedEdition, ...]:
    """Return the editions of resources that meet a choice, with their files; raise GpkeysError where none does."""
    patience = Patience(progress.is_cancelled, progress.tell_wait)
    found: list[tuple[DownloadResource, Edition]] = []
    for resource in resources:
        progress.tell(0, Text("Reading what “{name}” has to download…", {"name": resource.name}))
        known = access.client(resource.root, patience).editions(resource.name, edition_choice.service_filters(choice))
        found += [(resource, edition) for edition in edition_choice.chosen(known, choice)]
    if not found:
        raise nothing_listed(", ".join(resource.name for resource in resources))

    def with_files(pair: tuple[DownloadResource, Edition]) -> ListedEdition:
        resource, edition = pair
        client = access.client(resource.root, patience)
        return ListedEdition(resource, edition, client.files(edition.resource, edition.name))

    return tuple(side_by_side(with_files, found))


@cache
def pace_of(root: str) -> RequestPace:
    """Return the pace at which this QGIS asks a service: it counts requests, whoever sends them."""
    return RequestPace()


def resources_of(page: KeyPage) -> tuple[DownloadResource, ...]:
    """Return what a key opens of the download service."""
    found: dict[str, DownloadResource] = {}
    for layer in page.served:
        if layer.service == DOWNLOAD:
            found.setdefault(layer.name, DownloadResource(layer.name, layer.root, _licence(page, layer)))
    return tuple(found.values())


def resource_of(page: KeyPage, offering_id: str) -> DownloadResource | None:
    """Return the resource that an offering of a key is about, None where the key opens it no more."""
    names = {layer.name for layer in page.served if layer.service == DOWNLOAD and layer.offering_id == offering_id}
    return next((resource for resource in resources_of(page) if resource.name in names), None)


def _licence(page: KeyPage, layer: ServedLayer) -> str:
    through = (access.permission for access in page.accesses if access.offering.id == layer.offering_id)
    return next((permission.licence for permission in through if permission is not None), "")
