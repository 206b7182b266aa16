"""Fields: one input widget for each kind of setting, all with the same three verbs."""

from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QWidget

from studio.gui.desktop.language import setting_text
from studio.gui.inputs import Choice, DecimalBox, NumberEdit, WholeBox
from studio.plan.settings import SettingInfo

SPUN = ("lora.rank", "lora.alpha", "lora.dropout")  # small numbers that people step through


class Field(QObject):
    """An input for one setting. `edited` carries the setting's key and what the user entered, unchecked."""

    edited = Signal(str, object)

    def __init__(self, info: SettingInfo, widget: QWidget) -> None:
        super().__init__(widget)
        self.info = info
        self.widget = widget

    def show_value(self, value: Any) -> None:
        """Show a value; nothing is emitted for it."""
        raise NotImplementedError

    def value(self) -> Any:
        """What stands in the field, unchecked."""
        raise NotImplementedError

    def mark(self, wrong: bool) -> None:
        """Draw the field as wrong, or as right."""
        if bool(self.widget.property("invalid")) != wrong:
            self.widget.setProperty("invalid", wrong)
            self.widget.style().unpolish(self.widget)
            self.widget.style().polish(self.widget)


def field_for(info: SettingInfo) -> Field:
    """The field that suits a setting."""
    if info.kind == "choice":
        return _ChoiceField(info)
    if info.kind == "switch":
        return _SwitchField(info)
    if info.kind == "list":
        return _LinesField(info)
    return _SpinField(info) if info.key in SPUN else _LineField(info)


def spin_box(info: SettingInfo, parent: QWidget | None = None, *, unset: bool = False) -> WholeBox | DecimalBox:
    """A box with a setting's limits and steps; with `unset`, one below what is allowed stands for no number in particular."""
    box: WholeBox | DecimalBox = WholeBox(parent) if info.kind == "int" else DecimalBox(parent)
    low, high = info.limits
    box.setRange(low - unset, high)  # type: ignore[arg-type]  # whole numbers where the box is for those
    if isinstance(box, DecimalBox):
        box.setSingleStep(0.05 if high <= 1 else 1.0)
    return box


class _SpinField(Field):
    def __init__(self, info: SettingInfo) -> None:
        box = spin_box(info)
        super().__init__(info, box)
        self._box = box
        self._shown: Any = None
        box.valueChanged.connect(self._changed)

    def show_value(self, value: Any) -> None:
        self._shown = value
        self._box.setValue(value)

    def value(self) -> Any:
        return self._box.value()

    def _changed(self, value: Any) -> None:
        if value != self._shown:
            self._shown = value
            self.edited.emit(self.info.key, value)


class _LineField(Field):
    def __init__(self, info: SettingInfo) -> None:
        line = NumberEdit()
        super().__init__(info, line)
        self._line = line
        if info.auto:
            line.setPlaceholderText("auto")
        line.valueEdited.connect(self._finished)

    def show_value(self, value: Any) -> None:
        self._line.show_value(value)

    def value(self) -> Any:
        text = self._line.text().strip()
        if text == "":
            return None if self.info.optional else "auto" if self.info.auto else ""
        return text

    def _finished(self, _text: str) -> None:
        self.edited.emit(self.info.key, self.value())


class _ChoiceField(Field):
    def __init__(self, info: SettingInfo) -> None:
        box = Choice()
        super().__init__(info, box)
        self._box = box
        for choice in info.choices:
            box.addItem(setting_text(info.shown.names.get(choice, choice)), choice)
        box.currentIndexChanged.connect(self._changed)
        self._shown = ""

    def show_value(self, value: Any) -> None:
        self._shown = str(value)
        self._box.setCurrentIndex(self._box.findData(self._shown))

    def value(self) -> Any:
        return self._box.currentData()

    def _changed(self) -> None:
        if self._shown not in ("", self.value()):
            self._shown = self.value()
            self.edited.emit(self.info.key, self._shown)


class _SwitchField(Field):
    def __init__(self, info: SettingInfo) -> None:
        box = QCheckBox()
        super().__init__(info, box)
        self._box = box
        self._shown: bool | None = None
        box.toggled.connect(self._changed)

    def show_value(self, value: Any) -> None:
        self._shown = bool(value)
        self._box.setChecked(bool(value))

    def value(self) -> Any:
        return self._box.isChecked()

    def _changed(self, on: bool) -> None:
        if on != self._shown:
            self._shown = on
            self.edited.emit(self.info.key, on)


class _LinesField(Field):
    """A list of texts, one a line; finished when the focus leaves it."""

    def __init__(self, info: SettingInfo) -> None:
        edit = QPlainTextEdit()
        super().__init__(info, edit)
        self._edit = edit
        edit.setTabChangesFocus(True)
        edit.setMaximumHeight(72)
        edit.setPlaceholderText(QCoreApplication.translate("Field", "one a line"))
        self._shown: tuple[str, ...] = ()
        edit.installEventFilter(self)

    def show_value(self, value: Any) -> None:
        self._shown = tuple(value)
        if self.value() != self._shown:
            self._edit.setPlainText("\n".join(self._shown))

    def value(self) -> Any:
        return tuple(line for line in self._edit.toPlainText().splitlines() if line.strip())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and self.value() != self._shown:
            self._shown = self.value()
            self.edited.emit(self.info.key, self._shown)
        return super().eventFilter(watched, event)
