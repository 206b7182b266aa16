"""The dialog that distributes ranks, driven as a user does."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QPushButton, QSpinBox, QTreeWidget
from pytestqt.qtbot import QtBot

from studio.gui.model.ranks_dialog import RanksDialog
from studio.plan.description import ModelDescription, ModuleInfo
from studio.plan.plan import DataPlan, LoraPlan, Plan
from studio.plan.ranks import budget_range
from studio.plan.targets import resolve_targets

MODULES = tuple(
    ModuleInfo(f"model.layers.{layer}.{name}_proj", "linear", shape, shape[0] * shape[1], True)
    for layer in range(2)
    for name, shape in {"q": (16, 16), "up": (64, 16)}.items()
)
DESCRIPTION = ModelDescription("m", None, "llama", 5120, MODULES)
PLAN = Plan(model="m", data=DataPlan(train="d"), lora=LoraPlan(rank=4, alpha=8))


@pytest.fixture
def dialog(qtbot: QtBot) -> RanksDialog:
    made = RanksDialog(PLAN, DESCRIPTION, [Path("/runs/first")])
    qtbot.addWidget(made)
    made.show()
    return made


def choose(dialog: RanksDialog, key: str) -> None:
    combo = dialog.findChild(QComboBox, "ranksStrategy")
    combo.setCurrentIndex(next(row for row in range(combo.count()) if combo.itemData(row) == key))


def ranks(dialog: RanksDialog) -> dict[str, int]:
    table = dialog.findChild(QTreeWidget, "ranksTable")
    groups = [table.topLevelItem(row) for row in range(table.topLevelItemCount())]
    rows = [group.child(row) for group in groups for row in range(group.childCount())]
    return {row.text(0): int(row.text(2)) for row in rows}


def accept(dialog: RanksDialog) -> QPushButton:
    return dialog.findChild(QPushButton, "ranksAccept")


def test_it_begins_with_what_the_plan_costs_and_nothing_to_accept(dialog: RanksDialog) -> None:
    assert dialog.findChild(QSpinBox, "ranksBudget").value() == budget_range(PLAN.lora, MODULES).now
    assert set(ranks(dialog).values()) == {4}
    assert not accept(dialog).isEnabled()


def test_accepted_it_is_one_edit_with_a_name(dialog: RanksDialog, qtbot: QtBot) -> None:
    choose(dialog, "size")
    shown = ranks(dialog)
    assert shown["model.layers.0.up_proj"] > shown["model.layers.0.q_proj"]
    with qtbot.waitSignal(dialog.planEdited) as edited:
        accept(dialog).click()
    plan, text = edited.args
    assert {name: it.rank for name, it in resolve_targets(plan.lora, MODULES).items()} == shown
    assert text == "ranks by size, 880 parameters"
    assert not dialog.isVisible()


def test_a_larger_budget_gives_larger_ranks(dialog: RanksDialog) -> None:
    box = dialog.findChild(QSpinBox, "ranksBudget")
    box.setValue(2 * box.value())
    assert set(ranks(dialog).values()) == {8}


def test_a_budget_that_is_too_small_says_what_is_needed(dialog: RanksDialog) -> None:
    dialog.findChild(QSpinBox, "ranksBudget").setValue(100)
    texts = [label.text() for label in dialog.findChildren(type(dialog._problem))]
    assert any("give at least 224" in text for text in texts)
    assert not accept(dialog).isEnabled()


@pytest.mark.parametrize(("key", "source"), [("gradient", ""), ("spectrum", "/runs/first")])
def test_what_must_be_measured_is_asked_for_and_then_shown(
    dialog: RanksDialog, qtbot: QtBot, key: str, source: str
) -> None:
    choose(dialog, key)
    assert ranks(dialog) == {}
    button = dialog.findChild(QPushButton, "ranksMeasure")
    with qtbot.waitSignal(dialog.scoresRequested) as asked:
        button.click()
    assert asked.args == [key, source]
    assert not button.isEnabled()
    dialog.show_progress(0.5, "measuring")
    scores = {module.name: [1.0] * 16 if "1.q" in module.name else [0.5] for module in MODULES}
    dialog.show_scores(key, scores)
    assert ranks(dialog)["model.layers.1.q_proj"] == max(ranks(dialog).values())
    assert not button.isVisible()
    assert accept(dialog).isEnabled()


def test_a_measurement_that_failed_is_said(dialog: RanksDialog) -> None:
    choose(dialog, "gradient")
    dialog.show_problem("The data cannot be read.")
    assert dialog._problem.text() == "The data cannot be read."
    assert dialog._problem.isVisible()


def test_without_an_earlier_run_there_is_nothing_to_read(qtbot: QtBot) -> None:
    made = RanksDialog(PLAN, DESCRIPTION, [])
    qtbot.addWidget(made)
    made.show()
    choose(made, "spectrum")
    assert "no earlier run" in made._problem.text()
    assert not made.findChild(QPushButton, "ranksMeasure").isEnabled()
