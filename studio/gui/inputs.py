"""Input widgets whose values change only when the user means it: the wheel does nothing to one that is not focused."""

import math
from decimal import Decimal

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QFocusEvent, QValidator, QWheelEvent
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QLineEdit, QSpinBox, QWidget

EVERY_DIGIT = 17  # decimals after which a number comes back from its text as it was


class Choice(QComboBox):
    """A combo box that ignores the wheel while it is closed and not focused."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Only with the focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class WholeBox(QSpinBox):
    """A spin box for whole numbers; tells of a value when it is complete, not at every digit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setKeyboardTracking(False)
        self.lineEdit().setTextMargins(4, 0, 0, 0)
        self.setLocale(QLocale.c())
        self.setGroupSeparatorShown(True)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Only with the focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class DecimalBox(QDoubleSpinBox):
    """A spin box for decimals that shows no more digits than there are, and none less.

    Numbers are written with a point, as in a plan; a typed comma is read as one. In a locale with a decimal comma Qt would read
    the point as a group separator, and turn 8.5 into 85.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setKeyboardTracking(False)
        self.lineEdit().setTextMargins(4, 0, 0, 0)
        self.setLocale(QLocale.c())
        self.setDecimals(EVERY_DIGIT)

    def textFromValue(self, value: float) -> str:
        """16.0 -> "16"."""
        text = f"{Decimal(repr(value)):f}"
        return text.rstrip("0").rstrip(".") if "." in text else text

    def validate(self, text: str, place: int) -> tuple[QValidator.State, str, int]:
        """A comma is a point."""
        return super().validate(text.replace(",", "."), place)

    def valueFromText(self, text: str) -> float:
        """ "8,5" and "8.5" -> 8.5."""
        return super().valueFromText(text.replace(",", "."))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Only with the focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class NumberEdit(QLineEdit):
    """A line for numbers of any size ("2e-4"), or a word such as auto, or nothing.

    `textEdited` of the base fires at every key; `valueEdited` carries the text once the user has finished and it differs from what
    was shown.
    """

    valueEdited = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = ""
        self.editingFinished.connect(self._finish)

    def show_value(self, value: float | str | None) -> None:
        """Show a value; None is empty."""
        if isinstance(value, float):
            text = number_text(value)
        else:
            text = "" if value is None else str(value)
        self._shown = text
        if text != self.text():
            self.setText(text)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving the field finishes it, also where Qt's own check would not."""
        super().focusOutEvent(event)
        self._finish()

    def _finish(self) -> None:
        text = self.text().strip()
        if text != self._shown:
            self._shown = text
            self.valueEdited.emit(text)


def number_text(value: float) -> str:
    """0.0002 -> "2e-4", 3.0 -> "3", 0.03 -> "0.03"."""
    if value == 0 or not math.isfinite(value):
        return f"{value:g}"
    if 1e-3 <= abs(value) < 1e6:
        return f"{value:.10g}"
    mantissa, exponent = f"{value:.10e}".split("e")
    return f"{mantissa.rstrip('0').rstrip('.')}e{int(exponent)}"
