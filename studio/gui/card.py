"""The card: a white sheet with a heading on the left, the one figure that matters on the right, and a body."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from studio.gui.elided_label import ElidedLabel

FIGURE_STRETCH = 100  # nearly all of the room that heading and buttons leave


class Card(QFrame):
    """Everything in the window stands on cards. `header` is the heading's row; things may be added at its right end."""

    def __init__(self, heading: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._heading = ElidedLabel(QCoreApplication.translate("Card", heading))
        self._heading.setProperty("heading", True)
        self._figure = ElidedLabel()
        self._figure.setProperty("secondary", True)
        self._figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        # The figure gives way first, then the heading.
        self._figure.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.header = QHBoxLayout()
        self.header.setSpacing(8)
        self.header.addWidget(self._heading)
        self.header.addWidget(self._figure, FIGURE_STRETCH)
        self._body = QVBoxLayout()
        self._body.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 12)
        layout.setSpacing(8)
        layout.addLayout(self.header)
        layout.addLayout(self._body, 1)

    def body(self) -> QVBoxLayout:
        """Where the content goes."""
        return self._body

    def set_figure(self, text: str, *shorter: str) -> None:
        """The one figure that matters, at the right of the heading; on a narrow card the first of the shorter ones that fits."""
        self._figure.set_texts(text, *shorter)

    def figure(self) -> str:
        """The figure as shown."""
        return self._figure.text()
