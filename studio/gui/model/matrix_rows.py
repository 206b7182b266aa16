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
        first = grid.names((rows[0], column))
        for row in rows:  # experts by their place: the third gets what the third has
            found |= {name: targets.get(source) for source, name in zip(first, grid.names((row, column)), strict=False)}
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
        ends = (grid.names((row, column)) for row in (rows[0], rows[-1]))
        for number, (first, last) in enumerate(zip(*ends, strict=False)):  # each expert between those of its place
            low, high = targets.get(first), targets.get(last)
            if low is None or high is None:
                continue
            for place, row in enumerate(rows[1:-1], start=1):
                share = place / (len(rows) - 1)
                rank = round(low.rank + (high.rank - low.rank) * share)
                alpha = round(low.alpha + (high.alpha - low.alpha) * share, 2)
                for name in grid.names((row, column))[number : number + 1]:
                    found[name] = TargetSetting(rank, alpha, low.dropout)
    return found
