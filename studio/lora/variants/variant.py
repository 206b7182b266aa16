"""What a variant of LoRA decides: its scale, what of it is trained, and what becomes of the adapted weight's rows."""

from torch import Tensor


class Variant:
    """Plain LoRA's decisions; a variant overrides those in which it differs.

    W (stack, rows, columns), A (stack, rank, columns), B (stack, rows, rank) come without gradients.
    """

    name: str
    trains_A = True
    has_magnitude = False

    def scale(self, alpha: float, rank: int) -> float:
        """The s of W + s·BA."""
        return alpha / rank

    def magnitude(self, W: Tensor) -> Tensor | None:
        """What m (stack, rows) starts as, in float32 or wider; None where the variant has none."""
        return None

    def row_norm(self, W: Tensor, squares: Tensor, A: Tensor, B: Tensor, s: float) -> Tensor:
        """‖W + s·BA‖ of each row for a variant with a magnitude, of one matrix or several, in float32 or wider.

        `squares` are the rows' ‖W‖², which stay.
        """
        raise NotImplementedError
