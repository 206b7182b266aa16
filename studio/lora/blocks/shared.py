"""Linear layers that get the very same input, such as the query, key and value projections, as one autograd node.

The input is saved once, the narrow products of all adapters are one, and the input's gradient is summed up in place.
"""

import weakref
from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch.autograd.function import once_differentiable

from studio.lora.blocks.branch import (
    Products,
    arranged,
    as_trained,
    branch_of,
    gradients,
    multiply,
    reads_input,
    rounded,
)


class SharedInput(torch.autograd.Function):
    """x (..., in), constants, then A and B of each adapted branch -> the outputs (..., out) of all branches."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, products: Products, *trained: Tensor) -> tuple[Tensor, ...]:
        rows = x.reshape(-1, x.shape[-1])
        A, Bts = rounded(products, trained, x.dtype)
        ys, narrow = multiply(products, A, Bts, rows)
        needs_x = reads_input(products, ctx.needs_input_grad[2:])
        ctx.save_for_backward(x if needs_x else None, narrow, *trained)
        ctx.products, ctx.shape = products, x.shape
        return tuple(y.view(*x.shape[:-1], -1) for y in ys)

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, *dYs: Tensor) -> tuple[Tensor | None, ...]:
        x, narrow, *trained = ctx.saved_tensors
        rows = None if x is None else x.reshape(-1, x.shape[-1])
        needed = ctx.needs_input_grad
        flat = [dY.reshape(-1, dY.shape[-1]) for dY in dYs]
        A, Bts = rounded(ctx.products, trained, flat[0].dtype)
        dX, found = gradients(ctx.products, A, Bts, (rows, narrow), flat, needs_x=needed[0])
        return None if dX is None else dX.view(ctx.shape), None, *as_trained(found, trained, needed[2:])


_apply: Callable[..., tuple[Tensor, ...]] = SharedInput.apply  # torch leaves it untyped


class SharedGroup:
    """Some layers that their parent calls with one and the same tensor: the first call computes all of them.

    What is not called for in the same round is forgotten with its input; another input is computed as it would be without a group.
    """

    def __init__(self, layers: Sequence[nn.Module]) -> None:
        self.layers = tuple(layers)
        self._forwards = [layer.forward for layer in layers]
        self._input: tuple[weakref.ref[Tensor], int] | None = None  # the tensor and its count of changes
        self._waiting: dict[int, Tensor] = {}

    def install(self) -> None:
        """Let the layers answer from here."""
        for number, layer in enumerate(self.layers):
            layer.forward = self._answering(number)

    def remove(self) -> None:
        """Let the layers answer for themselves."""
        self._forget()
        for layer in self.layers:
            del layer.forward

    def _answering(self, number: int) -> Callable[[Tensor], Any]:
        def forward(x: Tensor) -> Any:
            if not (self._knows(x) and number in self._waiting) and not self._compute(x):
                return self._forwards[number](x)
            found = self._waiting.pop(number)
            if not self._waiting:
                self._forget()
            return found

        return forward

    def _knows(self, x: Tensor) -> bool:
        return self._input is not None and self._input[0]() is x and self._input[1] == _version(x)

    def _compute(self, x: Tensor) -> bool:
        self._forget()
        branches = [branch_of(layer) for layer in self.layers]
        known = [branch for branch in branches if branch is not None]
        if len(known) < len(branches):
            return False
        products, trained = arranged(known)
        self._input = weakref.ref(x), _version(x)
        self._waiting = dict(enumerate(_apply(x, products, *trained)))
        return True

    def _forget(self) -> None:
        self._input, self._waiting = None, {}


def _version(x: Tensor) -> int:
    """How often x was changed in place; tensors of the inference mode do not count."""
    return 0 if x.is_inference() else x._version
