"""Which module stands in which cell."""

from PySide6.QtCore import QPoint, QSize

from studio.gui.model.matrix_layout import Grid, cells_between, geometry_for, grid_of
from studio.plan.description import ModelDescription, ModuleInfo


def named(*names: str) -> tuple[ModuleInfo, ...]:
    return tuple(ModuleInfo(name, "linear", (4, 4), 16, True) for name in names)


def test_layers_down_projections_across(description: ModelDescription) -> None:
    grid = grid_of(description.modules)
    assert grid.rows == ("0", "1", "2", "3")
    assert grid.columns == ("q", "k", "v", "o", "gate", "up", "down")
    assert grid.name((2, 5)) == "model.layers.2.mlp.up_proj"


def test_like_endings_are_told_apart(gpt2: ModelDescription) -> None:
    assert grid_of(gpt2.modules).columns == ("c_attn", "attn.c_proj", "c_fc", "mlp.c_proj")


def test_a_module_that_only_some_layers_have_leaves_a_hole() -> None:
    grid = grid_of(named("h.0.a", "h.1.a", "h.1.b", "outside"))
    assert (grid.rows, grid.columns) == (("0", "1"), ("a", "b"))
    assert grid.name((0, 1)) is None


def test_each_of_several_stacks_has_rows_of_its_own() -> None:
    grid = grid_of(named("model.encoder.layers.0.fc1", "model.decoder.layers.0.fc1"))
    assert grid.rows == ("encoder 0", "decoder 0")


def test_cells_grow_with_the_room_and_stay_legible() -> None:
    grid = Grid(("0", "1"), ("a", "b"), {})
    wide = geometry_for(grid, QSize(1000, 1000), 20, 20, 10)
    narrow = geometry_for(grid, QSize(10, 10), 20, 20, 10)
    assert (wide.width, wide.height) == (96, 32)
    assert (narrow.width, narrow.height) == (34, 17)


def test_the_way_between_cells_is_straight_and_whole() -> None:
    assert cells_between((0, 0), (3, 0)) == [(0, 0), (1, 0), (2, 0), (3, 0)]
    assert cells_between((2, 2), (0, 0)) == [(2, 2), (1, 1), (0, 0)]
    assert cells_between((1, 1), (1, 1)) == [(1, 1), (1, 1)]


def test_a_point_finds_the_cell_that_is_painted_there() -> None:
    geometry = geometry_for(Grid(("0",) * 50, ("a",) * 9, {}), QSize(200, 200), 20, 20, 10)
    offset = QPoint(40, 100)
    assert geometry.cell(geometry.rect((12, 3), offset).center(), offset) == (12, 3)
    assert geometry.cell(QPoint(5, 5), offset) == (-1, -1)
