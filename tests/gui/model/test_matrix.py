"""The layer matrix: painting, selecting, ranks, colours."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QToolButton
from pytestqt.qtbot import QtBot

from studio.gui.model.matrix import LayerMatrix
from studio.gui.model.matrix_grid import MatrixGrid
from studio.gui.model.matrix_legend import MatrixLegend
from studio.gui.model.rank_box import RankBox
from studio.gui.theme import CONTRAST, LIGHT
from studio.plan.description import ModelDescription
from studio.plan.plan import Plan
from studio.plan.targets import TargetSetting, resolve_targets

LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
Targets = Callable[[], dict[str, TargetSetting]]


@pytest.fixture
def matrix(qtbot: QtBot, plan: Plan, description: ModelDescription) -> LayerMatrix:
    """A matrix that shows what comes of its own edits, as the window does."""
    made = LayerMatrix()
    qtbot.addWidget(made)
    made.set_theme(LIGHT)
    made.show_plan(plan)
    made.show_description(description)
    made.planEdited.connect(lambda edited, text: made.show_plan(edited))
    made.resize(420, 320)
    made.show()
    return made


@pytest.fixture
def grid(matrix: LayerMatrix) -> MatrixGrid:
    found = matrix.findChild(MatrixGrid, "layerMatrix")
    assert found is not None
    found.setFocus()
    return found


@pytest.fixture
def edits(matrix: LayerMatrix) -> list[tuple[Plan, str]]:
    """What the matrix emits."""
    heard: list[tuple[Plan, str]] = []
    matrix.planEdited.connect(lambda plan, text: heard.append((plan, text)))
    return heard


def centre(grid: MatrixGrid, row: int, column: int) -> QPoint:
    return grid.cell_rect((row, column)).center()


def unticked(plan: Plan, description: ModelDescription) -> set[str]:
    return {module.name for module in description.adaptable} - set(resolve_targets(plan.lora, description.modules))


def drag(qtbot: QtBot, grid: MatrixGrid, *cells: tuple[int, int]) -> None:
    view = grid.viewport()
    qtbot.mousePress(view, LEFT, pos=centre(grid, *cells[0]))
    for cell in cells[1:]:
        qtbot.mouseMove(view, pos=centre(grid, *cell))
    qtbot.mouseRelease(view, LEFT, pos=centre(grid, *cells[-1]))


def test_a_click_unticks_one_target(qtbot, grid, edits, description) -> None:
    drag(qtbot, grid, (1, 0))
    assert edits[0][1] == "untick model.layers.1.self_attn.q_proj"
    assert unticked(edits[0][0], description) == {"model.layers.1.self_attn.q_proj"}


def test_the_first_cell_of_a_drag_decides_for_all(qtbot, grid, edits, description) -> None:
    drag(qtbot, grid, (1, 0))
    drag(qtbot, grid, (0, 0), (1, 0), (2, 0))
    assert [text for _, text in edits[1:]] == ["untick 2 targets"]
    drag(qtbot, grid, (1, 0), (2, 0), (3, 0))
    assert [text for _, text in edits[2:]] == ["tick 2 targets"]
    assert unticked(edits[-1][0], description) == {"model.layers.0.self_attn.q_proj"}


def test_a_fast_drag_leaves_no_cell_out(qtbot, grid, edits, description) -> None:
    drag(qtbot, grid, (0, 1), (3, 1))
    assert unticked(edits[0][0], description) == {f"model.layers.{layer}.self_attn.k_proj" for layer in range(4)}


def test_a_digit_with_a_command_key_is_no_rank(qtbot, grid) -> None:
    qtbot.keyClick(grid, Qt.Key.Key_1, CONTROL)
    assert not grid.findChild(RankBox).isVisible()


def test_nothing_is_asked_before_the_button_is_let_go(qtbot, grid, edits) -> None:
    qtbot.mousePress(grid.viewport(), LEFT, pos=centre(grid, 0, 0))
    qtbot.mouseMove(grid.viewport(), pos=centre(grid, 0, 1))
    assert edits == []
    qtbot.keyClick(grid, Qt.Key.Key_Escape)
    qtbot.mouseRelease(grid.viewport(), LEFT, pos=centre(grid, 0, 1))
    assert edits == []


def test_keys_alone_untick_and_tick(qtbot, grid, edits) -> None:
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_Space):
        qtbot.keyClick(grid, key)
    assert [text for _, text in edits] == [
        "untick model.layers.1.self_attn.k_proj",
        "tick model.layers.1.self_attn.k_proj",
    ]


def test_a_number_sets_the_rank_of_what_shift_selected(qtbot, grid, edits, description) -> None:
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right):
        qtbot.keyClick(grid, key, SHIFT)
    qtbot.keyClick(grid, Qt.Key.Key_6)
    box = grid.findChild(RankBox)
    qtbot.keyClicks(box, "4")
    assert edits == []
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert [text for _, text in edits] == ["rank 16 to 64 on 6 targets"]
    ranks = {name: setting.rank for name, setting in resolve_targets(edits[0][0].lora, description.modules).items()}
    assert {name for name, rank in ranks.items() if rank == 64} == {
        f"model.layers.{layer}.self_attn.{part}_proj" for layer in range(3) for part in "qk"
    }
    assert not box.isVisible()


def test_escape_leaves_the_rank_as_it_was(qtbot, grid, edits) -> None:
    qtbot.keyClick(grid, Qt.Key.Key_8)
    box = grid.findChild(RankBox)
    assert box.isVisible()
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert not box.isVisible()
    assert edits == []


def test_a_number_follows_what_was_painted(qtbot, grid, edits) -> None:
    drag(qtbot, grid, (0, 0), (0, 1))
    qtbot.keyClick(grid, Qt.Key.Key_8)
    qtbot.keyClick(grid.findChild(RankBox), Qt.Key.Key_Return)
    assert [text for _, text in edits] == ["untick 2 targets", "tick 2 targets with rank 8"]


def test_a_label_selects_its_layer_and_shift_click_a_block(qtbot, grid, edits) -> None:
    beside = centre(grid, 2, 0)
    qtbot.mouseClick(grid.viewport(), LEFT, pos=QPoint(4, beside.y()))
    qtbot.keyClick(grid, Qt.Key.Key_Space)
    qtbot.mouseClick(grid.viewport(), LEFT, SHIFT, centre(grid, 3, 1))
    qtbot.keyClick(grid, Qt.Key.Key_Space)
    qtbot.keyClick(grid, Qt.Key.Key_A, CONTROL)
    qtbot.keyClick(grid, Qt.Key.Key_Space)
    assert [text for _, text in edits] == ["untick 7 targets", "tick 2 targets", "tick 5 targets"]


def test_showing_is_silent(matrix: LayerMatrix, plan: Plan, description: ModelDescription) -> None:
    spy = QSignalSpy(matrix.planEdited)
    matrix.show_plan(plan.with_values(lora={"rank": 8}))
    matrix.show_description(None)
    matrix.show_description(description)
    matrix.show_measured({"moved": {"model.layers.0.self_attn.q_proj": 0.01}})
    assert spy.count() == 0


def test_movement_becomes_the_colour_once_it_is_known(matrix: LayerMatrix, grid: MatrixGrid) -> None:
    combo = matrix.findChild(QComboBox, "matrixColour")
    place = centre(grid, 0, 0) - QPoint(12, 0)
    assert (combo.currentData(), combo.isEnabled()) == ("rank", False)
    by_rank = grid.viewport().grab().toImage().pixelColor(place).name()
    matrix.show_measured({"moved": {"model.layers.0.self_attn.q_proj": 0.03, "model.layers.1.self_attn.q_proj": 0.015}})
    assert (combo.currentData(), combo.isEnabled()) == ("moved", True)
    image = grid.viewport().grab().toImage()
    assert image.pixelColor(place).name() == "#fde725"  # the bright end of viridis
    assert image.pixelColor(centre(grid, 1, 0) - QPoint(12, 0)).name() == "#21918c"  # its middle
    combo.setCurrentIndex(combo.findData("rank"))
    assert grid.viewport().grab().toImage().pixelColor(place).name() == by_rank
    matrix.forget_measured()
    assert (combo.currentData(), combo.isEnabled()) == ("rank", False)


def test_gradient_and_effective_rank_are_colours_once_a_run_has_measured_them(
    matrix: LayerMatrix, grid: MatrixGrid
) -> None:
    combo, names = matrix.findChild(QComboBox, "matrixColour"), [f"model.layers.{n}.self_attn.q_proj" for n in (0, 1)]
    able = lambda: [combo.model().item(place).isEnabled() for place in range(4)]  # noqa: E731
    matrix.show_measured({"moved": dict.fromkeys(names, 0.1), "gradient": {names[0]: 0.25, names[1]: 0.5}})
    assert able() == [True, True, True, False]
    combo.setCurrentIndex(combo.findData("gradient"))
    assert grid.scale.words == ("0", "0.5")
    matrix.show_measured({"effective rank": {names[0]: 8.0, names[1]: 4.0}})
    assert able() == [True] * 4
    assert combo.currentData() == "gradient"  # the user's choice stays
    combo.setCurrentIndex(combo.findData("effective rank"))
    image = grid.viewport().grab().toImage()
    assert image.pixelColor(centre(grid, 0, 0) - QPoint(12, 0)).name() == "#fde725"
    legend = matrix.findChild(MatrixLegend)
    assert legend.accessibleName() == "directions 0 – 8.0"


def test_a_cell_says_its_full_name_and_numbers(matrix: LayerMatrix, grid: MatrixGrid) -> None:
    name = "model.layers.0.mlp.up_proj"
    matrix.show_measured({"moved": {name: 0.012}, "gradient": {name: 0.00321}})
    matrix.show_measured({"moved": {}, "effective rank": {name: 3.14}})
    cell = grid.cell_of("model.layers.0.mlp.up_proj")
    assert grid.words(cell).splitlines() == [
        "model.layers.0.mlp.up_proj",
        "rank 16, alpha 32",
        "384 trainable parameters",
        "moved 1.2 % of its weight's norm",
        "gradient 0.0032",
        "makes use of 3.1 directions",
    ]  # 16 (8 + 16) = 384


def test_before_a_model_is_chosen_the_card_says_what_will_be_there(qtbot: QtBot, plan: Plan) -> None:
    made = LayerMatrix()
    qtbot.addWidget(made)
    made.show_plan(plan)
    made.resize(330, 260)
    made.show()
    shown = [label.text() for label in made.findChildren(QLabel) if label.isVisible()]
    assert "The layers appear here once a model is chosen." in shown


def test_many_layers_scroll_to_the_cursor(qtbot, matrix, grid, plan, llama_of, edits) -> None:
    matrix.show_description(llama_of(80))
    matrix.set_theme(CONTRAST)
    matrix.resize(330, 260)
    for _ in range(10):
        qtbot.keyClick(grid, Qt.Key.Key_PageDown)
    qtbot.keyClick(grid, Qt.Key.Key_End)
    last = grid.cell_rect((79, 6))
    assert grid.viewport().rect().contains(last)
    qtbot.keyClick(grid, Qt.Key.Key_Space)
    assert edits[0][1] == "untick model.layers.79.mlp.down_proj"


def test_a_cell_of_experts_is_ticked_and_ranked_as_a_whole(qtbot, grid, matrix, edits, plan, mixture) -> None:
    third = "model.layers.0.mlp.experts.2.w1"
    matrix.show_plan(plan.with_values(lora={"overrides": [{"match": third, "enabled": False}]}))
    matrix.show_description(mixture)
    assert grid.words((0, 2)).startswith(
        "model.layers.0.mlp.experts.*.w1\n2 of 3 experts are targets\nrank 16, alpha 32"
    )
    assert grid.view.share_ticked((0, 2)) == 2 / 3
    grid.viewport().grab()
    drag(qtbot, grid, (0, 2))  # what is ticked in part is ticked whole first
    assert unticked(edits[-1][0], mixture) == {"model.layers.1.mlp.experts"}
    qtbot.keyClick(grid, Qt.Key.Key_8)
    qtbot.keyClick(grid.findChild(RankBox), Qt.Key.Key_Return)
    assert edits[-1][1] == "rank 16 to 8 on 3 targets"
    assert [override.match for override in edits[-1][0].lora.overrides] == ["*.w1"]  # one word for all of them
    drag(qtbot, grid, (0, 2))
    assert grid.words((0, 2)) == "model.layers.0.mlp.experts.*.w1\n0 of 3 experts are targets"


def test_stacked_experts_and_routers_say_what_they_are(grid, matrix, mixture) -> None:
    matrix.show_description(mixture)
    assert "one target for all 8 experts, each with 32 × 8, 8 × 16" in grid.words((1, 4))
    assert grid.words((0, 1)) == "model.layers.0.mlp.gate\nTopKRouter is no kind of layer"
    assert grid.words((1, 2)) == "no module that can be adapted"


def test_ranks_that_differ_in_a_cell_show_as_a_span(grid, matrix, plan, mixture) -> None:
    lora = {"overrides": [{"match": "model.layers.0.mlp.experts.0.w1", "rank": 4}]}
    matrix.show_plan(plan.with_values(lora=lora))
    matrix.show_description(mixture)
    assert "rank 4–16, alpha 32" in grid.words((0, 2))


def turn_wheel(grid: MatrixGrid, at: QPoint, eighths: int) -> None:
    place = grid.viewport().mapToGlobal(at)
    event = QWheelEvent(
        at, place, QPoint(), QPoint(0, eighths), Qt.MouseButton.NoButton, CONTROL, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(grid.viewport(), event)


def test_keys_and_buttons_zoom(qtbot, matrix, grid) -> None:
    heard = QSignalSpy(matrix.zoomChanged)
    before = grid.cell_rect((0, 0)).size()
    qtbot.keyClick(grid, Qt.Key.Key_Plus, CONTROL)
    assert grid.zoom == 1.4
    assert grid.cell_rect((0, 0)).width() > before.width()
    for _ in range(9):
        qtbot.keyClick(grid, Qt.Key.Key_Minus, CONTROL)
    assert grid.zoom == 0.25
    smaller, larger = (next(it for it in matrix.findChildren(QToolButton) if it.text() == sign) for sign in "−+")
    assert (smaller.isEnabled(), larger.isEnabled()) == (False, True)
    grid.viewport().grab()
    qtbot.mouseClick(larger, LEFT)
    assert grid.zoom == 0.35
    qtbot.keyClick(grid, Qt.Key.Key_0, CONTROL)
    assert (grid.zoom, grid.cell_rect((0, 0)).size()) == (1.0, before)
    assert heard.at(heard.count() - 1) == [1.0]


def test_the_wheel_zooms_around_the_pointer(qtbot, matrix, grid, llama_of) -> None:
    matrix.show_description(llama_of(80))
    grid.verticalScrollBar().setValue(600)
    at = QPoint(100, 120)
    row = grid._cell_at(at)[0]
    turn_wheel(grid, at, 60)
    assert grid.zoom == 1.0  # half a notch
    turn_wheel(grid, at, 60)
    turn_wheel(grid, at, 120)
    assert grid.zoom == 2.0
    assert abs(grid._cell_at(at)[0] - row) <= 1
    turn_wheel(grid, at, -480)
    assert grid.zoom == 0.5
