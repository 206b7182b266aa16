"""Edits of whole layers in the matrix."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from studio.gui.model.matrix import LayerMatrix
from studio.gui.model.matrix_grid import MatrixGrid
from studio.gui.model.matrix_layout import grid_of
from studio.gui.model.matrix_rows import blended, copied
from studio.gui.theme import LIGHT
from studio.plan.description import ModelDescription, ModuleInfo
from studio.plan.plan import Plan
from studio.plan.targets import TargetSetting, resolve_targets

CONTROL = Qt.KeyboardModifier.ControlModifier
LAYER = "model.layers.{0}.self_attn.q_proj"


@pytest.fixture
def matrix(qtbot: QtBot, plan: Plan, description: ModelDescription) -> LayerMatrix:
    """A matrix that shows what comes of its own edits; layer 0 has rank 4 and alpha 8 at q, and no target at k."""
    lora = {
        "overrides": [
            {"match": LAYER.format(0), "rank": 4, "alpha": 8.0},
            {"match": "model.layers.0.self_attn.k_proj", "enabled": False},
        ]
    }
    made = LayerMatrix()
    qtbot.addWidget(made)
    made.set_theme(LIGHT)
    made.show_plan(plan.with_values(lora=lora))
    made.show_description(description)
    made.planEdited.connect(lambda edited, text: made.show_plan(edited))
    made.resize(420, 320)
    made.show()
    return made


COPY = (Qt.Key.Key_Down, CONTROL | Qt.KeyboardModifier.ShiftModifier)
BLEND = (Qt.Key.Key_B, CONTROL)
ALL = (Qt.Key.Key_A, CONTROL)


def press(qtbot: QtBot, matrix: LayerMatrix, *keys: tuple[Qt.Key, Qt.KeyboardModifier]) -> dict[str, TargetSetting]:
    """Press keys on the focused grid; what is shown then."""
    grid = matrix.findChild(MatrixGrid, "layerMatrix")
    qtbot.waitExposed(matrix)
    grid.window().activateWindow()
    grid.setFocus()
    qtbot.waitUntil(grid.hasFocus)
    for key, modifiers in keys:
        qtbot.keyClick(grid, key, modifiers)
    return grid.view.targets


def test_a_layer_is_copied_to_the_others(qtbot: QtBot, matrix: LayerMatrix, description: ModelDescription) -> None:
    heard: list[tuple[Plan, str]] = []
    matrix.planEdited.connect(lambda plan, text: heard.append((plan, text)))
    targets = press(qtbot, matrix, ALL, COPY)
    assert {targets[LAYER.format(layer)] for layer in range(4)} == {TargetSetting(4, 8.0, 0.0)}
    assert not any(name.endswith("k_proj") for name in targets)
    assert len(targets) == 4 * 6
    ((plan, text),) = heard
    assert text == "copy a layer (6 targets)"  # q and k in three layers
    assert len(plan.lora.overrides) <= 3
    assert resolve_targets(plan.lora, description.modules) == targets


def test_ranks_are_blended_across_the_layers(qtbot: QtBot, matrix: LayerMatrix) -> None:
    targets = press(qtbot, matrix, ALL, BLEND)
    assert [targets[LAYER.format(layer)].rank for layer in range(4)] == [4, 8, 12, 16]
    assert [targets[LAYER.format(layer)].alpha for layer in range(4)] == [8.0, 16.0, 24.0, 32.0]
    assert targets["model.layers.2.mlp.up_proj"].rank == 16  # both ends have 16


def test_nothing_selected_changes_nothing(qtbot: QtBot, matrix: LayerMatrix) -> None:
    before = dict(matrix.findChild(MatrixGrid, "layerMatrix").view.targets)
    assert press(qtbot, matrix, COPY, BLEND) == before


def test_two_layers_have_nothing_between_them(description: ModelDescription) -> None:
    grid = grid_of(description.modules)
    targets = {name: TargetSetting(8, 16.0, 0.0) for (name,) in grid.cells.values()}
    assert blended(grid, targets, [(0, 0), (1, 0)]) == {}
    assert set(blended(grid, targets, [(0, 0), (1, 0), (2, 0)])) == {LAYER.format(1)}


def test_the_edits_stand_in_the_context_menu(matrix: LayerMatrix) -> None:
    grid = matrix.findChild(MatrixGrid, "layerMatrix")
    assert grid.contextMenuPolicy() == Qt.ContextMenuPolicy.ActionsContextMenu
    assert [action.text() for action in grid.actions()] == [
        "Copy the first selected layer to the others",
        "Blend ranks from the first to the last selected layer",
        "",
        "Smaller cells",
        "Larger cells",
        "Cells that fit",
    ]


def test_experts_are_copied_and_blended_each_from_its_place() -> None:
    names = [f"h.{layer}.experts.{expert}.w1" for layer in range(3) for expert in range(2)]
    grid = grid_of(tuple(ModuleInfo(name, "linear", (4, 4), 16, True) for name in names))
    targets = {name: TargetSetting(4 + 4 * number, 8.0, 0.0) for number, name in enumerate(names)}
    copy = copied(grid, targets, grid.cells)
    assert [copy[name].rank for name in names] == [4, 8, 4, 8, 4, 8]
    blend = blended(grid, targets | {"h.1.experts.0.w1": TargetSetting(64, 8.0, 0.0)}, grid.cells)
    assert {name: setting.rank for name, setting in blend.items()} == {"h.1.experts.0.w1": 12, "h.1.experts.1.w1": 16}
    del targets["h.2.experts.1.w1"]
    assert list(blended(grid, targets, grid.cells)) == ["h.1.experts.0.w1"]
