"""Loss scaling for float16: gradients that are too small for its exponents are multiplied before they are computed, and divided after.

Micikevicius et al. 2018, arXiv 1710.03740, section 3.2; start and growth as torch.amp.GradScaler. Factors are powers of two, so that
float32 gradients are divided exactly. Where a gradient overflows, GradScaler drops the step; here it is computed again at half the factor.
"""

START = 2.0**16
GROWTH_STEPS = 2000  # without an overflow, after which twice the factor is tried


class LossScale:
    """The factor of the loss; 1 throughout where `on` is False. `calm_steps` counts the updates since the factor last changed."""

    def __init__(self, on: bool) -> None:
        self._on = on
        self.factor = START if on else 1.0
        self.calm_steps = 0

    def shrink(self) -> bool:
        """Halve the factor after an overflow; False where that cannot help any more."""
        if not self._on or self.factor <= 1.0:
            return False
        self.factor, self.calm_steps = self.factor / 2, 0
        return True

    def note(self) -> None:
        """An update was made."""
        self.calm_steps += 1
        if self._on and self.calm_steps >= GROWTH_STEPS:
            self.factor, self.calm_steps = self.factor * 2, 0

    def restore(self, factor: float | None, calm_steps: int) -> None:
        """Go on from where a checkpoint was; None: as at the start."""
        if self._on and factor is not None:
            self.factor, self.calm_steps = factor, calm_steps
