"""The search over all settings of the plan, by our names and by those of other programs."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from studio.gui.desktop.language import setting_text
from studio.plan.settings import settings

WORDS = Qt.ItemDataRole.UserRole  # what is searched
KEY = Qt.ItemDataRole.UserRole + 1


class SettingSearch(QLineEdit):
    """Offers the settings whose words contain what is typed; `settingChosen` carries the key of the one that was chosen."""

    settingChosen = Signal(str)

    def __init__(self, keys: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("settingSearch")
        self.setPlaceholderText(self.tr("Find a setting, such as cutoff length"))
        self.setAccessibleName(self.tr("Find a setting"))
        self.setToolTip(self.tr("By its name here or in another program: network dim, lora_r, grad accum (Ctrl+F)"))
        self.setClearButtonEnabled(True)
        model = QStandardItemModel(self)
        for key in keys:
            model.appendRow(_item(key))
        self._completer = QCompleter(model, self)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setCompletionRole(WORDS)
        self._completer.setMaxVisibleItems(12)
        self.setCompleter(self._completer)
        self._completer.activated[QModelIndex].connect(self._choose)  # type: ignore[index]  # unknown to the stubs
        self.returnPressed.connect(self._take_first)

    def found(self) -> list[str]:
        """The keys that match what is typed."""
        self._completer.setCompletionPrefix(self.text())
        model = self._completer.completionModel()
        return [str(model.index(row, 0).data(KEY)) for row in range(model.rowCount())] if self.text().strip() else []

    def _choose(self, index: QModelIndex) -> None:
        key = str(index.data(KEY))
        QTimer.singleShot(0, self.clear)  # after the completer has put the words in
        self.settingChosen.emit(key)

    def _take_first(self) -> None:
        found = self.found()
        if found:
            self.clear()
            self.settingChosen.emit(found[0])


def _item(key: str) -> QStandardItem:
    shown = settings()[key].shown
    label, hint = setting_text(shown.label), setting_text(shown.hint)
    also = f"  ({', '.join(shown.also)})" if shown.also else ""
    item = QStandardItem(f"{label}{also}")
    words = " ".join((label, shown.label, key, *shown.also, hint))
    # Typed with a space, a hyphen or an underscore: all find it.
    item.setData(f"{words} {words.replace('_', ' ')} {words.replace(' ', '_')}", WORDS)
    item.setData(key, KEY)
    item.setToolTip(hint)
    item.setEditable(False)
    return item
