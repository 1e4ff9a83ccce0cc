"""The states of the page of sharing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from qgis.PyQt.QtWidgets import QPlainTextEdit

from gpkeys_plugin.entrepot.models import KeyType
from gpkeys_plugin.entrepot.translatable_text import Text
from gpkeys_plugin.jobs.repair.repair_values import Repaired
from gpkeys_plugin.jobs.share.share_values import SharedCopy, ShareOutlook

from . import fake_my_keys as known
from . import fakes
from .fake_share import CARRYING, IN_CLEAR, WITHOUT_SECRET
from .my_keys_scenes import key_page
from .scenes import Stage, scroll_to

ADDRESSES = "192.0.2.17\n2001:db8::/32"


def share(one: Stage, outlook: ShareOutlook = IN_CLEAR, *, is_basic: bool = False) -> None:
    """Show the page for a key."""
    one.share_jobs.found = outlook
    key_page(one, known.page(known.BASIC_KEY if is_basic else known.HASH_KEY))
    one.click("shareKeyButton")


def taken_out(one: Stage) -> None:
    """Show what came of taking the secret out, one layer left."""
    share(one)
    one.click("takeOutButton")
    one.share_jobs.found, one.share_jobs.undoable = WITHOUT_SECRET, 5
    ids = tuple(layer.found.layer_id for layer in CARRYING[1:])
    left = ((CARRYING[0].found.name, Text("QGIS does not open it with this key")),)
    one.share_jobs.last("take_out").on_done(Repaired(ids, left))


def computer(one: Stage) -> None:
    """Show the case of a second computer."""
    share(one, WITHOUT_SECRET, is_basic=True)
    one.click("shareColleagueFold")
    one.click("shareComputerFold")


def server(one: Stage, addresses: str = ADDRESSES) -> None:
    """Show the case of a server, its addresses typed."""
    share(one)
    one.click("shareColleagueFold")
    one.click("shareServerFold")
    edit: QPlainTextEdit = one.find("shareServerAddressesEdit")
    edit.setPlainText(addresses)


def made(one: Stage) -> None:
    """Show what came of making a key and a copy, as if a file had been chosen."""
    server(one)
    one.share_jobs.found = replace(
        IN_CLEAR, file=None, file_problem=Text("The open project has not been saved yet: save it first.")
    )
    one.click("backToKeyButton")
    key = replace(known.HASH_KEY, id="k-new", name="Portail cartographique – QGIS Server", type=KeyType.HASH)
    one.click("shareKeyButton")
    one.click("shareServerFold")
    edit: QPlainTextEdit = one.find("shareServerAddressesEdit")
    edit.setPlainText(ADDRESSES)
    one.click("shareServerMakeButton")
    copy = Path("/projets/Plan de situation – serveur.qgz")
    one.share_jobs.last("make_copy").on_done(SharedCopy(key, copy, 6, (fakes.EAU.layer_name,)))


def _wrong(one: Stage) -> None:
    server(one, "192.0.2.300")
    one.type("shareServerNameEdit", known.BASIC_KEY.name)
    scroll_to(one, "shareServerWhitelistMessage")


def _device(one: Stage) -> None:
    share(one)
    one.click("shareColleagueFold")
    one.click("shareDeviceFold")


def _old_qgis(one: Stage) -> None:
    share(one, replace(IN_CLEAR, has_header_method=False))


def _without_copies(one: Stage) -> None:
    share(one, replace(IN_CLEAR, may_copy=False))
    one.click("shareColleagueFold")
    one.click("shareServerFold")


SCENES: dict[str, Callable[[Stage], None]] = {
    "share": share,
    "share_taken_out": taken_out,
    "share_old_qgis": _old_qgis,
    "share_computer": computer,
    "share_server": server,
    "share_server_wrong": _wrong,
    "share_made": made,
    "share_device": _device,
    "share_without_copies": _without_copies,
}
