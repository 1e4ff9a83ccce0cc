"""The one error type: what becomes of a fault of the plugin."""

from __future__ import annotations

from gpkeys_plugin.entrepot.errors import ErrorCode, GpkeysError, as_gpkeys_error
from gpkeys_plugin.entrepot.translatable_text import Text


def test_a_fault_of_the_plugin_says_which_and_where_and_quotes_nothing() -> None:
    try:
        raise PermissionError("secret-place")
    except PermissionError as fault:
        error = as_gpkeys_error(fault)
    assert error.code is ErrorCode.QGIS
    assert "PermissionError" in str(error.user)
    assert "test_a_fault" in error.log
    assert "camille" not in f"{error.user} {error.log} {error.advice}"


def test_an_error_that_is_to_be_told_is_told_as_it_is() -> None:
    error = GpkeysError(ErrorCode.SERVER, Text("No."), "no")
    assert as_gpkeys_error(error) is error
