"""The command line of the simulator."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

from tests.simulator.memory.switches import SwitchError, Switches


@dataclass(frozen=True)
class Options:
    """How to start: ports (0 = any free one), latency, what to leave out, and the switches.

    `peer_url` is a running OGC server of other people, to be guarded in the place of our own.
    """

    switches: Switches
    port: int = 0
    sso_port: int = 0
    latency_ms: int = 0
    has_ogc: bool = True
    peer_url: str | None = None
    can_outlive_parent: bool = False
    is_verbose: bool = False
    data_cache: Path | None = None


def parse(arguments: list[str] | None = None) -> Options:
    """Read a command line; a wrong one ends the process with a message, as argparse does."""
    parser = _parser()
    given = parser.parse_args(arguments)
    switches = Switches()
    try:
        for assignment in given.switch:
            switches.set_text(assignment)
        switches.set("token_lifetime_s", given.token_lifetime)
    except SwitchError as error:
        parser.error(str(error))
    return Options(
        switches,
        given.port,
        given.sso_port,
        given.latency_ms,
        not (given.no_ogc or given.peer),
        given.peer,
        given.outlive_parent,
        given.verbose,
        given.data_cache,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.simulator",
        description="The Géoplateforme in miniature, on loopback: SSO, Entrepôt API, gateway, OGC server. "
        "Prints its URLs as one JSON line when it is ready; stops on SIGTERM.",
    )
    parser.add_argument("--port", type=int, default=0, help="port of API, gateway and controls (default: any free one)")
    parser.add_argument("--sso-port", type=int, default=0, help="port of the SSO (default: any free one)")
    parser.add_argument("--latency-ms", type=int, default=0, help="delay of every answer")
    parser.add_argument("--no-ogc", action="store_true", help="do not start the OGC server behind the gateway")
    parser.add_argument("--peer", metavar="URL", help="OGC server to guard in the place of our own, which runs already")
    parser.add_argument("--data-cache", type=Path, help="folder that keeps the OGC server's generated data")
    parser.add_argument("--token-lifetime", type=int, default=43200, metavar="S", help="seconds an access token lasts")
    parser.add_argument(
        "--switch",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="turn an assumption, see memory/switches.py; repeatable",
    )
    parser.add_argument("--outlive-parent", action="store_true", help="go on when the process that started it ends")
    parser.add_argument("--verbose", action="store_true", help="write each request to standard error, secrets masked")
    return parser
