"""A form: settings of the plan as rows of label, input and what the value comes to.

Everything shown - label, unit, hint, limits, choices - comes from the setting's declaration.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError
from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from studio.gui.desktop.language import setting_text
from studio.gui.fields import Field, field_for
from studio.gui.inputs import number_text
from studio.plan.errors import Refusal
from studio.plan.plan import Plan
from studio.plan.planfile import refusal_of
from studio.plan.settings import SettingInfo, settings


class Form(QWidget):
    """Shows some settings of a plan, and makes a new plan of each edit.

    `problemChanged` carries a key and the Refusal of what was typed there, or None once it is right again; the plan stays the last
    good one meanwhile.
    """

    planEdited = Signal(object, str)
    problemChanged = Signal(str, object)

    def __init__(
        self, keys: Sequence[str], names: Mapping[str, str] | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.keys = tuple(keys)
        self._plan: Plan | None = None
        self._advanced = False
        self._wrong: set[str] = set()
        self._rows: dict[str, tuple[QLabel, Field, QLabel, QLabel]] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        # The same columns in every form, so that the inputs of all cards stand in one line.
        grid.setColumnMinimumWidth(0, 104)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(2, 104)
        for number, key in enumerate(self.keys):
            self._add_row(grid, number * 2, settings()[key], (names or {}).get(key, ""))

    def value(self, key: str) -> Any:
        """A setting's value in the shown plan."""
        assert self._plan is not None
        section, name = key.split(".")
        return getattr(getattr(self._plan, section), name)

    def changed(self) -> list[str]:
        """The settings that are not at their defaults in the shown plan."""
        return [key for key in self.keys if self.value(key) != settings()[key].default]

    def field_of(self, key: str) -> QWidget:
        """The input of a setting."""
        return self._rows[key][1].widget

    def reset(self) -> None:
        """Put all settings of this form back to their defaults, as one edit."""
        if self._plan is None:
            return
        sections: dict[str, dict[str, Any]] = {}
        changed = self.changed()
        for key in changed:
            section, name = key.split(".")
            sections.setdefault(section, {})[name] = settings()[key].default
        for key in self._wrong.copy():
            self._wrong.discard(key)
            self.problemChanged.emit(key, None)
        parts = {section: getattr(self._plan, section).with_values(**values) for section, values in sections.items()}
        if parts:
            one = setting_text(settings()[changed[0]].shown.label).lower()
            many = self.tr("{0} settings to default").format(len(changed))
            text = self.tr("{0} to default").format(one) if len(changed) == 1 else many
            self.planEdited.emit(self._plan.with_values(**parts), text)

    def show_plan(self, plan: Plan) -> None:
        """Show a plan. Nothing is emitted."""
        self._plan = plan
        for key, (_, field, _, _) in self._rows.items():
            if key not in self._wrong or field.value() == self.value(key):
                field.show_value(self.value(key))

    def show_advanced(self, shown: bool) -> None:
        """Show or hide the rows of advanced settings."""
        self._advanced = shown
        for key, row in self._rows.items():
            visible = shown or not settings()[key].shown.advanced
            row[0].setVisible(visible)
            row[1].widget.setVisible(visible)
            row[2].setVisible(visible and bool(row[2].text()))
            row[3].setVisible(visible and bool(row[3].text()))

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Say at each field what is wrong there."""
        for key, (_, field, _, below) in self._rows.items():
            text = problems.get(key, "")
            below.setText(text)
            below.setVisible(bool(text))
            field.mark(bool(text))

    def show_resolved(self, steps: int | None) -> None:
        """Show what relative values come to."""
        if self._plan is None:
            return
        notes = _resolved(self._plan, steps)
        for key, (_, field, note, _) in self._rows.items():
            note.setText(notes.get(key, setting_text(settings()[key].shown.unit)))
            note.setToolTip(note.text())
            note.setVisible(bool(note.text()) and field.widget.isVisibleTo(self))

    def _add_row(self, grid: QGridLayout, row: int, info: SettingInfo, name: str) -> None:
        field = field_for(info)
        name_shown, hint_shown = setting_text(info.shown.label), setting_text(info.shown.hint)
        label = QLabel(name_shown)
        label.setBuddy(field.widget)
        hint = f"{hint_shown}\n" + self.tr("{0}, default {1}").format(info.key, _shown(info.default))
        field.widget.setAccessibleName(name_shown)
        field.widget.setAccessibleDescription(hint_shown)
        field.widget.setObjectName(name or info.key)
        for widget in (label, field.widget):
            widget.setToolTip(hint)
        note = QLabel(setting_text(info.shown.unit), self)
        note.setProperty("secondary", True)
        note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        below = QLabel()
        below.setProperty("error", True)
        below.setTextFormat(Qt.TextFormat.PlainText)
        below.setWordWrap(True)
        below.hide()
        grid.addWidget(label, row, 0)
        if info.kind in ("int", "float"):
            grid.addWidget(field.widget, row, 1)
            grid.addWidget(note, row, 2)
        else:  # a choice comes to nothing but itself, and its names want the room
            grid.addWidget(field.widget, row, 1, 1, 2)
            note.hide()
        grid.addWidget(below, row + 1, 0, 1, 3)
        field.edited.connect(self._edited)
        self._rows[info.key] = (label, field, note, below)

    def _edited(self, key: str, value: object) -> None:
        if self._plan is None:
            return
        section, name = key.split(".")
        before = self.value(key)
        try:
            part = getattr(self._plan, section).with_values(**{name: value})
        except ValidationError as error:
            self._wrong.add(key)
            self.problemChanged.emit(key, _at_key(refusal_of(error), key, value))
            return
        if key in self._wrong:
            self._wrong.discard(key)
            self.problemChanged.emit(key, None)
        after = getattr(part, name)
        self._rows[key][1].show_value(after)
        if after != before:
            shown = settings()[key].shown
            was, now = (
                setting_text(shown.names[str(value)]) if str(value) in shown.names else _shown(value)
                for value in (before, after)
            )
            text = self.tr("{0} {1} to {2}").format(setting_text(shown.label).lower(), was, now)
            self.planEdited.emit(self._plan.with_values(**{section: part}), text)


def _at_key(refusal: Refusal, key: str, value: object) -> Refusal:
    """The refusal of one section's check, as said at the plan's key."""
    label = setting_text(settings()[key].shown.label)
    what = f"{label} cannot be empty" if value in ("", None) else f"{label} cannot be {value}"
    return Refusal("plan-invalid", what, now=refusal.now, field=key)


def _shown(value: Any) -> str:
    translate = QCoreApplication.translate
    if value is None:
        return translate("Form", "empty")
    if isinstance(value, float):
        return number_text(value)
    if isinstance(value, tuple):
        return translate("Form", "{0} entries").format(len(value))
    return str(value)


def _resolved(plan: Plan, steps: int | None) -> dict[str, str]:
    """What relative settings come to, by key."""
    training, translate = plan.training, QCoreApplication.translate
    whole = training.batch_size * training.gradient_accumulation
    notes = {
        "lora.alpha": translate("Form", "scale {0}").format(number_text(plan.lora.alpha / plan.lora.rank)),
        "training.gradient_accumulation": translate("Form", "× {0} = {1} rows").format(training.batch_size, whole),
    }
    if plan.lora.variant == "rslora":
        notes["lora.alpha"] = translate("Form", "scale {0}").format(f"{plan.lora.alpha / plan.lora.rank**0.5:.3g}")
    if steps is not None:
        warmup = -(-steps * training.warmup_ratio // 1)
        notes["training.warmup_ratio"] = translate("Form", "= {0:,} steps").format(int(warmup))
        notes["training.epochs"] = translate("Form", "= {0:,} steps").format(steps)
        if training.max_steps is not None:
            notes["training.epochs"] = translate("Form", "not used")
    return notes
