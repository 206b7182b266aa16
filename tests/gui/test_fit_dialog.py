from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from studio.gui.fit_dialog import FitDialog
from studio.plan.estimate import Estimate
from studio.plan.fitting import Saving
from studio.plan.plan import DataPlan, Plan

PLAN = Plan(model="m", data=DataPlan(train="d"))
COST = Estimate(
    total_parameters=1000, trainable_parameters=10, trainable_share=0.01, adapter_bytes=40, memory={"weights": 10**9},
    peak_bytes=10**9, full_finetuning_peak_bytes=4 * 10**9, available_bytes=5 * 10**8, fits=False, steps=10,
    seconds_per_step=1.0, seconds_total=200.0, time_error=0.2, time_runs=3, memory_runs=3,
)  # fmt: skip


def saving(name: str, plan: Plan, fits: bool) -> Saving:
    return Saving(name, "the adapter can learn less", 4 * 10**8, 6 * 10**8, fits, {"lora.rank": 4}, plan)


def texts(dialog: FitDialog) -> list[str]:
    return [label.text() for label in dialog.findChildren(QLabel)]


def test_each_change_shows_its_gain_and_price_and_is_one_click(qtbot: QtBot) -> None:
    dialog = FitDialog()
    qtbot.addWidget(dialog)
    lower = PLAN.with_values(lora=PLAN.lora.with_values(rank=4).model_dump())
    dialog.show_savings([saving("Rank 4", lower, False), saving("Rank 2", PLAN, True)], COST)
    shown = texts(dialog)
    assert "1.0 GB of 500 MB · does not fit" in shown
    assert "Rank 4" in shown
    assert "Price: the adapter can learn less" in shown
    assert "−400 MB" in shown
    assert {"fits", "still too large"} <= set(shown)
    assert any("about 3 min, within 20 %, corrected by 3 earlier runs" in text for text in shown)
    assert any("Memory: corrected by 3 earlier runs." in text for text in shown)
    first = next(button for button in dialog.findChildren(QPushButton) if button.accessibleName() == "Apply: Rank 4")
    with qtbot.waitSignal(dialog.planEdited) as told:
        first.click()
    assert told.args == [lower, "Rank 4"]


def test_where_nothing_gains_it_says_so(qtbot: QtBot) -> None:
    dialog = FitDialog()
    qtbot.addWidget(dialog)
    dialog.show_savings([], COST)
    assert any("No change" in text for text in texts(dialog))
    dialog.show_savings([], None)
    assert "Choose a model first" in texts(dialog)
