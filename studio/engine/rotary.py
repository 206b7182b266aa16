"""Rotary positions (Su et al. 2021, arXiv 2104.09864): pairs of a head's entries, half a head apart, turned by an angle of their place."""

from typing import NamedTuple

import torch
from torch import Tensor


class Rotation(NamedTuple):
    """Cosines and sines (N, 1, d / 2) of the angles of N places."""

    cos: Tensor
    sin: Tensor

    @classmethod
    def of(cls, cos: Tensor, sin: Tensor) -> "Rotation":
        """From what transformers hands to its layers, (1, N, d) with both halves alike."""
        half = cos.shape[-1] // 2
        return cls(*(whole[0, :, :half].unsqueeze(1) for whole in (cos, sin)))


def rotate(x: Tensor, rotation: Rotation, *, back: bool = False) -> Tensor:
    """x (N, heads, d) turned forwards, or `back`, which is also how its gradient passes."""
    cos, sin = rotation
    sign = -1.0 if back else 1.0
    turned = torch.empty_like(x)
    (a, b), (into_a, into_b) = x.chunk(2, dim=-1), turned.chunk(2, dim=-1)
    torch.mul(a, cos, out=into_a).addcmul_(b, sin, value=-sign)
    torch.mul(b, cos, out=into_b).addcmul_(a, sin, value=sign)
    return turned
