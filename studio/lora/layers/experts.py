"""The adapted experts of a mixture: stacked weights (experts, out, in), each expert with a pair of its own."""

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from studio.lora.layers.layer import LoraLayer, Part, Rows, joined
from studio.lora.layers.product import Term, product

MATMUL = (torch.matmul, Tensor.matmul, Tensor.__matmul__, torch.mm, Tensor.mm)


class LoraExperts(LoraLayer):
    """Runs the base's own plain forward, which takes one expert's weight at a time, and hands it weights that multiply with their pairs.

    So routing, gating and activation stay the model's own, and no expert's delta is ever formed, let alone all of them. The grouped
    kernels that transformers may choose instead read the whole stack; they are left aside while an adapter is on.
    """

    def compute(self, parts: list[Part], *args: Any, **kwargs: Any) -> Any:
        if not parts:
            return self.base(*args, **kwargs)
        forward = type(self.base).forward
        plain_forward = getattr(forward, "__wrapped__", forward)
        return plain_forward(_Adapted(self, parts), *args, **kwargs)

    def select(self, rows: Rows, chosen: Tensor, args: Any, kwargs: Any) -> tuple[Any, Any]:
        def some(value: Any) -> Any:
            return value[rows.places(chosen, value.shape[0])] if isinstance(value, Tensor) else value

        return tuple(map(some, args)), {name: some(value) for name, value in kwargs.items()}

    def join(self, rows: Rows, outputs: list[Any], order: Tensor) -> Any:
        return joined(rows, outputs, order, 0)


class _Adapted:
    """The base as its forward sees it: itself, but for the adapted stacks."""

    def __init__(self, layer: LoraExperts, parts: list[Part]) -> None:
        self._base = layer.base
        for index, pair in enumerate(parts[0].pairs):
            name = pair.geometry.weight
            setattr(self, name, _Stack(layer, name, [(part, part.pairs[index]) for part in parts]))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._base, name)


class _Stack:
    """A stack of adapted weights; an expert's number gives its own."""

    def __init__(self, layer: LoraExperts, name: str, pairs: list[tuple[Part, Any]]) -> None:
        self.weight: nn.Parameter = layer.base.get_parameter(name)
        self.geometry = pairs[0][1].geometry
        self.matrices = self.geometry.view(self.weight)
        self.plain = layer.plain
        self._terms = []
        for part, pair in pairs:
            A, B = pair.matrices()
            c = pair.factor(self.weight)
            p = part.spec.dropout if layer.training else 0.0
            # Unbound once: a gradient for each single expert would be as large as that of all.
            factors = [None] * len(A) if c is None else c.unbind()
            self._terms.append(
                [
                    Term(one_A, one_B, pair.scale, p, one_c, part.strength)
                    for one_A, one_B, one_c in zip(A.unbind(), B.unbind(), factors, strict=True)
                ]
            )

    def __getitem__(self, expert: Any) -> "_Expert":
        return _Expert(self, int(expert))


class _Expert:
    """One expert's adapted weight: a product with it goes through the pairs, anything else sees the sum."""

    def __init__(self, stack: _Stack, number: int) -> None:
        self.matrix = stack.matrices[number]
        self.transposed = stack.geometry.transposed
        self.terms = [terms[number] for terms in stack._terms]
        self.plain = stack.plain

    def __getattr__(self, name: str) -> Any:
        return getattr(self.dense(), name)

    def dense(self) -> Tensor:
        """The adapted weight as stored."""
        rows = torch.eye(self.matrix.shape[1], dtype=self.matrix.dtype, device=self.matrix.device)
        columns = product(rows, self.matrix, None, self.terms, plain=True)  # (in, out)
        return columns if self.transposed else columns.t()

    @classmethod
    def __torch_function__(cls, function: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        kwargs = kwargs or {}
        if function is F.linear and not isinstance(args[0], cls) and not args[1].transposed:
            bias = args[2] if len(args) > 2 else kwargs.get("bias")
            return product(args[0], args[1].matrix, bias, args[1].terms, plain=args[1].plain)
        if function in MATMUL and not isinstance(args[0], cls) and args[1].transposed:
            return product(args[0], args[1].matrix, None, args[1].terms, plain=args[1].plain)
        return function(*(arg.dense() if isinstance(arg, cls) else arg for arg in args), **kwargs)
