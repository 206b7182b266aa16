"""Whether a run's blocks are compiled: found by trying, before the first step and within a stated time, and kept for all of the run.

Compiling takes seconds where an earlier run has left its code on the disk, else minutes; what it gains depends on the GPU, the model and
the rows. So nothing is foretold but whether the run is long enough: compiled blocks are proven on a batch, timed against those that are
there, and kept where they are faster. Whatever goes wrong on the way leaves the run as it was, and is told. A preflight makes no trial: its
seconds are those of a run without.

The budget bounds compiling, and the rounds of timing after the first; not a kernel that a compiler is at work on when time is up, which is
waited for, nor the few passes that measure the run as it is.
"""

import logging
import time
from collections.abc import Generator
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from studio.data.batches import Batch
from studio.engine.bounded import OutOfTime, within
from studio.engine.compiling import CompiledBlocks
from studio.engine.memory import available_bytes
from studio.engine.preflight import on_longest_rows
from studio.engine.proof import slope
from studio.engine.setup import Setup
from studio.engine.stepper import offload_of
from studio.engine.train import set_training
from studio.plan.events import Event, Progressed, Warned
from studio.plan.record import Record
from studio.plan.words import about_text, size_text

logger = logging.getLogger(__name__)

BUDGET_SECONDS = 120.0  # that compiling may take at most
LARGEST_SHARE = 0.1  # of the run's own time likewise
USUAL_SECONDS = 40.0  # that it takes where nothing is on the disk yet; a run that allows less does not begin upon it
WORTH = 1.02  # times as fast that compiled blocks must be
BATCHES, ROUNDS = 3, 3  # that are timed; of each batch the fastest round counts
PHASE = "compiling the blocks"
TIMING = "timing the blocks"


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen, and why, in words that follow "blocks compiled" or "blocks not compiled"; none where nobody would ask."""

    compiled: bool
    reason: str = ""


def with_chosen_blocks(setup: Setup, begun: Record | None) -> Generator[Event, None, Setup]:
    """The setup with its blocks compiled, or as they were, as its plan says or a trial finds; its record says which.

    `begun` is the record of a run that goes on: what was chosen then is done again without being timed, however long it takes, so that the
    same is computed. Yields progress, and a warning where blocks could not be compiled that should be.
    """
    asked = setup.plan.training.compile
    if begun is not None:
        asked = "on" if begun.compiled else "off"
    elif asked == "auto" and setup.device.type != "cuda":
        asked = "off"  # it was tried on CPUs: half a minute and more for blocks that were no faster than the fused ones
    choice = Choice(False) if asked == "off" else (yield from _Trial(setup, asked, begun is not None).choice())
    if asked == "on" and not choice.compiled:
        yield Warned(code="not-compiled", what=f"the blocks are not compiled: {choice.reason}")
    assert setup.plan.record is not None
    record = setup.plan.record.with_values(compiled=choice.compiled)
    return replace(
        setup,
        plan=setup.plan.with_values(record=record),
        compiled=choice.compiled,
        compile_reason=choice.reason,
        follows_load=setup.follows_load and not choice.compiled,  # whose code is made for a number of threads
    )


class _Trial:
    """One trial. `asked` is "auto" or "on"; on is kept without being faster."""

    def __init__(self, setup: Setup, asked: str, again: bool) -> None:
        self._setup = setup
        self._forced = asked == "on"
        self._again = again
        self._blocks = CompiledBlocks(setup.model, setup.fused)
        self._batches = [setup.batch(number) for number in range(min(BATCHES, setup.batches.per_epoch))]
        self._budget: float | None = None  # seconds; None: however long it takes
        self._largest = on_longest_rows(setup).batch(0)

    def choice(self) -> Generator[Event, None, Choice]:
        """Try. The blocks are as the choice says afterwards, and as they were if this is closed on the way."""
        against = self._against()
        if against:
            return Choice(False, against)
        choice = Choice(False)
        set_training(self._setup, True)
        try:
            choice = yield from self._tried()
        except OutOfTime:
            choice = Choice(False, f"they were not ready after {self._budget or 0:.0f} s")
        except Exception as error:
            logger.info("the blocks could not be compiled", exc_info=True)
            said = " ".join(str(error).split())[:160]
            choice = Choice(False, f"they cannot be ({type(error).__name__}: {said})")
        finally:
            set_training(self._setup, False)
            if not choice.compiled:
                self._blocks.remove()
                self._blocks.forget()
            if self._setup.device.type == "cuda":
                torch.cuda.empty_cache()
                torch.cuda.reset_peak_memory_stats(self._setup.device)  # the run's peak is its own, not the trial's
        return choice

    def _against(self) -> str:
        """What makes compiling useless from the start; empty without."""
        if not len(self._blocks):
            return "this model's blocks are not known"
        if self._setup.plan.lora.final_rank is not None:
            return "ranks that shrink would need new code each time"
        return ""

    def _tried(self) -> Generator[Event, None, Choice]:
        if self._again:
            yield from self._compile()
            return Choice(True, "as the run was begun")
        yield Progressed(phase=TIMING, done=0)
        self._pass(self._batches[0])  # warms up
        each = self._seconds() / len(self._batches)
        run_seconds = each * self._setup.steps * self._setup.plan.training.gradient_accumulation
        self._budget = None if self._forced else min(BUDGET_SECONDS, LARGEST_SHARE * run_seconds)
        if self._budget is not None and self._budget < USUAL_SECONDS:
            return Choice(False, f"a run of {about_text(run_seconds)} is too short to pay for it")
        right = slope(self._setup.model, self._loss, self._batches[0])
        held = self._held_bytes()
        begin = time.monotonic()
        yield from self._compile()
        took = time.monotonic() - begin
        yield Progressed(phase=TIMING, done=0)
        if not slope(self._setup.model, self._loss, self._batches[0]).near(right, self._setup.model.dtype):
            return Choice(False, "their gradient is not that of the blocks as they are")
        more = self._held_bytes() - held
        if more > 0 and self._setup.predicted_peak_bytes + more > self._room_bytes():
            return Choice(False, f"they would need {size_text(more)} more than there is")
        gain = self._gain(None if self._budget is None else begin + self._budget)
        reason = f"{gain:.2f} times as fast, {took:.0f} s to compile"
        if self._forced or gain >= WORTH:
            return Choice(True, reason)
        return Choice(False, reason)

    def _compile(self) -> Generator[Event, None, None]:
        """Let all kinds of batches meet the compiled blocks, which are installed then."""
        self._blocks.install()
        yield from within(self._budget, PHASE, self._meet)

    def _meet(self) -> None:
        with self._blocks.compiling():
            for batch in (*self._batches, self._largest):
                self._pass(batch)
            rows = self._setup.data.eval[: self._setup.plan.training.batch_size]
            if rows:
                set_training(self._setup, False)
                with torch.no_grad():
                    self._setup.loss(self._setup.collated(rows))
                set_training(self._setup, True)

    def _gain(self, end: float | None) -> float:
        """How many times as fast as the blocks that were there the compiled ones are. After `end` no further round is begun."""
        compiled, there = [], []
        for number in range(ROUNDS):
            if number and end is not None and time.monotonic() > end:
                break
            compiled.append(self._seconds())
            self._blocks.remove()
            there.append(self._seconds())
            self._blocks.install()
        return min(there) / min(compiled)

    def _seconds(self) -> float:
        begin = time.perf_counter()
        for batch in self._batches:
            self._pass(batch)
        if self._setup.device.type == "cuda":
            torch.cuda.synchronize(self._setup.device)
        return time.perf_counter() - begin

    def _held_bytes(self) -> int:
        """The most that the largest batch takes on a GPU; 0 elsewhere."""
        device = self._setup.device
        if device.type != "cuda":
            return 0
        torch.cuda.reset_peak_memory_stats(device)
        self._pass(self._largest)
        return torch.cuda.max_memory_allocated(device)

    def _room_bytes(self) -> int:
        """What this process may have of the device."""
        device = self._setup.device
        return available_bytes(device) + torch.cuda.memory_reserved(device)

    def _pass(self, batch: Batch) -> None:
        """Forward and backward, as a step makes them; no gradient is kept."""
        torch.autograd.grad(self._loss(batch), list(self._setup.adapter.parameters()), materialize_grads=True)

    def _loss(self, batch: Batch) -> Tensor:
        with offload_of(self._setup):
            return self._setup.loss(batch)
