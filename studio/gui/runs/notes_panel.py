"""The notes of a run, in the user's own words: tags in a line, a text below it."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from studio.gui.elided_label import ElidedLabel
from studio.gui.runs.run_facts import RunFacts
from studio.runs.folder import Run
from studio.runs.notes import Notes, tags_of

PAUSE_MILLISECONDS = 800  # without a key press, after which a text is kept


class NotesPanel(QWidget):
    """Edits the notes of one run. `notesEdited` carries the run and its Notes, soon after the last key."""

    notesEdited = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run: Run | None = None
        self._kept = Notes()
        self._name = ElidedLabel()
        self._name.setProperty("heading", True)
        self.tags = QLineEdit()
        self.tags.setObjectName("runTags")
        self.tags.setPlaceholderText(self.tr("for example: good, rank 8"))
        self.tags.setAccessibleName(self.tr("Tags of the run, separated by commas"))
        self.text = QPlainTextEdit()
        self.text.setObjectName("runNote")
        self.text.setPlaceholderText(self.tr("What was tried, and what came of it"))
        self.text.setAccessibleName(self.tr("Note about the run"))
        self.text.setTabChangesFocus(True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MILLISECONDS)
        self._timer.timeout.connect(self.keep)
        self.tags.textEdited.connect(lambda _text: self._timer.start())
        self.tags.editingFinished.connect(self.keep)
        self.text.textChanged.connect(self._timer.start)
        hint = QLabel(self.tr("Select one run to write down tags and a note. The search finds both."))
        hint.setProperty("secondary", True)
        hint.setWordWrap(True)
        hint.setContentsMargins(12, 8, 12, 8)
        form = QWidget()
        rows = QFormLayout(form)
        rows.setContentsMargins(12, 8, 12, 8)
        rows.setSpacing(8)
        rows.addRow(self._name)
        rows.addRow(self.tr("Tags"), self.tags)
        rows.addRow(self.tr("Note"), self.text)
        self._pages = QStackedWidget()
        self._pages.addWidget(hint)
        self._pages.addWidget(form)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)

    def show_run(self, facts: RunFacts | None) -> None:
        """Show the notes of a run; what was being written about the one before is kept first."""
        run = None if facts is None else facts.run
        if run == self._run:
            return
        self.keep()
        self._run = run
        self._kept = Notes() if facts is None else facts.notes
        self._name.setText("" if facts is None else facts.name)
        self.tags.setText(", ".join(self._kept.tags))
        self.text.setPlainText(self._kept.text)
        self._timer.stop()
        self._pages.setCurrentIndex(0 if facts is None else 1)

    def keep(self) -> None:
        """Say what was written, if it is new."""
        self._timer.stop()
        notes = Notes(tags_of(self.tags.text()), self.text.toPlainText().strip())
        if self._run is not None and notes != self._kept:
            self._kept = notes
            self.notesEdited.emit(self._run, notes)
