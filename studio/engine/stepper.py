"""The optimizer step: some batches forward and backward, the gradient clipped, AdamW's update."""

import math
import time
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

import torch
from torch import Tensor

from studio.data.batches import Batch
from studio.engine.clip import clip
from studio.engine.loss_scale import LossScale
from studio.engine.memory import out_of_memory
from studio.engine.offload import Offload
from studio.engine.optimizer import build_optimizer
from studio.engine.prune import Pruner
from studio.engine.reuse import Reuse
from studio.engine.schedule import schedule_of
from studio.engine.setup import Setup
from studio.engine.threads import Threads
from studio.lora.measures import gradient_norms
from studio.plan.checkpointing import OFFLOAD
from studio.plan.errors import Failure


@dataclass(frozen=True, slots=True)
class Step:
    """What one update did. `loss` is the mean over the supervised tokens of all its batches; `tokens` are real ones, no padding."""

    loss: float
    grad_norm: float
    learning_rate: float
    rows: int
    batches: int
    tokens: int
    supervised_tokens: int
    seconds: float


class Stepper:
    """Updates the adapter's float32 matrices, step by step."""

    def __init__(self, setup: Setup, reuse: Reuse | None = None) -> None:
        self._setup = setup
        self._reuse = reuse
        self._offload = offload_of(setup)
        settings = setup.plan.training
        self._threads = Threads() if setup.follows_load else None
        self._schedule = schedule_of(settings.scheduler, settings.learning_rate, setup.steps, settings.warmup_ratio)
        record = setup.plan.record
        self.scale = LossScale(record is not None and record.precision == "float16")
        self.gradient_norms: dict[str, float] = {}  # by target, clipped, of the last step that was measured
        self.optimizer = build_optimizer(setup.adapter, settings, setup.device)
        final_rank = setup.plan.lora.final_rank
        self._pruner = (
            None
            if final_rank is None
            else Pruner(setup.adapter, self.optimizer, final_rank=final_rank, steps=setup.steps)
        )

    def shrink(self, step: int) -> dict[str, int]:
        """Take directions away, where the plan shrinks ranks and it is time after `step`; the new ranks of targets that changed."""
        return {} if self._pruner is None else self._pruner.prune(step)

    def step(self, number: int, first_batch: int, *, measured: bool = False) -> Step:
        """Make update `number` (from 0) from the batches that follow `first_batch`; `measured` also fills `gradient_norms`.

        The loss is divided by the supervised tokens of the whole step, not of each batch: accumulation then changes no result. Raises
        Failure, and changes nothing, where loss or gradient are not finite or memory runs out.
        """
        begin = time.perf_counter()
        rate = self._schedule.rate(number)
        if self._threads is not None:
            self._threads.settle()
        try:
            loss, norm, facts = self._gradient(first_batch)
            while math.isfinite(loss) and not math.isfinite(norm) and self.scale.shrink():
                self.optimizer.zero_grad(set_to_none=True)
                loss, norm, facts = self._gradient(first_batch)
            if not (math.isfinite(loss) and math.isfinite(norm)):
                raise _not_finite(number + 1, "loss" if not math.isfinite(loss) else "gradient")
            if measured:
                self.gradient_norms = gradient_norms(self._setup.adapter)
            for group in self.optimizer.param_groups:
                group["lr"] = rate * group["ratio"]
            self.optimizer.step()
            self.scale.note()
            # Fused, it writes past the counts of changes that DoRA's norm goes by.
            torch.autograd.graph.increment_version(self._setup.adapter.parameters())
            if self._pruner is not None:
                self._pruner.observe()
        except (RuntimeError, MemoryError) as error:
            raise out_of_memory(error, self._setup.device, number + 1) or error from error
        finally:
            self.optimizer.zero_grad(set_to_none=True)
        if self._setup.device.type == "cuda":
            torch.cuda.synchronize(self._setup.device)
        step = Step(loss, norm, rate, *facts, seconds=time.perf_counter() - begin)
        if self._threads is not None:
            self._threads.note(step.tokens, step.seconds)
        return step

    def _gradient(self, first_batch: int) -> tuple[float, float, tuple[int, int, int, int]]:
        """The step's mean loss, the gradient's length before clipping, and rows, batches, tokens, supervised tokens."""
        settings = self._setup.plan.training
        count = settings.gradient_accumulation
        batches = [self._setup.batch(first_batch + offset) for offset in range(count)]
        supervised = sum(batch.supervised for batch in batches)
        total = torch.zeros((), device=self._setup.device)
        for number, batch in enumerate(batches, first_batch):
            with self._offload:
                loss = self._loss(number, batch) / supervised
            torch.autograd.backward(loss * self.scale.factor)
            total += loss.detach()
        if self.scale.factor != 1.0:
            gradients = [matrix.grad for matrix in self._setup.adapter.parameters() if matrix.grad is not None]
            torch._foreach_mul_(gradients, 1 / self.scale.factor)
        limit = settings.max_grad_norm or math.inf
        norm = clip(self._setup.adapter.parameters(), limit)
        loss_value, norm_value = torch.stack((total, norm)).tolist()  # one wait for the device
        rows = sum(batch.input_ids.shape[0] for batch in batches)
        return loss_value, norm_value, (rows, count, sum(batch.tokens for batch in batches), supervised)

    def _loss(self, number: int, batch: Batch) -> Tensor:
        return self._setup.loss(batch) if self._reuse is None else self._reuse.loss(number, batch)


def offload_of(setup: Setup) -> AbstractContextManager[object]:
    """What a forward is made in, so that what it keeps goes where the plan says."""
    record = setup.plan.record
    if record is None or record.gradient_checkpointing != OFFLOAD:
        return nullcontext()
    return Offload(setup.model.config.get_text_config().hidden_size)


def _not_finite(step: int, what: str) -> Failure:
    return Failure(
        "loss-not-finite",
        f"the {what} is not finite at step {step:,}",
        now="lower the learning rate, add warmup or clip the gradient; the last checkpoint is still good",
        field="training.learning_rate",
    )
