"""The search over settings, by our words and by those of other programs."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio.gui.setting_search import SettingSearch
from studio.plan.settings import settings

KEYS = tuple(settings())


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("cutoff length", "data.max_length"),
        ("network dim", "lora.rank"),
        ("lora_alpha", "lora.alpha"),
        ("lora alpha", "lora.alpha"),
        ("per_device_train_batch_size", "training.batch_size"),
        ("GRAD ACCUM", "training.gradient_accumulation"),
        ("load in 4bit", "training.quantization"),
        ("loraplus", "training.learning_rate_ratio"),
        ("training.seed", "training.seed"),
    ],
)
def test_a_word_of_any_program_finds_its_setting(qtbot: QtBot, typed: str, key: str) -> None:
    search = SettingSearch(KEYS)
    qtbot.addWidget(search)
    search.setText(typed)
    assert key in search.found()


def test_enter_takes_the_first_and_clears_the_field(qtbot: QtBot) -> None:
    search = SettingSearch(KEYS)
    qtbot.addWidget(search)
    QTest.keyClicks(search, "cutoff")
    with qtbot.waitSignal(search.settingChosen) as chosen:
        QTest.keyClick(search, Qt.Key.Key_Return)
    assert chosen.args == ["data.max_length"]
    qtbot.waitUntil(lambda: search.text() == "")


def test_nothing_typed_or_unknown_finds_nothing(qtbot: QtBot) -> None:
    search = SettingSearch(KEYS)
    qtbot.addWidget(search)
    assert search.found() == []
    search.setText("no such thing")
    assert search.found() == []
    with qtbot.assertNotEmitted(search.settingChosen):
        QTest.keyClick(search, Qt.Key.Key_Return)
