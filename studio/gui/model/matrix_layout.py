"""The layout of the layer matrix: which module stands in which cell, and where a cell lies in pixels."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPoint, QRect, QSize

from studio.plan.description import ModuleInfo

Cell = tuple[int, int]  # row, column
GAP, LEAST_GAP = 3, 1  # pixels between cells, and between small ones
SMALL = 12  # pixels of a cell's side that is small
ROW_HEIGHTS = (17, 32)  # pixels, least and most
LEAST_WIDTH = 34  # pixels of a column
MOST_WIDTH = 96
TINIEST = 5  # pixels of a cell's side, however far it is zoomed out
LONGEST_LABEL = 88  # pixels of a column's label that stands upright
ZOOMS = (0.25, 0.35, 0.5, 0.7, 1.0, 1.4, 2.0, 2.8)
ROUTERS = ("gate", "router")  # what model families call the module that chooses a token's experts
EACH = "*"  # stands for an expert's number


@dataclass(frozen=True, slots=True)
class Grid:
    """Layers down, projections across. `cells` holds the full names of the modules that can be adapted: one, or that of each expert.

    `refused` names a router where no adapter fits, so that the cell can say why.
    """

    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    cells: Mapping[Cell, tuple[str, ...]] = field(default_factory=dict)
    refused: Mapping[Cell, str] = field(default_factory=dict)

    def names(self, cell: Cell) -> tuple[str, ...]:
        """The modules in a cell that can be adapted; empty where there is none."""
        return self.cells.get(cell, ())


def grid_of(modules: Sequence[ModuleInfo]) -> Grid:
    """The adaptable modules that lie in numbered layers; the first number in a name is the layer, what follows the projection.

    Where a model has several stacks of layers, the rows of each are labelled with its name too. All experts of a mixture that are
    modules of their own share one column a projection; those that are stacked into one module are one target anyway.
    """
    rows: dict[tuple[str, str], int] = {}
    columns: dict[str, int] = {}
    cells: dict[Cell, tuple[str, ...]] = {}
    refused: dict[Cell, str] = {}
    mixtures = {mixture for module in modules if (mixture := _mixture(module)) is not None}
    routers: set[str] = set()
    for module in modules:
        place = _split(module.name)
        above, _, label = module.name.rpartition(".")
        chooses = above in mixtures and (label in ROUTERS or not module.adaptable)
        if place is None or not (module.adaptable or (chooses and module.shape is not None and len(module.shape) == 2)):
            continue
        stack, layer, projection = place
        projection = _without_number(projection)
        row = rows.setdefault((stack, layer), len(rows))
        cell = row, columns.setdefault(projection, len(columns))
        if chooses:
            routers.add(projection)
        if module.adaptable:
            cells[cell] = (*cells.get(cell, ()), module.name)
        else:
            refused[cell] = module.name
    several = len({stack for stack, _ in rows}) > 1
    labels = tuple(f"{_short_stack(stack)} {layer}" if several else layer for stack, layer in rows)
    return Grid(labels, _labels(list(columns), routers), cells, refused)


@dataclass(frozen=True, slots=True)
class Geometry:
    """Sizes in pixels: the labels at the left and at the top, and a cell with its gap. `upright`: columns are labelled from below."""

    left: int
    top: int
    width: int
    height: int
    gap: int = GAP
    upright: bool = False

    def rect(self, cell: Cell, offset: QPoint) -> QRect:
        """Where a cell is painted, scrolled by `offset`."""
        row, column = cell
        x = self.left + column * self.width - offset.x()
        y = self.top + row * self.height - offset.y()
        return QRect(x, y, self.width - self.gap, self.height - self.gap)

    def cell(self, place: QPoint, offset: QPoint) -> Cell:
        """The row and column under a point, -1 over the labels; may lie beyond the last."""
        row = (place.y() + offset.y() - self.top) // self.height if place.y() >= self.top else -1
        column = (place.x() + offset.x() - self.left) // self.width if place.x() >= self.left else -1
        return row, column

    def size(self, grid: Grid) -> QSize:
        """What the whole grid needs."""
        return QSize(self.left + len(grid.columns) * self.width, self.top + len(grid.rows) * self.height)


def geometry_for(grid: Grid, room: QSize, left: int, top: int, label_width: int, zoom: float = 1.0) -> Geometry:
    """Cells that fill the room where they can, and stay legible where they cannot; then as many times that large as `zoom` says.

    `left` and `top` are what row and column labels need; `label_width` is that of the widest column label.
    """
    least = min(max(LEAST_WIDTH, label_width + GAP), MOST_WIDTH)
    width = (room.width() - left) // max(len(grid.columns), 1)
    height = (room.height() - top) // max(len(grid.rows), 1)
    low, high = ROW_HEIGHTS
    width = max(round(min(max(width, least), MOST_WIDTH) * zoom), TINIEST)
    height = max(round(min(max(height, low), high) * zoom), TINIEST)
    upright = zoom < 1 and label_width > width
    gap = GAP if min(width, height) > SMALL else LEAST_GAP
    return Geometry(left, min(label_width, LONGEST_LABEL) + GAP * 3 if upright else top, width, height, gap, upright)


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


def _mixture(module: ModuleInfo) -> str | None:
    """The name of the module that holds this one as its experts, or as one of them."""
    if module.kind == "experts":
        return module.name.rpartition(".")[0]
    parts = module.name.split(".")
    place = _expert_number(parts)
    return None if place is None else ".".join(parts[: place - 1])


def _expert_number(parts: Sequence[str]) -> int | None:
    """Where the number of an expert stands among the parts of a name."""
    return next((at for at in range(1, len(parts)) if parts[at].isdigit() and "expert" in parts[at - 1]), None)


def _without_number(projection: str) -> str:
    """ "mlp.experts.3.w1" as "mlp.experts.*.w1"."""
    parts = projection.split(".")
    place = _expert_number(parts)
    return projection if place is None else ".".join((*parts[:place], EACH, *parts[place + 1 :]))


def _labels(projections: list[str], routers: Collection[str]) -> tuple[str, ...]:
    """The last part of each name, as short as it stays clear: "self_attn.q_proj" is "q". Experts and routers are called so."""
    short = [name.rpartition(".")[2].removesuffix("_proj") for name in projections]
    labels = []
    for label, name in zip(short, projections, strict=True):
        if name in routers:
            labels.append("router")
        elif EACH in name.split("."):
            labels.append(f"experts.{label}")
        else:
            labels.append(label if short.count(label) == 1 else ".".join(name.split(".")[-2:]))
    return tuple(labels)
