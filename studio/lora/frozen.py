"""Frozen weights as products want them, however they are stored."""

from typing import Any

import torch
from torch import Tensor


def dense(weight: Any, dtype: torch.dtype) -> Tensor:
    """A weight (out, in) as a plain tensor; one that is a plain tensor already is returned as it is."""
    if type(weight).__name__ in ("Tensor", "Parameter"):
        plain: Tensor = weight
        return plain
    found: Tensor = weight.dense(dtype)
    return found
