"""The page of runs in the real window, with workers that need no torch."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QSettings, Qt
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from studio.gui.app import open_window
from studio.gui.runs.replay_window import ReplayWindow
from studio.gui.runs.trash_dialog import TrashDialog
from studio.gui.window import MainWindow
from studio.plan.commands import Command
from studio.plan.plan import Plan
from studio.runs.folder import Run, create_run, list_runs
from studio.runs.log import EventLog
from studio.runs.notes import read_notes
from studio.runs.queue import load_queue
from studio.runs.trash import list_trash


@pytest.fixture
def runs(run_plan: Plan, own_home: object, stepped) -> list[Run]:
    """Two finished runs whose ranks differ."""
    made = []
    for rank in (8, 16):
        run = create_run(run_plan.with_values(lora=run_plan.lora.with_values(rank=rank)))
        with EventLog(run.events_file) as log:
            for step in range(1, 31):
                log.append(stepped(step, rank / step))
        run.write_summary({"state": "finished", "steps": 30, "first_loss": 4.0, "last_loss": 1.0})
        made.append(run)
    return made


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, fake_worker: None, runs: list[Run]) -> Iterator[MainWindow]:
    QSettings("lora-studio", "LoRA Studio").clear()
    made = open_window(qapp)
    qtbot.waitUntil(lambda: made.title.text() != "", timeout=10000)
    made.show_page(made.runs_page)
    yield made
    made.close()
    made.deleteLater()


def test_selected_runs_are_overlaid_and_compared(window: MainWindow, runs: list[Run], qtbot: QtBot) -> None:
    page = window.runs_page
    page.table.select(*runs)
    qtbot.waitUntil(lambda: len(page.overlay.legend.entries) == 2)
    table = page.differences.table
    assert page.differences.currentWidget() is table
    assert [table.item(0, column).text() for column in range(2)] == ["Plan", "lora.rank"]
    assert {table.item(0, column).text() for column in (2, 3)} == {"8", "16"}
    page.table.select(runs[0])
    assert page.differences.currentWidget() is not table


def test_a_deleted_run_comes_back_by_the_banner_and_from_the_trash(window: MainWindow, runs: list[Run]) -> None:
    page = window.runs_page
    page.table.select(*runs)
    page.table.buttons["delete"].click()
    assert list_runs() == []
    assert all(run.name in window.banner.text() for run in runs)
    window.banner._action.click()
    assert set(list_runs()) == set(runs)
    assert page.table.model.rowCount() == 2

    page.table.select(runs[0])
    page.table.buttons["delete"].click()
    page.table.trash_button.click()
    dialog = window.findChild(TrashDialog)
    assert dialog is not None
    assert not dialog.back_button.isEnabled()
    dialog.table.selectRow(0)
    dialog.back_button.click()
    assert "is empty" in dialog.hint()
    dialog.accept()
    assert set(list_runs()) == set(runs)
    assert list_trash() == []


def test_notes_are_kept_and_found(window: MainWindow, runs: list[Run], qtbot: QtBot) -> None:
    page = window.runs_page
    page.tabs.setCurrentIndex(2)
    page.table.select(runs[0])
    qtbot.keyClicks(page.notes.tags, "best, small")
    qtbot.keyClicks(page.notes.text, "as good as the other")
    page.table.select(runs[1])
    assert read_notes(runs[0]).tags == ("best", "small")
    assert read_notes(runs[0]).text == "as good as the other"
    assert page.notes.tags.text() == ""
    page.table.search.setText("small")
    assert page.table.table.model().rowCount() == 1


def test_plans_are_lined_up_taken_back_and_carried_out(
    window: MainWindow, runs: list[Run], run_plan: Plan, qtbot: QtBot
) -> None:
    page, queue = window.runs_page, window.runs_wires.queue
    page.table.select(runs[1])
    page.table.buttons["line_up"].click()
    page.table.select(runs[0])
    page.table.buttons["line_up"].click()
    assert page.tabs.tabText(3) == "Queue (2 waiting)"
    first, second = queue.queue.entries
    page.queue.select(first.id)
    page.queue.edits["take_back"].click()
    assert window.session.plan == first.plan
    assert window.undo_action.isEnabled()
    page.queue.add_button.click()
    assert [entry.plan for entry in queue.queue.entries] == [second.plan, first.plan]
    page.queue.go_button.click()
    qtbot.waitUntil(lambda: all(entry.state == "done" for entry in queue.queue.entries), timeout=20000)
    assert len(list_runs()) == 4
    page.queue.clear_button.click()
    assert page.tabs.tabText(3) == "Queue"
    assert queue.queue.entries == ()


def test_a_dragged_order_is_kept(window: MainWindow, runs: list[Run], qtbot: QtBot) -> None:
    page, queue = window.runs_page, window.runs_wires.queue
    for run in runs:
        page.table.select(run)
        page.table.buttons["line_up"].click()
    first, second = queue.queue.entries
    table = page.queue.table
    qtbot.waitUntil(table.isVisible)
    low = QPoint(40, table.rowHeight(0) + 10)
    qtbot.mousePress(table.viewport(), Qt.MouseButton.LeftButton, pos=low)
    qtbot.mouseMove(table.viewport(), pos=QPoint(40, 2))
    qtbot.mouseRelease(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(40, 2))
    assert queue.queue.entries == (second, first)
    assert load_queue() == queue.queue
    assert page.queue.selected == second


def test_the_overlay_grows_with_a_run_that_goes_on(window: MainWindow, runs: list[Run], stepped, qtbot: QtBot) -> None:
    page = window.runs_page
    page.table.select(runs[0])
    qtbot.waitUntil(lambda: len(page.overlay.columns()) == 4)
    with EventLog(runs[0].events_file) as log:
        log.append(stepped(31, 0.5))
    page.show_overlay()
    assert page.overlay.columns()[f"{runs[0].name} losses"][-1] == 0.5


def test_deleting_for_good_is_asked_for_and_the_question_goes_with_its_dialog(
    window: MainWindow, runs: list[Run], qtbot: QtBot
) -> None:
    page = window.runs_page
    page.table.select(*runs)
    page.table.buttons["delete"].click()

    def asked(row: int) -> QMessageBox:
        page.table.trash_button.click()
        dialog = window.findChild(TrashDialog)
        dialog.table.selectRow(row)
        dialog.delete_button.click()
        return dialog.findChild(QMessageBox)

    asked(0).parent().close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert len(list_trash()) == 2
    asked(0).button(QMessageBox.StandardButton.No).click()
    assert len(list_trash()) == 2
    window.findChild(TrashDialog).close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    asked(0).button(QMessageBox.StandardButton.Yes).click()
    assert len(list_trash()) == 1


def test_another_run_is_replayed_beside_the_one_that_goes_on(
    window: MainWindow, runs: list[Run], run_plan: Plan, qtbot: QtBot
) -> None:
    endless = run_plan.with_values(training=run_plan.training.with_values(max_steps=100_000))
    window.control.start(endless)
    qtbot.waitUntil(lambda: window.control.state == "running", timeout=10000)
    window.control.tell(Command("pause"))
    live = window.control.run
    window.runs_table.openRequested.emit(runs[0])
    replay = window.findChild(ReplayWindow)
    qtbot.waitUntil(lambda: replay.dashboard.series.last_step == 30, timeout=10000)
    assert (window.control.run, window.control.live, replay.isVisible()) == (live, True, True)
    assert runs[0].name in replay.windowTitle()
    plan = replay.dashboard.plan
    assert plan.text.toPlainText() == runs[0].plan_file.read_text(encoding="utf-8")
    plan.use_button.click()
    assert window.session.plan == runs[0].plan()
    assert not plan.use_button.isEnabled()
    replay.close()
    window.undo_action.trigger()  # the plan card of a closed window is told no more
    window.control.tell(Command("stop"))
    qtbot.waitUntil(lambda: not window.control.live, timeout=10000)
    window.runs_table.openRequested.emit(runs[1])  # nothing goes on: it is shown where runs are shown
    assert window.control.run == runs[1]


def test_a_replayed_run_shows_its_plan_which_can_be_used_again(window: MainWindow, runs: list[Run]) -> None:
    card, before = window.dashboard.plan, window.session.plan
    assert not card.use_button.isEnabled()
    window.runs_table.openRequested.emit(runs[0])
    assert card.text.toPlainText() == runs[0].plan_file.read_text(encoding="utf-8")
    assert card.text.isReadOnly()
    card.use_button.click()
    assert window.session.plan == runs[0].plan()
    assert (card.use_button.isEnabled(), card.figure()) == (False, "on screen now")
    window.undo_action.trigger()
    assert window.session.plan == before
    assert (card.use_button.isEnabled(), card.figure()) == (True, "")


def test_a_plan_that_cannot_be_read_is_shown_with_what_is_wrong(window: MainWindow, runs: list[Run]) -> None:
    with runs[0].plan_file.open("a", encoding="utf-8") as file:
        file.write("rnak: 3\n")
    window.dashboard.plan.show_run(runs[0])
    words = window.dashboard.plan.text.toPlainText()
    assert "rnak" in words.splitlines()[0]
    assert words.endswith("rnak: 3\n")
    assert not window.dashboard.plan.use_button.isEnabled()
    runs[0].plan_file.unlink()
    window.dashboard.plan.show_run(runs[0])
    assert "cannot be read" in window.dashboard.plan.text.toPlainText()
