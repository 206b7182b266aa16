"""The mixer: which groups of an adapter's targets speak."""

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QPushButton, QWidget

from studio.gui.flow_layout import FlowLayout
from studio.gui.playground.groups import Group, groups_of


class LayerMixer(QWidget):
    """One box a group. A target speaks where both its kind and its third of the depth do.

    Muting is unticking; Shift and a click, or S, lets a group speak alone among its like, and again lets all of them.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: frozenset[str] = frozenset()
        self._rows: list[list[_GroupBox]] = [[], []]
        self._hint = QLabel(self.tr("Nothing is known of what these adapters train: choose a run of this studio."))
        self._hint.setProperty("secondary", True)
        self._hint.setWordWrap(True)
        self._all = QPushButton(self.tr("All speak"))
        self._all.setProperty("flat", True)
        self._all.setToolTip(self.tr("Mute nothing"))
        self._all.clicked.connect(self._unmute)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(12)
        layout.setVerticalSpacing(4)
        layout.setColumnStretch(1, 1)
        layout.addWidget(self._hint, 0, 0, 1, 2)
        self._sheets, self._flows = [QWidget(), QWidget()], [FlowLayout(12), FlowLayout(12)]
        self._titles = [QLabel(self.tr("Projections")), QLabel(self.tr("Depth"))]
        for row, (title, sheet, flow) in enumerate(zip(self._titles, self._sheets, self._flows, strict=True), start=1):
            title.setProperty("secondary", True)
            sheet.setLayout(flow)
            layout.addWidget(title, row, 0, Qt.AlignmentFlag.AlignTop)
            layout.addWidget(sheet, row, 1)
        layout.addWidget(self._all, 1, 2, 2, 1, Qt.AlignmentFlag.AlignTop)
        self._show_rows()

    def show_targets(self, names: Collection[str]) -> None:
        """Offer the groups of these targets; what is muted stays muted where it is still among them."""
        if frozenset(names) == self._names:
            return
        self._names = frozenset(names)
        groups = groups_of(names)
        words = [self.tr("first layers, {0}"), self.tr("middle layers, {0}"), self.tr("last layers, {0}")]
        thirds = [(word.format(group.label), group) for word, group in zip(words, groups.thirds, strict=False)]
        for number, row in enumerate(([(group.label, group) for group in groups.kinds], thirds)):
            muted = {box.text() for box in self._rows[number] if not box.isChecked()}
            for box in self._rows[number]:
                self._flows[number].removeWidget(box)
                box.deleteLater()
            self._rows[number] = [_GroupBox(text, group) for text, group in row]
            for box in self._rows[number]:
                box.setChecked(box.text() not in muted)
                box.soloAsked.connect(self._solo)
                self._flows[number].addWidget(box)
        self._show_rows()

    def muted(self) -> list[str]:
        """Globs of the targets in which no adapter speaks."""
        silent = [box.globs for row in self._rows for box in row if not box.isChecked()]
        return [glob for globs in silent for glob in globs]

    def _solo(self, box: "_GroupBox") -> None:
        row = next(row for row in self._rows if box in row)
        alone = [other for other in row if other.isChecked()] == [box]
        for other in row:
            other.setChecked(alone or other is box)

    def _unmute(self) -> None:
        for row in self._rows:
            for box in row:
                box.setChecked(True)

    def _show_rows(self) -> None:
        self._hint.setVisible(not any(self._rows))
        self._all.setVisible(any(self._rows))
        for title, sheet, row in zip(self._titles, self._sheets, self._rows, strict=True):
            title.setVisible(bool(row))
            sheet.setVisible(bool(row))


class _GroupBox(QCheckBox):
    """Ticked while its group speaks. `soloAsked` carries the box itself."""

    soloAsked = Signal(object)

    def __init__(self, text: str, group: Group) -> None:
        super().__init__(text)
        self.globs = group.globs
        self.setChecked(True)
        self.setAccessibleName(self.tr("{0} speaks").format(text))
        self.setToolTip(self.tr("A click mutes it; Shift and a click, or S, lets it speak alone"))
        solo = QAction(self.tr("Solo"), self)
        solo.setShortcut(QKeySequence("S"))
        solo.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        solo.triggered.connect(self._ask)
        self.addAction(solo)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """With Shift it is heard alone."""
        if event.button() == Qt.MouseButton.LeftButton and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._ask()
        else:
            super().mousePressEvent(event)

    def _ask(self) -> None:
        self.soloAsked.emit(self)
