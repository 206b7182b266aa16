"""The Muon optimizer in float32: momentum whose every matrix update is made orthogonal.

torch.optim.Muon works in bfloat16, which is slow on processors without it, and one matrix at a time; here all
matrices of a shape are one batch. Source: Keller Jordan, https://kellerjordan.github.io/posts/muon/
"""

from collections import defaultdict
from collections.abc import Iterable

import torch
from torch import Tensor

MOMENTUM = 0.95
NEWTON_SCHULZ_STEPS = 5
NEWTON_SCHULZ_COEFFICIENTS = (3.4445, -4.7750, 2.0315)


class Muon(torch.optim.Optimizer):
    """Muon for 2-d parameters, with Nesterov momentum and decoupled weight decay."""

    def __init__(self, matrices: Iterable[Tensor], lr: float, weight_decay: float) -> None:
        by_shape = defaultdict(list)
        for matrix in matrices:
            by_shape[matrix.shape].append(matrix)
        groups = [{"params": same_shape} for same_shape in by_shape.values()]
        super().__init__(groups, {"lr": lr, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self) -> None:
        """One update of every matrix; all of them must have gradients."""
        for group in self.param_groups:
            matrices = group["params"]
            gradients = torch.stack([matrix.grad for matrix in matrices])
            momentum = self.state[matrices[0]].setdefault("momentum", torch.zeros_like(gradients))
            momentum.lerp_(gradients, 1 - MOMENTUM)
            updates = orthogonal(gradients.lerp(momentum, MOMENTUM))
            rows, columns = matrices[0].shape
            scale = group["lr"] * max(1.0, rows / columns) ** 0.5
            for matrix, update in zip(matrices, updates, strict=True):
                matrix.mul_(1 - group["lr"] * group["weight_decay"]).sub_(update, alpha=scale)


def orthogonal(batch: Tensor) -> Tensor:
    """The matrices (..., rows, columns) with their singular values moved near 1 by Newton-Schulz iterations."""
    if batch.shape[-2] > batch.shape[-1]:
        return orthogonal(batch.mT).mT
    a, b, c = NEWTON_SCHULZ_COEFFICIENTS
    x = batch / (batch.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    for _ in range(NEWTON_SCHULZ_STEPS):
        gram = x @ x.mT
        x = a * x + (b * gram + c * gram @ gram) @ x
    return x
