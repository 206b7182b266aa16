r"""LoRA: low-rank adaptation (Hu et al. 2021, arXiv 2106.09685).

A dense layer computes y = Wx with W (out, in). Fine-tuning changes it to W + ΔW; the observation is that a ΔW of small rank r does
nearly all of the work, so it is written as a product and only the factors are trained:

    y = Wx + s·B(Ax),   A (r, in),  B (out, r),  s = alpha / r.

W is frozen. r (in + out) numbers are trained in place of in·out: for r = 16 on a 4096 x 4096 layer, 131,072 of 16.8 million.

B starts at zero, so that the first step begins from the pretrained model itself; then dL/dA = s·Bᵀ(dL/dy)xᵀ is zero on the first step
and B moves first. A starts random (see `studio.lora.starts`).

The scale divides by r so that a change of rank asks for no new learning rate: with alpha fixed, entries of ΔW of independent directions
add up as before (section 4.1). At large ranks this shrinks the update too much, which is rsLoRA's point.
"""

from studio.lora.variants.variant import Variant


class Lora(Variant):
    """s = alpha / rank."""

    name = "lora"
