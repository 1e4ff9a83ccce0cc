"""How fast project files are scanned and mended, and whether time grows as they do.

python -m tests.benchmarks.project_files build/bench     prints a table, and writes it there
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from gpkeys_plugin.jobs.file_repair.profile_and_account import Knowledge
from gpkeys_plugin.jobs.file_repair.scan_files import scan_paths
from gpkeys_plugin.jobs.running.task import Progress
from gpkeys_plugin.keys.layer_needs.needs import Known
from gpkeys_plugin.keys.layer_needs.platform_hosts import Platform
from gpkeys_plugin.store.project_files.folders import find_files
from gpkeys_plugin.store.project_files.kinds import FileKind
from gpkeys_plugin.store.project_files.rewrite import FileChange, rewrite_file
from gpkeys_plugin.store.project_files.scan import scan_file
from gpkeys_plugin.store.project_files.telltale_words import Marks
from tests.tooling.tree import TOP
from tests.unit.store.project_files.documents import LAYERS, map_layer, project, swapped, tree_layer, write_archive

# As many words as a repair looks for: hosts, the shared hash, some of one's own.
MARKS = Marks.of(
    ["data.geopf.fr", "wxs.ign.fr", "ign_scan_ws", "authcfg=", "example.org", "one-of-ours", "another-of-ours"]
)
MEGABYTE = 1_000_000
SIZES_MB = (25, 50, 100, 200)
PROJECTS = 1000

# A vector layer's style as QGIS 3.22 writes it, more than half of which is `Option` and `prop`.
_SYMBOL = """<symbol name="{0}" clip_to_extent="1" force_rhr="0" type="line" alpha="1"><data_defined_properties>
<Option type="Map"><Option name="name" value="" type="QString"/><Option name="properties"/>
<Option name="type" value="collection" type="QString"/></Option></data_defined_properties>
<layer locked="0" enabled="1" pass="0" class="SimpleLine"><Option type="Map">
<Option name="customdash_map_unit_scale" value="3x:0,0,0,0,0,0" type="QString"/>
<Option name="line_color" value="8,104,{0},255" type="QString"/><Option name="line_width" value="0.5" type="QString"/>
</Option><prop k="customdash_map_unit_scale" v="3x:0,0,0,0,0,0"/><prop k="line_color" v="8,104,{0},255"/>
<prop k="line_width" v="0.5"/></layer></symbol>
"""
_FIELDS = "".join(
    f'<field name="champ_{number}"><editWidget type="TextEdit"><config><Option type="Map">'
    '<Option name="IsMultiline" value="false" type="bool"/></Option></config></editWidget></field>\n'
    for number in range(12)
)


@dataclass(frozen=True)
class Measure:
    """What was done with how much, in which time."""

    what: str
    megabytes: float
    seconds: float

    def __str__(self) -> str:
        speed = self.megabytes / self.seconds
        return f"{self.what:<58}{self.megabytes:>9.1f} MB{self.seconds:>8.2f} s{speed:>7.0f} MB/s"


def heavy_project(megabytes: float) -> bytes:
    """Return a project of a size: layers of files with styles, and one layer in 50 of the platform."""
    style = "".join(map(_SYMBOL.format, range(40)))
    more = f"<fieldConfiguration>{_FIELDS}</fieldConfiguration><renderer-v2><symbols>{style}</symbols></renderer-v2>"
    layers, size, number = [], 0, 0
    while size < megabytes * MEGABYTE:
        one = LAYERS[0] if number % 50 == 0 else (f"Couche {number}", "ogr", f"./donnees_{number}.gpkg|layername=a")
        layers.append(tree_layer(number, *one) + map_layer(number, *one, more))
        size += len(layers[-1])
        number += 1
    return project(more=f"<projectlayers>{''.join(layers)}</projectlayers>", layers=[])


def measured(what: str, megabytes: float, act: Callable[[], object], *, times: int = 3) -> Measure:
    """Return the best of some runs: what is beside it on the machine only slows."""
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        seconds.append(time.perf_counter() - start)
    return Measure(what, megabytes, min(seconds))


def scanned(folder: Path) -> int:
    """Scan all files of a folder; return how many places were found."""
    files = find_files(folder, kinds=frozenset(FileKind), is_cancelled=lambda: False, on_problem=print)
    return sum(len(scan_file(path, MARKS).sources) for path in files)


def mended(path: Path) -> None:
    """Scan and mend one file."""
    findings = scan_file(path, MARKS)
    if findings.stamp is None:
        raise AssertionError(findings.problem)
    result = rewrite_file(FileChange(path, findings.stamp, MARKS, swapped))
    if not result.changed:
        raise AssertionError(result.left)


def of_one_file(folder: Path) -> Iterator[Measure]:
    """Measure files of four sizes: the speed is to stay."""
    for size in SIZES_MB:
        path = folder / f"{size}.qgs"
        path.write_bytes(heavy_project(size))
        megabytes = path.stat().st_size / MEGABYTE
        yield measured(f"scan a .qgs of {size} MB", megabytes, partial(scan_file, path, MARKS))
        if size != SIZES_MB[-1]:
            path.unlink()
    yield measured("scan and mend that .qgs", megabytes, partial(mended, path), times=1)
    path.unlink()


def of_many_files(folder: Path) -> Iterator[Measure]:
    """Measure a folder of projects, with and without something in them, plain and packed."""
    with_key, without = heavy_project(1), heavy_project(1).replace(b"ign_scan_ws", b"").replace(b"example.org", b"x")
    kinds: dict[str, Callable[[Path], object]] = {
        "with a key": lambda path: path.with_suffix(".qgs").write_bytes(with_key),
        "without": lambda path: path.with_suffix(".qgs").write_bytes(without),
        "packed, with a key": lambda path: write_archive(path.with_suffix(".qgz"), {"a.qgs": with_key}),
    }
    for what, write in kinds.items():
        here = folder / what
        here.mkdir()
        for number in range(PROJECTS):
            write(here / str(number))
        megabytes = PROJECTS * len(with_key) / MEGABYTE
        yield measured(f"scan {PROJECTS} projects of 1 MB {what}", megabytes, partial(scanned, here), times=2)


def of_the_whole_job(folder: Path) -> Measure:
    """Measure what a user waits for: the same projects found, read and judged, on two threads, signed out."""
    known = Known(shared_hashes={"ign_scan_ws"})
    knowledge = Knowledge(Platform.of("https://example.org/api"), known)
    here = folder / "with a key"
    megabytes = sum(path.stat().st_size for path in here.iterdir()) / MEGABYTE
    return measured(
        f"the whole scan of {PROJECTS} projects of 1 MB", megabytes, partial(judged_all, here, knowledge), times=2
    )


def judged_all(folder: Path, knowledge: Knowledge) -> None:
    """Scan a folder as the window does."""
    found = scan_paths(sorted(folder.iterdir()), None, knowledge, Progress())
    if sum(len(one.file.places) for one in found) == 0:
        raise AssertionError("nothing was found")


_MEMORY = """
import sys
from pathlib import Path
from tests.benchmarks.project_files import mended
mended(Path(sys.argv[1]))
print(Path("/proc/self/status").read_text())
"""


def memory_mb(folder: Path) -> float:
    """Return the most memory of a process that scans and mends a project of 200 MB."""
    path = folder / "memory.qgs"
    path.write_bytes(heavy_project(SIZES_MB[-1]))
    command = [sys.executable, "-c", _MEMORY, str(path)]
    status = subprocess.run(command, cwd=TOP, check=True, capture_output=True, text=True).stdout
    path.unlink()
    return int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0]) / 1024


def main(folder: Path) -> None:
    """Measure everything, print and write it."""
    folder.mkdir(parents=True, exist_ok=True)
    lines: list[str] = []
    with TemporaryDirectory() as name:
        place = Path(name)
        singles = list(of_one_file(place))
        lines += map(str, singles)
        first, last = singles[0], singles[len(SIZES_MB) - 1]
        growth = (last.seconds / last.megabytes) / (first.seconds / first.megabytes)
        lines.append(f"time a megabyte at {SIZES_MB[-1]} MB, against {SIZES_MB[0]} MB: × {growth:.2f}")
        lines += map(str, of_many_files(place))
        lines.append(str(of_the_whole_job(place)))
        lines.append(f"most memory, scanning and mending {SIZES_MB[-1]} MB: {memory_mb(place):.0f} MB")
    text = "\n".join(lines) + "\n"
    (folder / "project_files.txt").write_text(text, encoding="utf-8")
    sys.stdout.write(text)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
