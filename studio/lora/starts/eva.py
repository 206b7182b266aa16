r"""EVA: a start from what the target's inputs are on the user's data (Paischer et al. 2024, arXiv 2410.07170).

B begins at zero, so only B's gradient s·(dL/dy)(Ax)ᵀ is there at first: what A does not let through cannot be learnt early. EVA lets the
directions through that carry most of the inputs' variance: with X (N, in) the inputs of the target over some batches and X = U S Vᵀ,

    A = the first r rows of Vᵀ (times kaiming's mean length, 1/sqrt 3),   B = 0.

The base is not changed, and the result is a plain LoRA adapter.

X is never kept: `InputDirections` folds each batch into the directions found so far, SVD([S Vᵀ; X_batch]) cut to a few more than are
asked for, which is the incremental principal component analysis of Ross et al. 2008 without its mean.
"""

import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import torch
from torch import Tensor, nn

from studio.lora.geometry import Geometry
from studio.lora.starts.start import Start
from studio.plan.errors import Refusal

ROWS_AT_ONCE = 512
SPARE = 8  # directions beyond the rank, for those that later batches bring forward


class Eva(Start):
    """A from the inputs' principal directions, B zero."""

    name = "eva"
    wants_inputs = True

    def draw(
        self, geometry: Geometry, rank: int, s: float, weight: Tensor, inputs: Tensor | None, generator: torch.Generator
    ) -> tuple[Tensor, Tensor]:
        A_shape, B_shape = geometry.shapes(rank)
        if inputs is None or inputs.shape[0] < rank or geometry.stacked:
            raise Refusal(
                "start-inputs",
                f"there are not {rank} directions of the target's inputs to begin from",
                now="give more data, choose a smaller rank, or start these targets another way",
            )
        return (inputs[:rank] / math.sqrt(3)).reshape(A_shape).contiguous(), torch.zeros(B_shape)


class InputDirections:
    """Collects the principal directions of some modules' inputs while the model runs inside `watching`."""

    def __init__(self, modules: Mapping[str, nn.Module], ranks: Mapping[str, int]) -> None:
        self._modules = dict(modules)
        self._keep = {name: ranks[name] + SPARE for name in modules}
        self._found: dict[str, Tensor] = {}  # S Vᵀ (directions, in)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Every forward of the modules inside counts."""
        hooks = [
            module.register_forward_pre_hook(lambda _, args, name=name: self._add(name, args[0].detach()))
            for name, module in self._modules.items()
        ]
        try:
            yield
        finally:
            for hook in hooks:
                hook.remove()

    def directions(self) -> dict[str, Tensor]:
        """Orthonormal directions (directions, in) by name, the strongest first."""
        return {name: torch.linalg.svd(found, full_matrices=False)[2] for name, found in self._found.items()}

    def _add(self, name: str, x: Tensor) -> None:
        rows = x.reshape(-1, x.shape[-1]).to(torch.float32)
        for start in range(0, len(rows), ROWS_AT_ONCE):
            batch = rows[start : start + ROWS_AT_ONCE]
            stacked = torch.cat((self._found[name], batch)) if name in self._found else batch
            _, S, Vt = torch.linalg.svd(stacked, full_matrices=False)
            self._found[name] = S[: self._keep[name], None] * Vt[: self._keep[name]]
