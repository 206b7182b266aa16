"""Input widgets: numbers in any locale, and a wheel that passes by."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from studio.gui.inputs import Choice, DecimalBox, NumberEdit, WholeBox


@pytest.fixture(params=["C", "de_DE", "fr_FR"])
def _any_locale(request: pytest.FixtureRequest) -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def decimal(qtbot: QtBot) -> DecimalBox:
    box = DecimalBox()
    box.setRange(0, 1e6)
    qtbot.addWidget(box)
    return box


@pytest.mark.usefixtures("_any_locale")
@pytest.mark.parametrize("typed", ["9.5", "9,5"])
def test_point_and_comma_mean_the_same_in_every_locale(qtbot: QtBot, decimal: DecimalBox, typed: str) -> None:
    decimal.lineEdit().selectAll()
    qtbot.keyClicks(decimal.lineEdit(), typed)
    decimal.interpretText()
    assert (decimal.value(), decimal.text()) == (9.5, "9.5")


@pytest.mark.usefixtures("_any_locale")
@pytest.mark.parametrize("value", [8.5, 16.0, 123456.75, 1e6, 1.23456, 1 / 3, 5e-5])
def test_a_number_that_is_only_looked_at_stays_what_it_is(decimal: DecimalBox, value: float) -> None:
    spy = QSignalSpy(decimal.valueChanged)
    decimal.setValue(value)
    decimal.interpretText()
    assert decimal.value() == value
    assert [spy.at(number)[0] for number in range(spy.count())] == [value]


def test_no_more_digits_than_there_are(decimal: DecimalBox) -> None:
    assert [decimal.textFromValue(value) for value in (16.0, 8.5, 0.05, 1e6, 1e-5)] == [
        "16", "8.5", "0.05", "1000000", "0.00001",
    ]  # fmt: skip


@pytest.mark.usefixtures("_any_locale")
def test_whole_numbers_look_the_same_in_every_locale(qtbot: QtBot) -> None:
    box = WholeBox()
    qtbot.addWidget(box)
    box.setRange(1, 65536)
    box.setValue(2048)
    box.interpretText()
    assert (box.text(), box.value()) == ("2,048", 2048)


def turn_wheel(widget: QWidget) -> None:
    centre = QPointF(widget.rect().center())
    event = QWheelEvent(
        centre, widget.mapToGlobal(centre), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


@pytest.mark.parametrize("kind", [WholeBox, DecimalBox])
def test_the_wheel_changes_a_number_only_with_the_focus(qtbot: QtBot, kind: type[WholeBox] | type[DecimalBox]) -> None:
    box = kind()
    qtbot.addWidget(box)
    box.setValue(5)
    box.show()
    box.clearFocus()
    turn_wheel(box)
    assert box.value() == 5
    box.activateWindow()
    box.setFocus()
    qtbot.waitUntil(box.hasFocus)
    turn_wheel(box)
    assert box.value() == 6


def test_the_wheel_changes_a_choice_only_with_the_focus(qtbot: QtBot) -> None:
    box = Choice()
    qtbot.addWidget(box)
    box.addItems(["a", "b"])
    box.setCurrentIndex(1)
    box.show()
    box.clearFocus()
    turn_wheel(box)
    assert box.currentText() == "b"
    box.activateWindow()
    box.setFocus()
    qtbot.waitUntil(box.hasFocus)
    turn_wheel(box)
    assert box.currentText() == "a"


def test_a_number_line_tells_once_and_only_of_what_was_typed(qtbot: QtBot) -> None:
    line = NumberEdit()
    qtbot.addWidget(line)
    spy = QSignalSpy(line.valueEdited)
    line.show_value(2e-4)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert (line.text(), spy.count()) == ("2e-4", 0)
    line.selectAll()
    qtbot.keyClicks(line, "1e-3")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    line.clearFocus()
    assert [spy.at(number) for number in range(spy.count())] == [["1e-3"]]
