"""The settings panel: adapter, training, memory, evaluation, saving - one card each, in the order people know."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QPushButton, QVBoxLayout, QWidget

from studio.gui.card import Card
from studio.gui.form import Form
from studio.plan.description import ModelDescription
from studio.plan.plan import Plan
from studio.plan.settings import settings

NAMES = {
    "lora.variant": "variantCombo",
    "lora.rank": "rankSpin",
    "lora.alpha": "alphaSpin",
    "lora.dropout": "dropoutSpin",
}
ADAPTER = ("lora.variant", "lora.rank", "lora.alpha", "lora.dropout", "lora.init", "lora.final_rank")
TRAINING = (
    "training.epochs",
    "training.max_steps",
    "training.learning_rate",
    "training.learning_rate_ratio",
    "training.batch_size",
    "training.gradient_accumulation",
    "training.scheduler",
    "training.warmup_ratio",
    "training.weight_decay",
    "training.max_grad_norm",
    "training.seed",
)
MEMORY = (
    "training.precision",
    "training.quantization",
    "training.gradient_checkpointing",
    "training.compile",
    "training.optimizer",
    "training.device",
    "training.follow_load",
)
JUDGING = (
    "evaluation.every_steps",
    "evaluation.early_stopping_patience",
    "evaluation.prompts",
    "saving.every_steps",
    "saving.keep_last",
    "saving.keep_best",
)


class SettingsPanel(QWidget):
    """The forms of the plan, each with a count of what differs from the defaults."""

    planEdited = Signal(object, str)
    problemChanged = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self._cards: list[tuple[Card, Form, QPushButton]] = []
        for title, keys in (
            (self.tr("Adapter"), ADAPTER),
            (self.tr("Training"), TRAINING),
            (self.tr("Memory"), MEMORY),
            (self.tr("Evaluation and saving"), JUDGING),
        ):
            card, form = Card(title), Form(keys, NAMES)
            reset = QPushButton(self.tr("Reset"))
            reset.setProperty("flat", True)
            reset.setAccessibleName(self.tr("Reset: {0}").format(title))
            reset.setToolTip(self.tr("Put these settings back to their defaults; undo brings yours back"))
            reset.clicked.connect(form.reset)
            reset.hide()
            card.header.addWidget(reset)
            form.planEdited.connect(self.planEdited)
            form.problemChanged.connect(self.problemChanged)
            card.body().addWidget(form)
            layout.addWidget(card)
            self._cards.append((card, form, reset))
        self._all = QCheckBox(self.tr("Show advanced settings"))
        self._all.toggled.connect(self._show_all)
        layout.addWidget(self._all)
        self._show_all(False)

    def show_plan(self, plan: Plan) -> None:
        """Show a plan's settings."""
        for card, form, reset in self._cards:
            form.show_plan(plan)
            changed = len(form.changed())
            card.set_figure(self.tr("{0} changed").format(changed) if changed else "")
            reset.setVisible(bool(changed))

    def show_resolved(self, description: ModelDescription | None, steps: int | None) -> None:
        """Show what relative settings come to: warmup in steps, the scale, the whole batch."""
        for _, form, _ in self._cards:
            form.show_resolved(steps)

    def show_problems(self, problems: dict[str, str]) -> None:
        """Show each problem under its field."""
        for _, form, _ in self._cards:
            form.show_problems(problems)

    @property
    def keys(self) -> tuple[str, ...]:
        """The settings that have a field here."""
        return tuple(key for _, form, _ in self._cards for key in form.keys)

    def show_setting(self, key: str) -> None:
        """See to it that a setting's field is visible."""
        if key in self.keys and settings()[key].shown.advanced:
            self._all.setChecked(True)

    def field_of(self, key: str) -> QWidget | None:
        """The input of a setting; None for one of another panel."""
        return next((form.field_of(key) for _, form, _ in self._cards if key in form.keys), None)

    def _show_all(self, everything: bool) -> None:
        for _, form, _ in self._cards:
            form.show_advanced(everything)
