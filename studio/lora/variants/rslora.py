r"""rsLoRA: rank-stabilised LoRA (Kalajdzievski 2023, arXiv 2312.03732).

The same layer as LoRA, y = Wx + s·BAx, with another scale:

    s = alpha / sqrt(r).

Why: after a few steps of training from B = 0 and A with independent entries of variance 1/in, the entries of B are sums over the batch,
and those of BAx are sums of r terms whose signs are independent. So BAx grows as sqrt(r), both forward and in the gradient that reaches
x. Theorem 3.2: the moments of the update stay of order one for every r exactly when s is of order 1/sqrt(r). With alpha/r the update of
a rank-256 adapter is 16 times too small for its gradient to matter, and larger ranks learn no better than small ones; with
alpha/sqrt(r) they do.

At rank r, rsLoRA with alpha is LoRA with alpha·sqrt(r): what is learnt well at rank 16 and alpha 32 under LoRA (s = 2) wants alpha 8
here.
"""

import math

from studio.lora.variants.variant import Variant


class RsLora(Variant):
    """s = alpha / sqrt(rank)."""

    name = "rslora"

    def scale(self, alpha: float, rank: int) -> float:
        """alpha / sqrt(rank)."""
        return alpha / math.sqrt(rank)
