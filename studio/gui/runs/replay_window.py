"""A second look: another run, replayed in a window of its own while the main window follows the one that is going on."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.gui.run.dashboard import Dashboard
from studio.gui.run.run_bar import RunBar
from studio.gui.theme import Theme
from studio.gui.training_worker import TrainingWorker
from studio.runs.folder import Run

AIR = 12  # pixels


class ReplayWindow(QWidget):
    """Shows what a run reported and the plan that it ran, and nothing to steer it with. It goes with its parent."""

    def __init__(self, run: Run, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("replayWindow")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Replay: {0}").format(run.name))
        self.resize(900, 720)
        self.dashboard = Dashboard()
        self.dashboard.parameters.hide()  # they stand beside the layers, which are the main window's
        self.dashboard.plan.show_run(run)
        self.dashboard.set_theme(theme)
        self.bar = RunBar()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(AIR, AIR, AIR, AIR)
        layout.addWidget(self.dashboard, 1)
        layout.addWidget(self.bar)
        self._worker = TrainingWorker(run.log_file, run)
        self._worker.happened.connect(self.dashboard.take)
        self._worker.happened.connect(self.bar.take)
        self._worker.start()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop reading; the run itself is not touched."""
        self._worker.happened.disconnect()
        self._worker.leave()
        self._worker.wait()
        super().closeEvent(event)
