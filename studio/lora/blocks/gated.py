"""The gated MLP of the Llama family, W_d (act(W_g x) ⊙ W_u x), as one autograd node (SwiGLU: Shazeer 2020, arXiv 2002.05202).

Saved are x, e = W_g x and g = W_u x; f = act(e) and h = f ⊙ g are computed again. With dH of the hidden h:
dg = dH ⊙ f, de = (dH ⊙ g) act'(e).
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn
from torch.autograd.function import once_differentiable
from torch.nn import functional as F

from studio.lora.blocks.branch import (
    Branch,
    Products,
    arranged,
    as_trained,
    branch_of,
    gradients,
    multiply,
    reads_input,
    rounded,
    trained_of,
)
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


class Frozen(NamedTuple):
    """What a gated MLP is made of beside what it trains: gate and up, or one product that is both, then down."""

    activation: str
    inner: Products
    outer: Products


class Factors(NamedTuple):
    """The trained factors of products as `rounded` gives them, of `inner` and of `outer`."""

    A: Tensor | None
    Bts: list[Tensor]
    A_outer: Tensor | None
    Bts_outer: list[Tensor]


class Kept(NamedTuple):
    """What backward needs beside x: both narrow products, and gate and up or the product that is both."""

    narrow: Tensor | None
    narrow_outer: Tensor | None
    wide: list[Tensor]


def mlp(x: Tensor, frozen: Frozen, factors: Factors) -> tuple[Tensor, Kept]:
    """x (N, H) -> W_d (act(W_g x) ⊙ W_u x), (N, H), adapters included."""
    wide, narrow = multiply(frozen.inner, factors.A, factors.Bts, x)
    e, g = _halves(wide)
    h = ACTIVATIONS[frozen.activation].apply(e).mul_(g)
    (y,), narrow_outer = multiply(frozen.outer, factors.A_outer, factors.Bts_outer, h)
    return y, Kept(narrow, narrow_outer, wide)


def mlp_backward(
    dY: Tensor,
    x: Tensor | None,
    kept: Kept,
    frozen: Frozen,
    factors: Factors,
    *,
    needs_x: bool,
    needs_h: bool,
) -> tuple[Tensor | None, list[Tensor | None]]:
    """dY (N, H) -> dX (N, H) where it is asked for, and the gradients of what is trained; x may be None where no inner one reads it, and
    `needs_h` says whether an outer one reads act(W_g x) ⊙ W_u x.
    """
    e, g = _halves(kept.wide)
    activation = ACTIVATIONS[frozen.activation]
    f = activation.apply(e)
    h = f * g if needs_h else None
    saved = (h, kept.narrow_outer)
    dH, of_outer = gradients(frozen.outer, factors.A_outer, factors.Bts_outer, saved, [dY], needs_x=True)
    assert dH is not None
    del h, saved
    dg = f.mul_(dH)
    de = activation.slope(dH.mul_(g), e)
    dWide = [de, dg] if len(kept.wide) == 2 else [torch.cat((de, dg), dim=-1)]
    dX, of_inner = gradients(frozen.inner, factors.A, factors.Bts, (x, kept.narrow), dWide, needs_x=needs_x)
    return dX, [*of_inner, *of_outer]


class Gated(torch.autograd.Function):
    """x (..., H), constants, then A and B of the adapted products in turn -> (..., H)."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, frozen: Frozen, *trained: Tensor) -> Tensor:
        count = trained_of(frozen.inner)
        y, kept = mlp(x.reshape(-1, x.shape[-1]), frozen, factors_of(frozen, trained, x.dtype))
        needs_x = reads_input(frozen.inner, ctx.needs_input_grad[2 : 2 + count])
        ctx.save_for_backward(x if needs_x else None, kept.narrow, kept.narrow_outer, *kept.wide, *trained)
        ctx.frozen, ctx.shape = frozen, x.shape
        return y.view(x.shape)

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, dY: Tensor) -> tuple[Tensor | None, ...]:
        x, narrow, narrow_outer, *rest = ctx.saved_tensors
        split, count = len(ctx.frozen.inner.weights), trained_of(ctx.frozen.inner)
        wide, trained = rest[:split], rest[split:]
        needs_x, _, *needed = ctx.needs_input_grad
        dX, found = mlp_backward(
            dY.reshape(-1, dY.shape[-1]),
            None if x is None else x.reshape(-1, x.shape[-1]),
            Kept(narrow, narrow_outer, wide),
            ctx.frozen,
            factors_of(ctx.frozen, trained, dY.dtype),
            needs_x=needs_x,
            needs_h=reads_input(ctx.frozen.outer, needed[count:]),
        )
        return None if dX is None else dX.view(ctx.shape), None, *as_trained(found, trained, needed)


def factors_of(frozen: Frozen, trained: Sequence[Tensor], dtype: torch.dtype) -> Factors:
    """The factors of an MLP's trained tensors, those of the inner products first."""
    count = trained_of(frozen.inner)
    return Factors(*rounded(frozen.inner, trained[:count], dtype), *rounded(frozen.outer, trained[count:], dtype))


_apply: Callable[..., Tensor] = Gated.apply  # torch leaves it untyped


class GatedBlock:
    """A module that computes a gated MLP from `inner`, gate and up or one layer that is both, and `outer`, answered from here."""

    def __init__(self, module: nn.Module, inner: tuple[nn.Module, ...], outer: nn.Module, activation: str) -> None:
        self.module, self._inner, self._outer, self._activation = module, inner, outer, activation
        self._forward = module.forward

    def install(self) -> None:
        """Let the module answer from here."""
        self.module.forward = self.compute

    def remove(self) -> None:
        """Let the module answer for itself."""
        del self.module.forward

    @property
    def layers(self) -> tuple[nn.Module, ...]:
        """The layers of the inner products, then that of the outer one."""
        return (*self._inner, self._outer)

    def frozen(self, branches: Sequence[Branch | None]) -> tuple[Frozen, list[Tensor]] | None:
        """The constants and the trained tensors for the branches of `layers`; None where a layer is more than a branch."""
        known = [branch for branch in branches if branch is not None]
        if len(known) < len(branches):
            return None
        first, trained = arranged(known[:-1])
        second, trained_outer = arranged(known[-1:])
        return Frozen(self._activation, first, second), trained + trained_outer

    def compute(self, x: Tensor) -> Any:
        """The MLP of x (..., H), by its own way where a layer is more than a branch."""
        found = self.frozen([branch_of(layer) for layer in self.layers])
        if found is None:
            return self._forward(x)
        frozen, trained = found
        return _apply(x, frozen, *trained)


def _halves(wide: list[Tensor]) -> tuple[Tensor, Tensor]:
    """Gate and up, of two products or of one."""
    if len(wide) == 2:
        return wide[0], wide[1]
    gate, up = wide[0].chunk(2, dim=-1)
    return gate, up
