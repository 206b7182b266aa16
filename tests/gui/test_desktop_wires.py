"""What happens outside the window: awake while training, progress, a word at the end, the system's looks, help."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.gui import theme as themes
from studio.gui.app import open_window
from studio.gui.desktop.shortcut_sheet import ShortcutSheet
from studio.gui.desktop.tour import Tour
from studio.gui.desktop.wakefulness import Wakefulness
from studio.gui.remembered import Remembered
from studio.gui.theme import CONTRAST, DARK, LIGHT
from studio.gui.window import MainWindow
from studio.plan.events import Started, Stepped
from studio.plan.plan import Plan


class Recorded:
    def __init__(self) -> None:
        self.asked: list[str] = []

    def hold(self) -> None:
        self.asked.append("hold")

    def release(self) -> None:
        self.asked.append("release")


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, fake_worker: None) -> Iterator[MainWindow]:
    QSettings("lora-studio", "LoRA Studio").clear()
    made = open_window(qapp)
    qtbot.waitUntil(lambda: made.title.text() != "", timeout=10000)
    yield made
    made.close()
    made.deleteLater()


def test_a_run_keeps_the_machine_awake_and_says_when_it_is_over(
    window: MainWindow, qtbot: QtBot, run_plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    block, said, shares = Recorded(), [], []
    wires = window.desktop_wires
    wires.wakefulness = Wakefulness(block)
    monkeypatch.setattr(wires.task_bar, "show_share", shares.append)
    monkeypatch.setattr(wires.notification, "show", lambda title, text: said.append((title, text)))
    monkeypatch.setattr(window, "isActiveWindow", lambda: False)
    window.control.start(run_plan)
    assert block.asked == ["hold"]
    qtbot.waitUntil(lambda: window.control.state == "finished", timeout=20000)
    assert block.asked == ["hold", "release"]
    assert shares[-1] is None
    assert window.control.run is not None
    (note,) = said
    assert note[0] == f"{window.control.run.name} has finished"


def test_the_task_bar_follows_the_steps(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    shares: list[float | None] = []
    monkeypatch.setattr(window.desktop_wires.task_bar, "show_share", shares.append)
    monkeypatch.setattr(type(window.control), "live", True)
    window.control.happened.emit(
        [
            Started(
                step=0, steps=8, examples=8, device="cpu", precision="float32", trainable_parameters=1, total_parameters=2, targets={}
            ),
            *(
                Stepped(
                    step=step, loss=1.0, learning_rate=1e-3, grad_norm=1.0, tokens=1, tokens_per_second=1.0, memory={},
                    trainable_parameters=1, eta_seconds=0.0,
                )
                for step in (1, 2)
            ),
        ]
    )  # fmt: skip
    assert shares == [0.25]


def test_opening_an_old_run_says_nothing(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(window.desktop_wires.notification, "show", lambda title, text: said.append(title))
    monkeypatch.setattr(window, "isActiveWindow", lambda: False)
    window.control.stateChanged.emit("finished")
    assert said == []
    assert not window.desktop_wires.wakefulness.kept


def test_the_window_follows_the_system_while_it_is_open(
    window: MainWindow, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ground() -> str:
        return qapp.palette().color(QPalette.ColorRole.Window).name().upper()

    hints = QGuiApplication.styleHints()
    window.use_theme("system")
    monkeypatch.setattr(themes, "system_theme", lambda: DARK)
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert ground() == DARK.ground
    monkeypatch.setattr(themes, "system_theme", lambda: CONTRAST)
    hints.accessibility().contrastPreferenceChanged.emit(Qt.ContrastPreference.HighContrast)
    assert ground() == CONTRAST.ground
    window.use_theme("light")
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert ground() == LIGHT.ground, "who chose a theme keeps it"


def test_the_tour_comes_once_and_can_be_asked_for(window: MainWindow, qtbot: QtBot) -> None:
    tour = window.findChild(Tour)
    assert tour is not None
    qtbot.waitUntil(tour.isVisible)
    titles = []
    for _ in range(4):
        titles.append(tour.title())
        assert window.rect().contains(tour.geometry())
        tour.next_button.click()
    assert len(set(titles)) == 4
    assert not tour.isVisible()
    assert Remembered.load().toured
    window.desktop_wires.begin()
    assert not tour.isVisible(), "only once"
    window.help_menu.actions()[0].trigger()
    assert tour.title() == titles[0]
    QTest.keyClick(tour, Qt.Key.Key_Escape)
    assert not tour.isVisible()


def test_every_text_of_the_tour_is_shown_whole(window: MainWindow, qtbot: QtBot) -> None:
    tour = window.findChild(Tour)
    assert tour is not None
    for _ in range(4):
        qtbot.wait(20)
        for label in (tour._title, tour._text):
            assert label.height() >= label.heightForWidth(label.width()), label.text()
        tour.next_button.click()


def test_f1_opens_the_sheet_of_shortcuts(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_F1)
    sheet = window.findChild(ShortcutSheet)
    assert sheet is not None
    assert {"Undo", "Redo", "New", "Open", "Save plan", "Start", "Next panel"} <= set(sheet.shown())
    sheet.search.setText("ctrl+z")
    assert sheet.shown() == ["Undo"]
    sheet.search.setText("plan save")
    assert sheet.shown() == ["Save plan"]
    sheet.close()


def test_f6_goes_round_the_panels(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.keys.enter(window.model_dock)
    met = []
    for _ in range(4):
        focus = QApplication.focusWidget()
        assert focus is not None
        panels = (window.model_dock, window.pages, window.plan_dock, window.main_bar)
        met.append(next(panel for panel in panels if panel.isAncestorOf(focus)))
        QTest.keyClick(focus, Qt.Key.Key_F6)
    assert len(set(met)) == 4
    assert window.model_dock.isAncestorOf(QApplication.focusWidget())


def test_a_language_is_remembered(window: MainWindow) -> None:
    window.views.languageChosen.emit("de")
    assert Remembered.load().language == "de"
    assert "next start" in window.banner.text()
