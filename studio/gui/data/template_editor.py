"""The editor of a template: a Jinja text that is tried on the row in sight while it is typed, and taken over with one press."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from studio.gui.elided_label import ElidedLabel

REST_MS = 400  # without a key, after which a draft is tried
FIRST = (
    "{%- for message in messages %}\n"
    "{{- message.role }}: {{ message.content }}\n"
    "{%- if message.role == 'assistant' %}{{ eos_token }}{% endif %}\n"
    "{% endfor %}"
)


class TemplateEditor(QWidget):
    """`draftEdited` carries a text to try, `templateChosen` one to keep."""

    draftEdited = Signal(str)
    templateChosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept = ""
        self._right = True
        self._text = QPlainTextEdit()
        self._text.setObjectName("templateEdit")
        self._text.setAccessibleName(self.tr("Template, as Jinja"))
        self._text.setProperty("code", True)
        self._text.setTabChangesFocus(True)
        self._text.setMinimumHeight(88)
        self._text.textChanged.connect(self._typed)
        self._problem = QLabel()
        self._problem.setObjectName("templateProblem")
        self._problem.setProperty("error", True)
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self._problem.setWordWrap(True)
        self._problem.hide()
        self._said = ElidedLabel()
        self._said.setProperty("secondary", True)
        self._use = QPushButton(self.tr("Use this template"))
        self._use.setObjectName("templateUse")
        self._use.setProperty("primary", True)
        self._use.clicked.connect(lambda: self.templateChosen.emit(self.draft))
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._try)
        foot = QHBoxLayout()
        foot.addWidget(self._said, 1)
        foot.addWidget(self._use)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._problem)
        layout.addLayout(foot)
        self._show_state()

    @property
    def draft(self) -> str:
        """What stands in the editor."""
        return self._text.toPlainText()

    @property
    def is_draft(self) -> bool:
        """Whether it differs from the plan's."""
        return self.draft != self._kept

    def show_template(self, template: str) -> None:
        """Show the plan's template; empty where the plan has none of its own: a plain one is offered then."""
        if template != self._kept or not self.draft:
            self._kept = template
            if not self.draft or template:
                self._text.setPlainText(template or FIRST)
            self.show_problem("")

    def show_problem(self, sentence: str) -> None:
        """Say what is wrong with the draft; empty: it could be tried."""
        self._right = not sentence
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))
        self._show_state()

    def _typed(self) -> None:
        self._rest.start()
        self._show_state()

    def _try(self) -> None:
        if self.is_draft and self.draft.strip():
            self.draftEdited.emit(self.draft)

    def _show_state(self) -> None:
        self._use.setEnabled(self.is_draft and self._right and bool(self.draft.strip()))
        if not self.is_draft:
            text = self.tr("This is the plan's template.")
        elif self._right:
            text = self.tr("A draft; the row below is written with it.")
        else:
            text = self.tr("A draft; the row below is not written with it.")
        self._said.setText(text)
