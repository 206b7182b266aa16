"""A whole decoder layer of the Llama family as one autograd node, over documents in a line.

    x1 = x + W_o attention(rotated W_q n, rotated W_k n, W_v n),  n = norm x;   y = x1 + MLP(norm x1)

Kept are the inputs of both norms, what attention keeps, and the MLP's gate and up; what the norms give is computed again. Between the parts
nothing is copied, added up or looked after by autograd, and the two sums are made in place.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import torch
from torch import Tensor
from torch.autograd.function import once_differentiable

from studio.engine.documents import Documents
from studio.engine.rotary import Rotation, rotate
from studio.engine.short_attention import Kept as Attended
from studio.engine.short_attention import attend_short, attend_short_backward
from studio.lora.blocks import gated
from studio.lora.blocks.branch import Products, as_trained, gradients, multiply, reads_input, rounded, trained_of
from studio.lora.blocks.norm import normalize, normalize_backward, normalized


class Norm(NamedTuple):
    """The frozen weight (H,) and ε of an RMS norm."""

    weight: Tensor
    eps: float


class Layer(NamedTuple):
    """What a layer is made of beside what it trains. `heads` of the query share `groups` of keys and values; `window` is the number of
    tokens that one sees, itself included, or None.
    """

    first: Norm
    inputs: Products  # query, key, value
    output: Products
    second: Norm
    mlp: gated.Frozen
    heads: int
    groups: int
    scale: float
    window: int | None

    def split(self, trained: Sequence[Any]) -> tuple[Sequence[Any], Sequence[Any], Sequence[Any], Sequence[Any]]:
        """Something for each trained tensor, by those of the inputs, the output, the MLP's inner and outer products."""
        found, begin = [], 0
        for products in (self.inputs, self.output, self.mlp.inner, self.mlp.outer):
            end = begin + trained_of(products)
            found.append(trained[begin:end])
            begin = end
        return found[0], found[1], found[2], found[3]


class Kept(NamedTuple):
    """What backward needs, beside lists of the trained tensors, the MLP's gate and up, and the factors B of each kind of products."""

    x: Tensor
    r: Tensor
    x1: Tensor
    r1: Tensor
    narrow: Tensor | None
    narrow_output: Tensor | None
    narrow_mlp: Tensor | None
    narrow_outer: Tensor | None
    q: Tensor
    k: Tensor
    v: Tensor
    P: Tensor
    o: Tensor
    A: Tensor | None
    A_output: Tensor | None
    A_mlp: Tensor | None
    A_outer: Tensor | None


class DecoderLayer(torch.autograd.Function):
    """x (1, N, H), the layer, its documents, the rotation of their places, then A and B of each adapted product -> (1, N, H)."""

    @staticmethod
    def forward(
        ctx: Any, x: Tensor, layer: Layer, documents: Documents, rotation: Rotation, *trained: Tensor
    ) -> Tensor:
        rows = x.reshape(-1, x.shape[-1])
        inputs, output, inner, outer = layer.split(trained)
        A, Bts = rounded(layer.inputs, inputs, x.dtype)
        A_output, Bts_output = rounded(layer.output, output, x.dtype)
        factors = gated.factors_of(layer.mlp, [*inner, *outer], x.dtype)

        n, r = normalize(rows, *layer.first)
        (query, key, value), narrow = multiply(layer.inputs, A, Bts, n)
        query = rotate(query.view(len(rows), layer.heads, -1), rotation)
        key = rotate(key.view(len(rows), layer.groups, -1), rotation)
        value = value.view(len(rows), layer.groups, -1)
        window = documents.longest if layer.window is None else min(layer.window, documents.longest)
        o, attended = attend_short(query, key, value, documents, layer.scale, window)
        (x1,), narrow_output = multiply(layer.output, A_output, Bts_output, o)
        x1.add_(rows)

        n, r1 = normalize(x1, *layer.second)
        y, of_mlp = gated.mlp(n, layer.mlp, factors)
        y.add_(x1)

        kept = Kept(
            x=rows,
            r=r,
            x1=x1,
            r1=r1,
            narrow=narrow,
            narrow_output=narrow_output,
            narrow_mlp=of_mlp.narrow,
            narrow_outer=of_mlp.narrow_outer,
            q=attended.q,
            k=attended.k,
            v=attended.v,
            P=attended.P,
            o=o,
            A=A,
            A_output=A_output,
            A_mlp=factors.A,
            A_outer=factors.A_outer,
        )
        lists = trained, of_mlp.wide, Bts, Bts_output, factors.Bts, factors.Bts_outer
        ctx.save_for_backward(*kept, *(tensor for some in lists for tensor in some))
        ctx.sizes = [len(some) for some in lists]
        ctx.layer, ctx.documents, ctx.rotation, ctx.shape = layer, documents, rotation, x.shape
        return y.view(x.shape)

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, dY: Tensor) -> tuple[Tensor | None, ...]:
        saved, layer = ctx.saved_tensors, ctx.layer
        kept, rest = Kept(*saved[: len(Kept._fields)]), iter(saved[len(Kept._fields) :])
        trained, wide, *Bts = ([next(rest) for _ in range(size)] for size in ctx.sizes)
        needs_x, _, _, _, *needed = ctx.needs_input_grad
        inputs, output, inner, outer = layer.split(needed)
        enters = needs_x or any(inputs)  # whether attention's own backward is called for
        dX: Tensor | None = None
        of_inputs: list[Tensor | None] = [None] * len(inputs)
        of_output: list[Tensor | None] = [None] * len(output)

        dY = dY.reshape(-1, dY.shape[-1])
        dn, of_mlp = gated.mlp_backward(
            dY,
            normalized(kept.x1, layer.second.weight, kept.r1) if reads_input(layer.mlp.inner, inner) else None,
            gated.Kept(kept.narrow_mlp, kept.narrow_outer, wide),
            layer.mlp,
            gated.Factors(kept.A_mlp, Bts[2], kept.A_outer, Bts[3]),
            needs_x=enters or any(output),
            needs_h=reads_input(layer.mlp.outer, outer),
        )
        if dn is not None:
            dx1 = normalize_backward(dn, kept.x1, layer.second.weight, kept.r1).add_(dY)
            of_o = kept.o, kept.narrow_output
            do, of_output = gradients(layer.output, kept.A_output, Bts[1], of_o, [dx1], needs_x=enters)
            if do is not None:
                attended = Attended(kept.q, kept.k, kept.v, kept.P, kept.o)
                query, key, value = attend_short_backward(
                    do, attended, ctx.documents, layer.scale, layer.heads, layer.groups
                )
                lines = rotate(query, ctx.rotation, back=True), rotate(key, ctx.rotation, back=True), value
                n = normalized(kept.x, layer.first.weight, kept.r) if reads_input(layer.inputs, inputs) else None
                flat = [line.view(len(dY), -1) for line in lines]
                dn, of_inputs = gradients(layer.inputs, kept.A, Bts[0], (n, kept.narrow), flat, needs_x=needs_x)
                if dn is not None:
                    dX = normalize_backward(dn, kept.x, layer.first.weight, kept.r).add_(dx1).view(ctx.shape)
        return dX, None, None, None, *as_trained([*of_inputs, *of_output, *of_mlp], trained, needed)


decoder_layer: Callable[..., Tensor] = DecoderLayer.apply  # torch leaves it untyped
