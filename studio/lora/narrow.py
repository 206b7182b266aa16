"""The adapter's narrow factors as matrix products take them."""

import torch
from torch import Tensor
from torch.nn import functional as F

LEAST_ROWS, MOST_UNEVEN = 8, 12


def enough_rows(rows: int) -> int:
    """How many rows a product with so many should be given on a CPU, the further ones zeros: 8, or `rows` from 12 on.

    With 5 to 7 and with 9 to 11 rows MKL adds up in an order that depends on how many threads there are, and a run would not be the same
    to the last bit when their number changes.
    """
    return LEAST_ROWS if rows <= LEAST_ROWS else max(rows, MOST_UNEVEN)


def factors(A: Tensor, B: Tensor, dtype: torch.dtype) -> tuple[Tensor, Tensor]:
    """A (rank, in) and B (out, rank) -> A (ranks, in) and Bᵀ (ranks, out) in `dtype`; zeros below those of `enough_rows`.

    Bᵀ lies in memory as it is read: on a CPU the narrow products are then four times as fast.
    """
    missing = enough_rows(A.shape[0]) - A.shape[0]
    A, Bt = A.to(dtype), B.to(dtype).t()
    return (F.pad(A, (0, 0, 0, missing)), F.pad(Bt, (0, 0, 0, missing))) if missing else (A, Bt.contiguous())


def like(gradient: Tensor, factor: Tensor) -> Tensor:
    """A gradient of a padded A or B in the shape and dtype of what it is of."""
    rows, columns = factor.shape
    return gradient[:rows, :columns].to(factor.dtype)
