"""The settings panel: adapter, training, memory, evaluation, saving - one card each, in the order people know."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

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
ADAPTER = ("lora.variant", "lora.rank", "lora.alpha", "lora.dropout")
TRAINING = (
    "training.epochs",
    "training.max_steps",
    "training.learning_rate",
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
    "training.optimizer",
    "training.device",
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
        self._cards: list[tuple[Card, Form]] = []
        for title, keys in (
            (self.tr("Adapter"), ADAPTER),
            (self.tr("Training"), TRAINING),
            (self.tr("Memory"), MEMORY),
            (self.tr("Evaluation and saving"), JUDGING),
        ):
            card, form = Card(title), Form(keys, NAMES)
            form.planEdited.connect(self.planEdited)
            form.problemChanged.connect(self.problemChanged)
            card.body().addWidget(form)
            layout.addWidget(card)
            self._cards.append((card, form))
        self._all = QCheckBox(self.tr("Show advanced settings"))
        self._all.toggled.connect(self._show_all)
        layout.addWidget(self._all)
        self._show_all(False)

    def show_plan(self, plan: Plan) -> None:
        """Show a plan's settings."""
        for card, form in self._cards:
            form.show_plan(plan)
            changed = sum(form.value(key) != settings()[key].default for key in form.keys)
            card.set_figure(self.tr("{0} changed").format(changed) if changed else "")

    def show_resolved(self, description: ModelDescription | None, steps: int | None) -> None:
        """Show what relative settings come to: warmup in steps, the scale, the whole batch."""
        for _, form in self._cards:
            form.show_resolved(steps)

    def show_problems(self, problems: dict[str, str]) -> None:
        """Show each problem under its field."""
        for _, form in self._cards:
            form.show_problems(problems)

    def _show_all(self, everything: bool) -> None:
        for _, form in self._cards:
            form.show_advanced(everything)
