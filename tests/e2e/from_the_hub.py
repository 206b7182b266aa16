"""A model found on the Hub and downloaded, by hand, in the real window.

Usage: from_the_hub.py REPORT [PICTURES]. HF_ENDPOINT names the Hub.
"""

import json
import sys
from pathlib import Path

from hands import click, find, picture, wait_for
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QTreeWidget, QWidget

from studio.gui.app import open_window
from studio.gui.model.hub_dialog import HubDialog
from studio.gui.window import MainWindow

report: dict[str, object] = {}
pictures = Path(sys.argv[2]) if len(sys.argv) > 2 else None


def show(window: QWidget, name: str) -> None:
    if pictures is not None:
        picture(window, pictures / f"{name}.png")


def look_for(window: MainWindow) -> None:
    window.model_panel.searchRequested.emit()  # as the picker's entry does: its list is no widget to click on
    dialog = find(window, HubDialog, "hubDialog")
    models = find(dialog, QTreeWidget, "hubModels")
    QTest.keyClicks(find(dialog, QLineEdit, "hubSearch"), "starter")
    wait_for(lambda: models.topLevelItemCount() == 2, "the Hub's models to be listed")
    rows = [models.topLevelItem(row) for row in range(2)]
    report["found"] = [[row.text(column) for column in range(5)] for row in rows if row is not None]
    use = next(button for button in dialog.findChildren(QPushButton) if button.property("primary"))
    report["usable"] = []
    for row in rows:
        models.setCurrentItem(row)
        report["usable"].append(use.isEnabled())  # type: ignore[attr-defined]
    report["said"] = find(dialog, QLabel, "hubSaid").text()
    models.setCurrentItem(rows[0])
    show(dialog, "hub-search")
    QTest.keyClick(models, Qt.Key.Key_Return)


def bring(window: MainWindow) -> None:
    said, button = find(window, QLabel, "modelSaid"), find(window, QPushButton, "downloadButton")
    wait_for(lambda: "to download" in said.text(), "the offer to be told")
    report["offer"] = said.text()
    show(window, "hub-offer")
    click(button)
    wait_for(lambda: window.session.description is not None, "the model to arrive and be read")
    report["targets"] = find(window, QLabel, "targetCount").text()
    report["model"] = window.session.plan.model
    report["button_left"] = button.isVisible()


def main() -> None:
    window = open_window(QApplication(sys.argv[:1]))
    wait_for(lambda: window.session.description is not None, "the starter model to be read")
    look_for(window)
    bring(window)
    window.close()
    Path(sys.argv[1]).write_text(json.dumps(report), encoding="utf-8")


if __name__ == "__main__":
    main()
