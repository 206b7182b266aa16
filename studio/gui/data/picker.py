"""The data picker: known data, a file, a folder, or a data set of the Hub."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from studio.gui.inputs import Choice

FILES = "*.jsonl *.ndjson *.json *.csv *.tsv *.parquet *.arrow *.txt"
HUB = "hub:"
FILE, FOLDER, TYPED = "file", "folder", "typed"  # what the last entries do, in a role of their own
ACTION_ROLE = Qt.ItemDataRole.UserRole + 1


class DataPicker(QWidget):
    """`dataChosen` carries a path, or "hub:owner/name[/config][:split]"."""

    dataChosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._train = ""
        self._known: tuple[str, ...] = ()
        self._picker = Choice()
        self._picker.setObjectName("datasetPicker")
        self._picker.setAccessibleName(self.tr("Training data"))
        self._picker.activated.connect(self._picked)
        self._hub = QLineEdit()
        self._hub.setObjectName("datasetHubEdit")
        self._hub.setAccessibleName(self.tr("Data set of the Hub"))
        self._hub.setPlaceholderText(self.tr("hub:owner/name, then Enter"))
        self._hub.setToolTip(
            self.tr("A data set at huggingface.co. Part and split may follow: hub:owner/name/config:train")
        )
        self._hub.returnPressed.connect(self._typed)
        self._hub.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._picker)
        layout.addWidget(self._hub)

    def show_choices(self, paths: Sequence[str]) -> None:
        """Offer these data, most useful first."""
        self._known = tuple(dict.fromkeys(paths))
        self._fill()

    def show_train(self, train: str) -> None:
        """Show the chosen data."""
        if train != self._train:
            self._train = train
            self._hub.hide()
            self._fill()

    def _fill(self) -> None:
        self._picker.clear()
        for path in dict.fromkeys([self._train, *self._known]):
            if path:
                self._picker.addItem(title_of(path), path)
                self._picker.setItemData(self._picker.count() - 1, path, Qt.ItemDataRole.ToolTipRole)
        self._picker.insertSeparator(self._picker.count())
        for title, action in (
            (self.tr("Choose a file…"), FILE),
            (self.tr("Choose a folder…"), FOLDER),
            (self.tr("Type a Hub data set…"), TYPED),
        ):
            self._picker.addItem(title)
            self._picker.setItemData(self._picker.count() - 1, action, ACTION_ROLE)
        self._show_current()

    def _show_current(self) -> None:
        self._picker.setCurrentIndex(self._picker.findData(self._train) if self._train else -1)
        hint = self.tr("JSONL, JSON, CSV, Parquet, Arrow or TXT; files and folders can also be dropped here")
        self._picker.setToolTip(f"{self._train}\n{hint}" if self._train else hint)

    def _picked(self, index: int) -> None:
        path, action = self._picker.itemData(index), self._picker.itemData(index, ACTION_ROLE)
        self._show_current()
        title, home = self.tr("Training data"), str(Path.home())
        if action == FILE:
            kinds = self.tr("Data ({0});;All files (*)").format(FILES)
            path, _ = QFileDialog.getOpenFileName(self, title, home, kinds)
        elif action == FOLDER:
            path = QFileDialog.getExistingDirectory(self, title, home)
        elif action == TYPED:
            self._hub.show()
            self._hub.setText(HUB)
            self._hub.setFocus()
        if path:
            self.dataChosen.emit(path)

    def _typed(self) -> None:
        name = self._hub.text().strip()
        if name.removeprefix(HUB):
            local = Path(name).expanduser()
            is_path = name.startswith(HUB) or local.is_absolute()
            self.dataChosen.emit(str(local) if local.is_absolute() else name if is_path else f"{HUB}{name}")


def title_of(path: str) -> str:
    """A path by its last part, a data set of the Hub as it is."""
    return path if path.startswith(HUB) else Path(path).name
