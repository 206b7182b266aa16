"""Makes the README's pictures: the real window, on a real run of the quickstart plan that it replays.

    python packaging/screenshots.py [FOLDER] [NAME...]      default: resources/screenshots, and all pictures

Every picture is made light and dark, at 1280x800 and at scale 2, 2560x1440 pixels. Runs without a display. The run itself takes
about a minute and is thrown away.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OTHERS = {"rank-4": "lora.rank=4", "slower": "training.learning_rate=5e-4"}  # runs to compare with
PROMPT = "On Monday at the tower Greta sold seven round clocks."
SMALL, LARGE = (1280, 800), (1280, 720)  # the latter in points of two pixels


def main(folder: Path, names: list[str]) -> None:
    """Train once, then picture everything at each scale, each in a process of its own: a scale is chosen before Qt begins."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as home:
        os.environ["LORA_STUDIO_HOME"] = os.environ["XDG_CONFIG_HOME"] = home
        run = Path(home) / "runs" / "sentences-to-json"
        plan = ROOT / "resources" / "samples" / "quickstart.yaml"
        for name, change in {**OTHERS, run.name: "lora.rank=16"}.items():
            command = [sys.executable, "-m", "studio", "train", str(plan), "--run", str(run.with_name(name)), "--json"]
            subprocess.run([*command, "--set", change], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        settings = {"models": [], "data": [], "theme": "light", "language": "en", "toured": True}
        Path(home, "settings.json").write_text(json.dumps(settings), encoding="utf-8")
        for scale in ("1", "2"):
            words = [sys.executable, __file__, "--picture", scale, str(folder), str(run), *names]
            subprocess.run(
                words, cwd=ROOT, check=True, env=os.environ | {"QT_SCALE_FACTOR": scale, "PYTHONPATH": str(ROOT)}
            )


def picture(scale: int, folder: Path, path: Path, names: list[str]) -> None:
    """Open the window on a run, and save every view of it in each theme."""
    from PySide6.QtGui import QCursor
    from PySide6.QtWidgets import QApplication

    from studio.gui.app import open_window
    from studio.runs.folder import Run

    app = QApplication.instance() or QApplication(sys.argv[:1])
    QCursor.setPos(0, 4000)  # nothing is to look pointed at
    window = open_window(app)
    window.resize(*(SMALL if scale == 1 else LARGE))
    turn(lambda: window.session.description is not None)
    window.control.watch(Run(path))
    turn(lambda: window.control.state == "finished")
    turn(lambda: False, seconds=2)
    folder.mkdir(parents=True, exist_ok=True)
    for name, view in views(window, Run(path)):
        if names and name not in names:
            continue
        shown = view()
        for theme in ("light", "dark"):
            window.use_theme(theme)
            turn(lambda: False, seconds=1)
            save(shown.grab(), folder / f"{name}-{theme}{'@2x' if scale == 2 else ''}.png")
        if shown is not window:
            shown.close()
    window.close()


def views(window, run) -> Iterator[tuple[str, Callable[[], object]]]:
    """Everything that is worth a picture: its name, and what brings it on screen."""

    from studio.gui.data.data_window import DataWindow

    def page(shown) -> Callable[[], object]:
        def show() -> object:
            window.show_page(shown)
            return window

        return show

    yield "window", page(window.dashboard)

    def runs() -> object:
        window.show_page(window.runs_page)
        window.runs_table.select(*(type(run)(folder) for folder in sorted(run.path.parent.iterdir())))
        return window

    yield "runs", runs

    def playground() -> object:
        window.show_page(window.playground)
        window.playground.choose(run)
        window.playground.set_prompt(PROMPT)
        window.playground.ask()
        turn(lambda: not window.playground.is_asking)
        return window

    yield "playground", playground

    def data() -> object:
        window.data_wires.show_window()
        turn(lambda: False, seconds=2)
        return next(shown for shown in window.findChildren(DataWindow) if shown.isVisible())

    yield "data", data

    def wizard() -> object:
        window.run_wires._export(run)
        return window.run_wires._wizard

    yield "export", wizard


def save(pixels, path: Path) -> None:
    """Write a picture, without the channel for what shines through, as small as PNG can."""
    from PySide6.QtGui import QImage

    pixels.toImage().convertToFormat(QImage.Format.Format_RGB888).save(str(path), "PNG", 0)


def turn(happened, seconds=60):
    """Turn the event loop until something has happened, or the time is over."""
    from PySide6.QtCore import QCoreApplication

    end = time.monotonic() + seconds
    while not happened() and time.monotonic() < end:
        QCoreApplication.processEvents()
        time.sleep(0.01)


if __name__ == "__main__":
    words = sys.argv[1:]
    if words[:1] == ["--picture"]:
        picture(int(words[1]), Path(words[2]), Path(words[3]), words[4:])
    else:
        main(Path(words[0]) if words else ROOT / "resources" / "screenshots", words[1:])
