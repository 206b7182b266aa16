"""The model of the list of runs: a row for each, a column for each fact."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from studio.gui.desktop.language import QT_TRANSLATE_NOOP
from studio.gui.desktop.sentences import told
from studio.gui.runs.run_facts import RunFacts
from studio.gui.runs.sparkline import LOSSES_ROLE
from studio.gui.theme import LIGHT, Theme
from studio.plan.words import seconds_text

Index = QModelIndex | QPersistentModelIndex
HERE = QModelIndex()
SORT_ROLE = Qt.ItemDataRole.UserRole
FACTS_ROLE = Qt.ItemDataRole.UserRole + 1
STATE_COLOURS = {
    "running": "accent", "finished": "success", "stopped": "secondary", "failed": "error", "interrupted": "warning",
    "damaged": "error",
}  # fmt: skip
STATE_SIGNS = {
    "running": "▶", "finished": "✓", "stopped": "■", "failed": "✕", "interrupted": "…", "damaged": "!",
}  # fmt: skip
STATE_WORDS = {
    "running": QT_TRANSLATE_NOOP("RunsModel", "running"),
    "finished": QT_TRANSLATE_NOOP("RunsModel", "finished"),
    "stopped": QT_TRANSLATE_NOOP("RunsModel", "stopped"),
    "failed": QT_TRANSLATE_NOOP("RunsModel", "failed"),
    "interrupted": QT_TRANSLATE_NOOP("RunsModel", "interrupted"),
    "damaged": QT_TRANSLATE_NOOP("RunsModel", "damaged"),
}


@dataclass(frozen=True, slots=True)
class RunColumn:
    """How a fact is written, and by what it is sorted."""

    title: str
    text: Callable[[RunFacts], str]
    key: Callable[[RunFacts], Any]
    number: bool = False


def _state(facts: RunFacts) -> str:
    return f"{STATE_SIGNS[facts.state]} {QCoreApplication.translate('RunsModel', STATE_WORDS[facts.state])}"


def _steps(facts: RunFacts) -> str:
    if facts.steps is None:
        return ""
    return f"{facts.steps:,}" if facts.total_steps is None else f"{facts.steps:,} of {facts.total_steps:,}"


def _loss(facts: RunFacts) -> str:
    if facts.first_loss is None or facts.last_loss is None:
        return ""
    return f"{facts.first_loss:.3f} → {facts.last_loss:.3f}"


def _number(value: float | None) -> float:
    return float("inf") if value is None else value


def _one_line(text: str) -> str:
    return " ".join(text.split())


COLUMNS = (
    RunColumn(QT_TRANSLATE_NOOP("RunsModel", "Name"), lambda facts: facts.name, lambda facts: facts.name.casefold()),
    RunColumn(
        QT_TRANSLATE_NOOP("RunsModel", "State"),
        _state,
        lambda facts: facts.state,
    ),
    RunColumn(QT_TRANSLATE_NOOP("RunsModel", "Trend"), lambda facts: "", lambda facts: _number(facts.last_loss)),
    RunColumn(QT_TRANSLATE_NOOP("RunsModel", "Steps"), _steps, lambda facts: _number(facts.steps), number=True),
    RunColumn(QT_TRANSLATE_NOOP("RunsModel", "Loss"), _loss, lambda facts: _number(facts.last_loss), number=True),
    RunColumn(
        QT_TRANSLATE_NOOP("RunsModel", "Eval loss"),
        lambda facts: "" if facts.eval_loss is None else f"{facts.eval_loss:.3f}",
        lambda facts: _number(facts.eval_loss),
        number=True,
    ),
    RunColumn(
        QT_TRANSLATE_NOOP("RunsModel", "Tags"),
        lambda facts: ", ".join(facts.notes.tags),
        lambda facts: ", ".join(facts.notes.tags).casefold(),
    ),
    RunColumn(
        QT_TRANSLATE_NOOP("RunsModel", "Begun"),
        lambda facts: datetime.fromtimestamp(facts.begun).strftime("%Y-%m-%d %H:%M"),
        lambda facts: facts.begun,
    ),
    RunColumn(
        QT_TRANSLATE_NOOP("RunsModel", "Duration"),
        lambda facts: "" if facts.seconds is None else seconds_text(facts.seconds),
        lambda facts: _number(facts.seconds),
        number=True,
    ),
    RunColumn(
        QT_TRANSLATE_NOOP("RunsModel", "Note"),
        lambda facts: _one_line(facts.notes.text),
        lambda facts: facts.notes.text.casefold(),
    ),
)
NAME, STATE, TREND, BEGUN = 0, 1, 2, 7


class RunsModel(QAbstractTableModel):
    """Runs with their facts. FACTS_ROLE gives the RunFacts of a row, SORT_ROLE what a column is sorted by."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[RunFacts] = []
        self._theme = LIGHT

    def set_theme(self, theme: Theme) -> None:
        """Colour the states."""
        self._theme = theme
        # Not layoutChanged: without its counterpart before, a proxy forgets where a selection was, and Qt crashes.
        if self._rows:
            last = self.index(len(self._rows) - 1, len(COLUMNS) - 1)
            self.dataChanged.emit(self.index(0, 0), last, [Qt.ItemDataRole.ForegroundRole])

    def show_facts(self, rows: Sequence[RunFacts]) -> None:
        """Replace the rows; equal is silent, and rows of the same runs are changed in place, so that the selection stays."""
        new = list(rows)
        if new == self._rows:
            return
        if [facts.run for facts in new] == [facts.run for facts in self._rows]:
            self._rows = new
            self.dataChanged.emit(self.index(0, 0), self.index(len(new) - 1, len(COLUMNS) - 1))
            return
        self.beginResetModel()
        self._rows = new
        self.endResetModel()

    def rowCount(self, parent: Index = HERE) -> int:
        """Runs."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = HERE) -> int:
        """Facts."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The columns' titles."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.tr(COLUMNS[section].title)
        return self._alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Texts, colours of the states, the reason where a run is damaged."""
        facts, column = self._rows[index.row()], COLUMNS[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.text(facts)
            case Qt.ItemDataRole.ToolTipRole:
                return told(facts.problem or "") or "\n\n".join(filter(None, (str(facts.run.path), facts.notes.text)))
            case Qt.ItemDataRole.TextAlignmentRole:
                return self._alignment(index.column())
            case Qt.ItemDataRole.ForegroundRole if index.column() == STATE:
                return QColor(getattr(self._theme, STATE_COLOURS[facts.state]))
            case _ if role == SORT_ROLE:
                return column.key(facts)
            case _ if role == FACTS_ROLE:
                return facts
            case _ if role == LOSSES_ROLE and index.column() == TREND:
                return facts.losses
            case Qt.ItemDataRole.AccessibleTextRole:
                return (_loss(facts) if index.column() == TREND else column.text(facts)) or self.tr("none")
        return None

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if COLUMNS[column].number else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter
