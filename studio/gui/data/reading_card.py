"""The card of how a row is read: the format, guessed or said, what plays each of its parts, its template, what is learnt."""

from html import escape
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from studio.gui.card import Card
from studio.gui.data import mapping
from studio.gui.data.facts import ROWS_UNFIT
from studio.gui.data.fetch_strip import NOT_FETCHED, FetchStrip
from studio.gui.data.parts_editor import PartsEditor
from studio.gui.desktop.sentences import told_error
from studio.gui.form import Form
from studio.gui.inputs import Choice
from studio.plan.errors import StudioError
from studio.plan.plan import Plan

AUTO, CUSTOM = "auto", "\0custom"  # the latter is no template's name
LABEL_WIDTH = 104  # as in a form
Preview = dict[str, Any]


class ReadingCard(Card):
    """`templateChosen` carries a template's name, or CUSTOM for one's own."""

    planEdited = Signal(object, str)
    problemChanged = Signal(str, object)
    templateChosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("How a row is read"), parent)
        self._plan: Plan | None = None
        self._preview: Preview = {}
        self._names: tuple[str, ...] = ()
        self._guess = QLabel()
        self._guess.setObjectName("formatGuess")
        self._guess.setWordWrap(True)
        self._confirm = QPushButton(self.tr("Confirm"))
        self._confirm.setObjectName("confirmFormat")
        self._confirm.setToolTip(self.tr("Write the guess into the plan, so that it stays whatever the file becomes"))
        self._confirm.clicked.connect(self._confirm_guess)
        self._problem = QLabel()
        self._problem.setProperty("error", True)
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self._problem.setWordWrap(True)
        self._problem.hide()
        self.fetch = FetchStrip()
        names = {"data.format": "windowFormat", "data.loss_on": "windowLossOn"}
        self._form = Form(tuple(names), names)
        self._form.planEdited.connect(self._edit_form)
        self._form.problemChanged.connect(self.problemChanged)
        self._template = Choice()
        self._template.setObjectName("templateChoice")
        self._template.setAccessibleName(self.tr("Template"))
        self._template.setToolTip(self.tr("How turns are written: the tokenizer's own way, a known one, or your own"))
        self._template.activated.connect(lambda _index: self.templateChosen.emit(self._template.currentData()))
        self._parts = PartsEditor()
        self._parts.sourceEdited.connect(self._set_source)
        self._arrange()

    @property
    def read_as(self) -> str:
        """The format in force; empty where none was found."""
        chosen = AUTO if self._plan is None else self._plan.data.format
        return str(self._preview.get("format") or "") if chosen == AUTO else chosen

    @property
    def part_names(self) -> tuple[str, ...]:
        """The parts that a column can play; all there are, before a format is known."""
        return mapping.roles_of(self.read_as) or mapping.ALL_ROLES

    @property
    def roles(self) -> dict[str, str]:
        """What plays each part: as a worker resolved it, and at once as the plan has it."""
        named = {} if self._plan is None else self._plan.data.columns
        found = self._preview.get("roles", {}) if self._preview.get("format") == self.read_as else {}
        return {**found, **named}

    @property
    def writes_own(self) -> bool:
        """Whether one's own template is chosen."""
        return bool(self._template.currentData() == CUSTOM)

    def show_reading(self, plan: Plan, preview: Preview, columns: list[str]) -> None:
        """Show a plan's way to read rows, as far as a preview knows it."""
        self._plan, self._preview = plan, preview
        self._form.show_plan(plan)
        known, guessed = self.read_as, plan.data.format == AUTO
        shown = known.replace("-", " → ")
        if not known:
            text = self.tr("No format was found. Choose one, and say which column is which part.")
            text = text if preview or self._problem.text() else ""
        elif guessed:
            text = self.tr("Guessed from the columns: {0}. Is that right?").format(_strong(shown))
        else:
            text = self.tr("Read as {0}.").format(_strong(shown))
        self._guess.setText(text)
        self._guess.setVisible(bool(text))
        self._confirm.setVisible(guessed and bool(known))
        self._parts.setVisible(bool(known))
        names = mapping.roles_of(known)
        self._parts.show_parts(names, mapping.OPTIONAL.get(known, ()), self.roles, columns)

    def show_template(self, template: str, names: tuple[str, ...], *, own: bool) -> None:
        """Show the template in force among those on offer; `own`: one's own is, or is being written."""
        if names != self._names or not self._template.count():
            self._names = names
            self._template.clear()
            self._template.addItem(self.tr("auto: the tokenizer's own"), AUTO)
            for name in names:
                self._template.addItem(name, name)
            self._template.addItem(self.tr("Your own…"), CUSTOM)
        self._template.setCurrentIndex(self._template.findData(CUSTOM if own else template))

    def show_problem(self, problem: StudioError | None) -> None:
        """Say what is wrong with the data or their mapping; rows that cannot be learnt are another tab's, data that are not here the
        strip's.
        """
        said = problem is not None and problem.code not in (ROWS_UNFIT, NOT_FETCHED)
        self._problem.setText(told_error(problem) if said and problem is not None else "")
        self._problem.setVisible(said)

    def set_role(self, column: str, role: str) -> None:
        """A column plays another part, or none where it is empty."""
        if self._plan is None:
            return
        if role:
            plan = mapping.with_source(self._plan, self.read_as, self.roles, role, column)
            self._emit(plan, self.tr("column {0} as {1}").format(column, role))
        else:
            plan = mapping.without_column(self._plan, self.read_as, self.roles, column)
            self._emit(plan, self.tr("column {0} not used").format(column))

    def _arrange(self) -> None:
        line = QHBoxLayout()
        line.addWidget(self._guess, 1)
        line.addWidget(self._confirm)
        name = QLabel(self.tr("Template"))
        name.setBuddy(self._template)
        name.setFixedWidth(LABEL_WIDTH)
        template = QHBoxLayout()
        template.setSpacing(8)
        template.addWidget(name)
        template.addWidget(self._template, 1)
        grid = QGridLayout()
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(4)
        grid.addWidget(self._form, 0, 0)
        grid.addLayout(template, 1, 0)
        grid.addWidget(self._parts, 0, 1, 2, 1, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.body().addLayout(line)
        self.body().addWidget(self._problem)
        self.body().addWidget(self.fetch)
        self.body().addLayout(grid)

    def _edit_form(self, plan: Plan, text: str) -> None:
        """Another format keeps the columns that play a part in it."""
        if self._plan is not None and plan.data.format != self._plan.data.format:
            plan = mapping.with_format(self._plan, plan.data.format)
        self.planEdited.emit(plan, text)

    def _confirm_guess(self) -> None:
        if self._plan is not None and self.read_as:
            plan = mapping.confirmed(self._plan, self.read_as, self.roles)
            self.planEdited.emit(plan, self.tr("format {0}").format(self.read_as))

    def _set_source(self, role: str, source: str) -> None:
        if self._plan is not None:
            plan = mapping.with_source(self._plan, self.read_as, self.roles, role, source)
            self._emit(plan, self.tr("{0} from {1}").format(role, source or AUTO))

    def _emit(self, plan: Plan, text: str) -> None:
        if plan != self._plan:
            self.planEdited.emit(plan, text)


def _strong(text: str) -> str:
    return f"<span style='font-weight: 600'>{escape(text)}</span>"
