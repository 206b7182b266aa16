"""Two layers of one kind side by side, in PEFT's words as in ours, so that ranks and alphas can differ between them."""

from typing import Any

import peft
import torch
from torch import Tensor, nn

from studio.formats.peft.layout import PARAMETER_KINDS
from studio.lora.geometry import geometries_of, kind_of
from tests.lora.layers.cases import CASES, tensors_of

TARGETS = ("first", "second")
# What PEFT 0.21 has no adapter for: it says so itself.
NOT_IN_PEFT = ("conv2-transposed", "attention-unequal")
# What it has one for, and computes wrongly: padding that is not zeros, and attention's output projection.
WRONG_IN_PEFT = ("conv2-dilated-reflect", "conv1-same-circular", "attention", "attention-more")
IN_PEFT = [name for name in CASES if name not in NOT_IN_PEFT + WRONG_IN_PEFT]


class Both(nn.Module):
    """Both layers on the same input; their outputs one behind the other."""

    def __init__(self, first: nn.Module, second: nn.Module) -> None:
        super().__init__()
        self.first, self.second = first, second

    def forward(self, *args: Any) -> list[Tensor]:
        return [*tensors_of(self.first(*args)), *tensors_of(self.second(*args))]


def both(name: str) -> tuple[Both, tuple[Any, ...]]:
    """The same two layers at every call, with their input."""
    torch.manual_seed(0)
    model = Both(CASES[name].build(), CASES[name].build()).eval()
    return model, CASES[name].inputs()


def bare_weights(model: Both) -> list[str]:
    """The parameters that PEFT names one by one; empty where it names the modules."""
    return [
        f"{target}.{geometry.weight}"
        for target in TARGETS
        for module in [model.get_submodule(target)]
        if kind_of(module) in PARAMETER_KINDS
        for geometry in geometries_of(module)
    ]


def takes_dora(name: str) -> bool:
    """Whether PEFT has DoRA for a layer, and computes it: its norm for a grouped convolution is that of another weight."""
    model, _ = both(name)
    return kind_of(model.first) not in (*PARAMETER_KINDS, "attention") and name != "conv2-grouped"


def filled_by_peft(model: nn.Module, **fields: Any) -> peft.PeftModel:
    """A model with an adapter that PEFT made, in which nothing is zero any more."""
    theirs = peft.get_peft_model(model, peft.LoraConfig(**fields)).eval()
    generator = torch.Generator().manual_seed(3)
    with torch.no_grad():
        for name, parameter in theirs.named_parameters():
            if "lora_" in name:
                noise = 0.3 * torch.randn(parameter.shape, generator=generator)
                parameter.copy_(parameter * (1 + noise) if "magnitude" in name else noise)
    return theirs


def assert_close(ours: list[Tensor], theirs: list[Tensor]) -> None:
    """Equal within 1e-5 of the largest entry."""
    for one, other in zip(ours, theirs, strict=True):
        torch.testing.assert_close(one, other, rtol=1e-5, atol=1e-5 * float(other.detach().abs().max()))
