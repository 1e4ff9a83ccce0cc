"""The outputs that several algorithms share, and how they are filled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import QgsProcessingOutputString

from ..jobs.running.translate import tr
from . import parameters
from .base import GpkeysAlgorithm

if TYPE_CHECKING:
    from ..jobs.scripts.key_outcome import KeyOutcome

KEY_ID = "KEY_ID"
AUTH_ID = "AUTH_ID"
CONNECTIONS = "CONNECTIONS"


def declare_key(algorithm: GpkeysAlgorithm) -> None:
    """Declare the id of the key."""
    algorithm.addOutput(QgsProcessingOutputString(KEY_ID, tr("Id of the key")))


def declare_authcfg(algorithm: GpkeysAlgorithm) -> None:
    """Declare the id of the authentication configuration."""
    algorithm.addOutput(QgsProcessingOutputString(AUTH_ID, tr("Id of its authentication configuration")))


def declare_connections(algorithm: GpkeysAlgorithm) -> None:
    """Declare the authentication configuration and the connections."""
    declare_authcfg(algorithm)
    algorithm.addOutput(QgsProcessingOutputString(CONNECTIONS, tr("Names of its connections (JSON list)")))


def file(path: str) -> dict[str, Any]:
    """Return the file that was written, if any."""
    return {parameters.OUTPUT: path} if path else {}


def connections(outcome: KeyOutcome) -> dict[str, Any]:
    """Return the authentication configuration and the connections."""
    # Imported here: QGIS starts without what algorithms run on.
    import json

    return {AUTH_ID: outcome.authcfg, CONNECTIONS: json.dumps(outcome.connections, ensure_ascii=False)}


def rotated(outcome: KeyOutcome, path: str) -> dict[str, Any]:
    """Write the report; return the key and its authentication configuration."""
    # Imported here: QGIS starts without what algorithms run on.
    from . import output_file

    output_file.write_report(path, outcome.report)
    return {KEY_ID: outcome.key_id, AUTH_ID: outcome.authcfg, **file(path)}


def written(outcome: KeyOutcome, path: str) -> dict[str, Any]:
    """Write the report; return the key, its authentication configuration and its connections."""
    return {**rotated(outcome, path), **connections(outcome)}
