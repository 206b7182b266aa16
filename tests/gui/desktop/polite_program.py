"""A program that uses everything that a desktop offers, one thing after another; run on a private bus."""

import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from studio.gui.desktop.notification import Notification
from studio.gui.desktop.task_bar import TaskBar
from studio.gui.desktop.wakefulness import BusBlock, Wakefulness


def turn() -> None:
    QTimer.singleShot(300, app.quit)
    app.exec()


app = QApplication(sys.argv)
block = BusBlock(app)
wakefulness = Wakefulness(block)
wakefulness.keep(True)
wakefulness.keep(True)
turn()
assert block.locked, "logind has granted no lock"
bar = TaskBar()
for share in (0.25, 0.251, None):
    bar.show_share(share)
assert Notification().show("first has finished", "41 steps")
turn()
wakefulness.keep(False)
assert not block.locked
turn()
