"""The frozen prefix of a model: the blocks below the lowest target, whose output can be noted, or given in place of being computed."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress

import torch
from torch import Tensor, nn
from transformers import PreTrainedModel
from transformers.modeling_layers import GradientCheckpointingLayer

from studio.data.batches import Batch
from studio.data.prepare import PreparedData
from studio.engine.loss import BatchLoss
from studio.engine.memory import available_bytes
from studio.engine.proof import slope


class _Enough(Exception):
    """The prefix has answered, and nobody wants to know of the rest."""


class Prefix:
    """The lowest blocks of a model, in whose stead it answers between `install` and `remove`: as they would, unless it was given."""

    def __init__(self, model: nn.Module, count: int) -> None:
        self.noted: Tensor | None = None  # what the last block answered last
        self._blocks = _blocks(model)[:count]
        self._before: list[Callable[..., Tensor] | None] = []  # who answered for each block in its stead
        self._given: Tensor | None = None
        self._stops = False

    def install(self) -> None:
        """Answer for the blocks from now on."""
        self._before = [vars(block).get("forward") for block in self._blocks]
        for number, block in enumerate(self._blocks):
            block.forward = self._answering(block.forward, last=number == len(self._blocks) - 1)

    def remove(self) -> None:
        """Let the blocks answer as they did before."""
        for block, before in zip(self._blocks, self._before, strict=True):
            if before is None:
                del block.forward
            else:
                block.forward = before

    @contextmanager
    def giving(self, hidden: Tensor) -> Iterator[None]:
        """Answer with these states, (B, T, H) or (1, tokens, H) as the blocks would."""
        self._given = hidden
        try:
            yield
        finally:
            self._given = None

    def answer(self, run: Callable[[], object]) -> Tensor:
        """What the prefix answers when `run` runs the model, of which nothing above is computed."""
        self._stops = True
        try:
            with suppress(_Enough), torch.no_grad():
                run()
        finally:
            self._stops = False
        return self.taken()

    def taken(self) -> Tensor:
        """What was noted last, which is then forgotten: it is large."""
        assert self.noted is not None
        found, self.noted = self.noted, None
        return found

    def _answering(self, plain: Callable[..., Tensor], *, last: bool) -> Callable[..., Tensor]:
        def forward(hidden: Tensor, *more: object, **settings: object) -> Tensor:
            if self._given is not None:
                return self._given if last else hidden
            found = plain(hidden, *more, **settings)
            if last:
                self.noted = found
                if self._stops:
                    raise _Enough
            return found

        return forward


def proven(model: PreTrainedModel, count: int, targets: Sequence[str], loss: BatchLoss, sample: Batch) -> bool:
    """Whether loss and gradient of a sample are the very same when what the prefix of `count` blocks answered is given back to it.

    They are not where blocks above look at more than the states that enter them, or where blocks are not run in their order.
    """
    if not count:
        return False
    inside = [name for name, module in model.named_modules() if isinstance(module, GradientCheckpointingLayer)]
    if not all(any(target.startswith(f"{name}.") for name in inside[count:]) for target in targets):
        return False
    plain = slope(model, loss, sample)
    prefix = Prefix(model, count)
    prefix.install()
    try:
        hidden = prefix.answer(lambda: loss(sample))
        if not isinstance(hidden, Tensor) or hidden.requires_grad:
            return False
        with prefix.giving(hidden):
            found = slope(model, loss, sample)
    except TypeError:  # blocks that take their states by name
        return False
    finally:
        prefix.remove()
    return found.loss == plain.loss and found.near(plain, model.dtype)


def prefix_bytes(data: PreparedData, model: PreTrainedModel) -> int:
    """What the states of all training rows take."""
    return int(data.tokens * model.config.get_text_config().hidden_size * model.dtype.itemsize)


def free_memory(device: torch.device, predicted_peak_bytes: int) -> int:
    """The main memory that is free beside a run, in bytes."""
    free = available_bytes(torch.device("cpu"))
    return free - predicted_peak_bytes if device.type == "cpu" else free


def _blocks(model: nn.Module) -> list[nn.Module]:
    return [module for module in model.modules() if isinstance(module, GradientCheckpointingLayer)]
