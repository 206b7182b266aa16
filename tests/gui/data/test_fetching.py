"""Fetching the plan's data: what the panel shows of it, what is asked when, and what goes on meanwhile."""

import pytest
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from studio.gui.data.data_window import DataWindow
from studio.gui.elided_label import ElidedLabel
from studio.plan.events import Answered, Event, Failed, Progressed
from tests.gui.data.answers import preview, statistics
from tests.gui.data.desk import Desk

ENTRY = "hub:owner/name"


def missing(entry: str = ENTRY, field: str = "data.train") -> Failed:
    """What a worker says of data that are not here."""
    what = "the Hub's data set owner/name is not on this machine yet"
    return Failed(code="data-not-fetched", what=what, where=entry, now="fetch it", field=field, refused=True)


def answer_preview(qtbot: QtBot, desk: Desk, event: Event) -> None:
    """Answer the preview of the plan as it is now: an older one may be open before it is asked for."""

    def of_now() -> list[int]:
        data = desk.session.plan.model_dump(mode="json")["data"]
        return [
            number
            for number in desk.service.open("preview")
            if desk.service.asked[number - 1][2]["plan"]["data"] == data
        ]

    qtbot.waitUntil(lambda: bool(of_now()))
    desk.service.answer(of_now()[-1], event)


@pytest.fixture
def bare(qtbot: QtBot, desk: Desk) -> Desk:
    """A data set of the Hub is chosen, and is not here."""
    desk.edit(train=ENTRY)
    desk.show()
    answer_preview(qtbot, desk, missing())
    return desk


def said(place: QWidget) -> str:
    return place.findChild(QLabel, "fetchDataText").text()


def button(place: QWidget) -> QPushButton:
    return place.findChild(QPushButton, "fetchDataButton")


def strip_is_shown(place: QWidget) -> bool:
    return button(place).isVisibleTo(place)


def test_data_that_are_not_here_can_be_fetched_where_they_were_chosen(qtbot: QtBot, bare: Desk) -> None:
    panel = bare.data_panel
    assert said(panel) == "owner/name is not on this machine yet"
    assert button(panel).text() == "Fetch"
    assert button(panel).accessibleName() == "Fetch owner/name"
    assert bare.session.problems["data.train"].code == "data-not-fetched"  # so that nothing starts
    assert not panel.findChild(QProgressBar, "fetchDataProgress").isVisibleTo(panel)
    button(panel).click()
    number = bare.wait_for(qtbot, "download_data")
    assert bare.service.asked[number - 1][2] == {"entry": ENTRY}
    assert button(panel).text() == "Cancel"
    bare.service.answer(number, Progressed(phase="downloading", done=1_200_000, total=4_800_000, unit="bytes"))
    assert panel.findChild(ElidedLabel, "fetchDataSize").text() == "Fetching: 1.2 MB of 4.8 MB"
    assert panel.findChild(QProgressBar, "fetchDataProgress").value() == 250


def test_once_they_are_here_they_are_read_and_scanned(qtbot: QtBot, bare: Desk) -> None:
    assert bare.service.count("scan") == 0
    button(bare.data_panel).click()
    bare.service.answer(bare.wait_for(qtbot, "download_data"), Answered(value={"files": 1, "bytes": 9}))
    assert not strip_is_shown(bare.data_panel)
    answer_preview(qtbot, bare, Answered(value=preview()))
    assert "data.train" not in bare.session.problems
    bare.service.answer(bare.wait_for(qtbot, "scan"), Answered(value={"statistics": statistics()}))
    assert not strip_is_shown(bare.data_panel)


def test_a_cancelled_fetch_can_be_begun_again(qtbot: QtBot, bare: Desk) -> None:
    button(bare.data_panel).click()
    bare.wait_for(qtbot, "download_data")
    button(bare.data_panel).click()
    assert bare.service.open("download_data") == []
    assert said(bare.data_panel) == "owner/name is not on this machine yet"
    assert button(bare.data_panel).text() == "Fetch"
    button(bare.data_panel).click()
    assert len(bare.service.open("download_data")) == 1


def test_a_failed_fetch_says_why_and_can_be_tried_again(qtbot: QtBot, bare: Desk) -> None:
    button(bare.data_panel).click()
    failed = Failed(code="hub-unreachable", what="the connection failed", where="owner/name", now="check the network")
    bare.service.answer(bare.wait_for(qtbot, "download_data"), failed)
    problem = bare.data_panel.findChild(QLabel, "fetchDataProblem")
    assert problem.isVisibleTo(bare.data_panel)
    assert problem.text() == "the connection failed (owner/name): check the network."
    assert button(bare.data_panel).text() == "Try again"
    button(bare.data_panel).click()
    assert not problem.isVisibleTo(bare.data_panel)


def test_other_edits_leave_a_fetch_alone_and_other_data_end_it(qtbot: QtBot, bare: Desk) -> None:
    button(bare.data_panel).click()
    number = bare.wait_for(qtbot, "download_data")
    bare.edit(max_length=32)
    answer_preview(qtbot, bare, missing())
    assert bare.service.open("download_data") == [number]
    assert button(bare.data_panel).text() == "Cancel"
    bare.edit(train="/some/file.jsonl")
    assert bare.service.open("download_data") == []
    assert not strip_is_shown(bare.data_panel)


def test_evaluation_data_that_are_not_here_are_offered_when_the_rows_are_read(qtbot: QtBot, desk: Desk) -> None:
    desk.edit(eval="hub:owner/name:test")
    answer_preview(qtbot, desk, Answered(value=preview()))
    desk.service.answer(desk.wait_for(qtbot, "scan"), missing("hub:owner/name:test", "data.eval"))
    assert said(desk.data_panel) == "owner/name:test is not on this machine yet"
    assert not desk.data_panel.findChild(QPushButton, "scanButton").isVisibleTo(desk.data_panel)


def test_the_reading_card_of_the_data_window_shows_the_same(qtbot: QtBot, bare: Desk) -> None:
    bare.data_wires.show_window()
    window = bare.findChild(DataWindow, "dataWindow")
    assert said(window) == "owner/name is not on this machine yet"
    button(window).click()
    number = bare.wait_for(qtbot, "download_data")
    assert button(bare.data_panel).text() == button(window).text() == "Cancel"
    bare.service.answer(number, Answered(value={"files": 1, "bytes": 9}))
    assert not strip_is_shown(window)
    window.close()
