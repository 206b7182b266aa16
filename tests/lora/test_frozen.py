from dataclasses import dataclass, replace

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from studio.lora.frozen import FrozenLinear, FrozenWeight, dense, linear
from studio.lora.inject import inject
from studio.lora.measures import base_norms
from studio.lora.spec import AdapterSpec
from studio.plan.errors import Refusal

OUT, IN = 6, 8


@dataclass(frozen=True, eq=False)
class Halves:
    """A packed weight of whole halves, one byte each."""

    packed: Tensor
    dtype: torch.dtype = torch.float32

    @property
    def shape(self) -> torch.Size:
        return self.packed.shape

    @property
    def device(self) -> torch.device:
        return self.packed.device

    @property
    def nbytes(self) -> int:
        return self.packed.nbytes

    def dense(self, dtype: torch.dtype) -> Tensor:
        return self.packed.to(dtype) / 2

    def to(self, device: torch.device) -> "Halves":
        return replace(self, packed=self.packed.to(device))


def halves() -> Halves:
    return Halves(torch.randint(-4, 5, (OUT, IN), generator=torch.Generator().manual_seed(0)).to(torch.int8))


class Model(nn.Module):
    def __init__(self, layer: nn.Module) -> None:
        super().__init__()
        self.layer = layer

    def forward(self, x: Tensor) -> Tensor:
        return self.layer(x)


def pair_of_models() -> tuple[Model, Model]:
    """One with a packed weight, and one with the same weight dense."""
    weight = halves()
    bias = nn.Parameter(torch.arange(OUT) / 10)
    plain = nn.Linear(IN, OUT)
    plain.weight.data, plain.bias.data = weight.dense(torch.float32), bias.data.clone()
    return Model(FrozenLinear(weight, bias)).requires_grad_(False), Model(plain).requires_grad_(False)


def test_a_plain_tensor_is_itself():
    W = torch.randn(OUT, IN)
    assert dense(W, torch.bfloat16) is W
    assert isinstance(halves(), FrozenWeight)


def test_the_product_and_its_gradient_are_those_of_the_dense_weight():
    weight, x = halves(), torch.randn(3, 5, IN, requires_grad=True)
    bias, dY = torch.randn(OUT), torch.randn(3, 5, OUT)
    (dX,) = torch.autograd.grad(linear(x, weight, bias), x, dY)
    (expected,) = torch.autograd.grad(F.linear(x, weight.dense(torch.float32), bias), x, dY)
    assert torch.equal(dX, expected)


def test_a_packed_product_saves_nothing():
    saved = []
    with torch.autograd.graph.saved_tensors_hooks(lambda tensor: saved.append(tensor) or tensor, lambda tensor: tensor):
        linear(torch.randn(4, IN, requires_grad=True), halves(), None)
    assert saved == []


def test_a_move_to_another_type_leaves_the_bits():
    layer = FrozenLinear(halves(), nn.Parameter(torch.zeros(OUT))).to(torch.bfloat16)
    assert layer.bias is not None
    assert layer.bias.dtype == torch.bfloat16
    assert layer.weight.nbytes == OUT * IN


@pytest.mark.parametrize("variant", ["lora", "rslora", "dora", "lora-fa"])
@pytest.mark.parametrize("init", ["default", "pissa", "olora"])
@pytest.mark.parametrize("plain", [False, True])
def test_adapters_over_a_packed_weight_learn_as_over_the_dense_one(variant: str, init: str, plain: bool):
    found = []
    for model in pair_of_models():
        adapter = inject(model, {"layer": AdapterSpec(2, 4.0, 0.0, variant)}, init=init, plain=plain)
        for number, (_, pair) in enumerate(adapter.pairs()):
            pair.B.data += torch.randn(pair.B.shape, generator=torch.Generator().manual_seed(number)) / 4
        x = torch.randn(7, IN, generator=torch.Generator().manual_seed(1), requires_grad=True)
        y = model(x)
        gradients = torch.autograd.grad(y.square().sum(), [x, *adapter.parameters()])
        found.append([y, *gradients, *map(torch.tensor, base_norms(adapter).values())])
    for packed, expected in zip(*found, strict=True):
        torch.testing.assert_close(packed, expected, rtol=1e-5, atol=1e-5)


def test_the_structure_is_that_of_the_dense_model():
    packed, plain = (inject(model, {"layer": AdapterSpec(2, 4.0)}) for model in pair_of_models())
    assert packed.structure == plain.structure


def test_a_merge_into_packed_weights_is_refused_and_changes_nothing():
    model, _ = pair_of_models()
    adapter = inject(model, {"layer": AdapterSpec(2, 4.0)})
    weight = adapter.detach().layer.weight
    adapter.enable()
    with pytest.raises(Refusal) as caught:
        adapter.merge()
    assert caught.value.code == "merge-quantised"
    assert adapter.detach().layer.weight is weight
