"""Searching the Hub for a model: size, licence and fit before anything is downloaded."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from studio.gui.desktop.sentences import told
from studio.gui.model.on_offer import room_words
from studio.plan.words import count_text, size_text

PAUSE_MILLISECONDS = 400  # after the last key, before the Hub is asked
PAGE = "https://huggingface.co/"
MODEL, SIZE, ROOM, LICENCE, DOWNLOADS = range(5)
FOUND = Qt.ItemDataRole.UserRole


class HubDialog(QDialog):
    """`searchRequested` carries the words that the Hub shall be asked for, `modelChosen` a Hub id; nothing is downloaded by choosing."""

    searchRequested = Signal(str)
    modelChosen = Signal(str)

    def __init__(self, available_bytes: int | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._available_bytes = available_bytes
        self._asked = ""
        self.setObjectName("hubDialog")
        self.setWindowTitle(self.tr("Find a model on the Hub"))
        self.resize(760, 520)
        self._line = QLineEdit()
        self._line.setObjectName("hubSearch")
        self._line.setPlaceholderText(self.tr("Words of the name, such as qwen 0.5b instruct"))
        self._line.setAccessibleName(self.tr("Search the Hub"))
        self._line.setClearButtonEnabled(True)
        self._line.textEdited.connect(self._typed)
        self._line.returnPressed.connect(self._search)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MILLISECONDS)
        self._pause.timeout.connect(self._search)
        self._list = QTreeWidget()
        self._list.setObjectName("hubModels")
        self._list.setAccessibleName(self.tr("Models found"))
        self._list.setRootIsDecorated(False)
        self._list.setUniformRowHeights(True)
        self._list.setStyleSheet("QTreeView::item { padding: 0px 8px; min-height: 26px; }")
        self._list.setHeaderLabels(
            [self.tr("Model"), self.tr("Weights"), self.tr("Fit"), self.tr("Licence"), self.tr("Downloads")]
        )
        header = self._list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(MODEL, QHeaderView.ResizeMode.Stretch)
        self._list.currentItemChanged.connect(self._show_current)
        self._list.itemActivated.connect(self._accept)
        self._said = QLabel()
        self._said.setObjectName("hubSaid")
        self._said.setProperty("secondary", True)
        self._said.setWordWrap(True)
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._use = QPushButton(self.tr("Use this model"))
        self._use.setProperty("primary", True)
        self._page = QPushButton(self.tr("Open its page"))
        self._buttons.addButton(self._use, QDialogButtonBox.ButtonRole.AcceptRole)
        self._buttons.addButton(self._page, QDialogButtonBox.ButtonRole.ActionRole)
        for button in self._buttons.findChildren(QPushButton):
            button.setAutoDefault(False)  # Enter in the line searches
        self._page.clicked.connect(self._open_page)
        self._buttons.accepted.connect(self._accept)
        self._buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self._line)
        layout.addWidget(self._list, 1)
        layout.addWidget(self._said)
        layout.addWidget(self._buttons)
        self._show_current()
        self._said.setText(self.tr("Models with safetensors weights are looked for. Nothing is downloaded yet."))

    def show_models(self, models: Sequence[Mapping[str, Any]]) -> None:
        """Show what the Hub found: the fields of `FoundModel`."""
        self._list.clear()
        self._list.addTopLevelItems([self._item(found) for found in models])
        if models:
            self._list.setCurrentItem(self._list.topLevelItem(0))  # type: ignore[arg-type]  # there is one
        else:
            self._said.setText(self.tr("The Hub has no model with safetensors weights of that name."))

    def show_problem(self, sentence: str) -> None:
        """Say why nothing was found."""
        self._list.clear()
        self._asked = ""  # asked again, it may work
        self._said.setText(sentence)

    def _typed(self) -> None:
        self._pause.start()

    def _search(self) -> None:
        self._pause.stop()
        words = self._line.text().strip()
        if words and words != self._asked:
            self._asked = words
            self._said.setText(self.tr("Asking the Hub…"))
            self.searchRequested.emit(words)

    def _item(self, found: Mapping[str, Any]) -> QTreeWidgetItem:
        weight_bytes = found["weight_bytes"]
        texts = [
            found["model"],
            "" if weight_bytes is None else size_text(weight_bytes),
            self.tr("no") if found["reason"] else self._fit(weight_bytes),
            found["licence"] or self.tr("not named"),
            f"{found['downloads']:,}",
        ]
        item = QTreeWidgetItem(texts)
        item.setData(MODEL, FOUND, dict(found))
        for column in (SIZE, DOWNLOADS):
            item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if found["reason"]:
            for column in range(len(texts)):
                item.setForeground(column, self.palette().placeholderText())
        return item

    def _fit(self, weight_bytes: int | None) -> str:
        if weight_bytes is None or self._available_bytes is None:
            return ""
        return room_words(weight_bytes, self._available_bytes)

    def _current(self) -> dict[str, Any] | None:
        item = self._list.currentItem()
        return None if item is None else item.data(MODEL, FOUND)

    def _show_current(self, *_items: object) -> None:
        """What the row has no room for, under the list."""
        found = self._current()
        self._use.setEnabled(found is not None and not found["reason"])
        self._page.setEnabled(found is not None)
        if found is None:
            return
        parts = [found["model"]]
        if found["parameters"] is not None:
            parts.append(self.tr("{0} parameters").format(count_text(found["parameters"])))
        if found["gated"]:
            parts.append(self.tr("its owner has to grant access first: ask on its page"))
        if found["reason"]:
            parts.append(self.tr("cannot be trained: {0}").format(told(found["reason"])))
        self._said.setText(" · ".join(parts))

    def _accept(self, *_item: object) -> None:
        found = self._current()
        if found is not None and not found["reason"]:
            self.modelChosen.emit(found["model"])
            self.accept()

    def _open_page(self) -> None:
        found = self._current()
        if found is not None:
            QDesktopServices.openUrl(QUrl(PAGE + found["model"]))
