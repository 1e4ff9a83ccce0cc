"""What is known of a resource's editions, read page by page: each page is shown as it comes, and read once."""

from __future__ import annotations

from dataclasses import dataclass, field

from ...entrepot.downloads.models import Edition, EditionPage
from ...entrepot.retries import Patience
from ...entrepot.translatable_text import Text
from ...keys.downloads.edition_search import SearchableEdition, searchable
from ..running.task import Progress
from .download_access import DownloadAccess, DownloadResource

# A server that never ends must not hold us for ever.
_MOST_PAGES = 1000


@dataclass(frozen=True)
class ResourceListing:
    """The editions of the first `pages` pages; `total` is how many there are in all, None where that is not told.

    `searchable` are the same, worked out on the thread that read them: of ten thousand, it takes a tenth of a second.
    """

    editions: tuple[Edition, ...] = ()
    total: int | None = None
    pages: int = 0
    is_whole: bool = False
    searchable: tuple[SearchableEdition, ...] = field(default=(), repr=False, compare=False)

    def with_page(self, page: EditionPage) -> ResourceListing:
        """Return what is known once the next page is read; one that adds nothing is the last."""
        known = {edition.name for edition in self.editions}
        new = tuple(edition for edition in page.editions if edition.name not in known)
        editions = (*self.editions, *new)
        ready = (*self.searchable, *map(searchable, new))
        is_last = page.total is not None and len(editions) >= page.total
        is_whole = is_last or not new or self.pages + 1 >= _MOST_PAGES
        return ResourceListing(editions, page.total, self.pages + 1, is_whole, ready)


def read_listing(
    access: DownloadAccess, resource: DownloadResource, known: ResourceListing, progress: Progress
) -> ResourceListing:
    """Read what is not known yet of a resource; what is known is handed over after each page. Raises GpkeysError."""
    client = access.client(resource.root, Patience(progress.is_cancelled, progress.tell_wait))
    while not known.is_whole:
        progress.tell(_share(known), Text("Reading what “{name}” has to download…", {"name": resource.name}))
        known = known.with_page(client.edition_page(resource.name, known.pages + 1))
        progress.hand_over(known)
    return known


def _share(known: ResourceListing) -> float:
    return 100 * min(len(known.editions) / known.total, 1.0) if known.total else 0.0
