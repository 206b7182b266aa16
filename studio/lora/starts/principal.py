r"""Starts from the weight itself: A and B begin as its principal part, which is taken out of the frozen rest.

PiSSA (Meng et al. 2024, arXiv 2404.02948): with W = U S Vᵀ and its r largest singular values,

    B = U_r sqrt(S_r/s),   A = sqrt(S_r/s) V_rᵀ,   so that s·BA is W's best approximation of rank r,

and what stays frozen is W - s·B0A0. The gradient then acts from the first step on the directions that carry most of the layer's output;
the paper reports faster convergence and better ends than from B = 0.

OLoRA (Büyükakyüz 2024, arXiv 2406.01775) takes a QR factorisation, which is many times cheaper: W = QR, B = Q_r/sqrt s, A = R_r/sqrt s:
orthonormal columns of B, and as the frozen rest again W - s·B0A0.

The papers write the rest into the base, where bfloat16 rounds it (1.5e-3 of ‖W‖) and every other adapter's base is gone. Here the base is
never touched: A0 and B0 are kept beside A and B, and ΔW = s·(BA - B0A0) is computed from both. It is a plain LoRA of rank 2r,

    A' = [A; A0],   B' = [B, -B0],   the same s,

and is exported as that, for readers that have never heard of either.
"""

import math

import torch
from torch import Tensor

from studio.lora.geometry import Geometry
from studio.lora.starts.start import Start
from studio.plan.errors import Refusal


class _Principal(Start):
    offset = True

    def draw(
        self, geometry: Geometry, rank: int, s: float, weight: Tensor, inputs: Tensor | None, generator: torch.Generator
    ) -> tuple[Tensor, Tensor]:
        each = geometry.pair_rank(rank)
        if each > min(geometry.rows, geometry.columns):
            raise Refusal(
                "start-rank",
                f"{self.name} takes {each} directions out of a {geometry.rows} x {geometry.columns} weight",
                now=f"choose a rank of at most {min(geometry.rows, geometry.columns)}, or another start",
            )
        W = geometry.view(weight.detach().cpu().to(torch.float32))
        pairs = [self._factors(matrix, each) for matrix in W]
        A, B = (torch.stack(matrices) / math.sqrt(s) for matrices in zip(*pairs, strict=True))
        A_shape, B_shape = geometry.shapes(rank)
        return A.reshape(A_shape).contiguous(), B.reshape(B_shape).contiguous()

    def _factors(self, W: Tensor, rank: int) -> tuple[Tensor, Tensor]:
        """A and B of one matrix, for s = 1."""
        raise NotImplementedError


class Pissa(_Principal):
    """The principal singular part."""

    name = "pissa"

    def _factors(self, W: Tensor, rank: int) -> tuple[Tensor, Tensor]:
        U, S, Vt = torch.linalg.svd(W, full_matrices=False)
        root = S[:rank].sqrt()
        return root.unsqueeze(1) * Vt[:rank], U[:, :rank] * root


class Olora(_Principal):
    """The leading part of a QR factorisation."""

    name = "olora"

    def _factors(self, W: Tensor, rank: int) -> tuple[Tensor, Tensor]:
        Q, R = torch.linalg.qr(W)
        return R[:rank], Q[:, :rank]
