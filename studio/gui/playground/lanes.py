"""The lanes of the playground, beside each other: the base model or an adapter first, then up to four adapters."""

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from studio.gui.desktop.sentences import told_error
from studio.gui.playground.lane import Lane
from studio.plan.errors import StudioError
from studio.runs.folder import Run

BASE = "base"  # the lane of a request in which no adapter speaks
KEYS = ("left", "right", "third", "fourth", "fifth")  # of lanes, in a request; the first two are always there
FEWEST = 2
NARROWEST = 192  # pixels of a lane beside others
AIR = 16


class Lanes(QWidget):
    """Shows them, adds and removes them. `edited` where one speaks differently, or their number has changed."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runs: list[Run] = []
        self._asking = False
        self._lanes: dict[str, Lane] = {}
        self.add_button = QPushButton(self.tr("Add a lane"))
        self.add_button.setObjectName("addLaneButton")
        self.add_button.clicked.connect(self.add)
        sheet = QWidget()
        self._row = QHBoxLayout(sheet)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(AIR)
        scroll = QScrollArea()
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its lanes take the focus
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(sheet)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)
        for key in KEYS[:FEWEST]:
            self._make(key)
        self._show_number()

    def __iter__(self) -> Iterator[tuple[str, Lane]]:
        return iter([(key, self._lanes[key]) for key in KEYS if key in self._lanes])

    def lane(self, name: str) -> Lane | None:
        """The lane of a request's name; None where it was removed since."""
        return self._lanes.get(KEYS[0] if name == BASE else name)

    def name(self, key: str) -> str:
        """What a lane is called in a request."""
        return BASE if self._lanes[key].run() is None else key

    def show_runs(self, runs: list[Run]) -> None:
        """Offer these everywhere; the chosen ones stay chosen."""
        self._runs = runs
        for _, lane in self:
            lane.show_runs(runs)
        self._show_number()

    def show_asking(self, asking: bool) -> None:
        """While answers are on their way, their number stays."""
        self._asking = asking
        self._show_number()

    def add(self) -> None:
        """One more, for the first run that has no lane yet."""
        key = next((key for key in KEYS if key not in self._lanes), None)
        if key is None:
            return
        shown = {lane.run() for _, lane in self}
        lane = self._make(key)
        lane.show_runs(self._runs)
        lane.choose(next((run for run in self._runs if run not in shown), None))
        self._show_number()
        lane.focus()
        self.edited.emit()

    def voices(self) -> list[dict[str, Any]]:
        """The adapters of a request."""
        return [
            {"path": str(run.adapter), "scale": lane.scale(), "lane": key}
            for key, lane in self
            if (run := lane.run()) is not None
        ]

    def mismatch(self) -> str:
        """Why the lanes cannot speak in one batch: that needs one base; empty where they can."""
        try:
            models = {run.plan().model for _, lane in self if (run := lane.run()) is not None}
        except StudioError as error:
            return told_error(error)
        return self.tr("These runs have different base models: choose runs of the same one") if len(models) > 1 else ""

    def _make(self, key: str) -> Lane:
        names = (self.tr("left"), self.tr("right"), self.tr("third"), self.tr("fourth"), self.tr("fifth"))
        place = KEYS.index(key)
        lane = Lane(names[place], base=place == 0, removable=place >= FEWEST)
        lane.setMinimumWidth(NARROWEST)
        lane.edited.connect(self.edited)
        lane.removeAsked.connect(lambda: self._remove(key))
        self._lanes[key] = lane
        self._row.insertWidget([key for key, _ in self].index(key), lane, 1)
        return lane

    def _remove(self, key: str) -> None:
        lane = self._lanes.pop(key)
        self._row.removeWidget(lane)
        lane.deleteLater()
        self._show_number()
        self.edited.emit()

    def _show_number(self) -> None:
        full = len(self._lanes) == len(KEYS)
        self.add_button.setEnabled(not full and not self._asking and bool(self._runs))
        self.add_button.setToolTip(
            self.tr("There is room for {0} lanes").format(len(KEYS))
            if full
            else self.tr("Let one more adapter answer in the same batch")
        )
        for _, lane in self:
            lane.show_beside(others=len(self._lanes) > FEWEST, removable=not self._asking)
