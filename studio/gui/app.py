"""The window's program: theme, crash net, main loop."""

import faulthandler
import locale
import logging
import signal
import sys
import traceback
from types import FrameType, TracebackType

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QApplication

from studio.gui.collector import Collector
from studio.gui.desktop.language import use_language
from studio.gui.desktop.roles import tell_roles
from studio.gui.remembered import Remembered
from studio.gui.theme import apply_theme, theme_named
from studio.gui.window import MainWindow
from studio.plan.errors import Failure
from studio.runs.places import logs_folder

log = logging.getLogger(__name__)


def main() -> int:
    """Open the window and stay until it is closed."""
    app = QApplication(sys.argv[:1])
    logs_folder().mkdir(parents=True, exist_ok=True)
    with (logs_folder() / "window.log").open("a", encoding="utf-8") as crash_log:
        faulthandler.enable(crash_log)
        logging.basicConfig(
            stream=crash_log, level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s"
        )
        window = open_window(app)
        _catch_slips(window)
        _obey_interrupts(app)
        code = app.exec()
        faulthandler.disable()
    return code


def open_window(app: QApplication) -> MainWindow:
    """The window, shown, with its first work under way."""
    # Qt takes the user's locale for C's numbers too; tokenizers and protobuf then misread decimal points.
    locale.setlocale(locale.LC_NUMERIC, "C")
    QCoreApplication.setApplicationName("LoRA Studio")
    QCoreApplication.setOrganizationName("lora-studio")
    tell_roles()
    remembered = Remembered.load()
    use_language(app, remembered.language)
    apply_theme(app, theme_named(remembered.theme))
    window = MainWindow(remembered)
    Collector(app)
    window.show()
    QTimer.singleShot(0, window, window.begin)
    return window


def _catch_slips(window: MainWindow) -> None:
    """An exception in a slot is a defect of ours: it is logged and shown, and the window lives on."""

    def show(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        log.error("in a slot: %s", "".join(traceback.format_exception(kind, error, trace)))
        where = str(logs_folder() / "window.log")
        what = f"something went wrong inside the window: {error}"
        window.banner.show_error(
            Failure("internal", what, where=where, now="the run is not affected; the log says more")
        )

    sys.excepthook = show


def _obey_interrupts(app: QApplication) -> None:
    """Ctrl-C in the terminal closes the window; Python needs a turn now and then to notice it."""

    def close(_signal: int, _frame: FrameType | None) -> None:
        app.closeAllWindows()

    signal.signal(signal.SIGINT, close)
    turn = QTimer(app)
    turn.timeout.connect(_take_a_turn)
    turn.start(500)


def _take_a_turn() -> None:
    """Does nothing; being called is the point."""
