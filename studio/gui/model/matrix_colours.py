"""The colours of the layer matrix's cells: by rank, or by what a run has measured of each target."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtGui import QColor

from studio.gui.model.heat import heat, mixed
from studio.gui.theme import Theme
from studio.plan.targets import TargetSetting
from studio.plan.words import share_text

RANK, MOVED, GRADIENT, EFFECTIVE = "rank", "moved", "gradient", "effective rank"
PALEST = 0.3  # share of the accent at the smallest rank


@dataclass(frozen=True, slots=True)
class Scale:
    """A range of values with the words for its ends. `logarithmic` for ranks, which people double."""

    low: float
    high: float
    words: tuple[str, str]
    logarithmic: bool

    def share(self, value: float) -> float:
        """Where a value lies, 0 to 1; 1 where the range is a point."""
        if self.high <= self.low:
            return 1.0
        if self.logarithmic:
            return math.log(value / self.low) / math.log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)

    def colour_at(self, share: float, theme: Theme) -> QColor:
        """Ranks in the accent's shades, what was measured in viridis."""
        if not self.logarithmic:
            return heat(share)
        return mixed(QColor(theme.card), QColor(theme.accent), PALEST + (1 - PALEST) * share)


def rank_scale(targets: Mapping[str, TargetSetting]) -> Scale | None:
    """From the smallest to the largest rank; None without targets."""
    ranks = [target.rank for target in targets.values()]
    if not ranks:
        return None
    return Scale(min(ranks), max(ranks), (str(min(ranks)), str(max(ranks))), logarithmic=True)


def measured_scale(kind: str, values: Mapping[str, float]) -> Scale | None:
    """From nothing to the target that has most of what was measured; None where none has any."""
    most = max((value for value in values.values() if math.isfinite(value)), default=0.0)
    return Scale(0.0, most, ("0", value_text(kind, most)), logarithmic=False) if most > 0 else None


def value_text(kind: str, value: float) -> str:
    """A measured value as people read it: a share of the weight's norm, a length, a number of directions."""
    if kind == MOVED:
        return share_text(value)
    return f"{value:.1f}" if kind == EFFECTIVE else f"{value:.2g}"
