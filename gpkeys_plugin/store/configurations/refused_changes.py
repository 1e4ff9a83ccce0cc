"""What QGIS would not write into the authentication database: the error to tell, and what the refusal leaves behind."""

from __future__ import annotations

from qgis.core import Qgis, QgsApplication

from ...entrepot.errors import ErrorCode, GpkeysError
from ...entrepot.translatable_text import Text

# With its storages of configurations QGIS undoes by itself what was refused (seen in 3.40).
_ROLLS_BACK_SINCE = 33600


def end_transaction() -> None:
    """End the transaction that a refused change leaves open in 3.22: all later ones would fail until QGIS is closed."""
    if Qgis.QGIS_VERSION_INT < _ROLLS_BACK_SINCE:
        QgsApplication.authManager().authDatabaseConnection().rollback()


def method_missing(method: str) -> GpkeysError:
    """Return the error of a method that this QGIS lacks."""
    return GpkeysError(
        ErrorCode.QGIS,
        Text("This version of QGIS has no “{method}” authentication.", {"method": method}),
        f"authentication method {method} is missing",
        advice=Text("Keep the hash in the connection's address instead, or use a newer QGIS."),
    )


def refused(action: str, sentence: Text) -> GpkeysError:
    """Return the error of a change that QGIS has just refused; the next one can succeed."""
    end_transaction()
    return GpkeysError(
        ErrorCode.QGIS,
        sentence,
        f"{action} an authentication configuration was refused by QGIS",
        advice=Text(
            "Check in QGIS's options, under Authentication, that the database opens; it may be damaged or not writable."
        ),
    )
