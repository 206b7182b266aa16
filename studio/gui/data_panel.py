"""The data panel: which rows are learnt from, and how the model will see each of them."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QFont, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QTextEdit, QToolButton, QWidget

from studio.gui.card import Card
from studio.gui.form import Form
from studio.gui.inputs import Choice
from studio.gui.theme import LIGHT, Theme
from studio.plan.errors import StudioError
from studio.plan.plan import Plan

FIELDS = ("data.format", "data.loss_on", "data.max_length", "data.eval_fraction", "data.packing", "data.max_examples")
BROWSE = "browse"
FILES = "*.jsonl *.json *.csv *.tsv *.parquet *.txt"


class DataPanel(Card):
    """Picker, preview and settings of the data."""

    planEdited = Signal(object, str)
    problemChanged = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Data"), parent)
        self._plan: Plan | None = None
        self._known: list[str] = []
        self._preview: dict[str, Any] = {}
        self._index = 0
        self._theme = LIGHT
        self.setAcceptDrops(True)

        self._picker = Choice()
        self._picker.setObjectName("datasetPicker")
        self._picker.setAccessibleName(self.tr("Training data"))
        self._picker.setToolTip(self.tr("JSONL, JSON, CSV, Parquet or TXT; a file can also be dropped here"))
        self._picker.activated.connect(self._picked)
        self._facts = QLabel()
        self._facts.setProperty("secondary", True)
        self._facts.setWordWrap(True)
        self._problem = QLabel()
        self._problem.setProperty("error", True)
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self._problem.setWordWrap(True)
        self._problem.hide()

        self._view = QTextEdit()
        self._view.setObjectName("dataPreview")
        self._view.setAccessibleName(self.tr("A row as the model reads it"))
        self._view.setReadOnly(True)
        self._view.setTabChangesFocus(True)
        self._view.setMinimumHeight(96)
        self._view.setMaximumHeight(140)
        self._place = QLabel()
        self._place.setProperty("secondary", True)
        self._back = _arrow("‹", self.tr("Previous row"), self._go_back)
        self._on = _arrow("›", self.tr("Next row"), self._go_on)
        legend = QLabel(self.tr("<u>underlined</u>: learnt"))
        legend.setProperty("secondary", True)
        steps = QHBoxLayout()
        steps.addWidget(self._place, 1)
        steps.addWidget(legend)
        steps.addWidget(self._back)
        steps.addWidget(self._on)

        self.form = Form(FIELDS)
        self.form.planEdited.connect(self.planEdited)
        self.form.problemChanged.connect(self.problemChanged)
        body = self.body()
        body.addWidget(self._picker)
        body.addWidget(self._problem)
        body.addWidget(self._facts)
        body.addWidget(self._view)
        body.addLayout(steps)
        body.addWidget(self.form)
        self._show_row()

    def set_theme(self, theme: Theme) -> None:
        """Draw the preview in a theme's colours."""
        self._theme = theme
        self._show_row()

    def show_choices(self, paths: list[str]) -> None:
        """Offer these files, most useful first."""
        self._known = list(dict.fromkeys(paths))
        self._show_picker()

    def show_plan(self, plan: Plan) -> None:
        """Show a plan's data settings."""
        self._plan = plan
        self._show_picker()
        self.form.show_plan(plan)

    def show_preview(self, preview: dict[str, Any] | None) -> None:
        """Show what a worker found in the file; None while it is being read."""
        self._preview = preview or {}
        self._index = min(self._index, max(len(self._preview.get("rows", [])) - 1, 0))
        self.set_figure(str(self._preview.get("format", "")).replace("-", " → "))
        self._facts.setText(self._facts_text() if preview else self.tr("Reading the data…"))
        self._show_row()

    def show_problem(self, problem: StudioError | None) -> None:
        """Say under the picker what is wrong with the data."""
        self._problem.setText("" if problem is None else problem.sentence)
        self._problem.setVisible(problem is not None)
        if problem is not None:
            self._facts.setText("")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """The first dropped file becomes the training data."""
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            self._choose(paths[0])

    def _picked(self, index: int) -> None:
        path = self._picker.itemData(index)
        if path == BROWSE:
            self._show_picker()
            path, _ = QFileDialog.getOpenFileName(
                self, self.tr("Training data"), str(Path.home()), self.tr("Data ({0});;All files (*)").format(FILES)
            )
        if path:
            self._choose(path)

    def _choose(self, path: str) -> None:
        if self._plan is not None and path != self._plan.data.train:
            data = self._plan.data.with_values(train=path, eval=None, columns={}, format="auto")
            self._index = 0
            self.planEdited.emit(self._plan.with_values(data=data), self.tr("data {0}").format(Path(path).name))

    def _show_picker(self) -> None:
        if self._plan is None:
            return
        paths = list(dict.fromkeys([self._plan.data.train, *self._known]))
        self._picker.clear()
        for path in paths:
            self._picker.addItem(Path(path).name, path)
            self._picker.setItemData(self._picker.count() - 1, path, Qt.ItemDataRole.ToolTipRole)
        self._picker.insertSeparator(self._picker.count())
        self._picker.addItem(self.tr("Choose a file…"), BROWSE)
        self._picker.setCurrentIndex(0)

    def _facts_text(self) -> str:
        rows = self._preview.get("rows", [])
        parts = []
        if self._preview.get("total_rows") is not None:
            parts.append(self.tr("{0:,} rows").format(self._preview["total_rows"]))
        if self._preview.get("longest_tokens"):
            parts.append(self.tr("longest {0:,} tokens").format(self._preview["longest_tokens"]))
            parts.append(self.tr("{0:,} cut").format(self._preview.get("truncated_rows", 0)))
        tokens = sum(row.get("tokens") or 0 for row in rows)
        if tokens:
            learnt = sum(row.get("trained_tokens") or 0 for row in rows)
            parts.append(self.tr("{0:.0%} of tokens learnt").format(learnt / tokens))
        if parts and self._preview.get("total_rows", len(rows)) != len(rows):
            parts.append(self.tr("seen in the first {0}").format(len(rows)))
        return " · ".join(parts)

    def _go_back(self) -> None:
        self._index -= 1
        self._show_row()

    def _go_on(self) -> None:
        self._index += 1
        self._show_row()

    def _show_row(self) -> None:
        rows = self._preview.get("rows", [])
        self._back.setEnabled(self._index > 0)
        self._on.setEnabled(self._index + 1 < len(rows))
        self._view.clear()
        if not rows:
            self._place.setText("")
            self._view.setPlaceholderText(self.tr("The rows appear here as the model will read them."))
            return
        row = rows[self._index]
        plain, learnt = QTextCharFormat(), QTextCharFormat()
        plain.setForeground(QColor(self._theme.secondary))
        learnt.setForeground(QColor(self._theme.text))
        learnt.setFontUnderline(True)
        learnt.setUnderlineColor(QColor(self._theme.accent))
        learnt.setFontWeight(QFont.Weight.Medium)
        cursor = self._view.textCursor()
        for segment in row["segments"]:
            cursor.insertText(segment["text"], learnt if segment["trained"] else plain)
        if row.get("problem"):
            wrong = QTextCharFormat()
            wrong.setForeground(QColor(self._theme.error))
            cursor.insertText(("\n" if row["segments"] else "") + row["problem"], wrong)
        self._view.moveCursor(QTextCursor.MoveOperation.Start)
        tokens = self.tr(" · {0} tokens").format(row["tokens"]) if row.get("tokens") else ""
        cut = self.tr(" · cut") if row.get("truncated") else ""
        self._place.setText(f"{row['place']}{tokens}{cut}")


def _arrow(text: str, name: str, slot: Any) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setAccessibleName(name)
    button.setToolTip(name)
    button.clicked.connect(slot)
    return button
