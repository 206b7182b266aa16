"""Plan files in the window: recent ones, dropped ones, the history, and the plan that is there again at the next start."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.gui.app import open_window
from studio.gui.remembered import Remembered
from studio.gui.window import MainWindow
from studio.plan.planfile import load_plan
from studio.runs.places import draft_file, quickstart_plan


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, fake_worker: None) -> Iterator[MainWindow]:
    QSettings("lora-studio", "LoRA Studio").clear()
    made = opened(qtbot, qapp)
    yield made
    made.close()
    made.deleteLater()


def opened(qtbot: QtBot, qapp: QApplication) -> MainWindow:
    made = open_window(qapp)
    qtbot.waitUntil(lambda: made.title.text() != "", timeout=10000)
    return made


def with_rank(window: MainWindow, rank: int) -> None:
    plan = window.session.plan
    window.session.edit(plan.with_values(lora=plan.lora.with_values(rank=rank)), f"rank {rank}")


def drop(window: MainWindow, path: Path) -> bool:
    """What a file manager's drag does; whether the window takes it."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    where, copy, left = QPointF(500, 300), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(where.toPoint(), copy, data, left, Qt.KeyboardModifier.NoModifier)
    enter.ignore()
    QApplication.sendEvent(window, enter)
    if enter.isAccepted():
        QApplication.sendEvent(window, QDropEvent(where, copy, data, left, Qt.KeyboardModifier.NoModifier))
    return enter.isAccepted()


def recent(window: MainWindow) -> list[str]:
    window.file_actions.recent.aboutToShow.emit()
    return [action.text() for action in window.file_actions.recent.actions() if action.text()]


def test_the_plan_is_there_again_at_the_next_start(
    qtbot: QtBot, qapp: QApplication, window: MainWindow, fake_worker: None
) -> None:
    assert not draft_file().exists()  # nothing was edited
    with_rank(window, 6)
    window.close()
    again = opened(qtbot, qapp)
    assert again.session.plan.lora.rank == 6
    assert not again.session.undo.canUndo()
    again.close()


def test_an_edit_is_kept_soon_even_if_the_window_dies(qtbot: QtBot, window: MainWindow) -> None:
    with_rank(window, 7)
    qtbot.waitUntil(draft_file().is_file, timeout=5000)
    assert load_plan(draft_file()).lora.rank == 7


def test_a_draft_that_cannot_be_read_is_no_reason_not_to_start(
    qtbot: QtBot, qapp: QApplication, fake_worker: None
) -> None:
    draft_file().parent.mkdir(parents=True, exist_ok=True)
    draft_file().write_text("lora: [")
    window = opened(qtbot, qapp)
    assert window.session.plan == load_plan(quickstart_plan())
    window.close()


def test_plans_that_were_saved_or_opened_are_offered_again(window: MainWindow, tmp_path: Path) -> None:
    assert recent(window) == ["No plan was opened or saved yet"]
    with_rank(window, 4)
    window.file_actions.save(tmp_path / "four.yaml")
    with_rank(window, 5)
    window.file_actions.save(tmp_path / "five.yaml")
    assert recent(window) == ["five.yaml", "four.yaml", "Clear this list"]
    assert Remembered.load().plans == [str(tmp_path / "five.yaml"), str(tmp_path / "four.yaml")]
    window.file_actions.recent.actions()[1].trigger()
    assert window.session.plan.lora.rank == 4
    window.undo_action.trigger()
    assert window.session.plan.lora.rank == 5
    window.file_actions.recent.actions()[-1].trigger()
    assert recent(window) == ["No plan was opened or saved yet"]


def test_a_plan_or_a_run_can_be_dropped_on_the_window(window: MainWindow, tmp_path: Path) -> None:
    with_rank(window, 4)
    run = tmp_path / "run"
    run.mkdir()
    for path, rank in ((tmp_path / "plan.yml", 4), (run / "plan.yaml", 9)):
        with_rank(window, rank)
        window.file_actions.save(path)
    with_rank(window, 12)
    assert drop(window, run)
    assert window.session.plan.lora.rank == 9
    assert drop(window, tmp_path / "plan.yml")
    assert window.session.plan.lora.rank == 4
    assert not drop(window, tmp_path)  # a folder that is no run


def test_the_history_names_every_edit_and_goes_back_by_a_click(window: MainWindow) -> None:
    for rank in (4, 8):
        with_rank(window, rank)
    assert window.history_dock.isHidden()
    model = window.history.model()
    told = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert told == ["as it was opened", "rank 4", "rank 8"]
    window.history.setCurrentIndex(model.index(1, 0))
    assert window.session.plan.lora.rank == 4
