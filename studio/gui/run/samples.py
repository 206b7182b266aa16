"""The table of samples: what each prompt was answered with, before training and at each sampled step."""

from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase

from studio.gui.theme import LIGHT, Theme
from studio.plan.events import Event, Sampled, Started

Index = QModelIndex | QPersistentModelIndex
HERE = QModelIndex()
PROMPT, EXPECTED, BASE = "prompt", "expected", "base"
MOST_HINT = 1000  # characters: a hint that fills the screen hides what it explains
SAME, OTHER = "✓ ", "≠ "


@dataclass
class SampledPrompt:
    """A prompt with its answers: of the base model, and of the adapter by step."""

    prompt: str
    expected: str | None = None
    base: str | None = None
    answers: dict[int, str] = field(default_factory=dict)

    def is_right(self, step: int) -> bool | None:
        """Whether the answer of a step is the expected one; None where there is no answer or nothing is expected."""
        if self.expected is None or step not in self.answers:
            return None
        return self.answers[step].strip() == self.expected.strip()


class SamplesModel(QAbstractTableModel):
    """A row for each prompt; columns: prompt, expected (where any is), base model, then the sampled steps, newest first:
    before and after stand side by side however many there are."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: dict[str, SampledPrompt] = {}
        self._columns: list[str | int] = [PROMPT, BASE]
        self._theme = LIGHT
        self._fixed_font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)

    @property
    def rows(self) -> list[SampledPrompt]:
        """The prompts in the order in which they were first answered."""
        return list(self._rows.values())

    @property
    def steps(self) -> list[int]:
        """The sampled steps, oldest first."""
        return sorted(column for column in self._columns if isinstance(column, int))

    def set_theme(self, theme: Theme) -> None:
        """Colour what was answered as expected."""
        self._theme = theme
        self.layoutAboutToBeChanged.emit()
        self.layoutChanged.emit()

    def clear(self) -> None:
        """Forget the run."""
        self.beginResetModel()
        self._rows, self._columns = {}, [PROMPT, BASE]
        self.endResetModel()

    def take(self, events: list[Event]) -> bool:
        """Add the answers; True where there were any. A resumed run answers anew after the step that it went on from."""
        news = [event for event in events if isinstance(event, Sampled | Started)]
        if not any(isinstance(event, Sampled) or self._rows for event in news):
            return False
        self.beginResetModel()
        for event in news:
            if isinstance(event, Started):
                self._keep_to(event.resumed_from or 0)
            else:
                self._add(event)
        steps = sorted({step for row in self.rows for step in row.answers})
        expected: list[str | int] = [EXPECTED] if any(row.expected is not None for row in self.rows) else []
        self._columns = [PROMPT, *expected, BASE, *reversed(steps)]
        self.endResetModel()
        return True

    def rowCount(self, parent: Index = HERE) -> int:
        """Prompts."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = HERE) -> int:
        """Prompt, expected, base, steps."""
        return 0 if parent.isValid() else len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a column holds."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._title(self._columns[section])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The texts; an answer is marked by a sign as well as by its colour where one is expected."""
        row, column = self.rows[index.row()], self._columns[index.column()]
        right = row.is_right(column) if isinstance(column, int) else None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                sign = "" if right is None else SAME if right else OTHER
                return sign + self._text(row, column)
            case Qt.ItemDataRole.ToolTipRole:
                words = {True: self.tr("As expected"), False: self.tr("Not as expected"), None: ""}[right]
                hint = self.tr("A double click shows the whole sample")
                return "\n".join(part for part in (words, self._text(row, column)[:MOST_HINT], hint) if part)
            case Qt.ItemDataRole.FontRole:
                return QFont() if column == PROMPT else self._fixed_font
            case Qt.ItemDataRole.ForegroundRole:
                if right:
                    return QColor(self._theme.success)
                return QColor(self._theme.secondary if column in (BASE, EXPECTED) else self._theme.text)
            case Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        return None

    def whole(self, row: int) -> list[tuple[str, str]]:
        """What a row's columns are called and say, without signs."""
        return [(self._title(column), self._text(self.rows[row], column)) for column in self._columns]

    def _title(self, column: str | int) -> str:
        if isinstance(column, int):
            return self.tr("Step {0}").format(f"{column:,}")
        return {PROMPT: self.tr("Prompt"), EXPECTED: self.tr("Expected"), BASE: self.tr("Base model")}[column]

    def _text(self, row: SampledPrompt, column: str | int) -> str:
        if isinstance(column, int):
            return row.answers.get(column, "")
        return {PROMPT: row.prompt, EXPECTED: row.expected, BASE: row.base}[column] or ""

    def _add(self, event: Sampled) -> None:
        row = self._rows.setdefault(event.prompt, SampledPrompt(event.prompt))
        if event.expected is not None:
            row.expected = event.expected
        if event.base:
            row.base = event.text
        else:
            row.answers[event.step] = event.text

    def _keep_to(self, step: int) -> None:
        for row in self._rows.values():
            row.answers = {at: text for at, text in row.answers.items() if at <= step}
