"""Measures the window: time until it is up, gaps of its event loop while training runs, the cost of a long replay.

    python tests/bench/window.py            prints one JSON object; no figure is judged here

"Up" is the time from starting the interpreter to the first painted frame, median of five fresh processes. Gaps are those of a
10 ms timer while the quickstart plan trains on all cores, in the first arrangement of the plots, where three are behind tabs, and
with all eight views of a run in sight. "Own" is the processor time of the window's process in a gap: a gap that is longer is the
machine's, which trains on every core. The replay is a log of 100,000 steps; then a million points
are drawn.
"""

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
UP = """
import sys, time
from PySide6.QtWidgets import QApplication
from studio.gui.app import open_window
app = QApplication([])
window = open_window(app)
window.grab()
print(time.time(), 'torch' in sys.modules, flush=True)
app.processEvents()
window.close()
"""


def seconds_until_up() -> float:
    """From the start of a process to its first frame."""
    began = time.time()
    done = subprocess.run([sys.executable, "-c", UP], capture_output=True, text=True, cwd=ROOT, check=True)
    moment, torch_is_there = done.stdout.split()
    assert torch_is_there == "False"
    return float(moment) - began


def gaps_while_training(seconds: float, all_plots: bool) -> dict[str, float]:
    """Percentiles of a 10 ms timer's gaps, in milliseconds, and a click's answer."""
    from PySide6.QtCore import QElapsedTimer, QEventLoop, Qt, QTimer
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QWidget

    from studio.gui.app import open_window
    from studio.plan.commands import Command

    app = QApplication.instance() or QApplication([])
    window = open_window(app)
    window.resize(1280, 800)
    window.dashboard.all_action.setChecked(all_plots)
    plan = window.session.plan
    window.session.open(plan.model_copy(update={"training": plan.training.model_copy(update={"max_steps": 5000})}))
    turn(app, window.start_button.isEnabled)
    window.start_button.click()
    turn(app, lambda: window.dashboard.series.last_step >= 2)
    in_sight = [view for view in views_of_a_run(window) if view.isVisible() and not view.visibleRegion().isEmpty()]
    assert len(in_sight) == (8 if all_plots else 5)
    marks: list[tuple[float, float]] = []
    clicks: list[float] = []
    timer = QTimer()
    timer.setInterval(10)
    timer.timeout.connect(lambda: marks.append((time.perf_counter(), time.process_time())))
    timer.start()
    clock = QElapsedTimer()

    grid = window.matrix.findChild(QWidget, "layerMatrix")

    def click() -> None:
        """On a cell of the matrix, which changes the plan, the tree, the estimate and a plot; all of them stay in sight."""
        clock.start()
        QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=grid.cell_rect((0, 0)).center())
        app.processEvents()
        clicks.append(clock.nsecsElapsed() / 1e6)

    clicker = QTimer()
    clicker.setInterval(2000)  # a click is a gap of its own; more of them would be all that the 99th percentile says
    clicker.timeout.connect(click)
    clicker.start()
    loop = QEventLoop()  # not the program's own: quitting that asks about the live run
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    loop.exec()
    timer.stop()
    clicker.stop()
    steps = window.dashboard.series.last_step
    window.control.tell(Command("stop", save=False))
    turn(app, lambda: not window.control.live)
    window.close()
    gaps = sorted((later[0] - sooner[0]) * 1000 for sooner, later in pairwise(marks))
    own = sorted((later[1] - sooner[1]) * 1000 for sooner, later in pairwise(marks))
    return {
        "steps_meanwhile": steps,
        "p50_gap_ms": round(statistics.median(gaps), 1),
        "p99_gap_ms": round(gaps[int(len(gaps) * 0.99)], 1),
        "longest_gap_ms": round(gaps[-1], 1),
        "p99_own_ms": round(own[int(len(own) * 0.99)], 1),
        "longest_own_ms": round(own[-1], 1),
        "longest_click_ms": round(max(clicks), 1),
    }


def views_of_a_run(window):
    """Loss, memory, parameters, learning rate, gradient norm, speed, the map of what has moved, samples."""
    board = window.dashboard
    plots = (board.loss, board.memory, board.parameters, board.learning_rate, board.gradient, board.speed)
    return (*plots, window.matrix, board.samples)


def long_replay(steps: int) -> dict[str, float]:
    """A log of many steps: seconds until all of it is shown, memory it takes, the time of one redraw."""
    import psutil
    from PySide6.QtWidgets import QApplication

    from studio.gui.run.dashboard import Dashboard
    from studio.gui.training_worker import TrainingWorker
    from studio.plan.plan import Plan
    from studio.runs.folder import create_run
    from studio.runs.log import EventLog

    app = QApplication.instance() or QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        plan = Plan.model_validate({"model": "/m", "data": {"train": "/d.jsonl"}})
        run = create_run(plan, Path(folder) / "run")
        with EventLog(run.events_file) as log:
            log.append(begun(steps))
            for step in range(1, steps + 1):
                log.append(made(step, 1 + 3 / step))
        before = psutil.Process().memory_info().rss
        dashboard = Dashboard()
        dashboard.resize(800, 700)
        dashboard.show()
        worker = TrainingWorker(run.log_file, run)
        worker.happened.connect(dashboard.take)
        began = time.perf_counter()
        worker.start()
        turn(app, lambda: dashboard.series.last_step >= steps)
        seconds = time.perf_counter() - began
        worker.wait()
        redraws = []
        for _ in range(10):
            at = time.perf_counter()
            dashboard.loss.redraw()
            dashboard.loss.canvas.grab()
            redraws.append((time.perf_counter() - at) * 1000)
        grown = psutil.Process().memory_info().rss - before
        dashboard.close()
    return {
        "replay_seconds": round(seconds, 2),
        "grown_mb": round(grown / 1e6, 1),
        "window_process_mb": round(psutil.Process().memory_info().rss / 1e6, 1),
        "loss_redraw_ms": round(statistics.median(redraws), 1),
    }


def many_points(points: int) -> dict[str, float]:
    """The time of one redraw of the loss with so many points, and what the process holds then."""
    import psutil
    from PySide6.QtWidgets import QApplication

    from studio.gui.run.dashboard import Dashboard

    app = QApplication.instance() or QApplication([])
    dashboard = Dashboard()
    dashboard.resize(900, 760)
    dashboard.show()
    dashboard.take([begun(points)])
    noise = random.Random(0)
    for first in range(1, points + 1, 20_000):
        steps = range(first, min(first + 20_000, points + 1))
        dashboard.take([made(step, 1 + 3 / step + noise.gauss(0, 0.05)) for step in steps])
    app.processEvents()
    redraws = []
    for _ in range(20):
        at = time.perf_counter()
        dashboard.loss.redraw()
        dashboard.loss.canvas.grab()
        redraws.append((time.perf_counter() - at) * 1000)
    dashboard.close()
    return {
        "million_redraw_ms": round(statistics.median(redraws), 1),
        "million_process_mb": round(psutil.Process().memory_info().rss / 1e6, 1),
    }


def begun(steps: int):
    """The event with which a run of so many steps begins."""
    from studio.plan.events import Started

    return Started(
        step=0, steps=steps, examples=steps, device="cpu", precision="float32", trainable_parameters=1, total_parameters=2,
        targets={"model.layers.0.self_attn.q_proj": 8},
    )  # fmt: skip


def made(step: int, loss: float):
    """The event of a step."""
    from studio.plan.events import Stepped

    return Stepped(
        step=step, loss=loss, learning_rate=1e-3, grad_norm=1.0, tokens=step * 100, tokens_per_second=100.0,
        memory={"rss": 10**9}, trainable_parameters=1, eta_seconds=1.0,
    )  # fmt: skip


def turn(app, happened, seconds: float = 120) -> None:
    """Turn the event loop until something has happened."""
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it did not happen in time"
        app.processEvents()
        time.sleep(0.005)


def main() -> None:
    """Measure and print."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as home:
        os.environ["LORA_STUDIO_HOME"] = os.environ["XDG_CONFIG_HOME"] = home
        seconds_until_up()  # the first one warms the disk
        ups = [seconds_until_up() for _ in range(5)]
        result: dict[str, object] = {"seconds_until_up": round(statistics.median(ups), 2)}
        result["first_arrangement"] = gaps_while_training(20, all_plots=False)
        result["all_plots"] = gaps_while_training(20, all_plots=True)
        result |= long_replay(100_000)
        result |= many_points(1_000_000)
    print(json.dumps(result))


if __name__ == "__main__":
    main()
