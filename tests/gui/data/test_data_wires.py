"""The wires of the data: what is asked when, what is forgotten, and what becomes of the answers."""

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QSpinBox, QTabWidget
from pytestqt.qtbot import QtBot

from studio.gui.data.data_window import DataWindow
from studio.plan.events import Answered, Failed, Progressed
from tests.gui.data.answers import lens, preview, statistics
from tests.gui.data.desk import Desk


@pytest.fixture
def scanned(qtbot: QtBot, desk: Desk) -> Desk:
    """All rows have been read."""
    desk.service.answer(desk.wait_for(qtbot, "preview"), Answered(value=preview()))
    desk.service.answer(desk.wait_for(qtbot, "scan"), Answered(value={"statistics": statistics()}))
    return desk


def facts(desk: Desk) -> str:
    return desk.data_panel.findChild(QLabel, "dataFacts").text()


def test_all_rows_are_read_by_themselves_after_the_first(qtbot: QtBot, desk: Desk) -> None:
    first = desk.wait_for(qtbot, "preview")
    assert desk.service.count("scan") == 0
    desk.service.answer(first, Answered(value=preview()))
    assert "seen in the first 3" in facts(desk)
    scan = desk.wait_for(qtbot, "scan")
    strip = desk.data_panel.scan
    assert strip.isHidden()  # what answers at once shows no progress
    desk.service.answer(scan, Progressed(phase="Reading rows", done=3, total=7))
    assert not strip.isHidden()
    desk.service.answer(scan, Answered(value={"statistics": statistics()}))
    assert strip.isHidden()
    assert facts(desk).startswith("7 rows · longest 90 tokens")
    assert desk.session._facts.rows == 4  # those that can be learnt from
    assert desk.session._facts.longest == 90
    assert "3 rows cannot be learnt" in desk.session.problems["data.train"].sentence


def test_without_a_model_no_row_is_encoded(qtbot: QtBot, desk: Desk) -> None:
    desk.session.set_description(None)
    desk.service.answer(desk.wait_for(qtbot, "preview"), Answered(value=preview()))
    qtbot.wait(30)
    assert desk.service.count("scan") == 0


def test_data_that_cannot_be_read_are_not_read_to_the_end(qtbot: QtBot, desk: Desk) -> None:
    failed = Failed(code="data-missing", what="there is no file", field="data.train", refused=True)
    desk.service.answer(desk.wait_for(qtbot, "preview"), failed)
    qtbot.wait(30)
    assert desk.service.count("scan") == 0
    assert "there is no file" in desk.session.problems["data.train"].sentence


def test_bad_rows_that_are_left_out_do_not_keep_a_run_from_starting(qtbot: QtBot, scanned: Desk) -> None:
    scanned.edit(bad_rows="skip")
    assert "data.train" not in scanned.session.problems
    scanned.session.undo.undo()
    assert "data.train" in scanned.session.problems


def test_a_change_of_the_data_forgets_the_scan_and_asks_again(qtbot: QtBot, desk: Desk) -> None:
    desk.service.answer(desk.wait_for(qtbot, "preview"), Answered(value=preview()))
    scan = desk.wait_for(qtbot, "scan")
    desk.service.answer(scan, Progressed(phase="Reading rows", done=1, total=7))
    desk.edit(loss_on="all")
    assert scan not in desk.service.hearers
    assert desk.data_panel.scan.isHidden()
    desk.service.answer(desk.wait_for(qtbot, "preview"), Answered(value=preview()))
    again = desk.wait_for(qtbot, "scan")
    assert again != scan
    assert desk.service.asked[again - 1][2]["plan"]["data"]["loss_on"] == "all"


def test_what_changes_no_token_leaves_what_is_known(qtbot: QtBot, scanned: Desk) -> None:
    scanned.edit(max_length=32)
    assert facts(scanned).startswith("7 rows")
    scanned.service.answer(scanned.wait_for(qtbot, "preview"), Answered(value=preview()))
    scanned.wait_for(qtbot, "scan")
    scanned.edit(columns={"prompt": "id"})
    assert not facts(scanned).startswith("7 rows · longest 90")


def test_settings_that_do_not_touch_the_data_ask_nothing(qtbot: QtBot, scanned: Desk) -> None:
    before = len(scanned.service.asked)
    plan = scanned.session.plan
    scanned.session.edit(plan.with_values(lora=plan.lora.with_values(rank=4)), "rank")
    qtbot.wait(30)
    assert len(scanned.service.asked) == before


def test_a_cancelled_scan_stays_cancelled_until_it_is_asked_for(qtbot: QtBot, desk: Desk) -> None:
    desk.service.answer(desk.wait_for(qtbot, "preview"), Answered(value=preview()))
    desk.service.answer(desk.wait_for(qtbot, "scan"), Progressed(phase="Reading rows", done=1, total=7))
    button = desk.data_panel.scan.findChild(QPushButton, "scanButton")
    assert button.text() == "Cancel"
    button.click()
    assert desk.service.open("scan") == []
    plan = desk.session.plan
    desk.session.edit(plan.with_values(lora=plan.lora.with_values(rank=4)), "rank")
    qtbot.wait(30)
    assert desk.service.count("scan") == 1
    assert button.text() == "Read all rows"
    button.click()
    assert desk.service.open("scan") == [desk.service.asked[-1][0]]


def test_a_scan_that_fails_says_why_and_can_be_tried_again(qtbot: QtBot, desk: Desk) -> None:
    desk.service.answer(desk.wait_for(qtbot, "preview"), Answered(value=preview()))
    failed = Failed(code="row", what="line 700 is no JSON", now="repair it", field="data.train", refused=True)
    desk.service.answer(desk.wait_for(qtbot, "scan"), failed)
    strip = desk.data_panel.scan
    assert desk.session.problems["data.train"].sentence == "line 700 is no JSON: repair it."
    said = [label.text() for label in strip.findChildren(QLabel)]
    assert "Not all rows are read." in said
    assert "line 700 is no JSON: repair it." not in said, "the panel says it already"
    strip.findChild(QPushButton, "scanButton").click()
    assert len(desk.service.open("scan")) == 1


def test_the_window_opens_from_the_panel_and_shows_what_is_known(qtbot: QtBot, scanned: Desk) -> None:
    scanned.data_panel.findChild(QPushButton, "lensButton").click()
    window = scanned.window_of_data
    assert window.isVisible()
    assert not window.isModal()
    assert window.findChild(QLabel, "dataWindowFacts").text().startswith("7 rows")
    window.findChild(QSpinBox, "cutOff").setValue(30)
    assert scanned.session.plan.data.max_length == 30
    assert scanned.session.undo.undoText() == "length 64 to 30"
    scanned.undo_action.trigger()
    assert window.findChild(QSpinBox, "cutOff").value() == 64
    window.close()
    scanned.data_panel.findChild(QPushButton, "lensButton").click()
    assert scanned.findChildren(DataWindow) == [window]


def test_a_bad_row_is_opened_in_the_lens(qtbot: QtBot, scanned: Desk) -> None:
    scanned.data_panel.findChild(QLabel, "badRowsLink").linkActivated.emit("#rows")
    number = scanned.wait_for(qtbot, "lens")
    assert scanned.window_of_data.findChild(QTabWidget, "dataTabs").currentIndex() == 1
    assert scanned.service.asked[number - 1][2] | {"plan": None} == {"plan": None, "row": 2, "from": 2, "packed": False}
    scanned.service.answer(number, Answered(value=lens()))
    window = scanned.window_of_data
    assert window.findChild(QLabel, "rowFacts").text().startswith("line 3")
    window.findChild(QPushButton, "nextProblem").click()
    number = scanned.wait_for(qtbot, "lens")
    failed = Failed(code="row-missing", what="no row has a problem", refused=True)
    scanned.service.answer(number, failed)
    assert window.findChild(QLabel, "rowProblem").text() == "no row has a problem."
    window.close()


def test_a_newer_wish_for_a_row_replaces_the_older(qtbot: QtBot, scanned: Desk) -> None:
    scanned.data_wires.show_window(0)
    first = scanned.wait_for(qtbot, "lens")
    scanned.window_of_data.go_to_row(5)
    qtbot.waitUntil(lambda: scanned.service.open("lens") not in ([first], []))
    assert len(scanned.service.open("lens")) == 1
    scanned.window_of_data.close()


def test_a_draft_is_read_beside_the_plan(qtbot: QtBot, scanned: Desk) -> None:
    scanned.data_wires.show_window()
    plan = scanned.session.plan
    draft = plan.with_values(data=plan.data.with_values(template="{{ x }}"))
    scanned.window_of_data.draftChanged.emit(draft)
    number = scanned.wait_for(qtbot, "preview")
    assert scanned.service.asked[number - 1][2]["plan"]["data"]["template"] == "{{ x }}"
    scanned.service.answer(number, Failed(code="template", what="x is not known", refused=True))
    assert scanned.window_of_data.findChild(QLabel, "templateProblem").text() == "x is not known."
    assert "x is not known" not in str(scanned.session.problems)
    scanned.window_of_data.close()


def test_the_cache_is_cleared(qtbot: QtBot, scanned: Desk) -> None:
    scanned.data_wires.show_window()
    scanned.window_of_data.findChild(QPushButton, "clearCache").click()
    scanned.service.answer(scanned.wait_for(qtbot, "clear_data_cache"), Answered(value={"freed_bytes": 1_500_000}))
    assert scanned.window_of_data.findChild(QLabel, "cacheSize").text().startswith("1.5 MB freed")
    scanned.window_of_data.close()


def test_a_preview_that_answers_with_a_problem_shows_its_rows_and_reads_no_more(qtbot: QtBot, desk: Desk) -> None:
    problem = {"code": "data-columns", "what": "no format fits", "field": "data.columns"}
    value = preview(problem=problem, format=None, roles={})
    desk.service.answer(desk.wait_for(qtbot, "preview"), Answered(value=value))
    qtbot.wait(30)
    assert desk.service.count("scan") == 0
    assert desk.session.problems["data.train"].what == "no format fits"
