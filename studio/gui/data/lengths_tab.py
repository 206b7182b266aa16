"""The tab of all rows: how long they are, what a cut-off costs, what is learnt, what is padding, what is wrong."""

from collections.abc import Sequence
from html import escape
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from studio.gui.card import Card
from studio.gui.data.cutoff import LengthCounts
from studio.gui.data.facts import bad_rows_line, cost_line, learnt_line, padding_lines
from studio.gui.data.findings import Findings
from studio.gui.data.lengths_plot import FURTHEST, SHORTEST, LengthsPlot
from studio.gui.form import Form
from studio.gui.inputs import WholeBox
from studio.gui.run.redraw_clock import RedrawClock
from studio.gui.theme import Theme
from studio.plan.plan import Plan
from studio.plan.words import size_text

PACKING, BAD_ROWS = "data.packing", "data.bad_rows"


class LengthsTab(QWidget):
    """`rowChosen` asks for a row in the lens, `clearRequested` for an empty cache."""

    planEdited = Signal(object, str)
    problemChanged = Signal(str, object)
    rowChosen = Signal(int)
    clearRequested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan: Plan | None = None
        self._statistics: dict[str, Any] | None = None
        self._counts = LengthCounts()
        self._plot = LengthsPlot(RedrawClock(self))
        self._plot.cutMoved.connect(self._show_cost)
        self._plot.cutChosen.connect(self._set_length)
        self._length = WholeBox()
        self._length.setObjectName("cutOff")
        self._length.setAccessibleName(self.tr("Longest row in tokens"))
        self._length.setRange(SHORTEST, FURTHEST)
        self._length.setMinimumWidth(88)
        self._length.valueChanged.connect(self._set_length)
        self._all = QPushButton(self.tr("Keep all whole"))
        self._all.setObjectName("keepAll")
        self._all.clicked.connect(self._keep_all)
        self._cost = _sentence("cutCost", "figure")
        self._learnt = _sentence("learntShare")
        self._padding = _sentence("paddingShare")
        self._padding.setTextFormat(Qt.TextFormat.RichText)
        self._rows = _sentence("badRows")
        self._packing = self._form(PACKING, "windowPacking")
        self._bad_rows = self._form(BAD_ROWS, "windowBadRows")
        self._findings = Findings()
        self._findings.rowChosen.connect(self.rowChosen)
        self._none = _sentence("noFindings", "secondary")
        self._cache = _sentence("cacheSize", "secondary")
        self._clear = QPushButton(self.tr("Clear"))
        self._clear.setObjectName("clearCache")
        self._clear.setAccessibleName(self.tr("Clear the prepared data"))
        self._clear.setToolTip(self.tr("Frees the disk; the data are prepared again when they are needed"))
        self._clear.clicked.connect(self._ask_clear)
        self._arrange()
        self.show_statistics(None)

    def set_theme(self, theme: Theme) -> None:
        """Draw in a theme's colours."""
        self._plot.set_theme(theme)
        self._findings.set_theme(theme)

    def show_plan(self, plan: Plan) -> None:
        """Show a plan's cut-off, packing, and what becomes of bad rows."""
        self._plan = plan
        self._packing.show_plan(plan)
        self._bad_rows.show_plan(plan)
        self._plot.show_cut(plan.data.max_length)
        self._length.setValue(plan.data.max_length)
        self._show_cost(plan.data.max_length)
        self._show_words()

    def show_statistics(self, statistics: dict[str, Any] | None) -> None:
        """Show what is known of all rows; None where it is not."""
        self._statistics = statistics
        self._counts = LengthCounts.of(statistics)
        self._plot.show_counts(self._counts)
        self._findings.show_statistics(statistics)
        self._show_words()
        if self._plan is not None:
            self._show_cost(self._plan.data.max_length)

    def show_cleared(self, freed_bytes: int) -> None:
        """The prepared data are gone."""
        self._cache.setText(
            self.tr("{0} freed. Data are prepared again when they are needed.").format(size_text(freed_bytes))
        )

    def show_clear_problem(self, sentence: str) -> None:
        """The prepared data could not be cleared."""
        self._cache.setText(sentence)
        self._clear.setEnabled(True)

    def _show_cost(self, cut: int) -> None:
        text = cost_line(self._counts.cost(cut), self._counts.exact) if self._counts else ""
        self._cost.setText(text)
        self._cost.setVisible(bool(text))
        self._all.setEnabled(bool(self._counts) and cut < self._counts.longest)

    def _show_words(self) -> None:
        known, plan = self._statistics, self._plan
        waiting = self.tr("Known once all rows are read.")
        self._learnt.setText(learnt_line(known) if known else waiting)
        if known is not None and plan is not None:
            self._padding.setText(_padding_table(padding_lines(known, plan.data.packing)))
        self._padding.setVisible(known is not None)
        skipped = plan is not None and plan.data.bad_rows == "skip"
        bad = "" if known is None else bad_rows_line(known, skipped)
        self._rows.setText(bad if skipped else self.tr("{0}: a run does not start with them").format(bad))
        self._rows.setVisible(bool(bad))
        found = self._findings.topLevelItemCount() > 0
        self._findings.setVisible(found)
        self._none.setVisible(not found)
        self._none.setText(self.tr("Nothing is wrong with the rows.") if known else waiting)
        self._clear.setEnabled(known is not None)
        if known is None:
            self._cache.setText("")
        else:
            sizes = (size_text(known.get("cache_bytes", 0)), size_text(known.get("cache_total_bytes", 0)))
            self._cache.setText(self.tr("Prepared data on the disk: {0} of these rows, {1} in all.").format(*sizes))

    def _set_length(self, length: int) -> None:
        if self._plan is None or length == self._plan.data.max_length:
            return
        text = self.tr("length {0:,} to {1:,}").format(self._plan.data.max_length, length)
        data = self._plan.data.with_values(max_length=length)
        self.planEdited.emit(self._plan.with_values(data=data), text)

    def _keep_all(self) -> None:
        self._set_length(min(max(self._counts.longest, SHORTEST), FURTHEST))

    def _ask_clear(self) -> None:
        self._clear.setEnabled(False)
        self.clearRequested.emit()

    def _form(self, key: str, name: str) -> Form:
        form = Form((key,), {key: name})
        form.planEdited.connect(self.planEdited)
        form.problemChanged.connect(self.problemChanged)
        return form

    def _arrange(self) -> None:
        length = QHBoxLayout()
        length.setSpacing(8)
        name = QLabel(self.tr("Cut rows after"))
        name.setBuddy(self._length)
        unit = QLabel(self.tr("tokens"))
        unit.setProperty("secondary", True)
        for widget in (name, self._length, unit, self._all):
            length.addWidget(widget)
        length.addStretch(1)
        self._plot.body().addWidget(self._cost)
        self._plot.body().addLayout(length)
        learnt = Card(self.tr("Learnt and padded"))
        learnt.body().addWidget(self._learnt)
        learnt.body().addWidget(self._packing)
        learnt.body().addWidget(self._padding)
        learnt.body().addStretch(1)
        problems = Card(self.tr("Problems and notes"))
        problems.body().addWidget(self._bad_rows)
        problems.body().addWidget(self._rows)
        problems.body().addWidget(self._none, 1)
        problems.body().addWidget(self._findings, 1)
        problems.body().setAlignment(self._none, Qt.AlignmentFlag.AlignTop)
        disk = QHBoxLayout()
        disk.addWidget(self._cache, 1)
        disk.addWidget(self._clear)
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 8, 0, 0)
        grid.setSpacing(8)
        grid.addWidget(self._plot, 0, 0, 1, 2)
        grid.addWidget(learnt, 1, 0)
        grid.addWidget(problems, 1, 1)
        grid.addLayout(disk, 2, 0, 1, 2)
        grid.setRowStretch(0, 2)
        grid.setRowStretch(1, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self._plot.setMinimumHeight(300)
        problems.setMinimumHeight(200)
        scroll = QScrollArea()
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)


def _padding_table(lines: Sequence[tuple[str, str, bool]]) -> str:
    """The ways of packing as a table; the chosen one heavier, and with a mark."""
    title = QCoreApplication.translate("LengthsTab", "Padding in a batch")
    rows = []
    for words, share, chosen in lines:
        style = "font-weight: 600" if chosen else ""
        cells = ("✓" if chosen else "", words, share)
        rows.append(
            "<tr>" + "".join(f'<td style="padding: 2px 12px 0 0; {style}">{escape(cell)}</td>' for cell in cells)
        )
    return f"{title}<table>{''.join(rows)}</table>"


def _sentence(name: str, look: str = "") -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if look:
        label.setProperty(look, True)
    return label
