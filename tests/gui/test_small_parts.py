"""The small parts of the frame: numbers, banner, estimate bar, what is remembered."""

from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from studio.gui.banner import Banner
from studio.gui.elided_label import ElidedLabel
from studio.gui.estimate_bar import EstimateBar
from studio.gui.inputs import number_text
from studio.gui.remembered import LONGEST, Remembered
from studio.plan.errors import Refusal
from studio.plan.estimate import Estimate
from studio.runs.places import settings_file


def test_numbers_as_short_as_they_stay_exact() -> None:
    assert [number_text(number) for number in (2e-4, 3.0, 0.03, 0.0, 1.5e-7)] == ["2e-4", "3", "0.03", "0", "1.5e-7"]


def test_the_banner_shows_an_error_as_plain_text_that_can_be_copied(qtbot: QtBot) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    assert banner.isHidden()
    banner.show_error(Refusal("x", "there is <i>no</i> model", where="/m", now="choose one"))
    assert banner.text() == "there is <i>no</i> model (/m): choose one."
    (copy,) = [button for button in banner.findChildren(QPushButton) if button.text() == "Copy"]
    copy.click()
    assert QApplication.clipboard().text() == banner.text()


def test_a_banners_action_is_told_and_takes_it_away(qtbot: QtBot) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    banner.show_note("Exported.", "Show in folder")
    (act,) = [button for button in banner.findChildren(QPushButton) if button.text() == "Show in folder"]
    with qtbot.waitSignal(banner.actionChosen):
        act.click()
    assert banner.isHidden()


def make_estimate(available: int) -> Estimate:
    memory = {
        "weights": 600,
        "adapters": 10,
        "gradients": 10,
        "optimizer": 20,
        "activations": 300,
        "logits": 50,
        "runtime": 10,
    }
    return Estimate(
        total_parameters=1000, trainable_parameters=10, trainable_share=0.01, adapter_bytes=40,
        memory={part: size * 1_000_000 for part, size in memory.items()}, peak_bytes=1_000_000_000,
        full_finetuning_peak_bytes=4_000_000_000, available_bytes=available, fits=available >= 1_000_000_000, steps=10,
    )  # fmt: skip


def test_the_estimate_says_in_words_whether_it_fits(qtbot: QtBot) -> None:
    bar = EstimateBar()
    qtbot.addWidget(bar)
    bar.show_estimate(make_estimate(8_000_000_000))
    assert bar.text() == "1.0 GB of 8.0 GB · fits"
    assert "without LoRA: 4.0 GB" in bar.toolTip()
    assert bar.fit_button.text() == "Use less…"
    bar.show_estimate(make_estimate(500_000_000))
    assert bar.fit_button.text() == "Make it fit…"
    assert bar.text() == "1.0 GB of 500 MB · does not fit"
    bar.resize(600, 24)
    assert not bar.grab().isNull()


def test_what_is_remembered_survives_and_stays_short() -> None:
    remembered = Remembered.load()
    for number in range(LONGEST + 3):
        remembered.add_model(f"/models/{number}")
    remembered.add_model("/models/9")
    remembered.set_theme("dark")
    remembered.set_all_plots(True)
    again = Remembered.load()
    assert again == remembered
    assert again.models[0] == "/models/9"
    assert len(again.models) == LONGEST


def test_a_damaged_memory_is_forgotten() -> None:
    settings_file().parent.mkdir(parents=True)
    settings_file().write_text("{half")
    assert Remembered.load() == Remembered()


def test_a_label_shows_the_longest_text_that_fits(qtbot: QtBot) -> None:
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.set_texts("step 50   0.125", "0.125", "0.1")
    metrics = label.fontMetrics()
    shown = []
    for text in ("step 50   0.125", "0.125", "0.1"):
        label.resize(metrics.horizontalAdvance(text) + 1, 20)
        shown.append(label._fitted())
    assert shown == ["step 50   0.125", "0.125", "0.1"]
    label.resize(metrics.horizontalAdvance("…") + 1, 20)
    assert label._fitted() == "…"
    assert label.text() == "step 50   0.125", "what is read out is the whole"
