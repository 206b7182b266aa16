r"""LoRA-FA: LoRA with frozen A (Zhang et al. 2023, arXiv 2308.03303).

The same layer as LoRA, y = Wx + s·B(Ax), but A keeps its random start and only B is trained. ΔW = s·BA then lies in the row space of A,
fixed by the draw; a random projection to r dimensions keeps enough of x for B to learn nearly as well (the paper reports LoRA's
accuracy).

What it saves: dL/dA = s·Bᵀ(dL/dy)xᵀ is the one gradient that needs the layer's input x. Without it, backward needs only

    Ax (r numbers a token, where x has in) for dL/dB = s·(dL/dy)(Ax)ᵀ,

so that the largest part of LoRA's saved activations is gone: for r = 16 and in = 4096, 256 times less of each adapted input. Two things
bound the gain: whatever else of the model wants x in backward keeps it (an activation function, a norm), and an optimizer's state for
A, which is not needed either, was small already. The saving is real only if the layer does not save x: `studio.lora.fused` does not.
"""

from studio.lora.variants.variant import Variant


class LoraFa(Variant):
    """A frozen at its start."""

    name = "lora-fa"
    trains_A = False
