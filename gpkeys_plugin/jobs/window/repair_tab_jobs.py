"""All that the tab that mends works on."""

from __future__ import annotations

from dataclasses import dataclass

from .repair_files_jobs import RepairFilesJobs
from .repair_jobs import RepairJobs


@dataclass(frozen=True)
class MendingJobs:
    """The use cases for the open project and the profile's connections, and those for files on disk."""

    project: RepairJobs
    files: RepairFilesJobs
