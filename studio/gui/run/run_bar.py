"""The run bar: how far the run is, how long it will take, what it is doing now."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QWidget

from studio.gui.desktop.sentences import told
from studio.plan.events import (
    Event,
    Failed,
    Finished,
    Paused,
    Prepared,
    Progressed,
    Resumed,
    Started,
    Stepped,
    Stopped,
)
from studio.plan.words import seconds_text, size_text

FINE = 1000  # parts of the bar


class RunBar(QWidget):
    """Progress, steps, and one phrase: what is being prepared, the time left with the speed, or how it ended."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = QProgressBar()
        self.bar.setObjectName("progressBar")
        self.bar.setAccessibleName(self.tr("Progress of the run"))
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        self.steps_label = QLabel()
        self.steps_label.setProperty("figure", True)
        self.phrase_label = QLabel()
        self.phrase_label.setProperty("secondary", True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.bar, 1)
        layout.addWidget(self.steps_label)
        layout.addWidget(self.phrase_label)
        self.clear()

    def clear(self) -> None:
        """No run."""
        self._started: Started | None = None
        self._about = ""  # how it is carried out
        self._last: Stepped | None = None
        self.show_ready(True)

    def show_ready(self, ready: bool) -> None:
        """Whether a run could start; while there is one this changes nothing."""
        if self._started is None:
            self._show(0, "", self.tr("Ready to start") if ready else self.tr("Not ready to start"))

    def take(self, events: list[Event]) -> None:
        """Follow the run. Only the last event of a burst that says something is shown."""
        phrase: str | None = None
        share: float | None = None
        for event in events:
            match event:
                case Progressed():
                    share = event.done / event.total if event.total else -1.0
                    phrase = _progress_text(event)
                case Prepared():
                    phrase = self.tr("{0} rows are ready").format(f"{event.train_rows:,}")
                case Started():
                    self._started, self._last, phrase = event, None, self.tr("training begins")
                    self._about = self._started_text(event)
                    share = event.step / event.steps if event.steps else 0.0
                case Stepped():
                    self._last = event
                    share, phrase = self._share(event.step), self._pace(event)
                case Paused():
                    phrase = self.tr("paused")
                case Resumed():
                    phrase = self.tr("going on") if self._last is None else self._pace(self._last)
                case Finished():
                    share, phrase = 1.0, self.tr("finished")
                case Stopped():
                    phrase = self.tr("stopped, can be resumed") if event.saved else self.tr("stopped")
                case Failed():
                    phrase = self.tr("failed: {0}").format(told(event.what))
        if phrase is not None:
            self._show(share, self._steps_text(), phrase)

    def _share(self, step: int) -> float:
        return step / self._started.steps if self._started is not None and self._started.steps else 0.0

    def _steps_text(self) -> str:
        if self._started is None:
            return ""
        step = self._started.step if self._last is None else self._last.step
        return self.tr("{0} of {1} steps").format(f"{step:,}", f"{self._started.steps:,}")

    def _started_text(self, event: Started) -> str:
        lines = [self.tr("in {0} on {1}").format(event.precision, event.device)]
        if event.precision_reason:
            lines[0] += f" ({told(event.precision_reason)})"
        if event.reused_blocks:
            kept = size_text(event.reused_bytes)
            lines.append(self.tr("{0} frozen blocks are computed once, {1} kept").format(event.reused_blocks, kept))
        if event.compile_reason:
            said = self.tr("blocks compiled: {0}") if event.compiled else self.tr("blocks not compiled: {0}")
            lines.append(said.format(told(event.compile_reason)))
        return "\n".join(lines)

    def _pace(self, event: Stepped) -> str:
        left = self.tr("{0} left").format(seconds_text(event.eta_seconds))
        return left + " · " + self.tr("{0} tokens/s").format(f"{event.tokens_per_second:,.0f}")

    def _show(self, share: float | None, steps: str, phrase: str) -> None:
        """Share None keeps the bar where it is; a negative one says that work goes on without a known end."""
        if share is not None:
            self.bar.setRange(0, FINE if share >= 0 else 0)
            self.bar.setValue(round(min(share, 1.0) * FINE))
        self.steps_label.setText(steps)
        self.steps_label.setVisible(bool(steps))
        self.phrase_label.setText(phrase)
        self.phrase_label.setToolTip("\n".join(part for part in (phrase, self._about) if part))
        self.bar.setAccessibleDescription(" · ".join(part for part in (steps, phrase) if part))


def _progress_text(event: Progressed) -> str:
    """reading data: 1,200 of 2,000 rows"""
    if event.unit == "bytes":
        done, total = f"{event.done / 1e6:,.0f}", None if event.total is None else f"{event.total / 1e6:,.0f}"
        unit = "MB"
    else:
        done, total = f"{event.done:,.0f}", None if event.total is None else f"{event.total:,.0f}"
        unit = told(event.unit)
    of = QCoreApplication.translate("RunBar", "{0} of {1} {2}")
    amount = f"{done} {unit}" if total is None else of.format(done, total, unit)
    return f"{told(event.phase)}: {amount}".rstrip()
