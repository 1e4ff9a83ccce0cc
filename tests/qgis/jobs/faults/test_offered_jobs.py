"""No use case is in neither matrix: those that ask somebody are struck, those that change something are killed.

What there is comes from the rooms themselves. `test_faults.py` and `test_kills.py` see to it that each job of a matrix
runs the use cases it stands for, that what is struck and changes something is killed too, and that what is not struck
asks nobody. What downloads is in matrices of its own (`tests/qgis/jobs/downloads`), whose state is a folder.
"""

from __future__ import annotations

from tests.qgis.jobs.downloads.orders import JOBS as DOWNLOAD_JOBS
from tests.qgis.jobs.faults.offered_jobs import offered
from tests.qgis.jobs.faults.struck_jobs import JOBS
from tests.qgis.jobs.kills.killed_jobs import JOBS as KILLED_JOBS


def test_every_use_case_is_in_a_matrix() -> None:
    known = {use for jobs in (JOBS, KILLED_JOBS, DOWNLOAD_JOBS) for job in jobs for use in job.of}
    assert sorted(name for use, name in offered().items() if use not in known) == []


def test_use_cases_are_found_where_they_are_offered() -> None:
    found = set(offered().values())
    # A method of a class, a function, one that hands its result over in parts, a script.
    assert {
        "create_key.KeyCreator.create",
        "file_repair.repair_files.undo_files",
        "load_titles.TitleLookup.run",
        "scripts.rotate_key.rotate_key",
    } <= found
