"""Clipping the gradient's length, the same to the last bit whatever the number of threads that add it up."""

import math
from collections.abc import Iterable

import torch
from torch import Tensor, nn
from torch.nn import functional as F

# torch adds up more numbers than 32,768 in as many parts as there are threads.
ROW, MOST = 128, 16_384


def clip(parameters: Iterable[nn.Parameter], limit: float) -> Tensor:
    """Shorten the gradients, as one vector, to the length `limit`; the length before, float32 scalar (Pascanu et al. 2013, 1211.5063).

    As `torch.nn.utils.clip_grad_norm_`, but that no sum is split among threads.
    """
    gradients = [parameter.grad for parameter in parameters if parameter.grad is not None]
    if not gradients:
        return torch.zeros(())
    small = [gradient for gradient in gradients if gradient.numel() <= MOST]
    lengths = [_length(gradient) for gradient in gradients if gradient.numel() > MOST]
    if small:  # as one call for all of them: in narrow models there is little else to do
        lengths += torch._foreach_norm(small, 2, dtype=torch.float32)
    length: Tensor = torch.linalg.vector_norm(torch.stack(lengths))
    if math.isfinite(limit):
        torch._foreach_mul_(gradients, (limit / (length + 1e-6)).clamp(max=1.0))
    return length


def _length(gradient: Tensor) -> Tensor:
    rows = torch.linalg.vector_norm(gradient, dim=-1, dtype=torch.float32).flatten()
    while len(rows) > MOST:
        rows = torch.linalg.vector_norm(F.pad(rows, (0, -len(rows) % ROW)).view(-1, ROW), dim=1)
    length: Tensor = torch.linalg.vector_norm(rows)
    return length
