r"""Random starts: A random, B zero, so that s·BA is zero and the first step begins from the base itself.

What differs is A's spread. B's first gradient is s·(dL/dy)(Ax)ᵀ, so A decides which directions of the input are heard, and how loud:

    kaiming      A ~ U(-1/sqrt(in), 1/sqrt(in)): kaiming_uniform with a = sqrt 5, loralib's and PEFT's default. ‖Ax‖² ≈ r‖x‖²/(3 in).
    gaussian     A ~ N(0, 1/r²), PEFT's "gaussian": the wider, the smaller the rank, and it does not look at `in`.
    orthogonal   A's rows orthonormal times 1/sqrt 3, kaiming's mean length: no direction is heard twice (after Saxe et al. 2014).

An embedding begins the other way round, A zero and B ~ N(0, 1), as PEFT does: its columns of A are looked up, one for each id, so a
random A would give every id another start, and ids that the data do not have would keep it.
"""

import math

import torch
from torch import Tensor, nn

from studio.lora.geometry import Geometry
from studio.lora.starts.start import Start


class _Random(Start):
    def draw(
        self, geometry: Geometry, rank: int, s: float, weight: Tensor, inputs: Tensor | None, generator: torch.Generator
    ) -> tuple[Tensor, Tensor]:
        A_shape, B_shape = geometry.shapes(rank)
        if geometry.looked_up:
            return torch.zeros(A_shape), torch.empty(B_shape).normal_(generator=generator)
        return self._A(torch.empty(A_shape), generator), torch.zeros(B_shape)

    def _A(self, A: Tensor, generator: torch.Generator) -> Tensor:
        raise NotImplementedError


class Kaiming(_Random):
    """U(-1/sqrt(in), 1/sqrt(in)) (He et al. 2015, with a = sqrt 5)."""

    name = "default"

    def _A(self, A: Tensor, generator: torch.Generator) -> Tensor:
        bound = 1 / math.sqrt(A.shape[-1])
        return A.uniform_(-bound, bound, generator=generator)


class Gaussian(_Random):
    """N(0, 1/r) in PEFT's words, 1/r being the standard deviation."""

    name = "gaussian"

    def _A(self, A: Tensor, generator: torch.Generator) -> Tensor:
        return A.normal_(std=1 / A.shape[-2], generator=generator)


class Orthogonal(_Random):
    """Orthonormal rows, scaled to the length that Kaiming's have on average: 1/sqrt 3."""

    name = "orthogonal"

    def _A(self, A: Tensor, generator: torch.Generator) -> Tensor:
        for matrix in A if A.ndim == 3 else (A,):
            nn.init.orthogonal_(matrix, gain=1 / math.sqrt(3), generator=generator)
        return A
