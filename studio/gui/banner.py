"""The banner: one message across the window, with what to do about it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from studio.gui.desktop.sentences import told_error
from studio.plan.errors import StudioError


class Banner(QFrame):
    """Shows one message at a time until it is dismissed or replaced. Plain text only: messages quote what users' files say."""

    actionChosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setAccessibleName(self.tr("Message"))
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._action = QPushButton()
        self._action.clicked.connect(self._act)
        self._copy = QPushButton(self.tr("Copy"))
        self._copy.setToolTip(self.tr("Copy the message"))
        self._copy.clicked.connect(self._copy_text)
        self._dismiss = QPushButton(self.tr("Dismiss"))
        self._dismiss.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(self._text, 1)
        for button in (self._action, self._copy, self._dismiss):
            layout.addWidget(button)
        self.hide()

    def show_error(self, error: StudioError) -> None:
        """An error, in its own sentence, in the window's language."""
        self._show("error", told_error(error), "")

    def show_note(self, text: str, action: str = "") -> None:
        """Good or neutral news; with a button named `action`, `actionChosen` tells that it was pressed."""
        self._show("note", text, action)

    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def _show(self, kind: str, text: str, action: str) -> None:
        self.setProperty("kind", kind)
        self.style().unpolish(self)
        self.style().polish(self)
        self._text.setText(text)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self._copy.setVisible(kind == "error")
        self.show()

    def _act(self) -> None:
        self.hide()
        self.actionChosen.emit()

    def _copy_text(self) -> None:
        QGuiApplication.clipboard().setText(self._text.text())
