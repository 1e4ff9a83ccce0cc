"""Use case for scripts: test a key."""

from __future__ import annotations

from ...entrepot.translatable_text import Text
from ..check_key import check_key
from ..load_key_page import load_key_page
from ..values import ServiceVerdict, Verdict
from . import report_values
from .key_outcome import KeyOutcome
from .script_context import Script, joined


def judge_key(script: Script, wanted: str) -> KeyOutcome:
    """Ask each service of a key, with what QGIS holds for it; `is_good` when all of them work."""
    page = load_key_page(script.key(wanted), script.signed_in, script.main_thread, script.progress)
    check_key(page, script.signed_in, script.side.user_agent(), script.progress)
    verdicts: list[ServiceVerdict] = script.progress.parts
    for found in verdicts:
        _tell(script, found)
    return KeyOutcome(
        page.details.key.id,
        page.held.authcfg,
        is_good=all(found.verdict is Verdict.WORKS for found in verdicts),
        report={
            **report_values.key(page.details.key),
            "services": [report_values.verdict(found) for found in verdicts],
        },
    )


def _tell(script: Script, found: ServiceVerdict) -> None:
    text = Text("{service}: {verdict}", {"service": found.service, "verdict": found.text})
    if found.verdict is Verdict.WORKS:
        script.progress.inform(text)
        return
    script.progress.warn(joined([text, found.advice]) if found.advice is not None else text)
