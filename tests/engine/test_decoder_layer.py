"""The node of a whole decoder layer, against numerical derivatives in float64 and against autograd over the same formula."""

import pytest
import torch
from torch import Tensor
from torch.autograd import gradcheck
from torch.nn import functional as F

from studio.engine.decoder_layer import Layer, Norm, decoder_layer
from studio.engine.documents import Documents
from studio.engine.rotary import Rotation, rotate
from studio.lora.blocks.branch import Branch, arranged
from studio.lora.blocks.gated import Frozen

LENGTHS, HEADS, GROUPS, WIDTH, HIDDEN, WIDE = (3, 1, 4), 4, 2, 2, 6, 5
TOKENS = sum(LENGTHS)
DOCUMENTS = Documents.of(LENGTHS, torch.device("cpu"))
EVERY = (2, 3, 1, 2, 1, 2, 3)  # ranks of query, key, value, output, gate, up, down


def draw(*shape: int, trained: bool = False) -> Tensor:
    return (torch.randn(*shape, dtype=torch.float64) * 0.7).requires_grad_(trained)


def branches_of(ranks: tuple[int | None, ...]) -> list[Branch]:
    sizes = [
        *((HIDDEN, HEADS * WIDTH), (HIDDEN, GROUPS * WIDTH), (HIDDEN, GROUPS * WIDTH), (HEADS * WIDTH, HIDDEN)),
        *((HIDDEN, WIDE), (HIDDEN, WIDE), (WIDE, HIDDEN)),
    ]
    return [
        Branch(draw(out, inside), draw(out))
        if rank is None
        else Branch(draw(out, inside), None, draw(rank, inside, trained=True), draw(out, rank, trained=True), 0.7)
        for (inside, out), rank in zip(sizes, ranks, strict=True)
    ]


def layer_of(branches: list[Branch], window: int | None) -> tuple[Layer, list[Tensor]]:
    inputs, trained = arranged(branches[:3])
    output, more = arranged(branches[3:4])
    inner, of_inner = arranged(branches[4:6])
    outer, of_outer = arranged(branches[6:])
    norms = [Norm(draw(HIDDEN), 1e-5) for _ in range(2)]
    frozen = Frozen("silu", inner, outer)
    layer = Layer(norms[0], inputs, output, norms[1], frozen, HEADS, GROUPS, 0.6, window)
    return layer, [*trained, *more, *of_inner, *of_outer]


def angles() -> tuple[Tensor, Tensor]:
    """Cosines and sines (1, N, d) as transformers makes them, both halves alike."""
    places = torch.cat([torch.arange(length) for length in LENGTHS])
    half = places[:, None] * torch.tensor([1.0], dtype=torch.float64)
    whole = torch.cat((half, half), dim=-1).unsqueeze(0)
    return whole.cos(), whole.sin()


def plainly(x: Tensor, layer: Layer, branches: list[Branch]) -> Tensor:
    """The layer by torch's own operations, each document for itself."""

    def product(x: Tensor, branch: Branch) -> Tensor:
        y = F.linear(x, branch.W, branch.b)
        return y if branch.A is None else y + branch.s * F.linear(F.linear(x, branch.A), branch.B)

    def turned(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        one, other = x.chunk(2, dim=-1)
        return x * cos + torch.cat((-other, one), dim=-1) * sin

    cos, sin = angles()
    n = F.rms_norm(x, (HIDDEN,), layer.first.weight, layer.first.eps)
    q, k, v = (product(n, branch)[0].unflatten(-1, (-1, WIDTH)).transpose(0, 1) for branch in branches[:3])
    outputs = []
    for begin, end in zip(DOCUMENTS.bounds[:-1].tolist(), DOCUMENTS.bounds[1:].tolist(), strict=True):
        here = slice(begin, end)
        far = torch.arange(end - begin).unsqueeze(1) - torch.arange(end - begin)
        seen = (far >= 0) & (far < (layer.window or TOKENS))
        turn = cos[0, here], sin[0, here]
        out = F.scaled_dot_product_attention(
            turned(q[:, here], *turn), turned(k[:, here], *turn), v[:, here], seen, scale=layer.scale, enable_gqa=True
        )
        outputs.append(out.transpose(0, 1).flatten(1))
    x1 = x + product(torch.cat(outputs), branches[3])
    n = F.rms_norm(x1, (HIDDEN,), layer.second.weight, layer.second.eps)
    return x1 + product(F.silu(product(n, branches[4])) * product(n, branches[5]), branches[6])


@pytest.mark.parametrize("window", [None, 2])
@pytest.mark.parametrize(
    "ranks",
    [
        EVERY,
        (2, None, 3, None, None, 1, None),
        (None, None, None, None, 2, 2, 2),
        (None, None, None, 2, None, None, None),
        (None,) * 7,
    ],
)
@pytest.mark.parametrize("below", [True, False])
def test_it_is_the_formula_in_value_and_every_gradient(
    ranks: tuple[int | None, ...], window: int | None, below: bool
) -> None:
    torch.manual_seed(0)
    branches = branches_of(ranks)
    layer, trained = layer_of(branches, window)
    x = draw(1, TOKENS, HIDDEN, trained=below)
    wanted = plainly(x, layer, branches)
    found = decoder_layer(x, layer, DOCUMENTS, Rotation.of(*angles()), *trained)
    torch.testing.assert_close(found, wanted)
    leaves = [leaf for leaf in (x, *trained) if leaf.requires_grad]
    assert found.requires_grad == bool(leaves)
    if not leaves:
        return
    slope = torch.randn_like(wanted)
    for mine, right in zip(
        torch.autograd.grad(found, leaves, slope), torch.autograd.grad(wanted, leaves, slope), strict=True
    ):
        torch.testing.assert_close(mine, right)


def test_it_has_the_gradient_that_differences_have() -> None:
    torch.manual_seed(0)
    layer, trained = layer_of(branches_of(EVERY), 3)
    x, rotation = draw(1, TOKENS, HIDDEN, trained=True), Rotation.of(*angles())
    assert gradcheck(lambda x, *t: decoder_layer(x, layer, DOCUMENTS, rotation, *t), (x, *trained))


def test_turning_back_undoes_turning() -> None:
    x, rotation = draw(TOKENS, 3, WIDTH), Rotation.of(*angles())
    assert not torch.allclose(rotate(x, rotation), x)
    torch.testing.assert_close(rotate(rotate(x, rotation), rotation, back=True), x)
