import pytest

from studio.plan.description import ModelDescription
from studio.plan.plan import DataPlan, Plan
from studio.plan.state import dense_bytes, state_bytes, weight_bytes
from studio.plan.training import TrainingPlan


def test_a_quantised_base_of_llama_3_8b(large: ModelDescription) -> None:
    linear = 32 * (2 * 4096 * 4096 + 2 * 1024 * 4096 + 3 * 4096 * 14336)
    rest = 2 * (large.total_parameters - linear)
    assert weight_bytes("none", large, 2) == 2 * large.total_parameters
    assert weight_bytes("nf4", large, 2) - rest == pytest.approx(0.516 * linear, rel=0.001)
    assert weight_bytes("int8", large, 2) - rest == pytest.approx(linear, rel=0.001)


def test_one_weight_at_a_time_is_dense(large: ModelDescription) -> None:
    assert dense_bytes("nf4", large, 2) == 2 * 4096 * 14336
    assert dense_bytes("none", large, 2) == 0


@pytest.mark.parametrize(("optimizer", "bytes_each"), [("adamw", 8), ("adamw-8bit", 2)])
def test_the_optimizers_two_moments(small: ModelDescription, optimizer: str, bytes_each: int) -> None:
    plan = Plan(model="m", data=DataPlan(train="d"), training=TrainingPlan(optimizer=optimizer))
    assert state_bytes(plan, small, 1000, 4)["optimizer"] == bytes_each * 1000
