"""The layout of the layer matrix: which module stands in which cell, and where a cell lies in pixels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize

from studio.plan.description import ModuleInfo

Cell = tuple[int, int]  # row, column
GAP = 3  # pixels between cells
ROW_HEIGHTS = (17, 32)  # pixels, least and most
LEAST_WIDTH = 34  # pixels of a column
MOST_WIDTH = 96


@dataclass(frozen=True, slots=True)
class Grid:
    """Layers down, projections across. `cells` holds the full names of the modules that can be adapted."""

    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    cells: Mapping[Cell, str] | None = None

    def name(self, cell: Cell) -> str | None:
        """The module in a cell, where there is one."""
        return None if self.cells is None else self.cells.get(cell)


def grid_of(modules: Sequence[ModuleInfo]) -> Grid:
    """The adaptable modules that lie in numbered layers; the first number in a name is the layer, what follows the projection.

    Where a model has several stacks of layers, the rows of each are labelled with its name too.
    """
    rows: dict[tuple[str, str], int] = {}
    columns: dict[str, int] = {}
    cells: dict[Cell, str] = {}
    for module in modules:
        place = _split(module.name) if module.adaptable else None
        if place is not None:
            stack, layer, projection = place
            row = rows.setdefault((stack, layer), len(rows))
            cells[row, columns.setdefault(projection, len(columns))] = module.name
    several = len({stack for stack, _ in rows}) > 1
    labels = tuple(f"{_short_stack(stack)} {layer}" if several else layer for stack, layer in rows)
    return Grid(labels, _labels(list(columns)), cells)


@dataclass(frozen=True, slots=True)
class Geometry:
    """Sizes in pixels: the labels at the left and at the top, and a cell with its gap."""

    left: int
    top: int
    width: int
    height: int

    def rect(self, cell: Cell, offset: QPoint) -> QRect:
        """Where a cell is painted, scrolled by `offset`."""
        row, column = cell
        x = self.left + column * self.width - offset.x()
        y = self.top + row * self.height - offset.y()
        return QRect(x, y, self.width - GAP, self.height - GAP)

    def cell(self, place: QPoint, offset: QPoint) -> Cell:
        """The row and column under a point, -1 over the labels; may lie beyond the last."""
        row = (place.y() + offset.y() - self.top) // self.height if place.y() >= self.top else -1
        column = (place.x() + offset.x() - self.left) // self.width if place.x() >= self.left else -1
        return row, column

    def size(self, grid: Grid) -> QSize:
        """What the whole grid needs."""
        return QSize(self.left + len(grid.columns) * self.width, self.top + len(grid.rows) * self.height)


def geometry_for(grid: Grid, room: QSize, left: int, top: int, label_width: int) -> Geometry:
    """Cells that fill the room where they can, and stay legible where they cannot.

    `left` and `top` are what row and column labels need; `label_width` is that of the widest column label.
    """
    least = min(max(LEAST_WIDTH, label_width + GAP), MOST_WIDTH)
    width = (room.width() - left) // max(len(grid.columns), 1)
    height = (room.height() - top) // max(len(grid.rows), 1)
    low, high = ROW_HEIGHTS
    return Geometry(left, top, min(max(width, least), MOST_WIDTH), min(max(height, low), high))


def cells_between(first: Cell, last: Cell) -> list[Cell]:
    """The cells on the straight way from one to another, both among them."""
    rows, columns = last[0] - first[0], last[1] - first[1]
    steps = max(abs(rows), abs(columns), 1)
    return [
        (first[0] + round(rows * step / steps), first[1] + round(columns * step / steps)) for step in range(steps + 1)
    ]


def _split(name: str) -> tuple[str, str, str] | None:
    """ "model.layers.3.mlp.up_proj" as ("model.layers", "3", "mlp.up_proj")."""
    parts = name.split(".")
    for place, part in enumerate(parts[:-1]):
        if part.isdigit():
            return ".".join(parts[:place]), part, ".".join(parts[place + 1 :])
    return None


def _short_stack(stack: str) -> str:
    """ "model.encoder.layers" as "encoder"."""
    parts = stack.split(".")
    return parts[-2] if len(parts) > 1 else stack


def _labels(projections: list[str]) -> tuple[str, ...]:
    """The last part of each name, as short as it stays clear: "self_attn.q_proj" is "q"."""
    short = [name.rpartition(".")[2].removesuffix("_proj") for name in projections]
    return tuple(
        label if short.count(label) == 1 else ".".join(name.split(".")[-2:])
        for label, name in zip(short, projections, strict=True)
    )
