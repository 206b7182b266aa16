"""The estimate bar: predicted memory by part against what is free, and the time."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from studio.gui.desktop.sentences import told
from studio.gui.elided_label import ElidedLabel
from studio.gui.theme import LIGHT, Theme
from studio.plan.estimate import Estimate
from studio.plan.estimate_words import memory_words, time_words
from studio.plan.words import about_text, size_text

# Each part has a colour and, so that colour is not the only signal, a pattern; the words beside the bar and its tooltip say the rest.
PARTS = (
    ("weights", "loss", Qt.BrushStyle.SolidPattern),
    ("adapters", "learning_rate", Qt.BrushStyle.SolidPattern),
    ("gradients", "warning", Qt.BrushStyle.Dense3Pattern),
    ("optimizer", "evaluation", Qt.BrushStyle.SolidPattern),
    ("activations", "memory", Qt.BrushStyle.SolidPattern),
    ("logits", "gradient", Qt.BrushStyle.Dense3Pattern),
    ("runtime", "secondary", Qt.BrushStyle.SolidPattern),
)


class EstimateBar(QWidget):
    """A stacked bar with its words: the three largest parts, the total, whether it fits, and how long it takes.

    Emits `savingsRequested` for the changes that would lower it.
    """

    savingsRequested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("estimateBar")
        self.setAccessibleName(self.tr("Predicted memory"))
        self._stack = _Stack()
        self._parts = ElidedLabel()
        self._parts.setProperty("secondary", True)
        self._total = QLabel()
        self._total.setProperty("figure", True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._parts)
        layout.addWidget(self._total)
        self._time = QLabel()
        layout.addWidget(self._time)
        self.fit_button = QPushButton()
        self.fit_button.setObjectName("fitButton")
        self.fit_button.setProperty("flat", True)
        self.fit_button.clicked.connect(self.savingsRequested)
        layout.addWidget(self.fit_button)
        self.show_estimate(None)

    def set_theme(self, theme: Theme) -> None:
        """Draw in a theme's colours."""
        self._stack.set_theme(theme)

    def show_estimate(self, estimate: Estimate | None) -> None:
        """Show what a plan will need; None while it is not known."""
        self._stack.show_estimate(estimate)
        self.fit_button.setVisible(estimate is not None)
        self._time.setText(
            "" if estimate is None or estimate.seconds_total is None else told(about_text(estimate.seconds_total))
        )
        if estimate is None:
            self._parts.setText("")
            self._total.setText(self.tr("Memory: choose a model to see"))
            self.setToolTip(self.tr("How much memory the plan will need appears here"))
            return
        largest = sorted(estimate.memory.items(), key=lambda item: -item[1])[:3]
        self._parts.setText(" · ".join(f"{self._word(part)} {size_text(size)}" for part, size in largest))
        peak = size_text(estimate.peak_bytes)
        if estimate.available_bytes is None:
            self._total.setText(self.tr("{0} predicted").format(peak))
        else:
            verdict = self.tr("fits") if estimate.fits else self.tr("does not fit")
            self._total.setText(self.tr("{0} of {1} · {2}").format(peak, size_text(estimate.available_bytes), verdict))
        lines = [f"{self._word(part)}: {size_text(size)}" for part, size in estimate.memory.items()]
        full = self.tr("The same plan without LoRA: {0}").format(size_text(estimate.full_finetuning_peak_bytes))
        time = told(time_words(estimate))
        sources = [told(memory_words(estimate)), self.tr("Time: {0}.").format(time) if time else ""]
        self.setToolTip("\n".join([*lines, full, *filter(None, sources)]))
        self.fit_button.setText(self.tr("Make it fit…") if estimate.fits is False else self.tr("Use less…"))
        self.fit_button.setAccessibleName(self.tr("Changes that would lower the memory"))
        self.setAccessibleDescription(f"{self._total.text()}, {time}" if time else self._total.text())

    def text(self) -> str:
        """The total in words."""
        return self._total.text()

    def _word(self, part: str) -> str:
        return {
            "weights": self.tr("weights"),
            "adapters": self.tr("adapters"),
            "gradients": self.tr("gradients"),
            "optimizer": self.tr("optimizer"),
            "activations": self.tr("activations"),
            "logits": self.tr("logits"),
            "runtime": self.tr("runtime"),
        }[part]


class _Stack(QWidget):
    """The bar itself."""

    def __init__(self) -> None:
        super().__init__()
        self._theme = LIGHT
        self._estimate: Estimate | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(200, 12)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, 12)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def show_estimate(self, estimate: Estimate | None) -> None:
        self._estimate = estimate
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        width, height = float(self.width()), float(self.height())
        painter.setBrush(QColor(self._theme.hover))
        painter.drawRoundedRect(QRectF(0, 0, width, height), 4, 4)
        if self._estimate is None:
            return
        whole = max(self._estimate.available_bytes or 0, self._estimate.peak_bytes, 1)
        left = 0.0
        for part, colour, pattern in PARTS:
            span = width * self._estimate.memory.get(part, 0) / whole
            if span >= 0.5:
                painter.setBrush(QBrush(QColor(getattr(self._theme, colour)), pattern))
                painter.drawRoundedRect(QRectF(left, 0, max(span - 1, 1), height), 2, 2)
            left += span
        if not self._estimate.fits and self._estimate.available_bytes:
            painter.setBrush(QColor(self._theme.limit))
            painter.drawRect(QRectF(width * self._estimate.available_bytes / whole - 1, 0, 2, height))
