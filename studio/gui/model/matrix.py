"""The layer matrix: layers down, projections across, one cell a target."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QStandardItemModel
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from studio.gui.card import Card
from studio.gui.inputs import Choice
from studio.gui.model.edits import Edit, targets_of, ticked, with_rank, with_settings
from studio.gui.model.matrix_colours import EFFECTIVE, GRADIENT, MOVED, RANK
from studio.gui.model.matrix_grid import MatrixGrid
from studio.gui.model.matrix_layout import ZOOMS
from studio.gui.model.matrix_legend import MatrixLegend
from studio.gui.model.matrix_rows import Settings, blended, copied
from studio.gui.theme import Theme
from studio.plan.description import ModelDescription
from studio.plan.errors import Refusal
from studio.plan.plan import Plan


class LayerMatrix(Card):
    """Shows a plan's targets as a grid and makes a new plan of each edit. `zoomChanged` carries how large its cells are."""

    planEdited = Signal(object, str)
    zoomChanged = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Layers × projections"), parent)
        self._plan: Plan | None = None
        self._description: ModelDescription | None = None
        self._measured: dict[str, Mapping[str, float]] = {}

        self._colour = Choice()
        self._colour.setObjectName("matrixColour")
        self._colour.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._colour.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)  # the heading gives way
        self._colour.setAccessibleName(self.tr("Colour of the cells"))
        for text, kind in (
            (self.tr("by rank"), RANK),
            (self.tr("by ‖ΔW‖ / ‖W‖"), MOVED),
            (self.tr("by gradient"), GRADIENT),
            (self.tr("by effective rank"), EFFECTIVE),
        ):
            self._colour.addItem(text, kind)
        self._colour.setToolTip(
            self.tr(
                "Rank, or what a run has measured: how far each target has moved, the length of its gradient, and at the end how many "
                "directions it makes use of"
            )
        )
        self._colour.currentIndexChanged.connect(self._recolour)
        self._grid = MatrixGrid()
        self._grid.setObjectName("layerMatrix")
        self._grid.setAccessibleName(self.tr("Layers and projections"))
        self._grid.tickAsked.connect(self._tick)
        self._grid.rankAsked.connect(self._set_rank)
        self._grid.zoomChanged.connect(self._show_zoom)
        self._grid.zoomChanged.connect(self.zoomChanged)
        self._offer_rows()
        self._smaller, self._larger = self._offer_zoom()
        self._legend = MatrixLegend()
        self._empty = QLabel(self.tr("The layers appear here once a model is chosen."))
        self._empty.setProperty("secondary", True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._arrange()

    def set_theme(self, theme: Theme) -> None:
        """Paint in a theme's colours."""
        self._grid.set_theme(theme)
        self._legend.set_theme(theme)

    def set_zoom(self, zoom: float) -> None:
        """Make cells so many times as large as fits."""
        self._grid.set_zoom(zoom)

    def show_plan(self, plan: Plan) -> None:
        """Show a plan's targets."""
        before, self._plan = self._plan, plan
        if before is None or before.lora != plan.lora:
            self._show_targets()

    def show_description(self, description: ModelDescription | None) -> None:
        """Show a model's layers; None where it is not known."""
        if description == self._description:
            return
        self._description = description
        self._grid.show_description(description)
        self.forget_measured()
        self._stack.setCurrentWidget(self._empty if description is None else self._full)
        self._colour.setVisible(description is not None)
        self._show_targets()

    def show_measured(self, measured: Mapping[str, Mapping[str, float]]) -> None:
        """Show what a run has measured of each target, by kind; the first news choose how far they have moved as the colour."""
        first = not self._measured
        self._measured |= {kind: values for kind, values in measured.items() if values}
        self._grid.show_measured(self._measured)
        if first and MOVED in self._measured:
            self._colour.setCurrentIndex(self._colour.findData(MOVED))
        self._show_kinds()

    def forget_measured(self) -> None:
        """Nothing has been measured yet; the colours are ranks again."""
        self._measured = {}
        self._grid.show_measured({})
        self._colour.setCurrentIndex(self._colour.findData(RANK))
        self._show_kinds()

    def _show_kinds(self) -> None:
        """Only what has been measured can be chosen."""
        model = self._colour.model()
        assert isinstance(model, QStandardItemModel)
        for place in range(self._colour.count()):
            kind = self._colour.itemData(place)
            model.item(place).setEnabled(kind == RANK or kind in self._measured)
        self._colour.setEnabled(bool(self._measured))
        self._show_legend()

    def _arrange(self) -> None:
        self.header.addWidget(self._colour)
        self._full = QWidget()
        column = QVBoxLayout(self._full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._grid, 1)
        foot = QHBoxLayout()
        foot.setSpacing(0)
        foot.addWidget(self._legend, 1)
        for button in (self._smaller, self._larger):
            foot.addWidget(button)
        column.addLayout(foot)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._full)
        self.body().addLayout(self._stack, 1)
        self._colour.setEnabled(False)
        self._colour.hide()

    def _offer_rows(self) -> None:
        """Edits of whole layers, by key or in the grid's context menu."""
        self._grid.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        for text, keys, act in (
            (self.tr("Copy the first selected layer to the others"), "Ctrl+Shift+Down", self._copy_row),
            (self.tr("Blend ranks from the first to the last selected layer"), "Ctrl+B", self._blend_rows),
        ):
            action = QAction(text, self._grid)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(act)
            self._grid.addAction(action)

    def _offer_zoom(self) -> tuple[QToolButton, QToolButton]:
        """Larger and smaller cells: by key, in the grid's context menu, and as buttons."""
        separator = QAction(self._grid)
        separator.setSeparator(True)
        self._grid.addAction(separator)
        made = []
        for sign, text, keys, act in (
            ("−", self.tr("Smaller cells"), ("Ctrl+-",), lambda: self._grid.zoom_by(-1)),
            ("+", self.tr("Larger cells"), ("Ctrl++", "Ctrl+="), lambda: self._grid.zoom_by(1)),
            ("", self.tr("Cells that fit"), ("Ctrl+0",), lambda: self._grid.set_zoom(1.0)),
        ):
            action = QAction(text, self._grid)
            action.setShortcuts([QKeySequence(key) for key in keys])
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(act)
            self._grid.addAction(action)
            if sign:
                button = QToolButton()
                button.setText(sign)
                button.setAccessibleName(text)
                button.setToolTip(f"{text} ({action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)})")
                button.clicked.connect(action.trigger)
                made.append(button)
        return made[0], made[1]

    def _show_zoom(self, zoom: float) -> None:
        self._smaller.setEnabled(zoom > ZOOMS[0])
        self._larger.setEnabled(zoom < ZOOMS[-1])

    def _copy_row(self) -> None:
        view = self._grid.view
        self._set_all(copied(view.grid, view.targets, view.selected), self.tr("copy a layer"))

    def _blend_rows(self) -> None:
        view = self._grid.view
        self._set_all(blended(view.grid, view.targets, view.selected), self.tr("blend ranks"))

    def _set_all(self, settings: Settings, what: str) -> None:
        if settings:
            self._edit(lambda plan, modules: with_settings(plan, modules, settings, what))

    def _recolour(self) -> None:
        self._grid.colour_by(self._colour.currentData())
        self._show_legend()

    def _show_targets(self) -> None:
        if self._plan is not None and self._description is not None:
            self._grid.show_targets(targets_of(self._plan.lora, self._description.modules))
            self._show_legend()

    def _show_legend(self) -> None:
        kind = self._colour.currentData()
        title = {
            MOVED: self.tr("moved"), GRADIENT: self.tr("gradient"), EFFECTIVE: self.tr("directions"),
        }.get(kind if kind in self._measured else RANK, self.tr("rank"))  # fmt: skip
        self._legend.show_scale(title, self._grid.scale)

    def _tick(self, names: list[str], on: bool) -> None:
        self._edit(lambda plan, modules: ticked(plan, modules, names, on))

    def _set_rank(self, names: list[str], rank: int) -> None:
        self._edit(lambda plan, modules: with_rank(plan, modules, names, rank))

    def _edit(self, make: Callable[..., Edit]) -> None:
        if self._plan is None or self._description is None:
            return
        try:
            edit = make(self._plan, self._description.modules)
        except Refusal:
            return  # a pattern of the plan does not fit the model, which the model panel says already
        if edit.plan != self._plan:
            self.planEdited.emit(edit.plan, edit.text)
