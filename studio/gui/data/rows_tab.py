"""The tab of the rows: the first of them, which column plays which part, and how a template writes them."""

from typing import Any

from pydantic import ValidationError
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QSplitter, QVBoxLayout, QWidget

from studio.gui.card import Card
from studio.gui.data.reading_card import AUTO, CUSTOM, ReadingCard
from studio.gui.data.row_view import RowView
from studio.gui.data.rows_table import RowsTable
from studio.gui.data.template_editor import TemplateEditor
from studio.gui.desktop.sentences import told, told_error
from studio.gui.theme import Theme
from studio.plan.errors import StudioError
from studio.plan.plan import Plan
from studio.plan.planfile import refusal_of


class RowsTab(QWidget):
    """The first rows and how they are read. `draftChanged` carries a plan with a template to try."""

    planEdited = Signal(object, str)
    problemChanged = Signal(str, object)
    draftChanged = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan: Plan | None = None
        self._preview: dict[str, Any] = {}
        self._draft: dict[str, Any] | None = None
        self._index = 0
        self._reading = ReadingCard()
        self.fetch = self._reading.fetch
        self._reading.planEdited.connect(self.planEdited)
        self._reading.problemChanged.connect(self.problemChanged)
        self._reading.templateChosen.connect(self._choose_template)
        self._table = RowsTable()
        self._table.roleChosen.connect(self._choose_role)
        self._table.rowChosen.connect(self._choose_row)
        self._editor = TemplateEditor()
        self._editor.hide()
        self._editor.draftEdited.connect(self._try)
        self._editor.templateChosen.connect(lambda text: self._set_template(text, self.tr("own template")))
        self._view = RowView()
        self._view.setObjectName("rowAsRead")
        self._view.setPlaceholderText(self.tr("A row appears here as the model will read it."))
        self._empty = QLabel(self.tr("The first rows appear here once the data can be read."))
        self._empty.setProperty("secondary", True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._warnings = QLabel()
        self._warnings.setProperty("secondary", True)
        self._warnings.setTextFormat(Qt.TextFormat.PlainText)
        self._warnings.setWordWrap(True)
        self._warnings.hide()
        self._arrange()

    def set_theme(self, theme: Theme) -> None:
        """Draw in a theme's colours."""
        self._view.set_theme(theme)
        self._table.set_theme(theme)

    def show_plan(self, plan: Plan) -> None:
        """Show a plan's way to read its data."""
        before, self._plan = self._plan, plan
        if before is None or plan.data.train != before.data.train:
            self._preview, self._draft, self._index = {}, None, 0
            self._table.show_rows([], [])
            self._show_row()
        self._show_reading()

    def show_preview(self, preview: dict[str, Any] | None) -> None:
        """Show the first rows; None while they are read: what is there stays. Rows stay too where only their reading failed."""
        if preview is None:
            return
        if preview.get("columns") or preview.get("rows"):
            self._preview = preview
            self._table.show_rows(self._columns, preview.get("rows", []))
            self._index = min(self._index, max(len(preview.get("rows", [])) - 1, 0))
        self._show_reading()
        self._show_row()

    def show_problem(self, problem: StudioError | None) -> None:
        """Say what is wrong with the data or their mapping."""
        self._reading.show_problem(problem)
        self._show_reading()

    def show_draft(self, preview: dict[str, Any] | None, problem: StudioError | None) -> None:
        """Show the row as the draft of a template writes it, or why it cannot."""
        row = None if preview is None else next(iter(preview.get("rows", [])[self._index :]), None)
        wrong = told_error(problem) if problem is not None else told(str(row.get("problem") or "")) if row else ""
        self._editor.show_problem(wrong)
        self._draft = preview if problem is None else None
        self._show_row()

    def _arrange(self) -> None:
        rows = Card(self.tr("First rows"))
        rows.body().addWidget(self._empty, 1)
        rows.body().addWidget(self._table, 1)
        self._as_read = Card(self.tr("As the model reads it"))
        self._as_read.body().addWidget(self._editor, 1)
        self._as_read.body().addWidget(self._view, 1)
        self._as_read.body().addWidget(self._warnings)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setChildrenCollapsible(False)
        halves.setHandleWidth(8)
        halves.addWidget(rows)
        halves.addWidget(self._as_read)
        halves.setStretchFactor(0, 3)
        halves.setStretchFactor(1, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._reading)
        layout.addWidget(halves, 1)
        self._show_row()

    @property
    def _columns(self) -> list[str]:
        """The columns of the data; of the cells, where a preview does not name them."""
        rows = self._preview.get("rows", [])
        return list(
            self._preview.get("columns") or dict.fromkeys(name for row in rows for name in row.get("cells", {}))
        )

    def _show_reading(self) -> None:
        if self._plan is None:
            return
        self._reading.show_reading(self._plan, self._preview, self._columns)
        self._table.show_roles(self._reading.part_names, self._reading.roles)
        template = self._plan.data.template
        names = tuple(name for name in self._preview.get("templates", ()) if name != AUTO)
        own = template != AUTO and template not in names
        writing = own or (self._reading.writes_own and self._editor.is_draft)
        self._reading.show_template(template, names, own=writing)
        self._editor.setVisible(writing)
        self._editor.show_template(template if own else "")
        warnings = self._preview.get("warnings", ())
        self._warnings.setText("\n".join(warnings))
        self._warnings.setVisible(bool(warnings))

    def _show_row(self) -> None:
        drafted = self._draft is not None and self._editor.isVisibleTo(self)
        rows = ((self._draft if drafted else self._preview) or {}).get("rows", [])
        row = rows[self._index] if self._index < len(rows) else None
        self._view.show_row(row)
        self._empty.setVisible(not self._preview)
        self._table.setVisible(bool(self._preview))
        self._as_read.set_figure("" if row is None else told(str(row["place"])))

    def _choose_row(self, index: int) -> None:
        self._index = max(index, 0)
        self._show_row()

    def _choose_role(self, column: str, role: str) -> None:
        self._reading.set_role(column, role)
        self._show_reading()  # also where nothing has changed: the drop-down shows what is

    def _choose_template(self, chosen: str) -> None:
        self._editor.setVisible(chosen == CUSTOM)
        if chosen == CUSTOM:
            self._try(self._editor.draft)
        else:
            self._set_template(chosen, self.tr("template {0}").format(chosen))
        self._show_row()

    def _set_template(self, template: str, text: str) -> None:
        plan = self._with_template(template)
        if plan is not None:
            self._draft = None
            if plan != self._plan:
                self.planEdited.emit(plan, text)

    def _try(self, template: str) -> None:
        plan = self._with_template(template)
        if plan is not None:
            self.draftChanged.emit(plan)

    def _with_template(self, template: str) -> Plan | None:
        """The plan with a template; None where no plan can have it, which the editor says."""
        if self._plan is None:
            return None
        try:
            return self._plan.with_values(data=self._plan.data.with_values(template=template))
        except ValidationError as error:
            self._editor.show_problem(told_error(refusal_of(error)))
            return None
