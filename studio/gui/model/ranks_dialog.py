"""The dialog that spreads a budget of parameters over the targets as ranks."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from studio.gui.desktop.sentences import told, told_error
from studio.gui.inputs import Choice, WholeBox
from studio.plan.description import ModelDescription
from studio.plan.errors import Refusal
from studio.plan.plan import Plan
from studio.plan.rank_steps import Spectra
from studio.plan.ranks import BYTES_PER_PARAMETER, STRATEGIES, RankChoice, budget_range, distribute, projection_of
from studio.plan.words import count_text, size_text

LARGEST_SPIN = 2**31 - 1  # what a spin box can hold


class RanksDialog(QDialog):
    """Shows what a way to spread ranks would change; nothing changes before Accept.

    `scoresRequested` asks for what a way must know first: "gradient" with an empty text, or "spectrum" with a run's path; `show_scores`
    brings it. `planEdited` carries the new plan with the words of its one undo step.
    """

    planEdited = Signal(object, str)
    scoresRequested = Signal(str, str)

    def __init__(
        self, plan: Plan, description: ModelDescription, runs: Sequence[Path], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("ranksDialog")
        self.setWindowTitle(self.tr("Distribute ranks"))
        self._plan = plan
        self._description = description
        self._scores: dict[str, Spectra] = {}
        self._choice: RankChoice | None = None
        self._strategy = Choice()
        self._strategy.setObjectName("ranksStrategy")
        self._strategy.setAccessibleName(self.tr("How to distribute"))
        for key, one in STRATEGIES.items():
            self._strategy.addItem(told(one.label), key)
        self._run = Choice()
        self._run.setObjectName("ranksRun")
        self._run.setAccessibleName(self.tr("Earlier run"))
        for run in runs:
            self._run.addItem(run.name, str(run))
        self._budget = WholeBox()
        self._budget.setObjectName("ranksBudget")
        self._budget.setAccessibleName(self.tr("Budget in parameters"))
        possible = budget_range(plan.lora, description.modules)
        self._budget.setRange(1, min(possible.most, LARGEST_SPIN))
        self._budget.setGroupSeparatorShown(True)
        self._budget.setValue(possible.now)
        self._size = QLabel()
        self._size.setProperty("secondary", True)
        self._hint = QLabel()
        self._hint.setProperty("secondary", True)
        self._hint.setWordWrap(True)
        self._measure = QPushButton()
        self._measure.setObjectName("ranksMeasure")
        self._measure.clicked.connect(self._ask)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.hide()
        self._problem = QLabel()
        self._problem.setProperty("error", True)
        self._problem.setWordWrap(True)
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self._table = QTreeWidget()
        self._table.setObjectName("ranksTable")
        self._table.setAccessibleName(self.tr("Ranks before and after"))
        self._table.setHeaderLabels([self.tr("Target"), self.tr("Rank now"), self.tr("Rank then")])
        self._total = QLabel()
        self._total.setProperty("figure", True)
        self._arrange()
        self._strategy.currentIndexChanged.connect(self._show)
        self._run.currentIndexChanged.connect(self._forget_spectrum)
        self._budget.valueChanged.connect(self._show)
        self._show()

    def show_progress(self, fraction: float | None, text: str) -> None:
        """How far a measurement is; an empty text ends it."""
        self._progress.setVisible(bool(text))
        self._measure.setEnabled(not text)
        self._progress.setRange(0, 0 if fraction is None else 100)
        self._progress.setValue(round(100 * (fraction or 0)))
        self._progress.setToolTip(text)

    def show_scores(self, kind: str, scores: Spectra) -> None:
        """What was asked for is known."""
        self._scores[kind] = scores
        self.show_progress(None, "")
        self._show()

    def show_problem(self, sentence: str) -> None:
        """What was asked for cannot be known."""
        self.show_progress(None, "")
        self._problem.setText(sentence)
        self._problem.show()

    def _arrange(self) -> None:
        budget = QHBoxLayout()
        budget.addWidget(self._budget)
        budget.addWidget(self._size, 1)
        form = QFormLayout()
        form.addRow(self.tr("Distribute"), self._strategy)
        form.addRow(self.tr("Earlier run"), self._run)
        form.addRow(self.tr("Parameters"), budget)
        self._form = form
        header = self._table.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            self._table.headerItem().setTextAlignment(column, Qt.AlignmentFlag.AlignRight)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._accept = buttons.addButton(self.tr("Accept"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._accept.setObjectName("ranksAccept")
        self._accept.setProperty("primary", True)
        buttons.accepted.connect(self._take)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addLayout(form)
        for widget in (self._hint, self._measure, self._progress, self._problem):
            layout.addWidget(widget)
        layout.addWidget(self._table, 1)
        layout.addWidget(self._total)
        layout.addWidget(buttons)
        self.resize(480, 560)

    def _forget_spectrum(self) -> None:
        self._scores.pop("spectrum", None)
        self._show()

    def _show(self) -> None:
        key = self._strategy.currentData()
        strategy = STRATEGIES[key]
        self._hint.setText(f"{told(strategy.hint)} {told(strategy.measured)}".strip())
        self._size.setText(size_text(BYTES_PER_PARAMETER * self._budget.value()))
        self._form.setRowVisible(self._run, key == "spectrum")
        missing = bool(strategy.needs) and key not in self._scores
        self._measure.setVisible(missing)
        self._measure.setText(self.tr("Measure on my data") if key == "gradient" else self.tr("Read the earlier run"))
        self._measure.setEnabled(key != "spectrum" or self._run.count() > 0)
        self._choice, problem = None, ""
        if missing:
            if key == "spectrum" and not self._run.count():
                problem = self.tr("There is no earlier run of this model with an adapter.")
        else:
            try:
                self._choice = distribute(
                    self._plan.lora, self._description.modules, self._budget.value(), key, self._scores.get(key)
                )
            except Refusal as refusal:
                problem = told_error(refusal)
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        self._show_choice()

    def _show_choice(self) -> None:
        self._table.clear()
        choice = self._choice
        self._accept.setEnabled(choice is not None and choice.lora != self._plan.lora)
        if choice is None:
            self._total.setText("")
            return
        groups: dict[str, list[str]] = {}
        for name in choice.ranks:
            groups.setdefault(projection_of(name), []).append(name)
        for projection, names in groups.items():
            row = self._row(projection, choice, names)
            self._table.addTopLevelItem(row)
            if len(names) > 1:
                for name in names:
                    row.addChild(self._row(name, choice, [name]))
        used = self.tr("{0} of {1} parameters").format(count_text(choice.parameters), count_text(choice.budget))
        self._total.setText(f"{used} · {told(choice.summary)}")

    def _row(self, title: str, choice: RankChoice, names: Sequence[str]) -> QTreeWidgetItem:
        """A target, or all of one projection, with its ranks; bold where they change."""
        before, after = [choice.before[name] for name in names], [choice.ranks[name] for name in names]
        row = QTreeWidgetItem([title, _span(before), _span(after)])
        row.setToolTip(0, title)
        for column in (1, 2):
            row.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if before != after:
            font = row.font(2)
            font.setBold(True)
            row.setFont(2, font)
        return row

    def _ask(self) -> None:
        key = self._strategy.currentData()
        self._problem.hide()
        self.show_progress(None, self.tr("Measuring"))
        self.scoresRequested.emit(key, self._run.currentData() if key == "spectrum" else "")

    def _take(self) -> None:
        if self._choice is None:
            return
        self.planEdited.emit(self._plan.with_values(lora=self._choice.lora.model_dump()), told(self._choice.text))
        self.accept()


def _span(ranks: Sequence[int]) -> str:
    """The ranks of several targets: one number, or the least and the largest."""
    low, high = min(ranks), max(ranks)
    return str(low) if low == high else f"{low} – {high}"
