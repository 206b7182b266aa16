"""The adapted linear product as one autograd node.

For y = x Wᵀ + b + s (D(x) Aᵀ) Bᵀ with W and b frozen and D the dropout, autograd's own graph would hold x once for W's product, once
more for A's (in float32 where the base is bfloat16) and a mask. Here x and the narrow u = D(x) Aᵀ are saved, and where A is frozen
(LoRA-FA) only u.

With u = s·dY B: dA = uᵀ D(x), dB = s·dYᵀ (D(x) Aᵀ), dX = dY W + Dᵀ(u A)  (LoRA, Hu et al. 2021, eq. 3, differentiated).
"""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor
from torch.autograd.function import once_differentiable
from torch.nn import functional as F

from studio.lora.dropout import draw_seed, drop
from studio.lora.frozen import dense
from studio.lora.narrow import factors, like


class AdaptedLinear(torch.autograd.Function):
    """x (..., in), W (out, in), b (out,) or None, A (rank, in), B (out, rank), s, dropout p -> y (..., out).

    A and B may be wider than x (float32 masters over a bfloat16 base): they are rounded to x's dtype for the products, and
    their gradients come back in their own dtype. W and b get no gradient; dX is computed only where x asks for one. A packed W is made
    dense forwards and once more backwards, and not kept.
    """

    @staticmethod
    def forward(ctx: Any, x: Tensor, W: Any, b: Tensor | None, A: Tensor, B: Tensor, s: float, p: float) -> Tensor:
        rows = x.reshape(-1, x.shape[-1])  # (N, in): a view wherever x is contiguous
        y = F.linear(rows, dense(W, x.dtype), b)  # (N, out): the very product of the base, so that B = 0 changes no bit
        ctx.seed = draw_seed() if p else 0
        wide_A, Bt = factors(A, B, x.dtype)
        xA = F.linear(drop(rows, p, ctx.seed) if p else rows, wide_A)  # (N, ranks)
        y.addmm_(xA, Bt, alpha=s)
        ctx.save_for_backward(x if ctx.needs_input_grad[3] else None, xA, A, B)
        ctx.W, ctx.s, ctx.p, ctx.shape = W, s, p, x.shape
        return y.view(*x.shape[:-1], W.shape[0])

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, dY: Tensor) -> tuple[Tensor | None, None, None, Tensor | None, Tensor | None, None, None]:
        x, xA, A, B = ctx.saved_tensors
        dY = dY.reshape(-1, dY.shape[-1])  # (N, out)
        wide_A, Bt = factors(A, B, dY.dtype)
        u = F.linear(dY, Bt).mul_(ctx.s)  # (N, ranks)
        dX = dA = dB = None
        if ctx.needs_input_grad[3]:
            rows = x.reshape(-1, x.shape[-1])
            dA = like(u.t() @ (drop(rows, ctx.p, ctx.seed) if ctx.p else rows), A)
        if ctx.needs_input_grad[4]:
            dB = like((xA.t() @ dY).mul_(ctx.s).t(), B)
        if ctx.needs_input_grad[0]:
            dX = dY @ dense(ctx.W, dY.dtype)
            dX = dX.add_(drop(u @ wide_A, ctx.p, ctx.seed)) if ctx.p else dX.addmm_(u, wide_A)
            dX = dX.view(ctx.shape)
        return dX, None, None, dA, dB, None, None


# torch leaves `apply` untyped. Bound once: a wrapper would cost every call of every layer.
adapted_linear: Callable[[Tensor, Any, Tensor | None, Tensor, Tensor, float, float], Tensor] = AdaptedLinear.apply
