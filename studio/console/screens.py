"""Events on a terminal: a progress bar where there is one, now and then a line where not, JSON where asked for."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import asdict
from typing import Protocol, TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from studio.console.reports import one_line
from studio.plan.errors import Refusal, StudioError, error_from_json
from studio.plan.events import (
    Evaluated,
    Event,
    Failed,
    Finished,
    Paused,
    Prepared,
    Progressed,
    Resumed,
    Sampled,
    Saved,
    Started,
    Stepped,
    Stopped,
    Warned,
    to_line,
)  # fmt: skip
from studio.plan.words import seconds_text, size_text, whole_text

SECONDS_BETWEEN_LINES = 5.0


class Screen(Protocol):
    """Something that shows events as they come."""

    def show(self, event: Event) -> None:
        """Show one event."""

    def close(self) -> None:
        """Leave the terminal as it was found."""


def open_screen(*, as_json: bool) -> Screen:
    """The screen that fits: JSON lines on stdout, else a bar where stderr is a terminal, else plain lines on it."""
    if as_json:
        return JsonLines(sys.stdout, sys.stderr)
    return Bar(sys.stderr) if sys.stderr.isatty() else Lines(sys.stderr)


@contextmanager
def without_chatter() -> Iterator[TextIO]:
    """Gives the real stdout, for results; whatever a library prints goes to stderr for the length of the with block."""
    out = sys.stdout
    with redirect_stdout(sys.stderr):
        yield out


class JsonLines:
    """One event a line on `out`; the sentence of an error also on `errors`."""

    def __init__(self, out: TextIO, errors: TextIO) -> None:
        self._out = out
        self._errors = errors

    def show(self, event: Event) -> None:
        self._out.write(to_line(event) + "\n")
        self._out.flush()
        if isinstance(event, Failed):
            self._errors.write(error_of(event).sentence + "\n")

    def close(self) -> None:
        """Nothing is open."""


class Lines:
    """A line for everything but steps and progress, and every few seconds one of those."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._last = 0.0

    def show(self, event: Event) -> None:
        text = text_of(event)
        if isinstance(event, Stepped | Progressed):
            if event.time - self._last < SECONDS_BETWEEN_LINES:
                return
            self._last = event.time
        if text:
            self._out.write(text + "\n")
            self._out.flush()

    def close(self) -> None:
        """Nothing is open."""


class Bar:
    """A progress bar with the newest figures; everything else scrolls by above it."""

    def __init__(self, out: TextIO) -> None:
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[figures]}"),
            console=Console(file=out, highlight=False, markup=False, emoji=False),
        )
        self._task: TaskID | None = None
        self._phase = ""
        self._steps: int | None = None

    def show(self, event: Event) -> None:
        if isinstance(event, Started):
            self._steps = event.steps
            self._progress.console.print(text_of(event))
            self._show_progress("training", event.step, event.steps)
        elif isinstance(event, Stepped):
            self._show_progress("training", event.step, self._steps, figures(event))
        elif isinstance(event, Progressed):
            self._show_progress(event.phase, event.done, event.total)
        elif text := text_of(event):
            self._progress.console.print(text)

    def close(self) -> None:
        self._progress.stop()

    def _show_progress(self, phase: str, done: float, total: float | None, shown: str = "") -> None:
        """Move the bar, or put a new one in its place where another phase begins: an evaluation amid training is one."""
        if self._task is None or phase != self._phase:
            if self._task is not None:
                self._progress.remove_task(self._task)
            self._phase = phase
            self._task = self._progress.add_task(phase, total=total, figures="")
            self._progress.start()
        self._progress.update(self._task, completed=done, total=total, figures=shown)


def error_of(event: Failed) -> StudioError:
    """The error that a `failed` event tells of."""
    return error_from_json(asdict(event), refused=event.refused)


def failed_event(error: StudioError) -> Failed:
    """The event of an error that ended the work."""
    return Failed(**error.to_json(), refused=isinstance(error, Refusal))


def figures(event: Stepped) -> str:
    """Loss, speed, memory and time left of a step."""
    memory = event.memory.get("reserved") or event.memory.get("rss")
    shown = f"loss {event.loss:.4f}  {whole_text(event.tokens_per_second)} tokens/s"
    return f"{shown}{'' if memory is None else f'  {size_text(memory)}'}  {seconds_text(event.eta_seconds)} left"


def text_of(event: Event) -> str:
    """An event in words; empty for one that is of no use to a reader."""
    match event:
        case Progressed(phase=phase, done=0):
            return phase
        case Progressed(phase=phase, done=done, total=total, unit=unit):
            whole = "" if total is None else f" of {whole_text(total)}"
            return f"{phase}: {whole_text(done)}{whole} {unit}".rstrip()
        case Prepared():
            rows = f"{whole_text(event.train_rows)} rows to learn from, {whole_text(event.eval_rows)} to evaluate"
            cut = f", {whole_text(event.truncated_rows)} cut short" if event.truncated_rows else ""
            return (
                f"data: {rows}, {whole_text(event.supervised_tokens)} of {whole_text(event.tokens)} tokens learnt{cut}"
            )
        case Warned():
            return f"warning: {event.what}" + (f": {event.now}" if event.now else "")
        case Started():
            trained = f"{whole_text(event.trainable_parameters)} of {whole_text(event.total_parameters)} parameters"
            where = f"on {event.device} in {event.precision}"
            why = f" ({event.precision_reason})" if event.precision_reason else ""
            line = f"training {trained} {where}{why}, step {whole_text(event.step)} of {whole_text(event.steps)}"
            if event.reused_blocks:
                kept = size_text(event.reused_bytes)
                line += f"; {event.reused_blocks} frozen blocks are computed once, {kept} kept"
            if event.compile_reason:
                line += f"; blocks {'' if event.compiled else 'not '}compiled: {event.compile_reason}"
            return line
        case Stepped():
            return f"step {whole_text(event.step)}  {figures(event)}"
        case Evaluated():
            return f"step {whole_text(event.step)}  evaluation loss {event.loss:.4f}{' (best)' if event.best else ''}"
        case Sampled():
            return f"{'base' if event.base else 'adapter'}: {one_line(event.prompt)} -> {one_line(event.text)}"
        case Saved():
            return f"saved {event.path}"
        case Paused() | Resumed():
            return f"{event.name} at step {whole_text(event.step)}"
        case Stopped():
            return f"stopped at step {whole_text(event.step)}{', saved' if event.saved else ''}"
        case Finished():
            return f"finished after {whole_text(event.step)} steps: {event.adapter}"
        case Failed():
            return error_of(event).sentence
    return ""


def print_json(value: object, out: TextIO) -> None:
    """One object on one line."""
    out.write(json.dumps(value, ensure_ascii=False, allow_nan=False) + "\n")
