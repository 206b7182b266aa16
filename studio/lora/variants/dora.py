r"""DoRA: weight-decomposed low-rank adaptation (Liu et al. 2024, arXiv 2402.09353).

A weight's row is a direction times a length. Full fine-tuning is seen to change the two almost independently, LoRA only in proportion;
so DoRA trains the lengths apart:

    W' = m ⊙ V / ‖V‖,   V = W + s·BA,

‖V‖ (out,) the norm of each row, m (out,) trained and starting at ‖W‖, so that W' = W at the start. The layer computes

    y = c ⊙ (Wx + s·B(Ax)) + b,   c = m / ‖V‖.

Gradients: section 4.3 of the paper treats ‖V‖ as a constant, which saves memory and costs no accuracy; so dL/dz = c ⊙ dL/dy for z = Vx,
from where LoRA's own rules go on, and dL/dm = Σ dL/dy ⊙ z / ‖V‖.

The norm without ever forming V. With ‖W‖² of every row known once and for all,

    ‖V‖² = ‖W‖² + 2s·rowsum((W Aᵀ) ⊙ B) + s²·rowsum((B (A Aᵀ)) ⊙ B),

which needs W Aᵀ (out, r) and A Aᵀ (r, r): 2·out·in·r operations and O(out·r) memory, where forming BA takes O(out·in). V changes only
when A or B do, so this is done once per optimizer step and not once per forward.

The rows are those of the matrix that `Geometry.view` shows: output features of a linear layer, output channels of a convolution, and
the dimensions of an embedding.
"""

import torch
from torch import Tensor

from studio.lora.variants.variant import Variant


class Dora(Variant):
    """A trained length for each row of W + s·BA."""

    name = "dora"
    has_magnitude = True

    def magnitude(self, W: Tensor) -> Tensor:
        """‖W‖ of each row, taken as `row_norm` takes it, so that c is 1 at the start to the last bit."""
        wide = torch.promote_types(W.dtype, torch.float32)
        return torch.stack([matrix.to(wide).square().sum(-1).sqrt() for matrix in W])

    def row_norm(self, W: Tensor, squares: Tensor, A: Tensor, B: Tensor, s: float) -> Tensor:
        """The closed form above. Rounding may leave a tiny negative sum where V is nearly zero."""
        cross = ((W @ A.transpose(-1, -2)) * B).sum(-1)
        own = ((B @ (A @ A.transpose(-1, -2))) * B).sum(-1)
        return (squares + 2 * s * cross + s * s * own).clamp(min=0).sqrt()
