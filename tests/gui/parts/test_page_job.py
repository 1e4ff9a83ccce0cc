"""A job that a page has started: who hears of it, and until when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from qgis.PyQt.QtWidgets import QStackedWidget, QWidget

from gpkeys_plugin.entrepot.translatable_text import Text
from gpkeys_plugin.gui.parts.job_with_progress_page import JobInFront
from gpkeys_plugin.gui.parts.page_job import JobUnderWay
from gpkeys_plugin.gui.parts.progress_page import ProgressPage

from ..fakes import Call


@dataclass
class Starter:
    """Starts jobs in one place, and keeps what was heard of them."""

    heard: list[object] = field(default_factory=list)
    changes: list[bool] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.job = JobUnderWay(self.changes.append)

    def start(self) -> Call:
        """Start a job."""
        calls: list[Call] = []

        def begun() -> Call:
            calls.append(Call("job", on_part=self.job.part(self.heard.append), on_done=self.job.end(self.heard.append)))
            return calls[0]

        self.job.begin(begun)
        return calls[0]


def test_parts_are_heard_until_the_end_and_the_end_once() -> None:
    starter = Starter()
    call = starter.start()
    call.on_part(1)
    assert starter.job.is_busy()
    call.on_done("end")
    call.on_part(2)
    call.on_done("again")
    assert starter.heard == [1, "end"]
    assert not starter.job.is_busy()
    assert starter.changes == [True, False]


def test_another_job_takes_the_place_of_the_one_under_way() -> None:
    starter = Starter()
    first, second = starter.start(), starter.start()
    assert (first.is_cancelled, second.is_cancelled) == (True, False)
    first.on_done("late")
    assert starter.job.is_busy()
    second.on_done("end")
    assert starter.heard == ["end"]


def test_what_was_given_up_is_stopped_and_not_heard() -> None:
    starter = Starter()
    call = starter.start()
    starter.job.drop()
    call.on_part(1)
    call.on_done("late")
    assert call.is_cancelled
    assert starter.heard == []
    assert starter.changes == [True, False]


def test_a_cancelled_job_is_heard_once_it_has_stopped() -> None:
    starter = Starter()
    call = starter.start()
    starter.job.cancel()
    assert call.is_cancelled
    assert starter.job.is_busy()
    call.on_done("stopped")
    assert starter.heard == ["stopped"]
    starter.job.cancel()


def test_a_job_may_end_while_it_is_started() -> None:
    job, heard = JobUnderWay(), list[object]()

    def begun() -> Call:
        job.end(heard.append)("at once")
        return Call("job")

    job.begin(begun)
    assert heard == ["at once"]
    assert not job.is_busy()


def test_the_end_of_a_job_may_begin_the_next() -> None:
    starter = Starter()
    following: list[Call] = []

    def begun() -> Call:
        starter.job.end(lambda: following.append(starter.start()))()
        return Call("first")

    starter.job.begin(begun)
    starter.job.cancel()
    assert following[0].is_cancelled
    assert starter.job.is_busy()


def test_where_there_is_nothing_to_do_nothing_is_under_way() -> None:
    job = JobUnderWay()
    job.begin(lambda: None)
    assert not job.is_busy()


def test_progress_is_in_front_until_the_end(qtbot: Any, qgis_app: Any) -> None:
    pages, form, wait = QStackedWidget(), QWidget(), ProgressPage()
    qtbot.addWidget(pages)
    for page in (wait, form):
        pages.addWidget(page)
    pages.setCurrentWidget(form)
    job = JobInFront(pages, wait)
    seen: list[QWidget] = []
    ends: list[Callable[..., None]] = []

    def begun() -> Call:
        ends.append(job.end(lambda: seen.append(pages.currentWidget())))
        return Call("job", on_progress=job.progress())

    job.begin_under("Something", begun)
    assert pages.currentWidget() is wait
    job.cancel()
    assert pages.currentWidget() is wait
    ends[0]()
    assert seen == [form]
    job.progress()(50, Text("late"))
    assert pages.currentWidget() is form
