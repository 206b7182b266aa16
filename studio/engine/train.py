"""The training loop, as a generator of events that accepts commands.

Every yield may be answered by one command. Commands are obeyed between two steps, in the order in which they came. After `paused` the
loop waits: it goes on only when that event is answered by a command, obeys it, and says `paused` again unless it was resume or stop.
"""

import errno
from collections import deque
from collections.abc import Callable, Generator
from pathlib import Path

import torch

from studio.engine.checkpoint import Position, latest_checkpoint, prune, restore, save_checkpoint
from studio.engine.evaluate import score
from studio.engine.facts import started, stepped
from studio.engine.outcome import keep_outcome_of
from studio.engine.pace import Pace
from studio.engine.prompts import Asked, ask, prompts_of, rows_as_prompts
from studio.engine.reuse import reuse_of
from studio.engine.setup import Setup
from studio.engine.stepper import Step, Stepper
from studio.engine.summary import summary_of
from studio.formats.peft.folder import save_adapter
from studio.lora.measures import base_norms, effective_ranks, norms
from studio.plan.commands import Command
from studio.plan.errors import Failure
from studio.plan.events import (
    Evaluated,
    Event,
    Finished,
    Measured,
    Paused,
    Progressed,
    Resumed,
    Sampled,
    Saved,
    Shrunk,
    Stopped,
    Warned,
)  # fmt: skip
from studio.runs.folder import Run

EVALUATIONS, SAVES, SAMPLES, MEASURES = 10, 5, 4, 50  # how often in a run, where the plan leaves it to us
DISK_FULL = (errno.ENOSPC, errno.EDQUOT)
FEWEST_STEPS_BETWEEN_SAVES = 10  # a shorter run is sooner done again than saved

Talk = Generator[Event, Command | None, None]


class Training:
    """One life of a run, from its start or from its newest checkpoint to its end. `position` is where it is."""

    def __init__(self, setup: Setup, run: Run) -> None:
        self.position = Position()
        self._setup = setup
        self._run = run
        self._reuse = reuse_of(setup, run.path)
        self._stepper = Stepper(setup, self._reuse)
        self._pace = Pace()
        self._wishes: deque[Command] = deque()
        self._stop: Command | None = None
        self._base_norms: dict[str, float] = {}
        self._asked: list[Asked] = []
        plan, steps = setup.plan, setup.steps
        self._evaluate_every = _every(plan.evaluation.every_steps, _share(steps, EVALUATIONS))
        self._save_every = _every(plan.saving.every_steps, max(FEWEST_STEPS_BETWEEN_SAVES, _share(steps, SAVES)))

    def events(self, *, resume: bool = False) -> Talk:
        """Train. Raises Failure where loss, memory or disk end it; the last checkpoint then stays."""
        try:
            yield from self._life(resume)
        finally:
            if self._reuse is not None:
                self._reuse.close()

    def _life(self, resume: bool) -> Talk:
        torch.manual_seed(self._setup.plan.training.seed)
        set_training(self._setup, False)
        self._base_norms = base_norms(self._setup.adapter)
        self._asked = prompts_of(self._setup)
        resumed_from = (yield from self._restore()) if resume else None
        yield from self._say(started(self._setup, self.position, self._reuse, resumed_from))
        if self.position.step == 0:
            yield from self._sample(self._asked, base=True)
            if self._setup.data.eval:
                yield from self._evaluate()
        first = True
        yield from self._obey()
        while self._stop is None and self.position.step < self._setup.steps and not self._is_settled():
            yield from self._one_step(first)
            first = False
            yield from self._obey()
        yield from (self._stopped(self._stop) if self._stop is not None else self._finished())

    def _one_step(self, first: bool) -> Talk:
        position, steps = self.position, self._setup.steps
        set_training(self._setup, True)
        last = position.step + 1 == steps
        measured = (position.step + 1) % _share(steps, MEASURES) == 0 or last
        step = self._stepper.step(position.step, position.batch, measured=measured)
        set_training(self._setup, False)
        _count(position, step, timed=not first)
        position.loss_scale, position.calm_steps = self._stepper.scale.factor, self._stepper.scale.calm_steps
        self._pace.add(step.tokens, step.seconds)
        yield from self._say(stepped(self._setup, self.position, step, self._pace))
        shrunk = self._stepper.shrink(position.step)
        if shrunk:
            trained = self._setup.trainable_parameters
            yield from self._say(Shrunk(step=position.step, ranks=shrunk, trainable_parameters=trained))
        if measured:
            yield from self._say(self._measured(last))
        if self._setup.data.eval and (position.step % self._evaluate_every == 0 or last):
            yield from self._evaluate()
        if position.step % _share(steps, SAMPLES) == 0 or last:
            yield from self._sample(self._asked)
        if position.step % self._save_every == 0 and not last:
            yield from self._checkpoint()

    def _measured(self, last: bool) -> Measured:
        """What the targets have come to. Effective ranks take a decomposition each, and are asked for afterwards."""
        adapter = self._setup.adapter
        moved = {name: norm / (self._base_norms[name] or 1.0) for name, norm in norms(adapter).items()}
        return Measured(
            step=self.position.step,
            moved=moved,
            gradients=self._stepper.gradient_norms,
            effective_ranks=effective_ranks(adapter) if last else {},
        )

    def _obey(self) -> Talk:
        """Do what was wished since the last step."""
        while self._wishes and self._stop is None:
            wish = self._wishes.popleft()
            if wish.command == "pause":
                yield from self._pause()
            else:
                yield from self._fulfil(wish)

    def _pause(self) -> Talk:
        while True:
            wish = self._wishes.popleft() if self._wishes else (yield Paused(step=self.position.step))
            if wish is None or wish.command == "pause":
                continue
            if wish.command == "resume":
                yield from self._say(Resumed(step=self.position.step))
                return
            yield from self._fulfil(wish)
            if self._stop is not None:
                return

    def _fulfil(self, wish: Command) -> Talk:
        match wish.command:
            case "save":
                yield from self._checkpoint()
            case "sample":
                yield from self._sample(self._asked or rows_as_prompts(self._setup))
            case "stop":
                self._stop = wish

    def _say(self, event: Event) -> Talk:
        wish = yield event
        if wish is not None:
            self._wishes.append(wish)

    def _restore(self) -> Generator[Event, Command | None, int]:
        """Go back to the newest whole checkpoint, or to the start where there is none; returns its step."""
        checkpoint, damaged = latest_checkpoint(self._run.checkpoints)
        for path in damaged:
            yield from self._say(
                Warned(code="checkpoint-damaged", what=f"the checkpoint {path.name} is damaged and was passed over")
            )
        if checkpoint is not None:
            self.position = restore(checkpoint, self._setup.adapter, self._stepper.optimizer, self._setup.device)
            self._stepper.scale.restore(self.position.loss_scale, self.position.calm_steps)
        return self.position.step

    def _evaluate(self) -> Talk:
        position = self.position
        for scored in score(self._setup):
            yield from self._say(
                Progressed(phase="evaluating", done=scored.rows, total=len(self._setup.data.eval), unit="rows")
            )
        position.eval_loss = scored.mean
        best = position.step > 0 and (position.best_loss is None or scored.mean < position.best_loss)
        if best:
            position.best_loss, position.best_step, position.evaluations_without_gain = scored.mean, position.step, 0
        elif position.step > 0:
            position.evaluations_without_gain += 1
        yield from self._say(Evaluated(step=position.step, loss=scored.mean, best=best))
        if best and self._setup.plan.saving.keep_best:
            yield from self._write_adapter(self._run.best_adapter, best=True)

    def _is_settled(self) -> bool:
        """Whether evaluation has not gained for as long as the plan is patient."""
        patience = self._setup.plan.evaluation.early_stopping_patience
        return patience is not None and self.position.evaluations_without_gain >= patience

    def _sample(self, asked: list[Asked], *, base: bool = False) -> Talk:
        for one in asked:
            text = ask(self._setup, one, base=base)
            yield from self._say(
                Sampled(step=self.position.step, prompt=one.prompt, text=text, base=base, expected=one.expected)
            )

    def _checkpoint(self) -> Talk:
        setup, position, folder = self._setup, self.position, self._run.checkpoints
        name = f"step-{position.step:08d}"
        written = yield from self._written(
            folder / name,
            lambda: save_checkpoint(folder, position, setup.adapter, self._stepper.optimizer, setup.device),
        )
        if written:
            prune(folder, setup.plan.saving.keep_last, position.best_step if setup.plan.saving.keep_best else None)
            yield from self._say(Saved(step=position.step, path=f"{folder.name}/{name}"))

    def _write_adapter(self, folder: Path, *, best: bool = False) -> Talk:
        setup = self._setup
        written = yield from self._written(
            folder, lambda: save_adapter(setup.adapter, folder, base_model=setup.plan.model)
        )
        if written:
            yield from self._say(Saved(step=self.position.step, path=folder.name, best=best))

    def _written(self, path: Path, write: Callable[[], object]) -> Generator[Event, Command | None, bool]:
        """Write; where the disk is full, wait in a pause until there is room, and try again. False where told not to."""
        while self._stop is None or self._stop.save:
            try:
                write()
                return True
            except OSError as error:
                if error.errno not in DISK_FULL:
                    raise
            size = 3 * 4 * self._setup.trainable_parameters  # the matrices and both their moments, in float32
            what = f"the disk is full: {path.name} was not written, what was saved before is still there"
            now = f"free {max(1, size // 1_000_000):,} MB and resume, or stop without saving"
            if self._stop is not None:
                raise Failure("disk-full", what, where=str(path), now=now)
            yield from self._say(Warned(code="disk-full", what=what, now=now))
            yield from self._pause()
        return False

    def _stopped(self, stop: Command) -> Talk:
        if stop.save:
            yield from self._checkpoint()
            yield from self._write_adapter(self._run.adapter)
        summary = summary_of("stopped", self._setup, self.position)
        self._run.write_summary(summary)
        yield Stopped(step=self.position.step, saved=stop.save, summary=summary)

    def _finished(self) -> Talk:
        if self.position.step < self._setup.steps:
            what = f"the evaluation loss has not fallen for {self.position.evaluations_without_gain} evaluations: training ends here"
            yield from self._say(Warned(code="stopped-early", what=what))
        yield from self._write_adapter(self._run.adapter)
        summary = summary_of("finished", self._setup, self.position)
        self._run.write_summary(summary)
        keep_outcome_of(self._setup, self.position, summary)
        yield Finished(step=self.position.step, adapter=str(self._run.adapter), summary=summary)


def _every(planned: int | str, automatic: int) -> int:
    return automatic if planned == "auto" else int(planned)


def _share(steps: int, times: int) -> int:
    """The steps between, for so many times in a run; rounded up, so that the last time is not just before the end."""
    return -(-steps // times)


def _count(position: Position, step: Step, *, timed: bool) -> None:
    """Add a step to what the run has done; only a timed one to its pace."""
    position.step += 1
    position.batch += step.batches
    position.examples += step.rows
    position.tokens += step.tokens
    position.supervised_tokens += step.supervised_tokens
    position.first_loss = step.loss if position.first_loss is None else position.first_loss
    position.last_loss = step.loss
    if timed:
        position.timed_tokens += step.tokens
        position.train_seconds += step.seconds


def set_training(setup: Setup, training: bool) -> None:
    """Switch the adapter's dropout, and nothing else: the base model's own dropout belongs to its pretraining, and stays off.

    Set directly, because `train()` would reach the base below. A checkpointed layer looks at its own flag to know that it may drop what
    it has computed.
    """
    setup.adapter.train(training)
    for module in setup.model.modules():
        if getattr(module, "gradient_checkpointing", False):
            module.training = training
