"""What was found in files, and what was done, in words."""

from __future__ import annotations

from ...jobs.file_repair.file_values import FilesFound, FilesMended, FilesUndone
from ...jobs.running.translate import show, tr
from ...keys.draft import HashStorage
from ..parts.value_words import number


def summary(found: FilesFound) -> str:
    """Return what a scan found."""
    problems = sum(1 for file in found.files if file.problem is not None)
    dark = sum(1 for file in found.files if file.places)
    lines = [tr("Files looked through: {count}.").format(count=number(found.file_count))]
    if dark:
        lines.append(
            tr("Places that need a key: {places}, in files: {files}.").format(
                places=number(found.place_count), files=number(dark)
            )
        )
    elif found.file_count:
        lines.append(tr("None of them needs a key."))
    if problems:
        lines.append(tr("Not read: {count}.").format(count=number(problems)))
    if dark and not found.is_signed_in:
        lines.append(tr("Sign in and look through again to see which key opens them."))
    return " ".join(lines)


def where_it_goes(storage: HashStorage | None) -> str:
    """Return what it means for those who get the files where a hash goes; None: where QGIS keeps it."""
    words = {
        None: tr(
            "A key that QGIS keeps in a configuration stays out of the files; a hash that it keeps in URLs can be "
            "read by whoever gets them."
        ),
        HashStorage.URL: tr("The hash can be read by whoever gets the files. Labels and pictures get it, too."),
        HashStorage.HEADER: tr(
            "The files hold no secret. Who opens them needs a configuration of the same id; labels and pictures "
            "are left."
        ),
    }
    return words[storage]


def news(mended: FilesMended) -> list[str]:
    """Return what a repair did, a line each."""
    places, files = number(mended.mended_count), number(len(mended.written))
    lines = [tr("Places mended: {count}, in files: {files}.").format(count=places, files=files)]
    if mended.left_count:
        lines.append(tr("Places left: {count}; the list says why.").format(count=number(mended.left_count)))
    return lines


def more_news(mended: FilesMended) -> list[str]:
    """Return what else a repair left behind."""
    lines = []
    if mended.configurations:
        names = ", ".join(mended.configurations)
        lines.append(tr("Configurations made in this profile, which hold your key: {names}.").format(names=names))
    if mended.written:
        lines.append(tr("Beside each file that changed is a copy of what it was, which ends in .before-gpkeys."))
    return lines


def put_back(undone: FilesUndone) -> list[str]:
    """Return what an undo did, and what it left for which reason, a line each."""
    lines = [tr("Files that are as they were before: {count}.").format(count=number(len(undone.files)))]
    return lines + [tr("{file}: {reason}").format(file=path.name, reason=show(reason)) for path, reason in undone.left]
