"""What the tests of existing keys share: their pages, as the window reads them."""

from __future__ import annotations

from gpkeys_plugin.entrepot.models import Access, Key
from gpkeys_plugin.jobs.load_key_page import load_key_page
from gpkeys_plugin.jobs.values import KeyPage
from tests.qgis.jobs.conftest import Bench


def page_of(bench: Bench, key: Key) -> KeyPage:
    """Return a key's page."""
    page: KeyPage = bench.run(lambda progress: load_key_page(key, bench.signed_in, bench.main_thread, progress))
    return page


def page_named(bench: Bench, name: str) -> KeyPage:
    """Return the page of the key of that name."""
    return page_of(bench, next(key for key in bench.platform_keys() if key.name == name))


def layer_names(accesses: tuple[Access, ...]) -> set[str]:
    """Return the layers that accesses open."""
    return {access.offering.layer_name for access in accesses}
