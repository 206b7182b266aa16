"""Makes the README's pictures: the real window, on a real run of the quickstart plan that it replays.

    python packaging/screenshots.py [FOLDER]      default: resources/screenshots

Runs without a display. The run itself takes about a minute and is thrown away.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SIZE = (1440, 900)


def main(folder: Path) -> None:
    """Train once, then picture the window in each theme."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as home:
        os.environ["LORA_STUDIO_HOME"] = os.environ["XDG_CONFIG_HOME"] = home
        run = Path(home) / "runs" / "sentences-to-json"
        plan = ROOT / "resources" / "samples" / "quickstart.yaml"
        command = [sys.executable, "-m", "studio", "train", str(plan), "--run", str(run), "--json"]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        picture(run, folder)


def picture(path: Path, folder: Path) -> None:
    """Open the window on a run and save one picture for each theme."""
    from PySide6.QtWidgets import QApplication

    from studio.gui.app import open_window
    from studio.runs.folder import Run

    app = QApplication.instance() or QApplication(sys.argv[:1])
    window = open_window(app)
    window.resize(*SIZE)
    run = Run(path)
    turn(app, lambda: window.session.description is not None)
    window.control.watch(run)
    turn(app, lambda: window.control.state == "finished")
    folder.mkdir(parents=True, exist_ok=True)
    for theme in ("light", "dark"):
        window.use_theme(theme)
        turn(app, lambda: False, seconds=1.5)
        window.grab().save(str(folder / f"window-{theme}.png"))
    window.close()


def turn(app, happened, seconds=60):
    """Turn the event loop until something has happened, or the time is over."""
    end = time.monotonic() + seconds
    while not happened() and time.monotonic() < end:
        app.processEvents()
        time.sleep(0.01)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "resources" / "screenshots")
