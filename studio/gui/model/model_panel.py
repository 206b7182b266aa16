"""The model panel: the model, and which of its layers get an adapter."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from studio.gui.card import Card
from studio.gui.inputs import Choice
from studio.gui.model.edits import targets_of, ticked
from studio.gui.model.pattern_bar import PatternBar
from studio.gui.model.picker import ModelChoice, ModelPicker
from studio.gui.model.presets import PRESETS, offered, preset_of, with_preset
from studio.gui.model.totals import Totals
from studio.gui.model.tree import ModelTree
from studio.gui.model.tree_menu import TreeMenu
from studio.gui.theme import Theme
from studio.plan.description import ModelDescription
from studio.plan.errors import Refusal, StudioError
from studio.plan.plan import Plan
from studio.plan.words import count_text

__all__ = ["ModelChoice", "ModelPanel"]
BUDGET = "budget"


class ModelPanel(Card):
    """Picker, pattern bar, layer tree, presets and totals. `downloadRequested` carries a Hub id; asked again, it cancels.

    `ranksRequested`: the user wants ranks distributed; `searchRequested`: a model found on the Hub.
    """

    planEdited = Signal(object, str)
    downloadRequested = Signal(str)
    ranksRequested = Signal()
    searchRequested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Model"), parent)
        self.setObjectName("modelPanel")
        self.setAcceptDrops(True)
        self._plan: Plan | None = None
        self._description: ModelDescription | None = None
        self._problem: StudioError | None = None

        self._picker = ModelPicker()
        self._picker.modelChosen.connect(self.choose_model)
        self._picker.searchRequested.connect(self.searchRequested)
        self._picker.downloadRequested.connect(self.downloadRequested)
        self._layers = QWidget()
        self._pattern = PatternBar()
        self._pattern.tickAsked.connect(self._tick)
        self._tree = ModelTree()
        self._tree.planEdited.connect(self.planEdited)
        self._tree.refused.connect(self._show_refusal)
        self._pattern.matchesChanged.connect(self._tree.show_only)
        self._menu = TreeMenu()
        self._menu.openAsked.connect(self._tree.open_down_to)
        self._menu.columns.aboutToShow.connect(self._offer_columns)
        self._menu.patternAsked.connect(self._pattern.set_pattern)
        self._presets = Choice()
        self._presets.setObjectName("presetCombo")
        self._presets.setAccessibleName(self.tr("Preset"))
        self._presets.setToolTip(self.tr("Choose targets by name; the first takes everything back to the start"))
        self._presets.activated.connect(self._choose_preset)
        self._distribute = QPushButton(self.tr("Ranks…"))
        self._distribute.setObjectName("distributeRanks")
        self._distribute.setAccessibleName(self.tr("Distribute ranks"))
        self._distribute.setToolTip(self.tr("Spread a budget of parameters over the targets"))
        self._distribute.clicked.connect(self.ranksRequested)
        self._totals = Totals()
        self._count = QLabel()
        self._count.setObjectName("targetCount")
        self._count.setProperty("secondary", True)
        self._arrange()
        self._show_all()

    def set_theme(self, theme: Theme) -> None:
        """Draw the tree in a theme's colours."""
        self._tree.set_theme(theme)

    def show_choices(self, choices: Sequence[ModelChoice]) -> None:
        """Offer these models, most useful first."""
        self._picker.show_choices(choices)

    def show_plan(self, plan: Plan) -> None:
        """Show a plan's model and targets."""
        before, self._plan = self._plan, plan
        self._picker.show_model(plan.model)
        self._tree.show_plan(plan)
        if before is None or before.lora != plan.lora:
            self._show_all()

    def show_description(self, description: ModelDescription | None) -> None:
        """Show a model's modules; None while they are not known."""
        self._description = description
        modules = () if description is None else description.modules
        self._tree.show_description(description)
        self._pattern.show_modules(modules)
        self._menu.show_modules(modules)
        self._presets.clear()
        for preset in offered(modules):
            self._presets.addItem(preset.title, preset.key)
        self._presets.addItem(self.tr("A budget of parameters…"), BUDGET)
        self._show_all()

    def show_problem(self, problem: StudioError | None) -> None:
        """Say under the picker what is wrong with the model or the targets."""
        self._problem = problem
        self._picker.show_problem(problem)

    def show_progress(self, fraction: float | None, text: str) -> None:
        """Show how far the work on the model is (0 to 1, None where unknown); an empty text hides it."""
        self._picker.show_progress(fraction, text)

    def choose_model(self, model: str) -> None:
        """Put a folder or a Hub id into the plan."""
        if self._plan is not None and model != self._plan.model:
            self.planEdited.emit(self._plan.with_values(model=model), self.tr("model {0}").format(Path(model).name))

    def show_offer(self, text: str) -> None:
        """Say what a download of the model would bring; empty where nothing is known."""
        self._picker.show_offer(text)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Folders may be dropped."""
        if _folder(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A dropped folder becomes the model."""
        folder = _folder(event)
        if folder is not None:
            self.choose_model(folder)

    def _arrange(self) -> None:
        heading = QLabel(self.tr("Layers"))
        heading.setProperty("heading", True)
        row = QHBoxLayout()
        row.addWidget(heading)
        row.addWidget(self._menu)
        row.addStretch(1)
        row.addWidget(self._count)
        column = QVBoxLayout(self._layers)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self._pattern)
        column.addWidget(self._tree, 1)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self._presets, 1)
        below.addWidget(self._distribute)
        column.addLayout(below)
        column.addWidget(self._totals)
        self._empty = QLabel(self.tr("The layers appear here once a model is chosen."))
        self._empty.setProperty("secondary", True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._empty.setWordWrap(True)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._layers)
        self.body().addWidget(self._picker)
        self.body().addLayout(self._stack, 1)

    def _show_all(self) -> None:
        """Count, preset and totals of the targets."""
        known = self._plan is not None and self._description is not None
        self._stack.setCurrentWidget(self._layers if known else self._empty)
        if self._plan is None or self._description is None:
            self.set_figure("")
            return
        description, lora = self._description, self._plan.lora
        targets = targets_of(lora, description.modules)
        self.set_figure(f"{description.model_type} · {count_text(description.total_parameters)}")
        self._count.setText(self.tr("{0} of {1} targets").format(len(targets), len(description.adaptable)))
        self._totals.show_targets(targets, description)
        preset = preset_of(lora, targets, description.modules)
        custom = self._presets.findData(None)
        if preset is None and custom < 0:
            self._presets.addItem(self.tr("Custom"), None)
        elif preset is not None and custom >= 0:
            self._presets.removeItem(custom)
        self._presets.setCurrentIndex(self._presets.findData(None if preset is None else preset.key))

    def _offer_columns(self) -> None:
        self._tree.offer_columns(self._menu.columns)

    def _choose_preset(self, place: int) -> None:
        key = self._presets.itemData(place)
        if key == BUDGET:
            self._show_all()  # it is no choice that stays: the dialog makes one
            self.ranksRequested.emit()
            return
        preset = next((preset for preset in PRESETS if preset.key == key), None)
        if preset is None or self._plan is None or self._description is None:
            return
        lora = with_preset(self._plan.lora, preset, self._description.modules)
        if lora != self._plan.lora:
            self.planEdited.emit(self._plan.with_values(lora=lora), self.tr("preset {0}").format(preset.title))

    def _tick(self, names: list[str], on: bool, what: str) -> None:
        if self._plan is None or self._description is None:
            return
        try:
            edit = ticked(self._plan, self._description.modules, names, on, what)
        except Refusal as refusal:
            self._show_refusal(refusal)
            return
        if edit.plan != self._plan:
            self.planEdited.emit(edit.plan, edit.text)

    def _show_refusal(self, refusal: StudioError) -> None:
        """An edit that cannot be made says so where the plan's own problem stands."""
        self._picker.show_problem(self._problem or refusal)


def _folder(event: QDropEvent) -> str | None:
    """The first folder that is being dragged."""
    paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
    return next((path for path in paths if Path(path).is_dir()), None)
