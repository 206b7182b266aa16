"""Searching the Hub: what is asked, what is shown, what can be chosen."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QTreeWidget
from pytestqt.qtbot import QtBot

from studio.gui.model.hub_dialog import HubDialog

GOOD = {
    "model": "owner/small", "parameters": 1_000_000_000, "weight_bytes": 2_000_000_000, "licence": "mit", "downloads": 5,
    "gated": False, "reason": "",
}  # fmt: skip
LARGE = GOOD | {"model": "owner/large", "weight_bytes": 900_000_000_000, "gated": True}
STRANGE = GOOD | {"model": "owner/strange", "reason": "it runs code of its own", "weight_bytes": None, "licence": None}


@pytest.fixture
def dialog(qtbot: QtBot) -> HubDialog:
    made = HubDialog(16_000_000_000)
    qtbot.addWidget(made)
    made.show()
    return made


def type_words(qtbot: QtBot, dialog: HubDialog, words: str) -> None:
    qtbot.keyClicks(dialog.findChild(QLineEdit), words)


def said(dialog: HubDialog) -> str:
    return dialog.findChild(QLabel, "hubSaid").text()


def use_button(dialog: HubDialog) -> QPushButton:
    return next(button for button in dialog.findChildren(QPushButton) if button.text() == "Use this model")


def test_the_hub_is_asked_once_when_typing_rests(qtbot: QtBot, dialog: HubDialog) -> None:
    asked = QSignalSpy(dialog.searchRequested)
    with qtbot.waitSignal(dialog.searchRequested):
        type_words(qtbot, dialog, "qwen")
    qtbot.keyClick(dialog.findChild(QLineEdit), Qt.Key.Key_Return)  # the same words: known
    assert [asked.at(number) for number in range(asked.count())] == [["qwen"]]
    dialog.show_problem("The Hub is away.")
    assert said(dialog) == "The Hub is away."
    qtbot.keyClick(dialog.findChild(QLineEdit), Qt.Key.Key_Return)  # after a failure it is asked anew
    assert asked.count() == 2
    assert dialog.isVisible()  # Enter in the line is no button


def test_size_fit_and_licence_are_told_before_anything_is_downloaded(dialog: HubDialog) -> None:
    dialog.show_models([GOOD, LARGE, STRANGE])
    table = dialog.findChild(QTreeWidget)
    rows = [[table.topLevelItem(row).text(column) for column in range(5)] for row in range(3)]
    assert rows == [
        ["owner/small", "2.0 GB", "fits", "mit", "5"],
        ["owner/large", "900 GB", "too large", "mit", "5"],
        ["owner/strange", "", "no", "not named", "5"],
    ]
    assert said(dialog) == "owner/small · 1 B parameters"
    table.setCurrentItem(table.topLevelItem(1))
    assert "grant access" in said(dialog)
    assert use_button(dialog).isEnabled()


def test_what_cannot_be_trained_cannot_be_chosen(qtbot: QtBot, dialog: HubDialog) -> None:
    dialog.show_models([STRANGE, GOOD])
    chosen = QSignalSpy(dialog.modelChosen)
    table = dialog.findChild(QTreeWidget)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert (chosen.count(), use_button(dialog).isEnabled()) == (0, False)
    assert "cannot be trained: it runs code of its own" in said(dialog)
    table.setCurrentItem(table.topLevelItem(1))
    qtbot.mouseClick(use_button(dialog), Qt.MouseButton.LeftButton)
    assert chosen.at(0) == ["owner/small"]
    assert not dialog.isVisible()


def test_nothing_found_says_so(dialog: HubDialog) -> None:
    dialog.show_models([])
    assert "no model" in said(dialog)
    assert not use_button(dialog).isEnabled()
