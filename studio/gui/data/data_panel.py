"""The data panel: which rows are learnt from, and how the model will see each of them."""

from html import escape
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from studio.gui.card import Card
from studio.gui.data.facts import ROWS_UNFIT, bad_rows_line, first_bad_row, preview_line, scan_line
from studio.gui.data.fetch_strip import NOT_FETCHED, FetchStrip
from studio.gui.data.picker import DataPicker, title_of
from studio.gui.data.row_view import RowView
from studio.gui.data.scan_strip import ScanStrip
from studio.gui.desktop.sentences import told, told_error
from studio.gui.elided_label import ElidedLabel
from studio.gui.form import Form
from studio.gui.theme import LIGHT, Theme
from studio.plan.errors import StudioError
from studio.plan.plan import Plan

FIELDS = ("data.format", "data.loss_on", "data.max_length", "data.eval_fraction", "data.packing", "data.max_examples")


class DataPanel(Card):
    """Picker, facts, small lens and settings of the data.

    `lensRequested` asks for the data window: at a row (from 0), or None as it stands.
    """

    planEdited = Signal(object, str)
    problemChanged = Signal(str, object)
    lensRequested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Data"), parent)
        self._plan: Plan | None = None
        self._preview: dict[str, Any] = {}
        self._statistics: dict[str, Any] | None = None
        self._index = 0
        self._theme = LIGHT
        self.setAcceptDrops(True)
        self._picker = DataPicker()
        self._picker.dataChosen.connect(self._choose)
        self._facts = _words("secondary")
        self._facts.setObjectName("dataFacts")
        self._problem = _words("error")
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self._bad_rows = _words("error")
        self._bad_rows.setObjectName("badRowsLink")
        self._bad_rows.setAccessibleName(self.tr("Rows that cannot be learnt"))
        self._bad_rows.setTextFormat(Qt.TextFormat.RichText)
        self._bad_rows.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByKeyboard | Qt.TextInteractionFlag.LinksAccessibleByMouse
        )
        self._bad_rows.linkActivated.connect(self._look_at_bad_row)
        self.fetch = FetchStrip()
        self.scan = ScanStrip()
        self._view = RowView()
        self._view.setObjectName("dataPreview")
        self._view.setMinimumHeight(96)
        self._view.setMaximumHeight(140)
        self._place = ElidedLabel()
        self._place.setProperty("secondary", True)
        self._back = _arrow("‹", self.tr("Previous row"), self._go_back)
        self._on = _arrow("›", self.tr("Next row"), self._go_on)
        self._look = QPushButton(self.tr("Look closer…"))
        self._look.setObjectName("lensButton")
        self._look.setToolTip(self.tr("Columns and templates, every token of every row, lengths and problems"))
        self._look.clicked.connect(lambda: self.lensRequested.emit(None))
        self.form = Form(FIELDS)
        self.form.planEdited.connect(self.planEdited)
        self.form.problemChanged.connect(self.problemChanged)
        self._arrange()
        self._show_facts()
        self._show_row()

    def set_theme(self, theme: Theme) -> None:
        """Draw the preview in a theme's colours."""
        self._theme = theme
        self._view.set_theme(theme)
        self._show_facts()

    def show_choices(self, paths: list[str]) -> None:
        """Offer these data, most useful first."""
        self._picker.show_choices(paths)

    def show_plan(self, plan: Plan) -> None:
        """Show a plan's data settings."""
        before, self._plan = self._plan, plan
        if before is None or plan.data.train != before.data.train:
            self._index, self._preview = 0, {}
            self._show_row()
        self._picker.show_train(plan.data.train)
        self.form.show_plan(plan)
        self._show_facts()

    def show_preview(self, preview: dict[str, Any] | None) -> None:
        """Show what a worker found in the first rows; None while they are being read: what is there stays, nothing flickers."""
        if preview is None:
            if not self._preview:
                self._facts.setText(self.tr("Reading the data…"))
            return
        self._preview = preview
        self._index = min(self._index, max(len(preview.get("rows", [])) - 1, 0))
        self.set_figure(str(preview.get("format") or "").replace("-", " → "))
        self._show_facts()
        self._show_row()

    def show_statistics(self, statistics: dict[str, Any] | None) -> None:
        """Show what is known of all rows; None where it is not."""
        self._statistics = statistics
        self._show_facts()

    def show_problem(self, problem: StudioError | None) -> None:
        """Say under the picker what is wrong with the data. Rows that cannot be learnt are said as a link already, and data that are not
        here by the strip that fetches them.
        """
        said = problem is not None and problem.code not in (ROWS_UNFIT, NOT_FETCHED)
        self._problem.setText(told_error(problem) if said and problem is not None else "")
        self._problem.setVisible(said)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and folders may be dropped."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """The first dropped file or folder becomes the training data."""
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            self._choose(paths[0])

    def _arrange(self) -> None:
        steps = QHBoxLayout()
        steps.setSpacing(0)
        steps.addWidget(self._place, 1)
        steps.addWidget(self._back)
        steps.addWidget(self._on)
        foot = QHBoxLayout()
        legend = QLabel(self.tr("<u>learnt</u> · read only · <s>cut</s>"))
        legend.setProperty("secondary", True)
        foot.addWidget(legend, 1)
        foot.addWidget(self._look)
        body = self.body()
        for widget in (self._picker, self._problem, self.fetch, self._facts, self._bad_rows, self.scan):
            body.addWidget(widget)
        body.addLayout(steps)
        body.addWidget(self._view)
        body.addLayout(foot)
        body.addWidget(self.form)

    def _choose(self, path: str) -> None:
        if self._plan is not None and path != self._plan.data.train:
            data = self._plan.data.with_values(train=path, eval=None, columns={}, format="auto")
            name = title_of(path) or str(Path(path))
            self.planEdited.emit(self._plan.with_values(data=data), self.tr("data {0}").format(name))

    def _show_facts(self) -> None:
        known = self._statistics
        if known is not None:
            self._facts.setText(scan_line(known))
        else:
            self._facts.setText(preview_line(self._preview))
        skipped = self._plan is not None and self._plan.data.bad_rows == "skip"
        wrong = "" if known is None else bad_rows_line(known, skipped)
        link = (
            f'<a href="#rows" style="color: {self._theme.error}">{escape(wrong)}</a>'  # a link has a colour of its own
        )
        self._bad_rows.setText(link if wrong else "")
        self._bad_rows.setVisible(bool(wrong))

    def _look_at_bad_row(self) -> None:
        if self._statistics is not None:
            self.lensRequested.emit(first_bad_row(self._statistics))

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
        self._look.setEnabled(self._plan is not None)
        if not rows:
            self._place.setText("")
            self._view.show_row(None)
            self._view.setPlaceholderText(self.tr("The rows appear here as the model will read them."))
            return
        row = rows[self._index]
        tokens = self.tr(" · {0:,} tokens").format(row["tokens"]) if row.get("tokens") else ""
        cut = self.tr(" · cut") if row.get("truncated") else ""
        self._view.show_row(row)
        self._place.setText(f"{told(row['place'])}{tokens}{cut}")


def _words(look: str) -> QLabel:
    label = QLabel()
    label.setProperty(look, True)
    label.setWordWrap(True)
    label.setVisible(look == "secondary")
    return label


def _arrow(text: str, name: str, slot: Any) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setAccessibleName(name)
    button.setToolTip(name)
    button.clicked.connect(slot)
    return button
