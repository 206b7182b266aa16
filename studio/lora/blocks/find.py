"""Finding what can be computed as one block: by structure and by trial, never by name, so that new models of an old build have it too."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

import torch
from torch import Tensor, nn

from studio.lora.blocks.branch import branch_of
from studio.lora.blocks.gated import ACTIVATIONS, GatedBlock
from studio.lora.blocks.norm import NormBlock
from studio.lora.blocks.shared import SharedGroup
from studio.lora.layers.linear import LoraLinear

TOLERANCE = {torch.float64: 1e-6, torch.float32: 1e-4, torch.bfloat16: 3e-2, torch.float16: 1e-2}
Candidate = TypeVar("Candidate", NormBlock, GatedBlock)
Kind = TypeVar("Kind", bound="Block")
EPSILONS = ("variance_epsilon", "eps")  # what models call the norm's ε


class Block(Protocol):
    """Answers in the stead of modules."""

    def install(self) -> None: ...
    def remove(self) -> None: ...


@dataclass(slots=True)
class Blocks:
    """The blocks of a model that answer for its modules."""

    norms: list[NormBlock] = field(default_factory=list)
    gated: list[GatedBlock] = field(default_factory=list)
    shared: list[SharedGroup] = field(default_factory=list)

    def remove(self) -> None:
        """Let all modules answer for themselves again."""
        for kind in (self.shared, self.gated, self.norms):
            for block in kind:
                block.remove()
            kind.clear()


def fuse(model: nn.Module, trial: Callable[[], object]) -> Blocks:
    """Install all blocks that a model has room for, behind the adapter's injection. `trial` runs the model once, forwards.

    A norm or gated MLP is taken where it answers as the block does on random input; layers share a block where the trial gives them the
    very same tensor.
    """
    found = Blocks()
    for module in list(model.modules()):
        _install(_norm(module), found.norms)
    for module in list(model.modules()):
        _install(_gated(module), found.gated)
    for group in _shared(model, trial):
        _install(SharedGroup(group), found.shared)
    return found


def _install(block: Kind | None, kind: list[Kind]) -> None:
    if block is not None:
        block.install()
        kind.append(block)


def _norm(module: nn.Module) -> NormBlock | None:
    own = dict(module.named_parameters(recurse=False))
    eps = next((getattr(module, name) for name in EPSILONS if isinstance(getattr(module, name, None), float)), None)
    if set(own) != {"weight"} or own["weight"].ndim != 1 or own["weight"].requires_grad or eps is None:
        return None
    x = _sample(own["weight"], len(own["weight"]))
    return _closest(module, x, [NormBlock(module, eps, shift) for shift in (0.0, 1.0)])


def _gated(module: nn.Module) -> GatedBlock | None:
    layers = [child for child in module.children() if type(child) is nn.Linear or isinstance(child, LoraLinear)]
    others = [child for child in module.children() if child not in layers]
    if any(list(other.parameters()) for other in others) or len(layers) not in (2, 3):
        return None
    branches = [branch_of(layer) for layer in layers]
    if None in branches:  # a block would leave the work to the module, and so could not be compared with it
        return None
    *inner, outer = layers
    *wide, narrow = [tuple(branch.W.shape) for branch in branches if branch is not None]
    width, hidden = narrow
    if any(shape != ((3 - len(inner)) * hidden, width) for shape in wide):
        return None
    orders = [tuple(inner)] if len(inner) == 1 else [tuple(inner), tuple(reversed(inner))]
    return _closest(
        module,
        _sample(next(module.parameters()), width),
        [GatedBlock(module, order, outer, activation) for order in orders for activation in ACTIVATIONS],
    )


def _closest(module: nn.Module, x: Tensor, candidates: list[Candidate]) -> Candidate | None:
    """The candidate that answers as the module does; None where none is near, or where the module answers nothing but zeros."""
    with torch.no_grad():
        try:
            wanted = module(x)
        except (TypeError, ValueError):  # it wants other arguments
            return None
        if not isinstance(wanted, Tensor) or wanted.shape != x.shape or not wanted.any():
            return None
        scale = float(wanted.float().abs().max())
        errors = [float((candidate.compute(x) - wanted).float().abs().max()) / scale for candidate in candidates]
    nearest = min(range(len(errors)), key=errors.__getitem__)
    return candidates[nearest] if errors[nearest] <= TOLERANCE[x.dtype] else None


def _sample(weight: Tensor, width: int) -> Tensor:
    """A few random rows (2, 2, width) like a weight, the same ones always, and without a draw from torch's own generator."""
    generator = torch.Generator().manual_seed(0)
    return torch.randn(2, 2, width, generator=generator).to(weight.device, weight.dtype)


def _shared(model: nn.Module, trial: Callable[[], object]) -> Iterator[list[nn.Module]]:
    """Siblings that are called with one tensor."""
    inputs: dict[tuple[nn.Module, int], tuple[Tensor, list[nn.Module]]] = {}

    def noting(parent: nn.Module) -> Callable[[nn.Module, tuple[Tensor, ...]], None]:
        def note(layer: nn.Module, given: tuple[Tensor, ...]) -> None:
            if len(given) == 1:  # the tensor is kept, so that no other can have its identity
                inputs.setdefault((parent, id(given[0])), (given[0], []))[1].append(layer)

        return note

    hooks = [
        child.register_forward_pre_hook(noting(parent))
        for parent in model.modules()
        for child in parent.children()
        if (type(child) is nn.Linear or isinstance(child, LoraLinear)) and not isinstance(parent, LoraLinear)
    ]
    try:
        with torch.no_grad():
            trial()
    finally:
        for hook in hooks:
            hook.remove()
    for _, layers in inputs.values():
        if len(layers) > 1 and len(set(layers)) == len(layers):
            yield layers
