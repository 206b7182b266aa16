"""Carrying a run: the pump between the training loop and the run's folder.

Whoever iterates sees what is logged, event by event. All that can be refused is refused before there is a folder.
"""

import logging
import queue
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from studio.engine.compile_trial import with_chosen_blocks
from studio.engine.place import check_place, check_room
from studio.engine.prompts import check_prompts
from studio.engine.setup import Setup, set_up
from studio.engine.summary import summary_of
from studio.engine.train import DISK_FULL, Training
from studio.engine.wishes import Inbox, Wishes
from studio.plan.commands import Command
from studio.plan.errors import Failure, StudioError
from studio.plan.events import Answered, Cancelled, Event, Failed, Finished, Paused, Progressed
from studio.plan.plan import Plan
from studio.plan.planfile import dump_plan
from studio.runs.atomic import write_text
from studio.runs.folder import Run, create_run, open_run
from studio.runs.log import EventLog

logger = logging.getLogger(__name__)


def carry(plan: Plan, path: Path | None = None, *, inbox: Inbox | None = None) -> Iterator[Event]:
    """Carry out a plan in a new run folder (None: one of the studio's own).

    Yields progress, then Answered with {"run": path} once the folder is there (this one is not logged), then the run's events as they
    are logged, the last of them Finished, Stopped or Failed. `inbox` takes commands of this process beside those told through the
    folder; a stop before there is a folder ends with Cancelled. Raises Refusal or Failure before there is a folder, and not after.
    """
    inbox = queue.SimpleQueue() if inbox is None else inbox
    check_place(path)
    heard: list[Event] = []
    setup = yield from _prepared(plan.with_values(record=None), heard, inbox, path)
    if setup is None:
        yield Cancelled()
        return
    check_room(path, setup.trainable_parameters, plan.saving.keep_last)
    run = create_run(setup.plan, path)
    with run.owned():
        wishes = Wishes(run, inbox)  # before anybody can know of the run: nothing told to it is missed
        yield Answered(value={"run": str(run.path)})
        yield from _pump(run, setup, heard, wishes, resume=False)


def carry_on(path: Path, *, inbox: Inbox | None = None) -> Iterator[Event]:
    """Go on with a run from its newest whole checkpoint; yields as `carry` does.

    A run that is finished tells so once more and is left as it is. Raises Refusal where there is no run, another process carries it,
    or its model or data have changed.
    """
    inbox = queue.SimpleQueue() if inbox is None else inbox
    run = open_run(path)
    with run.owned():
        summary = run.summary()
        if summary is not None and summary["state"] == "finished":
            yield Answered(value={"run": str(run.path)})
            yield Finished(step=int(summary["steps"]), adapter=str(run.adapter), summary=summary)
            return
        wishes = Wishes(run, inbox)
        heard: list[Event] = []
        setup = yield from _prepared(run.plan(), heard, inbox, run.path)
        if setup is None:
            yield Cancelled()
            return
        yield Answered(value={"run": str(run.path)})
        # From here on it is running: a kill must leave it interrupted, and not as it ended before.
        run.summary_file.unlink(missing_ok=True)
        write_text(run.plan_file, dump_plan(setup.plan))
        yield from _pump(run, setup, heard, wishes, resume=True)


def _prepared(plan: Plan, heard: list[Event], inbox: Inbox, place: Path | None) -> Generator[Event, None, Setup | None]:
    """The setup, or None where a stop came first; what the log should know of it goes to `heard`."""
    work = _ready(plan, place)
    while True:
        try:
            event = next(work)
        except StopIteration as done:
            setup: Setup = done.value
            return setup
        if not isinstance(event, Progressed):
            heard.append(event)
        yield event
        while not inbox.empty():
            if inbox.get().command == "stop":
                work.close()
                return None


def _ready(plan: Plan, place: Path | None) -> Generator[Event, None, Setup]:
    """The setup of a plan that is about to be carried out, its blocks chosen; prompts that it cannot take are refused first."""
    setup = yield from set_up(plan, place)
    check_prompts(setup)
    return (yield from with_chosen_blocks(setup, plan.record))


def _pump(run: Run, setup: Setup, heard: list[Event], wishes: Wishes, *, resume: bool) -> Iterator[Event]:
    """Log and yield all that happens, and answer with what is wished."""
    with EventLog(run.events_file) as log, _logging_to(run.log_file):
        for event in heard:
            log.append(event)
        training = Training(setup, run)
        try:
            for event in _answered(training, wishes, resume):
                log.append(event)
                yield event
        except Exception as error:  # noqa: BLE001 - whatever ends a run is told in its log, never by a traceback alone
            failed = _failed(error, run, training.position.step)
            with suppress(
                OSError
            ):  # a full disk may be what ended it; then the one who iterates is the last to be told
                log.append(failed)
                run.write_summary(summary_of("failed", setup, training.position))
            yield failed


def _answered(training: Training, wishes: Wishes, resume: bool) -> Iterator[Event]:
    """The loop's events, each answered by the oldest wish; a pause waits for one."""
    events = training.events(resume=resume)
    wish: Command | None = None
    while True:
        try:
            event = events.send(wish)
        except StopIteration:
            return
        yield event
        wish = wishes.wait() if isinstance(event, Paused) else wishes.next()


def _failed(error: Exception, run: Run, step: int) -> Failed:
    """The event that tells of an error."""
    if isinstance(error, OSError) and error.errno in DISK_FULL:
        error = Failure("disk-full", "the disk is full", where=str(run.path), now="free some space and resume the run")
    if not isinstance(error, StudioError):
        logger.exception("the run failed")
        reason = " ".join(str(error).split())[:200]
        error = Failure(
            "internal",
            f"the training stopped with {type(error).__name__}: {reason}",
            where=str(run.log_file),
            now="resume the run from its last checkpoint; if it happens again, report it with this file",
        )
    return Failed(**error.to_json(), step=step)


@contextmanager
def _logging_to(path: Path) -> Iterator[None]:
    """Write what the studio and its libraries log also to a file."""
    handler = logging.FileHandler(path, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)
        handler.close()
