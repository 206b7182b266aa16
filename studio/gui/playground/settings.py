"""How tokens are chosen: the settings of the playground's answers."""

from collections.abc import Collection
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from studio.gui.flow_layout import FlowLayout
from studio.gui.inputs import Choice, DecimalBox, WholeBox
from studio.gui.playground.mixer import LayerMixer

# Which targets are muted so that the rest is heard alone.
MUTED: dict[str, list[str]] = {
    "all": [],
    "attention": ["*mlp*", "*feed_forward*", "*ffn*"],
    "mlp": ["*attn*", "*attention*"],
}
MIXED = "mixed"  # as the mixer says


class SamplingSettings(QWidget):
    """Length and temperature at first; the others on request."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._length = WholeBox()
        self._length.setRange(1, 4096)
        self._length.setValue(96)
        self._length.setSuffix(self.tr(" tokens"))
        self._name(
            self._length, self.tr("Longest answer"), self.tr("The answer is cut here if it has not ended by itself")
        )
        self._temperature = self._decimal(0.0, 2.0, 0.0, self.tr("temperature "))
        self._name(
            self._temperature, self.tr("Temperature"), self.tr("0: always the likeliest word; higher: more varied")
        )
        self._layers = Choice()
        self._layers.setMinimumContentsLength(16)
        for key, text in (
            ("all", self.tr("all layers speak")),
            ("attention", self.tr("attention alone speaks")),
            ("mlp", self.tr("MLP alone speaks")),
            (MIXED, self.tr("chosen groups speak")),
        ):
            self._layers.addItem(text, key)
        self._name(
            self._layers,
            self.tr("Layers that speak"),
            self.tr("Mute a part of the adapters, to hear what the other does"),
        )
        self._mixer = LayerMixer()
        self._mixer.setVisible(False)
        self._layers.currentIndexChanged.connect(self._show_mixer)
        self._top_p = self._decimal(0.0, 1.0, 1.0, self.tr("top-p "))
        self._name(
            self._top_p, self.tr("Top-p"), self.tr("Draw from the fewest words whose chances reach this; 1: from all")
        )
        self._top_k = WholeBox()
        self._top_k.setRange(0, 1000)
        self._top_k.setPrefix(self.tr("top-k "))
        self._name(self._top_k, self.tr("Top-k"), self.tr("Draw from so many of the likeliest words; 0: from all"))
        self._penalty = self._decimal(0.5, 2.0, 1.0, self.tr("repetition "))
        self._name(
            self._penalty, self.tr("Repetition penalty"), self.tr("Above 1, words that were said become less likely")
        )
        self._seed = WholeBox()
        self._seed.setRange(0, 2**31 - 1)
        self._seed.setPrefix(self.tr("seed "))
        self._seed.setFixedWidth(128)
        self._name(self._seed, self.tr("Seed"), self.tr("The same seed draws the same words again"))
        self._stop = QLineEdit()
        self._stop.setPlaceholderText(self.tr("stop at this text"))
        self._stop.setFixedWidth(144)
        self._name(self._stop, self.tr("Stop text"), self.tr("The answer ends where this text would begin"))
        self._more_button = QPushButton(self.tr("More"))
        self._more_button.setCheckable(True)
        self._more_button.setProperty("flat", True)
        self._more_button.setToolTip(self.tr("Top-p, top-k, repetition penalty, seed and stop text"))
        self._more = QWidget()
        more = FlowLayout()
        self._more.setLayout(more)
        for widget in (self._top_p, self._top_k, self._penalty, self._seed, self._stop):
            more.addWidget(widget)
        self._more.setVisible(False)
        self._more_button.toggled.connect(self._more.setVisible)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._length)
        row.addWidget(self._temperature)
        row.addWidget(self._layers)
        row.addWidget(self._more_button)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(row)
        layout.addWidget(self._mixer)
        layout.addWidget(self._more)

    def show_targets(self, names: Collection[str]) -> None:
        """Take what the adapters train, so that groups of it can be muted."""
        self._mixer.show_targets(names)

    def values(self) -> dict[str, Any]:
        """What a "generate" request takes."""
        mixed = self._layers.currentData() == MIXED
        return {
            "max_new_tokens": self._length.value(),
            "temperature": self._temperature.value(),
            "top_p": self._top_p.value(),
            "top_k": self._top_k.value(),
            "repetition_penalty": self._penalty.value(),
            "seed": self._seed.value(),
            "stop": [self._stop.text()] if self._stop.text() else [],
            "mute": self._mixer.muted() if mixed else MUTED[self._layers.currentData()],
        }

    def _show_mixer(self) -> None:
        self._mixer.setVisible(self._layers.currentData() == MIXED)

    def _decimal(self, least: float, most: float, value: float, prefix: str) -> DecimalBox:
        box = DecimalBox()
        box.setRange(least, most)
        box.setSingleStep(0.1)
        box.setValue(value)
        box.setPrefix(prefix)
        return box

    @staticmethod
    def _name(widget: QWidget, name: str, hint: str) -> None:
        widget.setAccessibleName(name)
        widget.setToolTip(hint)
