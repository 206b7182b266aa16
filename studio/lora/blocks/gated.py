"""The gated MLP of the Llama family, W_d (act(W_g x) ⊙ W_u x), as one autograd node (SwiGLU: Shazeer 2020, arXiv 2002.05202).

Saved are x, e = W_g x and g = W_u x; f = act(e) and h = f ⊙ g are computed again. With dH of the hidden h:
dg = dH ⊙ f, de = (dH ⊙ g) act'(e).
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn
from torch.autograd.function import once_differentiable
from torch.nn import functional as F

from studio.lora.blocks.branch import Products, arranged, as_trained, branch_of, gradients, multiply, rounded
from studio.lora.blocks.elementwise import in_whole_vectors

aten = torch.ops.aten


class Activation(NamedTuple):
    """A function with the product of a gradient and its slope."""

    apply: Callable[[Tensor], Tensor]
    slope: Callable[[Tensor, Tensor], Tensor]


def _of_entries(forward: Any, backward: Any, **settings: str) -> Activation:
    return Activation(
        lambda e: in_whole_vectors(lambda e, out: forward(e, **settings, out=out), e),
        lambda d, e: in_whole_vectors(lambda d, e, out: backward(d, e, **settings, grad_input=out), d, e),
    )


def _gelu(approximate: str) -> Activation:
    return _of_entries(aten.gelu.out, aten.gelu_backward.grad_input, approximate=approximate)


ACTIVATIONS = {
    "silu": _of_entries(aten.silu.out, aten.silu_backward.grad_input),
    "gelu-tanh": _gelu("tanh"),
    "gelu": _gelu("none"),
    "relu": Activation(F.relu, lambda d, e: d * (e > 0)),
}


class Gated(torch.autograd.Function):
    """x (..., H), activation, constants of gate and up (or of one product that is both) and of down, then their A and B -> (..., H)."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, activation: str, inner: Products, outer: Products, *trained: Tensor) -> Tensor:
        rows = x.reshape(-1, x.shape[-1])
        count = 2 * sum(ranks.start < ranks.stop for ranks in inner.ranks)
        A, Bts = rounded(trained[:count], x.dtype)
        A_outer, Bts_outer = rounded(trained[count:], x.dtype)
        wide, narrow = multiply(inner, A, Bts, rows)
        e, g = _halves(wide)
        h = ACTIVATIONS[activation].apply(e).mul_(g)
        (y,), narrow_outer = multiply(outer, A_outer, Bts_outer, h)
        learns_A = any(ctx.needs_input_grad[4 : 4 + count : 2])
        ctx.save_for_backward(x if learns_A else None, narrow, narrow_outer, *wide, *trained)
        ctx.activation, ctx.inner, ctx.outer, ctx.count, ctx.shape = activation, inner, outer, count, x.shape
        return y.view(x.shape)

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, dY: Tensor) -> tuple[Tensor | None, ...]:
        x, narrow, narrow_outer, *rest = ctx.saved_tensors
        split = len(ctx.inner.frozen)
        wide, trained = rest[:split], rest[split:]
        A, Bts = rounded(trained[: ctx.count], dY.dtype)
        A_outer, Bts_outer = rounded(trained[ctx.count :], dY.dtype)
        e, g = _halves(wide)
        activation = ACTIVATIONS[ctx.activation]
        needed = ctx.needs_input_grad[4:]
        f = activation.apply(e)
        learns_A_outer = any(needed[ctx.count :: 2])
        h = f * g if learns_A_outer else None
        dY = dY.reshape(-1, dY.shape[-1])
        dH, of_outer = gradients(ctx.outer, A_outer, Bts_outer, (h, narrow_outer), [dY], needs_x=True)
        assert dH is not None
        del h
        dg = f.mul_(dH)
        de = activation.slope(dH.mul_(g), e)
        dWide = [de, dg] if split == 2 else [torch.cat((de, dg), dim=-1)]
        rows = None if x is None else x.reshape(-1, x.shape[-1])
        dX, of_inner = gradients(ctx.inner, A, Bts, (rows, narrow), dWide, needs_x=ctx.needs_input_grad[0])
        found = as_trained([*of_inner, *of_outer], trained, needed)
        return None if dX is None else dX.view(ctx.shape), None, None, None, *found


_apply: Callable[..., Tensor] = Gated.apply  # torch leaves it untyped


class GatedBlock:
    """A module that computes a gated MLP from `inner`, gate and up or one layer that is both, and `outer`, answered from here."""

    def __init__(self, module: nn.Module, inner: tuple[nn.Module, ...], outer: nn.Module, activation: str) -> None:
        self._module, self._inner, self._outer, self._activation = module, inner, outer, activation
        self._forward = module.forward

    def install(self) -> None:
        """Let the module answer from here."""
        self._module.forward = self.compute

    def remove(self) -> None:
        """Let the module answer for itself."""
        del self._module.forward

    def compute(self, x: Tensor) -> Any:
        """The MLP of x (..., H), by its own way where a layer is more than a branch."""
        inner = [branch_of(layer) for layer in self._inner]
        outer = branch_of(self._outer)
        known = [branch for branch in inner if branch is not None]
        if outer is None or len(known) < len(inner):
            return self._forward(x)
        first, trained = arranged(known)
        second, trained_outer = arranged([outer])
        return _apply(x, self._activation, first, second, *trained, *trained_outer)


def _halves(wide: list[Tensor]) -> tuple[Tensor, Tensor]:
    """Gate and up, of two products or of one."""
    if len(wide) == 2:
        return wide[0], wide[1]
    gate, up = wide[0].chunk(2, dim=-1)
    return gate, up
