r"""Ranks that shrink while training: directions that matter least for the loss are taken away, and the others keep the budget.

After AdaLoRA (Zhang et al. 2023, arXiv 2303.10512), with a score that needs no singular values. Write ΔW = s·Σ_i a_i B_i A_i with a =
1. Then

    dL/da_i = <B_i, dL/dB_i> = <A_i, dL/dA_i>

is what the loss feels of direction i, and the mean of its square over the steps is, up to the constant of a second-order expansion,
what the loss would lose without it. Directions of all targets are compared by that score for each parameter that they cost.

The budget falls from that of the start to that of `final_rank` everywhere along AdaLoRA's cubic curve, between a sixth and two thirds
of the steps, so that the ranks that remain have time to settle. Every target keeps at least one direction.
"""

from collections.abc import Mapping

import torch
from torch import Tensor

from studio.lora.adapter import Adapter

BEGIN, END = 1 / 6, 2 / 3
TIMES = 12  # how often directions are taken away
MEMORY = 0.95  # of the score's running mean, as of AdamW's second moment over some dozens of steps
SCORE = "sensitivity"  # kept in the optimizer's state, so that checkpoints hold it


class Pruner:
    """Watches the gradients of an adapter, and takes directions away when their time has come."""

    def __init__(self, adapter: Adapter, optimizer: torch.optim.Optimizer, *, final_rank: int, steps: int) -> None:
        self._adapter = adapter
        self._optimizer = optimizer
        self._steps = steps
        self._costs = {target: _cost(adapter, target) for target in adapter.parts}
        self._first = sum(adapter.parts[target].spec.rank * cost for target, cost in self._costs.items())
        self._last = sum(
            min(final_rank, adapter.parts[target].spec.rank) * cost for target, cost in self._costs.items()
        )

    @torch.no_grad()
    def observe(self) -> None:
        """Take the gradients of a step into the scores; after the optimizer's step, before they are cleared."""
        for _, pair in self._adapter.pairs():
            if pair.B.grad is None:
                continue
            felt = (pair.B * pair.B.grad).flatten(0, -2).sum(0).square()  # (rank,), the stack's matrices together
            state = self._optimizer.state[pair.B]
            state[SCORE] = felt if SCORE not in state else torch.lerp(felt, state[SCORE], MEMORY)

    def prune(self, step: int) -> dict[str, int]:
        """Bring the adapter to the budget of `step`; the new ranks of the targets that changed."""
        if step % max(1, round((END - BEGIN) * self._steps / TIMES)):
            return {}
        budget = self._budget(step / self._steps)
        scores = self._scores()
        total = sum(len(score) * self._costs[target] for target, score in scores.items())
        # The dearest to keep go first; what a target keeps in the end is at least its best.
        order = sorted(
            (
                (float(value) / self._costs[target], target, index)
                for target, score in scores.items()
                for index, value in enumerate(score)
            )
        )
        dropped: dict[str, set[int]] = {target: set() for target in scores}
        for _, target, index in order:
            if total <= budget:
                break
            if len(dropped[target]) + 1 < len(scores[target]):
                dropped[target].add(index)
                total -= self._costs[target]
        changed = {}
        for target, gone in dropped.items():
            if gone:
                kept = torch.tensor([index for index in range(len(scores[target])) if index not in gone])
                keep(self._adapter, self._optimizer, target, kept)
                changed[target] = self._adapter.parts[target].spec.rank
        return changed

    def _budget(self, done: float) -> float:
        """Parameters allowed after a share of the steps: AdaLoRA's equation 12."""
        left = 1 - min(1.0, max(0.0, (done - BEGIN) / (END - BEGIN)))
        return self._last + (self._first - self._last) * left**3

    def _scores(self) -> dict[str, list[float]]:
        """Each target's directions' scores, its weights' together."""
        found = {}
        for target, part in self._adapter.parts.items():
            scores: list[Tensor] = [
                self._optimizer.state[pair.B].get(SCORE, torch.zeros(pair.B.shape[-1])).cpu() for pair in part.pairs
            ]
            found[target] = torch.stack(scores).sum(0).tolist()
        return found


def keep(adapter: Adapter, optimizer: torch.optim.Optimizer, target: str, kept: Tensor) -> None:
    """Keep some directions of a target, with the optimizer's memory of them."""
    pairs = adapter.parts[target].pairs
    old = [(pair.A, pair.B) for pair in pairs]
    adapter.keep(target, kept)
    new = {}
    for pair, (old_A, old_B) in zip(pairs, old, strict=True):
        for before, after, axis in ((old_A, pair.A, -2), (old_B, pair.B, -1)):
            new[before] = after
            memory = optimizer.state.pop(before, None)
            if memory is None:  # of a frozen A
                continue
            optimizer.state[after] = {
                name: _kept(value, -1 if name == SCORE else axis, kept, before.shape[axis])
                for name, value in memory.items()
            }
    for group in optimizer.param_groups:
        group["params"] = [new.get(parameter, parameter) for parameter in group["params"]]


def _kept(value: Tensor, axis: int, kept: Tensor, rank: int) -> Tensor:
    """An entry of the optimizer's state for the directions that remain; a count of steps is as it was."""
    if value.ndim == 0 or value.shape[axis] != rank:
        return value
    return value.index_select(axis, kept.to(value.device))


def fit_ranks(adapter: Adapter, optimizer: torch.optim.Optimizer, state: Mapping[str, Tensor]) -> None:
    """Bring an adapter to the ranks of a saved state, which may have lost directions; their values are the caller's to load."""
    for target, part in adapter.parts.items():
        name = next(name for name, pair in adapter.pairs() if pair is part.pairs[0])
        saved = state.get(f"{name}.B")
        if saved is not None and saved.shape[-1] < part.pairs[0].B.shape[-1]:
            keep(adapter, optimizer, target, torch.arange(saved.shape[-1]))


def _cost(adapter: Adapter, target: str) -> int:
    """What one rank of a target's spec costs, in parameters."""
    part = adapter.parts[target]
    return sum(pair.A.numel() + pair.B.numel() for pair in part.pairs) // part.spec.rank
