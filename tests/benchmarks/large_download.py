"""A large file, fetched by the plugin and by curl in turns: how fast, and how much memory that takes.

python -m tests.benchmarks.large_download build/bench [quick]     prints a table, and writes it there
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from qgis.PyQt.QtCore import QEventLoop

from gpkeys_plugin.entrepot.downloads.models import Edition, RemoteFile
from gpkeys_plugin.jobs.downloads.download_access import DownloadAccess, DownloadResource, ListedEdition
from gpkeys_plugin.jobs.downloads.fetch_files import FetchedFile, fetch_files, plan_folders
from gpkeys_plugin.jobs.running.task import Progress, TaskRunner
from gpkeys_plugin.jobs.steps.account_sessions import SignedIn
from gpkeys_plugin.jobs.steps.service_probe import Credential
from gpkeys_plugin.network.open_session import open_session
from tests.benchmarks.account_window import end_at_once, kept_session, own_profile
from tests.benchmarks.operations import failed
from tests.benchmarks.peak_memory import peak_memory
from tests.simulator.downloads.large_file import LARGE_NAME, LargeFile
from tests.simulator.downloads.product import SCAN_FILES
from tests.simulator.downloads.service import LARGE_EDITION
from tests.simulator.memory.seeds import example_hash
from tests.simulator.remote.launch import running_simulator
from tests.simulator.remote.steering import Simulator

FULL_BYTES, QUICK_BYTES = 2_000_000_000, 200_000_000
RUNS = 5
TO_REACH = 0.9
"""The plugin's throughput, to that of curl."""
_HASH = example_hash("fichiers")


class LargeDownload:
    """The file at the simulator's download service, and a folder to fetch it into. Each way returns its seconds."""

    def __init__(self, simulator: Simulator, authcfg: str, length: int, folder: Path) -> None:
        simulator.switch(download_large_bytes=length)
        self._root = f"{simulator.gateway_url}/telechargement"
        self.length = length
        self._file = LargeFile(length)
        self._folder = folder
        self._resource = DownloadResource(SCAN_FILES, self._root)
        signed_in = SignedIn(open_session, simulator.api_url, authcfg, "denise")
        self._access = DownloadAccess("essai", signed_in, Credential(hash=_HASH), (self._resource,))
        self._runner = TaskRunner()

    def with_the_plugin(self, *, has_sum: bool) -> float:
        """Fetch it as a job does, on a thread of its own; `has_sum` says whether the platform tells one to compare."""
        md5 = self._file.md5 if has_sum else None
        remote = RemoteFile(SCAN_FILES, LARGE_EDITION, LARGE_NAME, self._file.length, md5)
        listed = ListedEdition(self._resource, Edition(SCAN_FILES, LARGE_EDITION, LARGE_EDITION), (remote,))
        loop, outcome = QEventLoop(), list[FetchedFile]()

        def end(found: tuple[FetchedFile, ...]) -> None:
            outcome.extend(found)
            loop.quit()

        def work(progress: Progress) -> tuple[FetchedFile, ...]:
            return fetch_files(plan_folders([listed], self._folder, progress), self._access, progress)

        start = time.perf_counter()
        self._runner.start("essai", work, end, failed, lambda *_: None)
        loop.exec()
        seconds = time.perf_counter() - start
        (fetched,) = outcome
        self._check(fetched.path)
        if fetched.md5 != md5:
            failed(fetched.error)
        return seconds

    def with_curl(self, *, has_sum: bool) -> float:
        """Fetch it with curl, then have md5sum work its sum out where that is wanted."""
        target = self._folder / LARGE_NAME
        url = f"{self._root}/download/{SCAN_FILES}/{LARGE_EDITION}/{LARGE_NAME}"
        line = ["curl", "--silent", "--fail", "--header", "@-", "--output", str(target), url]
        start = time.perf_counter()
        subprocess.run(line, input=f"apikey: {_HASH}\n", text=True, check=True)
        if has_sum:
            subprocess.run(["md5sum", str(target)], stdout=subprocess.DEVNULL, check=True)
        seconds = time.perf_counter() - start
        self._check(target)
        return seconds

    def _check(self, path: Path) -> None:
        """Drop what was fetched, and have what is on its way to the disk arrive: the next one must not wait for it."""
        if path.stat().st_size != self._file.length:
            raise AssertionError("it is not whole")
        path.unlink()
        os.sync()


def compared(download: LargeDownload, *, has_sum: bool) -> list[str]:
    """Fetch it both ways by turns; return lines of a table."""
    runs = [(download.with_curl(has_sum=has_sum), download.with_the_plugin(has_sum=has_sum)) for _ in range(RUNS)]
    names = ("curl, then md5sum", "the plugin, sum told") if has_sum else ("curl", "the plugin, no sum told")
    seconds = [median(column) for column in zip(*runs)]
    rates = [download.length / 1e6 / one for one in seconds]
    ratio = median(curl / plugin for curl, plugin in runs)
    return [
        *(f"{name:<26}{one:7.2f} s{rate:7.0f} MB/s" for name, one, rate in zip(names, seconds, rates)),
        f"  throughput, to that of curl: {ratio:.2f} (to reach: {TO_REACH})",
    ]


def main(folder: Path, *, is_quick: bool) -> None:
    """Measure, print and write it."""
    folder.mkdir(parents=True, exist_ok=True)
    length = QUICK_BYTES if is_quick else FULL_BYTES
    with own_profile(), running_simulator("--no-ogc") as simulator, TemporaryDirectory(dir=folder) as place:
        download = LargeDownload(simulator, kept_session(simulator), length, Path(place))
        # What is imported and opened for the first time is no part of it.
        download.with_the_plugin(has_sum=True)
        with peak_memory() as memory:
            lines = compared(download, has_sum=False) + compared(download, has_sum=True)
        text = "\n".join(
            (
                f"a file of {length / 1e6:.0f} MB from the simulator, {RUNS} times by turns, medians",
                *lines,
                f"memory: at most {memory.growth_mb:.0f} MB more than the {memory.before_mb:.0f} MB of before",
                "",
            )
        )
        (folder / "large_download.txt").write_text(text, encoding="utf-8")
        sys.stdout.write(text)
    end_at_once()


if __name__ == "__main__":
    main(Path(sys.argv[1]), is_quick="quick" in sys.argv[2:])
