"""Edits of whole layers in the matrix: one layer's targets copied to others, ranks blended from layer to layer."""

from collections.abc import Iterable, Mapping

from studio.gui.model.matrix_layout import Cell, Grid
from studio.plan.targets import TargetSetting

Settings = dict[str, TargetSetting | None]  # of modules by full name; None: no target


def rows_of(cells: Iterable[Cell]) -> list[int]:
    """The layers that cells lie in, from above."""
    return sorted({row for row, _ in cells})


def copied(grid: Grid, targets: Mapping[str, TargetSetting], cells: Iterable[Cell]) -> Settings:
    """What the modules of the selected layers get, so that all are as the first one; its own are among them.

    Only the selected columns change; where the first layer has no such module, nothing does.
    """
    chosen = sorted(cells)
    rows = rows_of(chosen)
    found: Settings = {}
    if len(rows) < 2:
        return found
    for column in sorted({column for _, column in chosen}):
        source = grid.name((rows[0], column))
        if source is None:
            continue
        setting = targets.get(source)
        found |= {name: setting for row in rows if (name := grid.name((row, column))) is not None}
    return found


def blended(grid: Grid, targets: Mapping[str, TargetSetting], cells: Iterable[Cell]) -> Settings:
    """Ranks, and alphas, in even steps from the first selected layer's to the last one's, column by column.

    A column counts where both ends are targets; what is no target between them becomes one.
    """
    chosen = sorted(cells)
    rows = rows_of(chosen)
    found: Settings = {}
    if len(rows) < 3:
        return found
    for column in sorted({column for _, column in chosen}):
        low, high = (targets.get(grid.name((row, column)) or "") for row in (rows[0], rows[-1]))
        if low is None or high is None:
            continue
        for place, row in enumerate(rows[1:-1], start=1):
            name, share = grid.name((row, column)), place / (len(rows) - 1)
            if name is not None:
                rank = round(low.rank + (high.rank - low.rank) * share)
                alpha = round(low.alpha + (high.alpha - low.alpha) * share, 2)
                found[name] = TargetSetting(rank, alpha, low.dropout)
    return found
