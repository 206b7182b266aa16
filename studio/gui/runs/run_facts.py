"""What a list of runs shows of each: read from the summary, or from both ends of the event log where there is none."""

import json
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from studio.plan.events import Evaluated, Event, Started, Stepped, from_line
from studio.runs.curve import read_curve
from studio.runs.folder import Run
from studio.runs.notes import Notes, read_notes

END_BYTES = 64 * 1024  # of each end of a log: enough for hundreds of steps
DAMAGED = "damaged"
SPARKS = 48  # losses of a sparkline
NO_NOTES = Notes()


@dataclass(frozen=True, slots=True)
class RunFacts:
    """One run at a glance. `state` as Run.state, or damaged with the reason in `problem`; `begun` in seconds since 1970."""

    run: Run
    state: str
    begun: float
    steps: int | None = None
    total_steps: int | None = None
    first_loss: float | None = None
    last_loss: float | None = None
    eval_loss: float | None = None
    seconds: float | None = None
    problem: str | None = None
    notes: Notes = NO_NOTES
    losses: tuple[float, ...] = ()  # evenly spread over the run

    @property
    def name(self) -> str:
        """What the user calls the run."""
        return self.run.name

    @property
    def can_resume(self) -> bool:
        """Whether it ended early, with a checkpoint to go on from."""
        if self.state not in ("stopped", "failed", "interrupted") or not self.run.checkpoints.is_dir():
            return False
        return any(entry.name.startswith("step-") for entry in self.run.checkpoints.iterdir())

    @property
    def can_export(self) -> bool:
        """Whether it left an adapter."""
        return self.run.adapter.is_dir() and self.state != "running"


def read_facts(run: Run) -> RunFacts:
    """The facts of a run: a few kilobytes are read, however long it was. A damaged file makes a damaged run, not an error."""
    begun = run.plan_file.stat().st_mtime
    try:
        state = run.state()
        summary = None if state == "running" else run.summary()
        facts = _from_log(run, state, begun) if summary is None else _from_summary(run, state, begun, summary)
        return replace(facts, notes=read_notes(run), losses=_losses(run))
    except (ValueError, KeyError, TypeError) as error:  # JSONDecodeError and UnicodeDecodeError are ValueErrors
        return RunFacts(run, DAMAGED, begun, problem=f"{type(error).__name__}: {error}")


def _from_summary(run: Run, state: str, begun: float, summary: dict[str, Any]) -> RunFacts:
    return RunFacts(
        run,
        state,
        begun,
        steps=summary.get("steps"),
        first_loss=summary.get("first_loss"),
        last_loss=summary.get("last_loss"),
        eval_loss=summary.get("eval_loss"),
        seconds=summary.get("train_seconds"),
    )


def _from_log(run: Run, state: str, begun: float) -> RunFacts:
    head, tail = _ends(run.events_file)
    steps = [event for event in tail if isinstance(event, Stepped)]
    first = next((event for event in head if isinstance(event, Stepped)), None)
    started = [event for event in head + tail if isinstance(event, Started)]
    evaluations = [event for event in tail if isinstance(event, Evaluated)]
    return RunFacts(
        run,
        state,
        begun,
        steps=steps[-1].step if steps else None,
        total_steps=started[-1].steps if started else None,
        first_loss=first.loss if first else None,
        last_loss=steps[-1].loss if steps else None,
        eval_loss=evaluations[-1].loss if evaluations else None,
        seconds=tail[-1].time - started[0].time if started and tail else None,
    )


def _losses(run: Run) -> tuple[float, ...]:
    try:
        return _losses_of(run.events_file, run.events_file.stat().st_size)
    except FileNotFoundError:
        return ()


@lru_cache(maxsize=1000)
def _losses_of(events: Path, _size_bytes: int) -> tuple[float, ...]:
    """Evenly spread losses of a log, which is read again only once it has grown."""
    losses = read_curve(events, most=SPARKS).losses
    every = max(1, len(losses) // SPARKS)
    return losses[::every]


def _ends(path: Path) -> tuple[list[Event], list[Event]]:
    """The whole lines within END_BYTES of the beginning and of the end, as events."""
    try:
        with path.open("rb") as file:
            head = file.read(END_BYTES)
            size = file.seek(0, 2)
            if size <= END_BYTES:
                tail = head
            else:
                file.seek(size - END_BYTES)
                tail = file.read().partition(b"\n")[2]
    except FileNotFoundError:
        return [], []
    return _events(head), _events(tail)


def _events(data: bytes) -> list[Event]:
    """The complete lines of a piece of a log; a line of another version's event is passed over, as a reader of old runs must."""
    lines = data[: data.rfind(b"\n") + 1].decode("utf-8").splitlines()
    return [from_line(line) for line in lines if json.loads(line).get("event") in ("stepped", "started", "evaluated")]
