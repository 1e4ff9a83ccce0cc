"""What a file takes of the memory does not grow with its length."""

from __future__ import annotations

import pytest

from tests.benchmarks.peak_memory import peak_memory
from tests.qgis.jobs.downloads.conftest import LARGE, Downloads

_FIRST_BYTES, _BYTES = 8_000_000, 96_000_000
_MOST_MB = 24
"""Some pieces on their way, and what Qt, Python and the system hold back; a quarter of the file."""


@pytest.mark.parametrize("has_sum", [True, False])
def test_a_large_file_passes_through_little_memory(downloads: Downloads, *, has_sum: bool) -> None:
    form = "content" if has_sum else "missing"
    downloads.bench.simulator.switch(download_large_bytes=_FIRST_BYTES, download_md5=form, download_limit_per_s=1000)
    # What is opened and imported for the first time stays.
    downloads.fetch(LARGE)
    downloads.bench.simulator.switch(download_large_bytes=_BYTES)
    with peak_memory() as memory:
        (fetched,) = downloads.fetch(LARGE, overwrite=True)
    assert fetched.error is None
    assert fetched.path.stat().st_size == _BYTES
    assert (fetched.md5 is not None) == has_sum
    assert memory.growth_mb < _MOST_MB
