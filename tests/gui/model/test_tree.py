"""The layer tree: grouping, ticks, ranks typed in place."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from studio.gui.inputs import DecimalBox, WholeBox
from studio.gui.model.tree import ModelTree
from studio.gui.model.tree_menu import CLOSED, LAYERS, PARTS, WHOLE
from studio.gui.model.tree_model import ALPHA, DROPOUT, MEMORY, PARAMETERS, RANK, SHAPE, SIZE, TARGET
from studio.gui.theme import DARK
from studio.plan.description import ModelDescription, ModuleInfo
from studio.plan.plan import Plan
from studio.plan.targets import resolve_targets

LAYER = "model.layers.0"
QUERY = f"{LAYER}.self_attn.q_proj"
Check = Qt.CheckState


@pytest.fixture
def tree(qtbot: QtBot, plan: Plan, description: ModelDescription) -> ModelTree:
    """A tree that shows what comes of its own edits, as the window does."""
    made = ModelTree()
    qtbot.addWidget(made)
    made.show_plan(plan)
    made.show_description(description)
    made.planEdited.connect(lambda edited, text: made.show_plan(edited))
    made.resize(300, 500)
    made.show()
    return made


def cell(tree: ModelTree, name: str, column: int) -> QModelIndex:
    return tree.tree_model.index_of(name).siblingAtColumn(column)


def text(tree: ModelTree, name: str, column: int) -> str:
    return cell(tree, name, column).data()


def state(tree: ModelTree, name: str) -> Check:
    return Check(cell(tree, name, TARGET).data(Qt.ItemDataRole.CheckStateRole))


def click_box(qtbot: QtBot, tree: ModelTree, name: str) -> None:
    rect = tree.visualRect(cell(tree, name, TARGET))
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(rect.left() + 9, rect.center().y()))


def type_number(qtbot: QtBot, tree: ModelTree, name: str, column: int, digits: str) -> None:
    tree.setCurrentIndex(cell(tree, name, column))
    tree.setFocus()
    qtbot.keyClick(tree, Qt.Key.Key_F2)
    boxes = tree.viewport().findChildren(WholeBox if column == RANK else DecimalBox)
    editor = boxes[-1].lineEdit()  # those before are closed, and wait to be deleted
    assert isinstance(editor, QLineEdit)
    qtbot.keyClicks(editor, digits)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()


def test_the_model_keeps_qts_rules(tree: ModelTree, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(tree.tree_model, force_py=True)


def test_modules_are_grouped_by_their_dotted_names(tree: ModelTree) -> None:
    model = tree.tree_model
    tops = [model.index(row, TARGET).data() for row in range(model.rowCount())]
    assert tops == ["model", "lm_head"]
    inner = [model.index(row, TARGET, model.index(0, TARGET)).data() for row in range(6)]
    assert inner == ["embed_tokens", "layers.0", "layers.1", "layers.2", "layers.3", None]


def test_the_first_layer_is_open_and_the_others_closed(tree: ModelTree) -> None:
    open_rows = [
        name for name in ("model", LAYER, f"{LAYER}.mlp", "model.layers.1") if tree.isExpanded(cell(tree, name, 0))
    ]
    assert open_rows == ["model", LAYER, f"{LAYER}.mlp"]


def test_a_row_says_what_its_adapter_costs(tree: ModelTree) -> None:
    assert [text(tree, QUERY, column) for column in (RANK, ALPHA, PARAMETERS, SHAPE, SIZE)] == [
        "16", "32", "256", "8 × 8", "1.0 kB",
    ]  # 16 (8 + 8) parameters of 4 bytes  # fmt: skip
    assert text(tree, LAYER, PARAMETERS) == "2.18 K"  # 4 * 256 + 3 * 16 (8 + 16) = 2176


def test_a_box_unticks_and_ticks_its_target(qtbot: QtBot, tree: ModelTree, plan: Plan) -> None:
    edits = QSignalSpy(tree.planEdited)
    click_box(qtbot, tree, QUERY)
    assert edits.at(0)[1] == f"untick {QUERY}"
    assert (state(tree, QUERY), state(tree, LAYER), state(tree, "model")) == (
        Check.Unchecked, Check.PartiallyChecked, Check.PartiallyChecked,
    )  # fmt: skip
    assert text(tree, QUERY, PARAMETERS) == "—"
    click_box(qtbot, tree, QUERY)
    assert edits.at(1) == [plan, f"tick {QUERY}"]
    assert state(tree, "model") == Check.Checked


def test_space_ticks_a_whole_group_from_any_column(
    qtbot: QtBot, tree: ModelTree, description: ModelDescription
) -> None:
    tree.setCurrentIndex(cell(tree, LAYER, PARAMETERS))
    with qtbot.waitSignal(tree.planEdited) as edited:
        qtbot.keyClick(tree, Qt.Key.Key_Space)
    assert edited.args[1] == f"untick {LAYER}"
    targets = resolve_targets(edited.args[0].lora, description.modules)
    assert len(targets) == 21
    assert not any(name.startswith(f"{LAYER}.") for name in targets)
    assert state(tree, LAYER) == Check.Unchecked


def test_a_partly_ticked_group_is_ticked_wholly_first(qtbot: QtBot, tree: ModelTree) -> None:
    click_box(qtbot, tree, QUERY)
    click_box(qtbot, tree, LAYER)
    assert state(tree, LAYER) == Check.Checked


def test_a_rank_typed_on_a_target(qtbot: QtBot, tree: ModelTree) -> None:
    edits = QSignalSpy(tree.planEdited)
    type_number(qtbot, tree, QUERY, RANK, "8")
    assert [row[1] for row in (edits.at(number) for number in range(edits.count()))] == [f"rank 16 to 8 on {QUERY}"]
    assert (text(tree, QUERY, RANK), text(tree, LAYER, RANK)) == ("8", "mixed")


def test_a_rank_typed_on_a_group_sets_all_its_targets(qtbot: QtBot, tree: ModelTree) -> None:
    click_box(qtbot, tree, QUERY)
    with qtbot.waitSignal(tree.planEdited) as edited:
        type_number(qtbot, tree, LAYER, RANK, "4")
    assert edited.args[1] == "rank 16 to 4 on 6 targets"
    assert state(tree, QUERY) == Check.Unchecked
    assert text(tree, f"{LAYER}.mlp.up_proj", RANK) == "4"
    assert text(tree, "model", RANK) == "mixed"


def test_an_alpha_typed_on_a_group(qtbot: QtBot, tree: ModelTree) -> None:
    with qtbot.waitSignal(tree.planEdited) as edited:
        type_number(qtbot, tree, f"{LAYER}.mlp", ALPHA, "8.5")
    assert edited.args[1] == "alpha 32 to 8.5 on 3 targets"
    assert text(tree, f"{LAYER}.mlp.up_proj", ALPHA) == "8.5"


def test_a_dropout_typed_on_a_group_that_differs_and_nought_is_one(
    qtbot: QtBot, tree: ModelTree, description: ModelDescription
) -> None:
    type_number(qtbot, tree, QUERY, DROPOUT, "0.25")
    assert (text(tree, QUERY, DROPOUT), text(tree, LAYER, DROPOUT)) == ("0.25", "mixed")
    with qtbot.assertNotEmitted(tree.planEdited):
        type_number(qtbot, tree, LAYER, DROPOUT, "")  # looked at, left as it is
    with qtbot.waitSignal(tree.planEdited) as edited:
        type_number(qtbot, tree, LAYER, DROPOUT, "0")
    assert edited.args[1] == "dropout mixed to 0 on 7 targets"
    assert {target.dropout for target in resolve_targets(edited.args[0].lora, description.modules).values()} == {0.0}


def test_a_number_that_the_setting_may_not_have_is_not_taken(qtbot: QtBot, tree: ModelTree) -> None:
    type_number(qtbot, tree, QUERY, RANK, "8")
    with qtbot.assertNotEmitted(tree.planEdited):
        type_number(qtbot, tree, LAYER, RANK, "0")
        type_number(qtbot, tree, QUERY, ALPHA, "0")


def test_memory_is_what_the_optimizer_makes_of_it(tree: ModelTree, plan: Plan) -> None:
    assert text(tree, QUERY, MEMORY) == "4.1 kB"  # 256 parameters of 16 bytes: weight, gradient, two moments
    tree.show_plan(plan.with_values(training=plan.training.with_values(optimizer="adamw-8bit")))
    assert text(tree, QUERY, MEMORY) == "2.6 kB"  # 10 bytes
    assert text(tree, LAYER, SIZE) == "8.7 kB"


def test_how_far_the_tree_is_open(tree: ModelTree) -> None:
    def opened() -> list[bool]:
        return [tree.isExpanded(cell(tree, name, TARGET)) for name in ("model", "model.layers.1", "model.layers.1.mlp")]

    found = {}
    for how_far in (WHOLE, PARTS, LAYERS, CLOSED):
        tree.open_down_to(how_far)
        found[how_far] = opened()
    assert found == {
        WHOLE: [True, True, True],
        PARTS: [True, True, False],
        LAYERS: [True, False, False],
        CLOSED: [False, False, False],
    }


def select(tree: ModelTree, first: str, last: str) -> None:
    """As a click and a shift-click do."""
    tree.setCurrentIndex(cell(tree, first, TARGET))
    block = QItemSelection(cell(tree, first, TARGET), cell(tree, last, TARGET))
    flags = QItemSelectionModel.SelectionFlag
    tree.selectionModel().select(block, flags.ClearAndSelect | flags.Rows)


def close_editor() -> None:
    """Qt commits, and then deletes an editor, each in a turn of its own."""
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def edit_in_place(qtbot: QtBot, tree: ModelTree, digits: str) -> None:
    """F2 as the selection stands, digits, Enter."""
    qtbot.keyClick(tree, Qt.Key.Key_F2)
    editor = tree.viewport().findChild(WholeBox).lineEdit()
    qtbot.keyClicks(editor, digits)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    close_editor()


def test_space_ticks_all_selected_rows(qtbot: QtBot, tree: ModelTree, description: ModelDescription) -> None:
    click_box(qtbot, tree, QUERY)
    select(tree, QUERY, f"{LAYER}.self_attn.v_proj")
    with qtbot.waitSignal(tree.planEdited) as edited:
        qtbot.keyClick(tree, Qt.Key.Key_Space)
    assert edited.args[1] == "tick 3 targets"
    with qtbot.waitSignal(tree.planEdited) as edited:
        qtbot.keyClick(tree, Qt.Key.Key_Space)
    left = set(resolve_targets(edited.args[0].lora, description.modules))
    assert {module.name for module in description.adaptable} - left == {
        f"{LAYER}.self_attn.{part}_proj" for part in "qkv"
    }


def test_a_rank_typed_on_selected_rows_sets_them_all(qtbot: QtBot, tree: ModelTree) -> None:
    type_number(qtbot, tree, QUERY, RANK, "8")
    close_editor()
    edits: list[str] = []
    tree.planEdited.connect(lambda edited, text: edits.append(text))
    select(tree, QUERY, f"{LAYER}.self_attn.o_proj")
    edit_in_place(qtbot, tree, "")
    assert edits == []
    edit_in_place(qtbot, tree, "8")
    assert edits == ["rank mixed to 8 on 4 targets"]
    assert text(tree, f"{LAYER}.self_attn.o_proj", RANK) == "8"
    assert text(tree, f"{LAYER}.mlp.up_proj", RANK) == "16"


def test_an_alpha_that_is_only_looked_at_stays_what_it_is(qtbot: QtBot, tree: ModelTree, plan: Plan) -> None:
    tree.show_plan(plan.with_values(lora={"alpha": 1 / 3}))
    edits = QSignalSpy(tree.planEdited)
    type_number(qtbot, tree, QUERY, ALPHA, "")
    assert edits.count() == 0


def test_only_what_matches_is_shown_and_edited(qtbot: QtBot, tree: ModelTree, description: ModelDescription) -> None:
    queries = [f"model.layers.{layer}.self_attn.q_proj" for layer in range(4)]
    tree.show_only(queries)
    assert all(tree.visualRect(cell(tree, name, TARGET)).isValid() for name in queries)
    hidden = [f"{LAYER}.self_attn.k_proj", f"{LAYER}.mlp", "lm_head"]
    assert not any(tree.visualRect(cell(tree, name, TARGET)).isValid() for name in hidden)
    click_box(qtbot, tree, LAYER)
    with qtbot.waitSignal(tree.planEdited) as edited:
        click_box(qtbot, tree, "model")
    left = set(resolve_targets(edited.args[0].lora, description.modules))
    assert left == {module.name for module in description.adaptable}  # one was out: all that match are in again
    with qtbot.waitSignal(tree.planEdited) as edited:
        type_number(qtbot, tree, "model", RANK, "4")
    assert edited.args[1] == "rank 16 to 4 on 4 targets"
    tree.show_only([])
    assert all(tree.visualRect(cell(tree, name, TARGET)).isValid() for name in hidden)
    assert not tree.isExpanded(cell(tree, "model.layers.1", TARGET))


def test_a_filter_does_not_outlive_its_model(tree: ModelTree, gpt2: ModelDescription) -> None:
    tree.show_only([QUERY])
    tree.show_description(gpt2)
    assert tree.visualRect(cell(tree, "transformer.h.1", TARGET)).isValid()


def test_alpha_gives_way_to_the_names_in_a_narrow_panel(tree: ModelTree) -> None:
    assert not tree.isColumnHidden(ALPHA)
    tree.resize(232, 500)
    assert tree.isColumnHidden(ALPHA)
    assert not tree.isColumnHidden(RANK)
    assert tree.columnWidth(TARGET) >= 118


def test_many_changes_at_once_are_one_signal_and_keep_the_open_rows(
    qtbot: QtBot, plan: Plan, llama_of: Callable[[int], ModelDescription]
) -> None:
    tree = ModelTree()
    qtbot.addWidget(tree)
    tree.show_plan(plan)
    tree.show_description(llama_of(40))
    tree.setCurrentIndex(cell(tree, QUERY, TARGET))
    layouts, changes = QSignalSpy(tree.tree_model.layoutChanged), QSignalSpy(tree.tree_model.dataChanged)
    tree.show_plan(plan.with_values(lora={"targets": ["*.q_proj"]}))
    assert (layouts.count(), changes.count()) == (1, 0)
    assert (state(tree, "model.layers.39.mlp"), state(tree, QUERY)) == (Check.Unchecked, Check.Checked)
    assert tree.isExpanded(cell(tree, LAYER, TARGET))
    assert tree.currentIndex() == cell(tree, QUERY, TARGET)


def test_a_digit_on_a_name_begins_its_rank(qtbot: QtBot, tree: ModelTree) -> None:
    tree.setCurrentIndex(cell(tree, QUERY, TARGET))
    qtbot.keyClick(tree, Qt.Key.Key_6)
    box = tree.viewport().findChild(WholeBox)
    qtbot.keyClicks(box.lineEdit(), "4")
    with qtbot.waitSignal(tree.planEdited) as edited:
        qtbot.keyClick(box.lineEdit(), Qt.Key.Key_Return)
    assert edited.args[1] == f"rank 16 to 64 on {QUERY}"


def test_leaving_the_box_of_a_mixed_group_changes_nothing(qtbot: QtBot, tree: ModelTree) -> None:
    type_number(qtbot, tree, QUERY, RANK, "8")
    edits = QSignalSpy(tree.planEdited)
    type_number(qtbot, tree, LAYER, RANK, "")
    assert edits.count() == 0
    assert text(tree, QUERY, RANK) == "8"


def test_what_cannot_be_adapted_says_why_and_has_no_working_box(qtbot: QtBot, tree: ModelTree) -> None:
    head = cell(tree, "lm_head", TARGET)
    assert "cannot be adapted: it shares its weights with the embedding" in head.data(Qt.ItemDataRole.ToolTipRole)
    assert head.data(Qt.ItemDataRole.AccessibleDescriptionRole) == head.data(Qt.ItemDataRole.ToolTipRole)
    assert not head.flags() & Qt.ItemFlag.ItemIsUserCheckable
    edits = QSignalSpy(tree.planEdited)
    click_box(qtbot, tree, "lm_head")
    assert edits.count() == 0


def test_showing_is_silent_and_tells_only_of_rows_that_changed(tree: ModelTree, plan: Plan) -> None:
    edits, changes = QSignalSpy(tree.planEdited), QSignalSpy(tree.tree_model.dataChanged)
    override = {"match": QUERY, "rank": 4}
    tree.show_plan(plan.with_values(lora={"overrides": [override]}))
    told = [changes.at(number)[0].siblingAtColumn(TARGET).data() for number in range(changes.count())]
    assert told == ["model", "layers.0", "self_attn", "q_proj"]
    tree.show_plan(plan.with_values(training=plan.training.with_values(seed=1), lora={"overrides": [override]}))
    assert changes.count() == 4
    assert edits.count() == 0


def test_a_plan_that_does_not_fit_the_model_says_so_when_edited(qtbot: QtBot, tree: ModelTree, plan: Plan) -> None:
    tree.show_plan(plan.with_values(lora={"overrides": [{"match": "nowhere", "rank": 4}]}))
    assert state(tree, "model") == Check.Unchecked
    with qtbot.waitSignal(tree.refused) as refused, qtbot.assertNotEmitted(tree.planEdited):
        click_box(qtbot, tree, QUERY)
    assert refused.args[0].code == "pattern-matches-nothing"


def test_shape_and_size_appear_where_there_is_room(tree: ModelTree) -> None:
    assert tree.isColumnHidden(SHAPE)
    assert tree.isColumnHidden(SIZE)
    tree.resize(640, 400)
    assert not tree.isColumnHidden(SHAPE)
    assert not tree.isColumnHidden(SIZE)


def test_ten_thousand_modules(qtbot: QtBot, plan: Plan, llama_of: Callable[[int], ModelDescription]) -> None:
    big = llama_of(1000)
    assert len(big.modules) > 10_000
    tree = ModelTree()
    qtbot.addWidget(tree)
    tree.set_theme(DARK)
    tree.show_plan(plan)
    tree.show_description(big)
    tree.resize(300, 700)
    tree.expandAll()
    tree.grab()
    assert state(tree, "model") == Check.Checked
    assert text(tree, "model.layers.999", PARAMETERS) == "2.18 K"


def test_modules_whose_groups_are_not_listed_still_have_rows(qtbot: QtBot, plan: Plan, gpt2: ModelDescription) -> None:
    tree = ModelTree()
    qtbot.addWidget(tree)
    tree.show_plan(plan)
    tree.show_description(gpt2)
    assert state(tree, "transformer") == Check.Checked
    assert "h.1" in [tree.tree_model.index(row, 0, cell(tree, "transformer", 0)).data() for row in range(2)]


def test_a_numbered_list_that_is_no_list_of_layers_keeps_its_names(qtbot: QtBot, plan: Plan) -> None:
    modules = (ModuleInfo("head.0", "linear", (4, 4), 0, True), ModuleInfo("head.2", "linear", (4, 4), 0, True))
    tree = ModelTree()
    qtbot.addWidget(tree)
    tree.show_plan(plan)
    tree.show_description(ModelDescription("/m", None, "x", 32, modules))
    assert [tree.tree_model.index(row, 0).data() for row in range(2)] == ["head.0", "head.2"]
