"""One prompt with all its answers, whole: what the table of samples has no room for."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

AIR = 12  # pixels


class SampleDialog(QDialog):
    """Texts under their headings, which can be selected and copied; stays open beside the window."""

    def __init__(self, parts: list[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Sample"))
        self.resize(640, 520)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, AIR, 0)
        for title, text in parts:
            column.addWidget(_heading(title))
            column.addWidget(_text(title, text or self.tr("(no text)")))
            column.addSpacing(AIR)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its texts take the keyboard
        scroll.setWidget(inside)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.addWidget(scroll, 1)
        layout.addWidget(buttons)


def _heading(title: str) -> QLabel:
    label = QLabel(title)
    label.setProperty("heading", True)
    return label


def _text(title: str, text: str) -> QLabel:
    label = QLabel(text)
    label.setAccessibleName(title)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return label
