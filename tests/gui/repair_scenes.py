"""The states of the page that mends."""

from __future__ import annotations

from collections.abc import Callable

from gpkeys_plugin.entrepot.models import Key
from gpkeys_plugin.entrepot.sign_in_status import SignInState
from gpkeys_plugin.entrepot.translatable_text import Text
from gpkeys_plugin.jobs.repair.repair_values import LayerFound
from gpkeys_plugin.jobs.values import Failed
from gpkeys_plugin.keys.layer_needs.needs import Cause
from gpkeys_plugin.keys.layer_needs.remedies import OpenedBy

from . import fake_my_keys as known
from . import fake_repair as made
from . import fake_repair_files as on_disk
from . import fakes
from .scenes import Stage, scroll_to

REPAIR = 3
EVERYTHING = (*made.SHEETS, *made.UNKNOWN, made.WATER, made.FOREIGN, made.OACI, made.PARCELS, made.OURS, made.DARK)


def signed_out(one: Stage, layers: tuple[LayerFound, ...] = (*made.SHEETS, made.OACI, *made.UNKNOWN)) -> None:
    """Show the page while nobody is signed in."""
    one.repair_jobs.layers = layers
    one.dock.show_repair()


def sign_in(one: Stage) -> None:
    """Sign in, and answer with all that the account has."""
    held = known.holdings()
    one.sign_in.become(SignInState.SIGNED_IN, held.account)
    one.new_key_jobs.last("load").on_done(held)
    keys_read(one)


def keys_read(one: Stage) -> None:
    """Answer with what the keys open."""
    call = one.my_keys_jobs.last("overviews")
    for row in known.rows():
        call.on_part([row])
    call.on_done()


def ready(one: Stage, layers: tuple[LayerFound, ...] = EVERYTHING) -> None:
    """Show what mends these layers."""
    signed_out(one, layers)
    sign_in(one)


def _reading(one: Stage) -> None:
    signed_out(one)
    held = known.holdings()
    one.sign_in.become(SignInState.SIGNED_IN, held.account)
    one.new_key_jobs.last("load").on_done(held)


def _waiting(one: Stage) -> None:
    signed_out(one)
    one.click("repairSignInButton")


def _unread(one: Stage) -> None:
    _reading(one)
    one.my_keys_jobs.last("overviews").on_failed(fakes.error())


def _below(one: Stage) -> None:
    one.repair_jobs.found_connections = made.CONNECTIONS
    ready(one)
    scroll_to(one, "mendConnectionsButton")


def _unfolded(one: Stage) -> None:
    ready(one, (*made.SHEETS, made.FOREIGN))
    one.click("repairLayersFold")


def _no_permission(one: Stage) -> None:
    ready(one, (made.OACI, made.PARCELS))


def may_be_opened(one: Stage) -> None:
    """Show layers that a new key opens."""
    one.repair_jobs.remedies.update({found.layer_id: made.MAY for found in made.SHEETS})
    ready(one, made.SHEETS)


def password(one: Stage) -> None:
    """Show layers whose key's password is missing."""
    one.repair_jobs.remedies.update({found.layer_id: OpenedBy(made.BASIC_KEY) for found in made.SHEETS})
    one.repair_jobs.without_password = frozenset(found.layer_id for found in made.SHEETS)
    ready(one, made.SHEETS)


def mending(one: Stage) -> None:
    """Show a repair under way."""
    ready(one)
    one.click("mendButton")
    text = Text("Reading “{name}” with its new key", {"name": "SCAN 25 – feuille 3"})
    one.repair_jobs.last("repair").on_progress(30, text)


def _stopping(one: Stage) -> None:
    mending(one)
    one.click("cancelRepairButton")


def mended(one: Stage) -> None:
    """Show that all are mended that could be."""
    ready(one, (*made.SHEETS, made.OURS))
    one.click("mendButton")
    one.repair_jobs.mend()


def _left(one: Stage) -> None:
    ready(one)
    one.click("mendButton")
    why = Text("The service does not know the key: a new one may need a few minutes.")
    one.repair_jobs.mend(tuple((found.layer_id, why) for found in made.SHEETS[:5]))


def _failed(one: Stage) -> None:
    mending(one)
    one.repair_jobs.last("repair").on_failed(Failed(fakes.error()))


def _nothing(one: Stage) -> None:
    ready(one, (made.OURS,))


def _empty(one: Stage) -> None:
    signed_out(one, ())


def _long_names(one: Stage) -> None:
    long_key = Key("k-long", "Clé de la communauté de communes pour les postes du service voirie", known.HASH_KEY.type)
    name = "Plan de situation de la zone d’aménagement concerté – fond SCAN 25 en noir et blanc, édition 2026"
    found = made.layer(name, Cause.LOGIN_IN_URL, made.source(), group="Fonds de plan / Fonds raster / Archives")
    one.repair_jobs.remedies[found.layer_id] = OpenedBy(long_key)
    ready(one, (found,))
    one.click("repairLayersFold")


def files(one: Stage) -> None:
    """Show the page for files, as it opens."""
    ready(one)
    one.click("filesButton")


def files_found(one: Stage) -> None:
    """Show what a scan found in files."""
    files(one)
    one.click("scanFilesButton")
    one.files_jobs.last("scan").on_done(on_disk.found())
    tree = one.find("filesTree")
    tree.expand(tree.model().index(1, 0))


def _files_mended(one: Stage) -> None:
    files_found(one)
    one.click("mendFilesButton")
    one.files_jobs.last("repair").on_done(on_disk.mended(on_disk.found()))


SCENES: dict[str, Callable[[Stage], None]] = {
    "repair": ready,
    "repair_signed_out": signed_out,
    "repair_waiting": _waiting,
    "repair_reading": _reading,
    "repair_unread": _unread,
    "repair_below": _below,
    "repair_unfolded": _unfolded,
    "repair_no_permission": _no_permission,
    "repair_may_be_opened": may_be_opened,
    "repair_password": password,
    "repair_mending": mending,
    "repair_stopping": _stopping,
    "repair_mended": mended,
    "repair_left": _left,
    "repair_failed": _failed,
    "repair_nothing": _nothing,
    "repair_empty": _empty,
    "repair_long_names": _long_names,
    "files": files,
    "files_found": files_found,
    "files_mended": _files_mended,
}
