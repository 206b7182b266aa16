"""The main job, by hand, in the real window: pick, tick, start, watch, pause, resume, stop, reopen, resume, export.

Usage: first_run.py REPORT [PICTURES]. Starts from nothing: an own home, the bundled model and data.
"""

import json
import sys
import time
from functools import partial
from itertools import pairwise
from pathlib import Path

import psutil
from hands import answer_box, click, find, picture, wait_for
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QTableView,
    QTreeView,
    QWidget,
    QWizard,
)

from studio.gui.app import open_window
from studio.gui.window import MainWindow
from studio.runs.folder import list_runs

report: dict[str, object] = {}
pictures = Path(sys.argv[2]) if len(sys.argv) > 2 else None


def show(window: QWidget, name: str) -> None:
    if pictures is not None:
        picture(window, pictures / f"{name}.png")


def first_window(window: MainWindow) -> None:
    start = find(window, QPushButton, "startButton")
    wait_for(start.isEnabled, "the starter model and its data to be ready")
    report["torch_in_window"] = "torch" in sys.modules
    tree = find(window, QTreeView, "modelTree")
    report["tree_rows"] = tree.model().rowCount()
    show(window, "1-ready")

    before = window.session.estimate.trainable_parameters
    find(window, QSpinBox, "rankSpin").setValue(8)
    report["halved"] = window.session.estimate.trainable_parameters * 2 == before
    window.undo_action.trigger()
    report["undone"] = window.session.plan.lora.rank == 16

    click(start)
    report["start_off_at_once"] = not start.isEnabled()
    wait_for(lambda: window.control.state == "running", "training to begin")
    seen = partial(getattr, window.dashboard.series, "last_step")
    wait_for(lambda: seen() >= 5, "five steps to be plotted")
    pause = find(window, QPushButton, "pauseButton")
    click(pause)
    wait_for(lambda: window.control.state == "paused", "the run to pause")
    held = seen()
    QTest.qWait(1500)
    report["held_while_paused"] = seen() == held
    show(window, "2-paused")
    click(pause)
    wait_for(lambda: seen() > held, "the run to go on")
    answer_box("Stop and save")
    click(find(window, QPushButton, "stopButton"))
    wait_for(lambda: window.control.state == "stopped", "the run to stop")
    report["stopped_at"] = seen()
    run = window.control.run
    report["state_on_disk"] = run.state()
    show(window, "3-stopped")


def second_window(window: MainWindow) -> None:
    """A new window on the same home: the run is there, goes on, finishes, and is exported."""
    wait_for(find(window, QPushButton, "startButton").isEnabled, "the second window to be ready")
    (run,) = list_runs()
    window.runs_table.resumeRequested.emit(run)
    wait_for(lambda: window.control.state == "running", "the run to resume")
    gaps = watch_gaps(window, 8)
    report["longest_gap_ms"], report["p99_gap_ms"] = gaps
    wait_for(lambda: window.control.state == "finished", "the run to finish", 200)
    report["summary"] = run.summary()
    report["samples"] = find(window, QTableView, "samplesTable").model().rowCount()
    show(window, "4-finished")

    window.export_action.trigger()
    wizard = window.findChild(QWizard, "exportWizard")
    find(wizard, QRadioButton, "exportMerged").setChecked(True)
    wizard.next()
    folder = Path(sys.argv[1]).parent / "merged"
    find(wizard, QLineEdit, "exportFolder").setText(str(folder))
    wizard.next()
    show(wizard, "5-review")
    wizard.next()
    wait_for(lambda: wizard.receipt is not None, "the export and its receipt")
    QTest.qWait(100)
    show(wizard, "6-receipt")
    report["receipt"] = wizard.receipt
    report["merged"] = str(folder)
    wizard.accept()


def watch_gaps(window: MainWindow, seconds: float) -> tuple[float, float]:
    """The event loop's gaps while training runs: a 10 ms timer's lateness, longest and 99th percentile, in milliseconds."""
    marks: list[float] = []
    timer = QTimer(window)
    timer.setInterval(10)
    timer.timeout.connect(lambda: marks.append(time.perf_counter()))
    timer.start()
    end = time.monotonic() + seconds
    while time.monotonic() < end and window.control.state == "running":
        QApplication.processEvents()
        time.sleep(0.001)
    timer.stop()
    gaps = sorted((later - sooner) * 1000 for sooner, later in pairwise(marks))
    return gaps[-1], gaps[int(len(gaps) * 0.99)]


def main() -> None:
    app = QApplication(sys.argv[:1])
    for part in (first_window, second_window):
        window = open_window(app)
        part(window)
        window.close()
        window.deleteLater()
        QTest.qWait(50)
    report["left_processes"] = len(psutil.Process().children(recursive=True))
    Path(sys.argv[1]).write_text(json.dumps(report, default=str), encoding="utf-8")


main()
