"""The parts of a row: for each the column that plays it, or a text such as "Translate: {source}"."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QWidget

from studio.gui.inputs import Choice

MOST_COLUMNS = 500


class SourceBox(Choice):
    """A drop-down of columns into which a text can be typed. `sourceEdited` carries what was chosen, "" for the guess."""

    sourceEdited = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = ""
        self.line = QLineEdit()
        self.setEditable(True)
        self.setLineEdit(self.line)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMinimumContentsLength(16)
        self.setCompleter(None)  # type: ignore[arg-type]  # Qt takes None for no completer
        self.line.editingFinished.connect(self._finish)
        self.activated.connect(self._finish)

    def show_source(self, source: str, columns: Sequence[str]) -> None:
        """Show what plays the part. Nothing is emitted; a text that is being typed is left alone."""
        typing = self.line.hasFocus() and self.line.isModified()
        self._shown = source
        if typing:
            return
        if [self.itemText(index) for index in range(self.count())] != list(columns):
            self.clear()
            self.addItems(list(columns))
        self.setCurrentIndex(self.findText(source))
        self.setEditText(source)
        self.line.setCursorPosition(0)

    def _finish(self) -> None:
        text = self.currentText().strip()
        self.line.setModified(False)
        if text != self._shown:
            self._shown = text
            self.sourceEdited.emit(text)


class PartsEditor(QWidget):
    """One box for each part of the format. `sourceEdited` carries the part and its new source."""

    sourceEdited = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._boxes: dict[str, SourceBox] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)

    def show_parts(
        self, names: Sequence[str], optional: Sequence[str], roles: Mapping[str, str], columns: Sequence[str]
    ) -> None:
        """Show the parts `names`, of which `optional` ones may stay empty, and what plays each."""
        if tuple(names) != self._names:
            self._names = tuple(names)
            self._build(optional)
        for name, box in self._boxes.items():
            box.show_source(roles.get(name, ""), columns[:MOST_COLUMNS])

    def _build(self, optional: Sequence[str]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._boxes = {}
        for number, name in enumerate(self._names):
            box = SourceBox()
            box.setObjectName(f"part:{name}")
            box.setAccessibleName(self.tr("What plays the part {0}").format(name))
            needed = self.tr("may stay empty") if name in optional else self.tr("a column, or a text")
            box.line.setPlaceholderText(needed)
            hint = self.tr("A column, or a text with columns in braces: Translate: {source}")
            box.setToolTip(hint)
            box.sourceEdited.connect(lambda source, name=name: self.sourceEdited.emit(name, source))
            label = QLabel(name.capitalize())
            label.setBuddy(box)
            self._grid.addWidget(label, number, 0)
            self._grid.addWidget(box, number, 1)
            self._boxes[name] = box
        self._grid.setColumnMinimumWidth(0, 80)
        self._grid.setColumnStretch(1, 1)
