"""Which module stands in which cell."""

from PySide6.QtCore import QPoint, QSize

from studio.gui.model.matrix_layout import ZOOMS, Grid, cells_between, geometry_for, grid_of
from studio.plan.description import ModelDescription, ModuleInfo


def named(*names: str) -> tuple[ModuleInfo, ...]:
    return tuple(ModuleInfo(name, "linear", (4, 4), 16, True) for name in names)


def test_layers_down_projections_across(description: ModelDescription) -> None:
    grid = grid_of(description.modules)
    assert grid.rows == ("0", "1", "2", "3")
    assert grid.columns == ("q", "k", "v", "o", "gate", "up", "down")
    assert grid.names((2, 5)) == ("model.layers.2.mlp.up_proj",)


def test_like_endings_are_told_apart(gpt2: ModelDescription) -> None:
    assert grid_of(gpt2.modules).columns == ("c_attn", "attn.c_proj", "c_fc", "mlp.c_proj")


def test_a_module_that_only_some_layers_have_leaves_a_hole() -> None:
    grid = grid_of(named("h.0.a", "h.1.a", "h.1.b", "outside"))
    assert (grid.rows, grid.columns) == (("0", "1"), ("a", "b"))
    assert grid.names((0, 1)) == ()


def test_each_of_several_stacks_has_rows_of_its_own() -> None:
    grid = grid_of(named("model.encoder.layers.0.fc1", "model.decoder.layers.0.fc1"))
    assert grid.rows == ("encoder 0", "decoder 0")


def test_experts_share_a_column_a_projection(mixture: ModelDescription) -> None:
    grid = grid_of(mixture.modules)
    assert grid.columns == ("q", "router", "experts.w1", "experts.w2", "experts")
    assert grid.names((0, 2)) == tuple(f"model.layers.0.mlp.experts.{expert}.w1" for expert in range(3))
    assert grid.names((1, 4)) == ("model.layers.1.mlp.experts",)
    assert grid.refused == {(layer, 1): f"model.layers.{layer}.mlp.gate" for layer in range(2)}


def test_a_router_that_can_be_adapted_is_a_cell_and_shared_experts_are_no_mixture() -> None:
    grid = grid_of(
        named("h.0.moe.router", "h.0.moe.experts.0.up_proj", "h.0.moe.shared_experts.up_proj", "h.0.up_proj")
    )
    assert grid.columns == ("router", "experts.up", "shared_experts.up_proj", "h.0.up_proj"[4:])
    assert grid.names((0, 0)) == ("h.0.moe.router",)
    assert grid.refused == {}


def test_zoomed_cells_go_from_tiny_to_large() -> None:
    grid = Grid(("0",) * 80, ("q",) * 7)
    sizes = [geometry_for(grid, QSize(300, 300), 20, 20, 10, zoom) for zoom in ZOOMS]
    assert [made.height for made in sizes] == sorted(made.height for made in sizes)
    assert (sizes[0].width, sizes[0].height, sizes[0].gap) == (10, 5, 1)
    assert sizes[-1].height > 40
    assert not any(made.upright for made in sizes)
    assert geometry_for(Grid(("0",), ("router",) * 9), QSize(300, 300), 20, 20, 40, 0.5).upright


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
