"""The model panel: picker, pattern bar, presets, totals."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QProgressBar, QPushButton
from pytestqt.qtbot import QtBot

from studio.gui.model.model_panel import ModelChoice, ModelPanel
from studio.gui.model.tree import ModelTree
from studio.gui.model.tree_menu import TreeMenu
from studio.gui.model.tree_model import DROPOUT
from studio.gui.theme import LIGHT
from studio.plan.description import ModelDescription
from studio.plan.errors import Refusal
from studio.plan.plan import LoraPlan, Plan
from studio.plan.targets import resolve_targets

NOT_HERE = Refusal("model-not-downloaded", "owner/name is not on this machine", now="download it", field="model")

KINDS = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")


@pytest.fixture
def panel(qtbot: QtBot, plan: Plan, description: ModelDescription) -> ModelPanel:
    """A panel that shows what comes of its own edits, as the window does."""
    made = ModelPanel()
    qtbot.addWidget(made)
    made.set_theme(LIGHT)
    made.show_choices([ModelChoice("/starter", "Starter model", "bundled"), ModelChoice("/m", "m", "/m")])
    made.show_plan(plan)
    made.show_description(description)
    made.planEdited.connect(lambda edited, text: made.show_plan(edited))
    made.show()
    return made


def label(panel: ModelPanel, name: str) -> str:
    return panel.findChild(QLabel, name).text()


def pick(combo: QComboBox, text: str) -> None:
    """As a mouse would: the current entry changes, then the signal of a user's choice."""
    place = combo.findText(text)
    combo.setCurrentIndex(place)
    combo.activated.emit(place)


def button(panel: ModelPanel, text: str) -> QPushButton:
    return next(found for found in panel.findChildren(QPushButton) if found.text() == text)


def test_the_totals_add_up(panel: ModelPanel) -> None:
    # 4 layers of 4 * 16 (8 + 8) + 3 * 16 (8 + 16) = 8704; of 10,000 + 8704
    assert label(panel, "trainableTotal") == "8.7 K trainable"
    assert label(panel, "trainableShare") == "46.5 % · 34.8 kB"
    assert label(panel, "targetCount") == "28 of 28 targets"
    assert panel.figure() == "llama · 10 K"


def test_the_pattern_counts_as_it_is_typed_and_unticks(
    qtbot: QtBot, panel: ModelPanel, description: ModelDescription
) -> None:
    line = panel.findChild(QLineEdit, "patternEdit")
    qtbot.keyClicks(line, "layers.[1-2].*_proj")
    assert label(panel, "patternCount") == "14 match"
    with qtbot.waitSignal(panel.planEdited) as edited:
        qtbot.mouseClick(button(panel, "Untick"), Qt.MouseButton.LeftButton)
    assert edited.args[1] == "untick 14 targets matching layers.[1-2].*_proj"
    assert len(resolve_targets(edited.args[0].lora, description.modules)) == 14
    assert label(panel, "targetCount") == "14 of 28 targets"
    with qtbot.waitSignal(panel.planEdited) as edited:
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert edited.args[0].lora == LoraPlan()


def test_a_pattern_that_matches_nothing_says_so(qtbot: QtBot, panel: ModelPanel) -> None:
    qtbot.keyClicks(panel.findChild(QLineEdit, "patternEdit"), "nowhere")
    assert label(panel, "patternCount") == "no match"
    assert "matches no module" in panel.findChild(QLabel, "patternCount").toolTip()
    assert not button(panel, "Tick").isEnabled()


def test_one_kind_of_module_is_shown_by_the_menu(panel: ModelPanel) -> None:
    menu = panel.findChild(TreeMenu).menu()
    kinds = next(action.menu() for action in menu.actions() if action.menu())
    entries = {action.text(): action for action in kinds.actions()}
    assert list(entries) == ["Every kind", *(f"{kind} (4)" for kind in KINDS)]
    entries["up_proj (4)"].trigger()
    assert label(panel, "patternCount") == "4 match"
    tree = panel.findChild(ModelTree)
    for name, seen in (("mlp.up_proj", True), ("mlp.down_proj", False)):
        row = tree.tree_model.index_of(f"model.layers.2.{name}")
        assert tree.visualRect(row).isValid() == seen
    entries["Every kind"].trigger()
    assert panel.findChild(QLabel, "patternCount").isHidden()


def test_the_menu_opens_and_closes_the_tree(panel: ModelPanel) -> None:
    tree = panel.findChild(ModelTree)
    layer = tree.tree_model.index_of("model.layers.3")
    actions = panel.findChild(TreeMenu).menu().actions()
    states = []
    for number in (3, 0):
        actions[number].trigger()
        states.append(tree.isExpanded(layer))
    assert states == [True, False]


def test_a_column_is_shown_by_the_menu(panel: ModelPanel) -> None:
    columns, tree = panel.findChild(TreeMenu).columns, panel.findChild(ModelTree)
    hidden = [tree.isColumnHidden(DROPOUT)]
    columns.aboutToShow.emit()
    next(action for action in columns.actions() if action.text() == "Dropout").trigger()
    hidden.append(tree.isColumnHidden(DROPOUT))
    assert hidden == [True, False]


def test_a_part_of_a_name_is_enough(qtbot: QtBot, panel: ModelPanel) -> None:
    line = panel.findChild(QLineEdit, "patternEdit")
    for text, count in (("q_proj", 4), ("mlp", 12), ("model", 28), ("layers.0", 7)):
        line.clear()
        qtbot.keyClicks(line, text)
        assert label(panel, "patternCount") == f"{count} match"


def test_presets_are_one_choice_away_and_custom_is_only_shown(qtbot: QtBot, panel: ModelPanel) -> None:
    combo = panel.findChild(QComboBox, "presetCombo")
    assert combo.currentText() == "All linear, rank 16"
    assert combo.findText("Custom") < 0
    with qtbot.waitSignal(panel.planEdited) as edited:
        pick(combo, "MLP only")
    assert edited.args[1] == "preset MLP only"
    assert label(panel, "targetCount") == "12 of 28 targets"
    panel.show_plan(edited.args[0].with_values(lora={"overrides": [{"match": "*.q_proj", "rank": 8}]}))
    assert combo.currentText() == "Custom"
    with qtbot.waitSignal(panel.planEdited) as edited:
        pick(combo, "All linear, rank 16")
    assert edited.args[0].lora == LoraPlan()
    assert combo.findText("Custom") < 0


def test_a_budget_opens_the_dialog_and_is_no_choice_itself(panel: ModelPanel) -> None:
    combo = panel.findChild(QComboBox, "presetCombo")
    asked = QSignalSpy(panel.ranksRequested)
    pick(combo, "A budget of parameters…")
    assert (asked.count(), combo.currentText()) == (1, "All linear, rank 16")


def test_choosing_a_model(qtbot: QtBot, panel: ModelPanel) -> None:
    combo = panel.findChild(QComboBox, "modelPicker")
    assert combo.currentText() == "m"
    with qtbot.waitSignal(panel.planEdited) as edited:
        pick(combo, "Starter model")
    assert (edited.args[0].model, edited.args[1]) == ("/starter", "model starter")


def test_a_hub_id_is_typed_and_downloaded(qtbot: QtBot, panel: ModelPanel) -> None:
    combo, line = panel.findChild(QComboBox, "modelPicker"), panel.findChild(QLineEdit, "hubEdit")
    assert not line.isVisible()
    pick(combo, "Type a Hub id…")
    assert (line.isVisible(), combo.currentText()) == (True, "m")
    qtbot.keyClicks(line, "owner/name")
    with qtbot.waitSignal(panel.planEdited) as edited:
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert edited.args[0].model == "owner/name"
    assert combo.currentText() == "owner/name"

    download = panel.findChild(QPushButton, "downloadButton")
    assert not download.isVisible()
    panel.show_problem(NOT_HERE)
    assert label(panel, "modelProblem") == "owner/name is not on this machine: download it."
    asked = QSignalSpy(panel.downloadRequested)
    qtbot.mouseClick(download, Qt.MouseButton.LeftButton)
    panel.show_progress(0.25, "Downloading")
    assert (download.text(), panel.findChild(QProgressBar).value()) == ("Cancel", 250)
    qtbot.mouseClick(download, Qt.MouseButton.LeftButton)
    assert [asked.at(number) for number in range(asked.count())] == [["owner/name"], ["owner/name"]]
    panel.show_progress(None, "")
    panel.show_problem(None)
    assert not download.isVisible()
    assert not panel.findChild(QProgressBar).isVisible()


def test_a_dropped_folder_becomes_the_model(qtbot: QtBot, panel: ModelPanel, tmp_path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path))])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    with qtbot.waitSignal(panel.planEdited) as edited:
        panel.dropEvent(event)
    assert edited.args[0].model == str(tmp_path)


def test_showing_is_silent(panel: ModelPanel, plan: Plan, description: ModelDescription) -> None:
    spies = [QSignalSpy(panel.planEdited), QSignalSpy(panel.downloadRequested)]
    panel.show_plan(plan.with_values(model="/other", lora={"targets": ["*.q_proj"]}))
    panel.show_description(None)
    panel.show_choices([])
    panel.show_description(description)
    panel.show_problem(NOT_HERE)
    assert [spy.count() for spy in spies] == [0, 0]


def test_a_plan_without_any_target_shows_none(panel: ModelPanel, plan: Plan) -> None:
    panel.show_plan(plan.with_values(lora={"overrides": [{"match": "*", "enabled": False}]}))
    assert label(panel, "targetCount") == "0 of 28 targets"
    assert label(panel, "trainableTotal") == "0 trainable"


def test_before_a_model_is_known_the_panel_says_what_will_be_there(qtbot: QtBot, plan: Plan) -> None:
    made = ModelPanel()
    qtbot.addWidget(made)
    made.show_plan(plan)
    made.show()
    shown = [found.text() for found in made.findChildren(QLabel) if found.isVisible()]
    assert "The layers appear here once a model is chosen." in shown
