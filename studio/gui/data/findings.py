"""The findings: what is wrong or odd in the rows, each with its count and the ways to its first rows."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from studio.gui.desktop.sentences import told
from studio.gui.theme import LIGHT, Theme

ROW_ROLE = Qt.ItemDataRole.UserRole
WRONG_ROLE = Qt.ItemDataRole.UserRole + 1


class Findings(QTreeWidget):
    """`rowChosen` carries the number, from 0, of a row to look at."""

    rowChosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("findings")
        self.setAccessibleName(self.tr("Problems and notes"))
        self.setHeaderLabels([self.tr("Found"), self.tr("Rows")])
        self.setUniformRowHeights(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.headerItem().setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._theme = LIGHT
        self._items: list[QTreeWidgetItem] = []
        self.itemClicked.connect(self._go)
        self.itemActivated.connect(self._go)

    def set_theme(self, theme: Theme) -> None:
        """Draw in a theme's colours."""
        self._theme = theme
        for item in self._items:
            self._paint(item)

    def show_statistics(self, statistics: Mapping[str, Any] | None) -> None:
        """Show what a scan found; None: nothing is known."""
        self.clear()
        self._items = []
        if statistics is None:
            return
        for kind, wrong in (("problems", True), ("notes", False)):
            for found in statistics.get(kind, ()):
                what = told(found["what"])
                self._add(
                    what[:1].upper() + what[1:], told(found.get("now") or ""), found["rows"], found["first"], wrong
                )
        again = statistics.get("duplicates") or {"rows": 0, "first": []}
        if again["rows"]:
            what, now = (
                self.tr("Rows that teach the same as an earlier one"),
                self.tr("leave them out, or they count twice"),
            )
            self._add(what, now, again["rows"], _named(again["first"]), wrong=False)
        for found in statistics.get("eval_problems", ()):
            what = self.tr("In the evaluation data: {0}").format(told(found["what"]))
            self._add(
                what,
                told(found["now"] or ""),
                found["rows"],
                [[None, place] for _, place in found["first"]],
                wrong=True,
            )
        for words in map(told, statistics.get("warnings", ())):
            self._add(words[:1].upper() + words[1:], "", None, [], wrong=False)
        overlap = statistics.get("overlap")
        if overlap is not None and overlap["rows"]:
            what = self.tr("Evaluation rows, of {0:,}, that are also learnt from").format(overlap["of"])
            now = self.tr("the evaluation will look better than it is: leave them out of one of the two")
            self._add(what, now, overlap["rows"], [], wrong=True)

    def _add(self, what: str, now: str, rows: int | None, first: Sequence[Sequence[Any]], wrong: bool) -> None:
        item = QTreeWidgetItem([f"! {what}" if wrong else what, "" if rows is None else f"{rows:,}"])
        item.setData(0, WRONG_ROLE, wrong)
        for at in (0, 1):
            item.setToolTip(at, f"{what}.\n{now[:1].upper()}{now[1:]}." if now else what)
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if first:
            item.setData(0, ROW_ROLE, first[0][0])
        self._paint(item)
        for row, place in first:
            child = QTreeWidgetItem([told(str(place))])
            child.setData(0, ROW_ROLE, row)
            item.addChild(child)
        if rows is not None and rows > len(first) > 0:
            item.addChild(QTreeWidgetItem([self.tr("and {0:,} more").format(rows - len(first))]))
        self.addTopLevelItem(item)
        self._items.append(item)

    def _paint(self, item: QTreeWidgetItem) -> None:
        if item.data(0, WRONG_ROLE):
            item.setForeground(0, QColor(self._theme.error))

    def _go(self, item: QTreeWidgetItem) -> None:
        row = item.data(0, ROW_ROLE)
        if row is not None:
            self.rowChosen.emit(int(row))


def _named(rows: Sequence[Any]) -> list[tuple[int, str]]:
    """Rows with a place each: a scan names duplicates by their numbers alone."""
    words = QCoreApplication.translate("Findings", "row {0:,}")
    return [(int(row), words.format(int(row) + 1)) for row in rows]
