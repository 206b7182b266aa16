"""The product with an adapted matrix, from the narrow factors alone."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from torch import Tensor
from torch.nn import functional as F

from studio.lora.dropout import seeded_dropout
from studio.lora.frozen import linear
from studio.lora.fused import adapted_linear


class Term(NamedTuple):
    """One change of a matrix W (out, in): strength · (c ⊙ (W + s·BA) - W), with c None for 1; `p` is the dropout of BA's input."""

    A: Tensor
    B: Tensor
    s: float
    p: float
    c: Tensor | None
    strength: float

    def change(self, x: Tensor, y0: Tensor, b: Tensor | None) -> Tensor:
        """What the term adds to y0 = Wx + b, which is not looked at where c is None."""
        xA = F.linear(seeded_dropout(x, self.p), self.A.to(x.dtype))
        update = (self.s * self.strength) * F.linear(xA, self.B.to(x.dtype))
        return scaled(update, y0, b, self.c, self.strength)


def scaled(update: Tensor, y0: Tensor, b: Tensor | None, c: Tensor | None, strength: float) -> Tensor:
    """The change c ⊙ (z0 + update) - z0 that rows of another length make, where z0 = y0 - b; c broadcasts against y0."""
    if c is None:
        return update
    z0 = y0 if b is None else y0 - b
    return c.to(y0.dtype) * update + (strength * (c - 1)).to(y0.dtype) * z0


def product(x: Tensor, W: Any, b: Tensor | None, terms: Sequence[Term], *, plain: bool) -> Tensor:
    """x (..., in) -> Wx + b with the changes of all terms, (..., out), in x's dtype."""
    if len(terms) == 1 and not plain:
        (term,) = terms
        if term.c is None:
            return adapted_linear(x, W, b, term.A, term.B, term.s * term.strength, term.p)
        if term.strength == 1:
            y = adapted_linear(x, W, None, term.A, term.B, term.s, term.p) * term.c.to(x.dtype)
            return y if b is None else y + b
    y0 = linear(x, W, b)
    y = y0
    for term in terms:
        y = y + term.change(x, y0, b)
    return y
