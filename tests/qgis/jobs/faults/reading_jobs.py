"""Jobs that only look, beside those of the struck ones: struck by `make faults` only."""

from __future__ import annotations

from functools import partial

from gpkeys_plugin.entrepot.models import KeyType
from gpkeys_plugin.jobs.browser.ask_layers import ask_layers
from gpkeys_plugin.jobs.file_repair import profile_and_account
from gpkeys_plugin.jobs.file_repair.scan_files import FilesWanted, scan_files
from gpkeys_plugin.jobs.load_key_page import load_known_page
from gpkeys_plugin.jobs.load_overviews import load_last_uses
from gpkeys_plugin.jobs.repair.ask_project_layers import ask_project_layers
from gpkeys_plugin.jobs.repair.look_at_project import look_at_project
from gpkeys_plugin.jobs.running.task import Progress
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.faults.struck_job import StruckJob, Work
from tests.qgis.jobs.faults.true_results import Parts, page
from tests.qgis.jobs.kills.mending_jobs import account_of, dark_by_hash, write_dark_files
from tests.qgis.jobs.test_create_key import create, draft_of


def _asked_layers(bench: Bench) -> Work:
    layers = create(bench, draft_of(bench, KeyType.HASH)).layers
    return partial(ask_layers, layers, bench.signed_in, bench.main_thread)


def _asked_project_layers(bench: Bench) -> Work:
    dark_by_hash()(bench)
    layers = look_at_project(bench.signed_in, *account_of(bench)).layers
    return partial(ask_project_layers, layers, bench.signed_in, bench.main_thread)


def _scan(bench: Bench) -> Work:
    wanted = FilesWanted(write_dark_files(bench))

    def work(progress: Progress) -> int:
        known = profile_and_account.of_account(bench.signed_in, bench.main_thread, progress)
        return scan_files(wanted, known, bench.main_thread, progress).place_count

    return work


def _known_page(bench: Bench) -> Work:
    key = create(bench, draft_of(bench, KeyType.HASH)).key
    return partial(load_known_page, key, bench.signed_in, bench.main_thread)


def _last_uses(bench: Bench) -> Work:
    key = create(bench, draft_of(bench, KeyType.HASH)).key
    return Parts.of(partial(load_last_uses, [key], bench.signed_in))


READING_JOBS = (
    StruckJob("ask-layers", _asked_layers, of=(ask_layers,), often=False),
    StruckJob("ask-project-layers", _asked_project_layers, of=(ask_project_layers,), often=False),
    StruckJob("scan-files", _scan, of=(profile_and_account.of_account, scan_files), often=False),
    StruckJob("known-page", _known_page, page, of=(load_known_page,), often=False),
    StruckJob("last-uses", _last_uses, of=(load_last_uses,), often=False),
)
