"""Every change from one theme to another, compared with widgets that are made anew in it; prints how many changes look otherwise."""

import sys

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QTabWidget,
    QTreeWidget,
    QTreeWidgetItem,
)

from studio.gui.card import Card
from studio.gui.theme import CONTRAST, DARK, LIGHT, Theme, apply_theme


def sampler() -> Card:
    """A card with one of everything that the sheet dresses."""
    card = Card("Heading")
    card.set_figure("12")
    chosen, tree, tabs = QComboBox(), QTreeWidget(), QTabWidget()
    chosen.addItems(["one", "two"])
    tree.setHeaderLabels(["name", "value"])
    for state in (Qt.CheckState.Checked, Qt.CheckState.PartiallyChecked, Qt.CheckState.Unchecked):
        row = QTreeWidgetItem(tree, ["row", "1"])
        row.setCheckState(0, state)
    tree.topLevelItem(0).setSelected(True)
    tabs.addTab(QLabel("inside"), "Tab")
    tabs.addTab(QLineEdit("hidden"), "Another")
    main, off, words, bar = QPushButton("Start"), QPushButton("Stop"), QLabel("words"), QProgressBar()
    main.setProperty("primary", True)
    off.setEnabled(False)
    words.setProperty("secondary", True)
    bar.setValue(50)
    box, spin, line = QCheckBox("on"), QSpinBox(), QLineEdit("text")
    box.setChecked(True)
    line.setPlaceholderText("hint")
    for widget in (main, off, words, bar, box, spin, line, chosen, tree, tabs, QRadioButton("one")):
        card.body().addWidget(widget)
    return card


def shown() -> Card:
    """A card in a window."""
    card = sampler()
    card.resize(300, 700)
    card.show()
    QTest.qWait(10)
    return card


def differs(app: QApplication, old: Theme, new: Theme, seen: bool) -> bool:
    """Whether a card that was there before the change looks otherwise than one made after it."""
    apply_theme(app, old)
    changed = shown()
    changed.setVisible(seen)
    apply_theme(app, new)
    QTest.qWait(100)  # hidden widgets follow in the breaks of the event loop
    changed.show()
    fresh = shown()
    for card in (changed, fresh):
        card.setFocus()
        QTest.qWait(10)
    alike = True
    for tab in (0, 1):
        for card in (changed, fresh):
            card.findChild(QTabWidget).setCurrentIndex(tab)
        alike = alike and changed.grab().toImage() == fresh.grab().toImage()
    changed.deleteLater()
    fresh.deleteLater()
    return not alike


def main() -> None:
    """All changes, of a card that is seen and of one that is hidden."""
    app = QApplication([])
    themes = (LIGHT, DARK, CONTRAST)
    found = [
        differs(app, old, new, seen) for seen in (True, False) for old in themes for new in themes if old is not new
    ]
    sys.stdout.write(f"{len(found)} changes compared, {sum(found)} differ\n")


if __name__ == "__main__":
    main()
