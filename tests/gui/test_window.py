"""The window as a whole: everything is there, named, reachable, and says why when it is off."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from studio.gui.app import open_window
from studio.gui.model.matrix_grid import MatrixGrid
from studio.gui.remembered import Remembered
from studio.gui.window import MainWindow
from studio.plan.description import ModelDescription, ModuleInfo
from studio.plan.errors import Refusal

# design: names that scripts and assistive tools rely on; the wizard exists while it is open.
NAMES = (
    "modelPicker", "modelTree", "layerMatrix", "rankSpin", "alphaSpin", "dropoutSpin", "variantCombo", "datasetPicker",
    "dataPreview", "startButton", "pauseButton", "stopButton", "lossPlot", "memoryPlot", "parametersPlot", "progressBar",
    "exportButton", "runsTable", "playground", "banner", "estimateBar",
)  # fmt: skip


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, fake_worker: None) -> Iterator[MainWindow]:
    """The real window; its workers answer neither about the model nor about the data."""
    QSettings("lora-studio", "LoRA Studio").clear()  # Qt keeps the path of the first test's home
    made = open_window(qapp)
    qtbot.waitUntil(lambda: made.title.text() != "", timeout=10000)
    yield made
    made.close()
    made.deleteLater()


def describe(window: MainWindow) -> None:
    names = [f"model.layers.{layer}.self_attn.{part}_proj" for layer in range(2) for part in "qkvo"]
    modules = tuple(ModuleInfo(name, "linear", (16, 16), 256, True) for name in names)
    model = window.session.plan.model
    window.session.set_description(
        ModelDescription(
            model, model, "llama", 4096, modules, layers=2, hidden_size=16, intermediate_size=32, vocab_size=64,
            heads=2, kv_heads=2, head_dim=8, max_positions=256,
        )
    )  # fmt: skip


def test_the_controls_have_their_names(window: MainWindow) -> None:
    for name in NAMES:
        control = window.findChild(QWidget, name)
        assert control is not None, name
        assert QAccessible.queryAccessibleInterface(control).text(QAccessible.Text.Name), name


def test_everything_that_takes_the_focus_has_a_name(window: MainWindow, qtbot: QtBot) -> None:
    describe(window)
    kinds = (QAbstractButton, QComboBox, QAbstractSpinBox, QLineEdit)
    silent = []
    for page in (window.dashboard, window.runs_page, window.playground):
        window.show_page(page)
        qtbot.wait(20)
        for widget in window.findChildren(QWidget):
            inside = isinstance(widget.parent(), QComboBox | QAbstractSpinBox)
            reached = widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.isVisible() and not inside
            if isinstance(widget, kinds) and reached:
                face = QAccessible.queryAccessibleInterface(widget)
                if not face.text(QAccessible.Text.Name).strip():
                    silent.append(f"{type(widget).__name__} {widget.objectName()} in {widget.parent()}")
    assert silent == []


def test_start_says_why_it_is_off(window: MainWindow) -> None:
    assert not window.start_button.isEnabled()
    assert window.start_button.toolTip() == "The model is being read"
    describe(window)
    assert window.start_button.isEnabled()
    window.session.set_problem("data.train", Refusal("rows", "the file holds no rows", field="data.train"))
    assert not window.start_button.isEnabled()
    assert "the file holds no rows" in window.start_button.toolTip()
    assert "the file holds no rows" in window.title.text()


def test_an_edit_anywhere_is_seen_everywhere_and_undone_everywhere(window: MainWindow) -> None:
    describe(window)
    before = window.session.estimate
    window.findChild(QAbstractSpinBox, "rankSpin").setValue(4)
    assert window.session.plan.lora.rank == 4
    assert window.session.estimate != before
    assert window.undo_action.text() == "Undo rank 16 to 4"
    window.undo_action.trigger()
    assert window.findChild(QAbstractSpinBox, "rankSpin").value() == 16
    assert window.session.estimate == before


def test_every_theme_at_every_size(window: MainWindow, qtbot: QtBot) -> None:
    for width, height in ((1280, 800), (1024, 700)):
        window.resize(width, height)
        for name in ("light", "dark", "contrast", "system"):
            window.use_theme(name)
            qtbot.wait(20)
            assert (window.width(), window.height()) == (width, height), "the window cannot be made as small as this"
            assert not window.grab().isNull()


def test_pages_and_docks_come_and_go_and_the_layout_can_be_put_back(window: MainWindow) -> None:
    window.runs_button.click()
    assert window.runs_table.isVisible()
    window.playground_button.click()
    assert window.playground.isVisible()
    assert not window.runs_button.isChecked()
    window.playground_button.click()
    assert window.dashboard.isVisible()
    window.model_dock.hide()
    window.dashboard.all_action.trigger()
    assert Remembered.load().all_plots
    assert window.dashboard.all_action in window.views.actions()
    window.reset_layout()
    assert window.model_dock.isVisible()
    assert not Remembered.load().all_plots


@pytest.mark.parametrize(
    ("typed", "name"),
    [("network dim", "rankSpin"), ("loraplus", "training.learning_rate_ratio"), ("cutoff length", "data.max_length")],
)
def test_a_search_leads_to_the_field(qtbot: QtBot, window: MainWindow, typed: str, name: str) -> None:
    window.show()
    window.setting_search.setText(typed)
    QTest.keyClick(window.setting_search, Qt.Key.Key_Return)
    field = window.findChild(QWidget, name)
    assert field.isVisible()
    assert window.plan_scroll.widget().isAncestorOf(field)
    place = field.mapTo(window.plan_scroll.viewport(), field.rect().center())
    assert window.plan_scroll.viewport().rect().contains(place)


def test_the_size_of_the_matrix_cells_is_remembered(window: MainWindow, qtbot: QtBot) -> None:
    describe(window)
    grid = window.findChild(MatrixGrid, "layerMatrix")
    window.activateWindow()
    grid.setFocus()
    qtbot.keyClick(grid, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert Remembered.load().zoom == 0.7
    again = MainWindow(Remembered.load())
    qtbot.addWidget(again)
    assert again.findChild(MatrixGrid, "layerMatrix").zoom == 0.7
