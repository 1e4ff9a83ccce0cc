"""The peers' process itself."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys

import requests


def test_the_servers_end_with_their_parent() -> None:
    parent = (
        "import sys\nfrom tests.simulator.ogc.process import OgcServer\n"
        "server = OgcServer(module='tests.peers.server')\n"
        "print(server.url, *server.process_ids, flush=True)\nsys.stdin.read()\n"
    )
    process = subprocess.Popen([sys.executable, "-c", parent], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None
    url, child = process.stdout.readline().decode().split()
    assert requests.get(f"{url}/wms?SERVICE=WMS&REQUEST=GetCapabilities", timeout=30).ok
    handle = os.pidfd_open(int(child))
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert select.select([handle], [], [], 20)[0], "the child outlives its parent"
    os.close(handle)
