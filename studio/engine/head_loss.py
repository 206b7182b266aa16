"""The output head and the cross entropy behind it, a chunk of rows at a time."""

from collections.abc import Callable, Iterator
from typing import Any

import torch
from torch import Tensor
from torch.autograd.function import once_differentiable
from torch.nn import functional as F

from studio.lora.narrow import enough_rows

CHUNK_ROWS = 256  # rows whose logits exist at a time


class HeadLoss(torch.autograd.Function):
    """rows (N, H), weight (V, H), bias (V,) or None, targets (N,) -> the summed cross entropy of rows Wᵀ + b, float32.

    d loss / d row = (softmax - onehot) W is computed with the loss, chunk by chunk: the logits are then gone, and never made again.
    `space` (at least a chunk's rows, V), float32, is where they are made, if given. Chunks are of even length, and rows are
    filled up with zeros to `enough_rows`, so that the number of threads changes no bit.
    """

    @staticmethod
    def forward(
        ctx: Any, rows: Tensor, weight: Tensor, bias: Tensor | None, targets: Tensor, space: Tensor | None
    ) -> Tensor:
        count = len(rows)
        missing = enough_rows(count) - count
        if missing:
            rows = F.pad(rows, (0, 0, 0, missing))
        needed = ctx.needs_input_grad[0]
        gradient = torch.empty_like(rows) if needed else None
        total = torch.zeros((), dtype=torch.float32, device=rows.device)
        for chunk in _even(len(rows)):
            logits = _logits(rows[chunk], weight, bias, space)
            wanted = targets[chunk].unsqueeze(1)
            torch.log_softmax(logits, dim=1, out=logits)  # in place: a chunk's logits are the largest tensor of a step
            total -= logits[: len(wanted)].gather(1, wanted).sum()
            if gradient is not None:
                slope = logits.exp_()
                slope[: len(wanted)].scatter_add_(1, wanted, slope.new_full((1, 1), -1.0).expand_as(wanted))
                torch.mm(slope.to(rows.dtype), weight, out=gradient[chunk])
        if gradient is not None:
            gradient = gradient[:count]
        if gradient is not None:
            ctx.save_for_backward(gradient)
        return total

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, slope: Tensor) -> tuple[Tensor, None, None, None, None]:
        (gradient,) = ctx.saved_tensors
        return gradient * slope.to(gradient.dtype), None, None, None, None


head_loss: Callable[[Tensor, Tensor, Tensor | None, Tensor, Tensor | None], Tensor] = HeadLoss.apply


def _even(rows: int) -> Iterator[slice]:
    chunks = -(-rows // CHUNK_ROWS)
    for number in range(chunks):
        yield slice(rows * number // chunks, rows * (number + 1) // chunks)


def _logits(rows: Tensor, weight: Tensor, bias: Tensor | None, space: Tensor | None) -> Tensor:
    """rows Wᵀ + b, (N, V), in float32."""
    if space is None:
        return F.linear(rows, weight, bias).float()
    logits = space[: len(rows)]
    if rows.dtype != logits.dtype:
        return logits.copy_(F.linear(rows, weight, bias))
    if bias is None:
        return torch.mm(rows, weight.t(), out=logits)
    return torch.addmm(bias, rows, weight.t(), out=logits)


def space_for(rows: Tensor, weight: Tensor, space: Tensor | None) -> Tensor | None:
    """Where `head_loss` makes the logits of rows (N, H) with weight (V, H): `space` where it is large enough.

    None on a GPU, whose memory torch keeps by itself; on a CPU new memory costs as much time as the softmax.
    """
    needed = enough_rows(min(len(rows), CHUNK_ROWS))
    if rows.device.type != "cpu" or (space is not None and len(space) >= needed):
        return space
    return torch.empty(needed, weight.shape[0], dtype=torch.float32)
