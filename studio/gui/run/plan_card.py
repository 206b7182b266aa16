"""The card of a run's plan: what it was carried out with, to read and to use again."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget

from studio.gui.card import Card
from studio.gui.desktop.language import QT_TRANSLATE_NOOP
from studio.gui.desktop.sentences import told_error
from studio.plan.errors import StudioError
from studio.plan.plan import Plan
from studio.runs.folder import Run


class PlanCard(Card):
    """Shows the plan file of a run, letter for letter. `useRequested` carries the run whose plan is wanted on screen."""

    useRequested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(QT_TRANSLATE_NOOP("Card", "Plan of this run"), parent)
        self._run: Run | None = None
        self._plan: Plan | None = None
        self._current: Plan | None = None
        self.use_button = QPushButton(self.tr("Use this plan"))
        self.use_button.setObjectName("usePlanButton")
        self.use_button.setAccessibleName(self.tr("Use this plan"))
        self.use_button.clicked.connect(self._ask)
        self.header.addWidget(self.use_button)
        self.text = QPlainTextEdit()
        self.text.setObjectName("runPlan")
        self.text.setAccessibleName(self.tr("The plan as it was carried out"))
        self.text.setProperty("code", True)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setPlaceholderText(self.tr("The plan of a run appears here once one is started or opened."))
        self.body().addWidget(self.text, 1)
        self.show_run(None)

    def show_run(self, run: Run | None) -> None:
        """Show what a run was carried out with; None where there is no run."""
        self._run, self._plan = run, None
        words = ""
        if run is not None:
            try:
                words = run.plan_file.read_text(encoding="utf-8")
                self._plan = run.plan().with_values(record=None)
            except (OSError, UnicodeDecodeError) as error:
                words = self.tr("The plan cannot be read: {0}").format(error)
            except StudioError as error:
                words = f"{told_error(error)}\n\n{words}"  # what is wrong, then the file as it lies there
        if words != self.text.toPlainText():
            self.text.setPlainText(words)
        self._show_what_can_be_done()

    def show_current(self, plan: Plan) -> None:
        """Take the plan on screen, which this one may be already."""
        self._current = plan
        self._show_what_can_be_done()

    def _ask(self) -> None:
        self.useRequested.emit(self._run)

    def _show_what_can_be_done(self) -> None:
        same = self._plan is not None and self._plan == self._current
        self.set_figure(self.tr("on screen now") if same else "")
        self.use_button.setEnabled(self._plan is not None and not same)
        self.use_button.setToolTip(
            self.tr("This is the plan on screen already")
            if same
            else self.tr("Put this plan on screen, for a new run; Undo brings back the one that is there")
        )
