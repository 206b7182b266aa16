"""The adapted linear layer: torch's Linear, the same with a packed weight, and transformers' Conv1D, stored the other way round."""

from typing import Any

from torch import Tensor

from studio.lora.layers.layer import LoraLayer, Part, Rows
from studio.lora.layers.product import Term, product


class LoraLinear(LoraLayer):
    """x (..., in) -> (..., out), in the base's dtype; A's input is dropped out while training, the base's never."""

    def matrix(self) -> Any:
        """The base's weight as (out, in): a tensor, or a packed weight."""
        return self.base.weight

    def compute(self, parts: list[Part], x: Tensor) -> Tensor:
        if not parts:
            y: Tensor = self.base(x)
            return y
        return product(x, self.matrix(), self.base.bias, [self._term(part) for part in parts], plain=self.plain)

    def mixed(self, rows: Rows, x: Tensor) -> Tensor:
        y: Tensor = self.base(x)
        for number, chosen in rows.chosen.items():
            part = self.parts.get(number)
            if part is not None and part.strength:
                places = rows.places(chosen, x.shape[0])
                term = self._term(part)
                y0 = y if term.c is None else y[places]
                y.index_add_(0, places, term.change(x[places], y0, self.base.bias))
        return y

    def _term(self, part: Part) -> Term:
        pair = part.pairs[0]
        A, B = pair.matrices()
        c = pair.factor(self.base.weight)
        p = part.spec.dropout if self.training else 0.0
        return Term(A, B, pair.scale, p, None if c is None else c[0], part.strength)


class LoraConv1D(LoraLinear):
    """An adapted Conv1D of transformers: weight (in, out), so that the stored delta is s·(BA)ᵀ."""

    def matrix(self) -> Tensor:
        weight: Tensor = self.base.weight
        return weight.t()
