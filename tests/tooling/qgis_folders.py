"""A newer QGIS beside the machine's own: a folder with a Debian in it that has it, and commands that run in there.

Made once by debootstrap, as root (3 minutes, 2.5 GB), kept below the user's cache folder, and ready for the tests.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.tooling.tree import BUILD, TESTS, TOP

# Each Debian with its backports, whose QGIS is the newest of that line.
SUITES = {"3.40": "bookworm", "3.44": "trixie"}
_PACKAGES = (
    "qgis python3-qgis qgis-providers qgis-server-bin qgis-server-wms qgis-server-wfs qgis-server-wmts python3-gdal "
    "gdal-bin cgi-mapserver python3-mapproxy python3-requests python3-venv python3-pip python3-dev gcc xvfb xauth "
    "xdg-utils dbus fonts-dejavu-core procps git make qttools5-dev-tools"
)
_PYTHON = "/opt/venv/bin/python"
_PATIENCE_S = 300
_REQUIREMENTS = TESTS / "requirements.txt"
# How the machine reaches its package servers holds inside, too.
_HANDED_OVER = ("PIP_", "http_", "https_", "no_proxy", "HTTP_", "HTTPS_", "NO_PROXY", "SSL_", "REQUESTS_")
_INSIDE = {
    "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
    "HOME": "/root",
    "LC_ALL": "C.UTF-8",
    "QT_QPA_PLATFORM": "offscreen",
    "XDG_RUNTIME_DIR": "/tmp",  # noqa: S108 - that of the folder
    "DEBIAN_FRONTEND": "noninteractive",
}
# In a namespace of their own: mounts and processes are gone with the command, however it ends.
_ENTER = """
mkdir -p "$1/proc" "$1/dev/shm" "$1$2"
mount -t proc proc "$1/proc"
mount -t tmpfs -o mode=1777 tmpfs "$1/dev/shm"
mount --bind "$2" "$1$2"
folder=$1 tree=$2
shift 2
chroot "$folder" env -C "$tree" "$@"
"""


class CannotMakeError(RuntimeError):
    """Why there is no such folder on this machine: said to the user as it is."""


@dataclass(frozen=True)
class QgisFolder:
    """A folder with the QGIS of a line ("3.40") in it."""

    line: str

    @property
    def path(self) -> Path:
        """Where it lies."""
        cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
        return Path(cache) / "gpkeys" / f"qgis-{self.line}"

    def prepare(self, limit_s: float) -> None:
        """Make what is missing within a time; raises CannotMakeError."""
        end = time.monotonic() + limit_s
        _require_means()
        if not (self.path / ".ready").exists():
            self._make_system(end)
        marker = self.path / "opt" / "venv" / ".requirements"
        if not marker.exists() or marker.read_bytes() != _REQUIREMENTS.read_bytes():
            self._make_venv(end)
            marker.write_bytes(_REQUIREMENTS.read_bytes())

    def python(self, *arguments: str, limit_s: float) -> int:
        """Run Python in there on this tree, and return how it ended."""
        return _run(self._command(self.path, _PYTHON, *arguments), limit_s)

    def version(self) -> str:
        """Return QGIS's version."""
        command = self._command(self.path, _PYTHON, "-c", "from qgis.core import Qgis; print(Qgis.QGIS_VERSION)")
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split("-")[0].strip()

    def _make_system(self, end: float) -> None:
        suite, mirror = SUITES[self.line], _mirror()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        making = Path(tempfile.mkdtemp(prefix=f"{self.path.name}.", dir=self.path.parent))
        try:
            making.chmod(0o755)
            debian = ("debootstrap", "--variant=minbase", "--include=ca-certificates", suite, str(making), mirror)
            self._do("debootstrap", debian, end)
            _configure(making, suite, mirror)
            self._do("apt-get update", self._command(making, "apt-get", "update"), end)
            install = ("apt-get", "install", "-y", "--no-install-recommends", "-t", f"{suite}-backports")
            self._do("apt-get install", self._command(making, *install, *_PACKAGES.split()), end)
            (making / ".ready").touch()
            making.rename(self.path)
        finally:
            # Gone by another name when it is whole.
            shutil.rmtree(making, ignore_errors=True)

    def _make_venv(self, end: float) -> None:
        if not (self.path / _PYTHON.lstrip("/")).exists():
            make = ("/usr/bin/python3", "-m", "venv", "--clear", "--system-site-packages", "/opt/venv")
            self._do("venv", self._command(self.path, *make), end)
        install = (
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--requirement",
            str(_REQUIREMENTS),
        )
        self._do("pip install", self._command(self.path, _PYTHON, *install), end)

    def _do(self, what: str, command: Sequence[str], end: float) -> None:
        # The command itself is not written: the addresses of package servers may hold passwords.
        log = BUILD / "matrix" / f"qgis-{self.line}.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8") as file:
            file.write(f"=== {what} ===\n")
            file.flush()
            code = _run(command, end - time.monotonic(), file.fileno())
        if code != 0:
            raise CannotMakeError(f"{what} ended with {code}, see {log.relative_to(TOP)}")

    @staticmethod
    def _command(folder: Path, *command: str) -> list[str]:
        outer = {name: value for name, value in os.environ.items() if name.startswith(_HANDED_OVER)}
        variables = (f"{name}={value}" for name, value in {**outer, **_INSIDE}.items())
        alone = ("unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-ec", _ENTER, "enter")
        return [*alone, str(folder), str(TOP), "-i", *variables, *command]


def _require_means() -> None:
    if os.geteuid() != 0:
        raise CannotMakeError("it takes root")
    if shutil.which("debootstrap") is None and shutil.which("apt-get"):
        install = ("apt-get", "install", "-y", "--no-install-recommends", "debootstrap")
        subprocess.run(install, capture_output=True, check=False, timeout=_PATIENCE_S)
    missing = [name for name in ("unshare", "chroot", "debootstrap") if shutil.which(name) is None]
    if missing:
        raise CannotMakeError(f"there is no {missing[0]}")


def _mirror() -> str:
    """Return the package server that this machine, a Debian, uses."""
    for file in (*Path("/etc/apt/sources.list.d").glob("*.sources"), Path("/etc/apt/sources.list")):
        for line in file.read_text("utf-8").splitlines() if file.exists() else ():
            kind, _, rest = line.partition(" ")
            if kind in ("URIs:", "deb"):
                return next(word for word in rest.split() if "://" in word)
    raise CannotMakeError("no package server of a Debian is known")


def _configure(folder: Path, suite: str, mirror: str) -> None:
    """Have the system in a folder use this machine's network, package server and certificates, and start no service."""
    for name in ("resolv.conf", "hosts", "pip.conf", "ssl/certs/ca-certificates.crt"):
        if Path("/etc", name).exists():
            shutil.copy(Path("/etc", name), folder / "etc" / name)
    for file in Path("/etc/apt/apt.conf.d").iterdir():
        # Those of Docker throw away what was downloaded; debconf's calls a program that is not there yet.
        if file.is_file() and "docker" not in file.name and file.name != "70debconf":
            shutil.copy(file, folder / "etc" / "apt" / "apt.conf.d")
    sources = f"deb {mirror} {suite} main\ndeb {mirror} {suite}-backports main\n"
    (folder / "etc" / "apt" / "sources.list").write_text(sources, "utf-8")
    refusal = folder / "usr" / "sbin" / "policy-rc.d"
    refusal.write_text("#!/bin/sh\nexit 101\n", "utf-8")
    refusal.chmod(0o755)


def _run(command: Sequence[str], limit_s: float, output: int | None = None) -> int:
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True)
    try:
        return process.wait(max(limit_s, 0))
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return -signal.SIGKILL
