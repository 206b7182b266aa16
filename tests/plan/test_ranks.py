import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.plan.description import ModuleInfo
from studio.plan.errors import Refusal
from studio.plan.plan import LoraPlan
from studio.plan.ranks import STRATEGIES, budget_of, spread
from studio.plan.targets import resolve_targets

SHAPES = {"q": (16, 16), "k": (4, 16), "up": (48, 16), "down": (16, 48)}


def modules_of(layers: int = 3) -> list[ModuleInfo]:
    return [
        ModuleInfo(f"model.layers.{layer}.{name}_proj", "linear", shape, shape[0] * shape[1], True)
        for layer in range(layers)
        for name, shape in SHAPES.items()
    ]


MODULES = modules_of()
NAMES = [module.name for module in MODULES]
LEAST = sum(module.adapter_parameters(1) for module in MODULES)
LORA = LoraPlan(rank=4, alpha=8)
values = st.lists(st.floats(0, 10), min_size=1, max_size=16).map(lambda found: sorted(found, reverse=True))
scores = st.fixed_dictionaries(dict.fromkeys(NAMES, values))


def ranks_of(lora: LoraPlan) -> dict[str, int]:
    return {name: target.rank for name, target in resolve_targets(lora, MODULES).items()}


def test_evenly_gives_the_same_rank_for_the_same_budget() -> None:
    lora = LoraPlan(rank=3, alpha=6)
    found = spread(lora, MODULES, budget_of(lora, MODULES), "uniform")
    assert set(ranks_of(found.lora).values()) == {3}
    assert found.lora == lora
    assert (found.parameters, found.budget) == (3 * LEAST, 3 * LEAST)
    assert found.text == "0 targets up, 0 down, 12 as they were"


def test_by_size_gives_larger_layers_more() -> None:
    ranks = ranks_of(spread(LORA, MODULES, 5 * LEAST, "size").lora)
    assert ranks["model.layers.0.up_proj"] > ranks["model.layers.0.q_proj"] > ranks["model.layers.0.k_proj"]
    assert ranks["model.layers.0.up_proj"] / ranks["model.layers.0.q_proj"] == pytest.approx(3**0.5, rel=0.2)


@pytest.mark.parametrize("strategy", ["spectrum", "gradient"])
def test_scores_give_ranks_to_the_energy_that_is_there(strategy: str) -> None:
    known = {name: [1.0] * 16 if name.endswith("1.q_proj") else [1.0] + [0.01] * 15 for name in NAMES}
    found = spread(LORA, MODULES, LEAST + 8 * (16 + 16), strategy, scores=known)
    ranks = ranks_of(found.lora)
    assert ranks.pop("model.layers.1.q_proj") == 9
    assert set(ranks.values()) == {1}
    assert found.changes["model.layers.1.q_proj"] == (4, 9)
    assert found.text == "1 targets up, 11 down, 0 as they were"


@settings(max_examples=60, deadline=None)
@given(scores, st.sampled_from([one.key for one in STRATEGIES]), st.integers(LEAST, 12 * LEAST), st.integers(0, 500))
def test_the_budget_is_kept_and_used_and_more_of_it_never_gives_less(
    known: dict[str, list[float]], strategy: str, budget: int, more: int
) -> None:
    found = spread(LORA, MODULES, budget, strategy, scores=known)
    ranks = ranks_of(found.lora)
    costs = {module.name: module.adapter_parameters(1) for module in MODULES}
    assert found.parameters == sum(ranks[name] * costs[name] for name in NAMES) == budget_of(found.lora, MODULES)
    assert found.parameters <= budget
    for module in MODULES:
        assert 1 <= ranks[module.name] <= min(module.dims)
    # What is left pays for no further rank of any target that has room.
    assert all(costs[it.name] > budget - found.parameters for it in MODULES if ranks[it.name] < min(it.dims))
    assert found.parameters <= spread(LORA, MODULES, budget + more, strategy, scores=known).parameters + max(
        costs.values()
    )
    for target in resolve_targets(found.lora, MODULES).values():
        assert target.alpha / target.rank == pytest.approx(2.0)


def test_the_scale_of_rslora_stays_too() -> None:
    lora = LoraPlan(rank=4, alpha=8, variant="rslora")
    found = resolve_targets(spread(lora, MODULES, 9 * LEAST, "size").lora, MODULES)
    assert len({target.rank for target in found.values()}) > 1
    for target in found.values():
        assert target.alpha / target.rank**0.5 == pytest.approx(4.0)


def test_no_rank_is_above_the_largest_that_is_wished() -> None:
    assert max(ranks_of(spread(LORA, MODULES, 9 * LEAST, "uniform", largest=5).lora).values()) == 5


def test_refusals() -> None:
    with pytest.raises(Refusal, match=f"does not give each of the 12 targets one rank: give at least {LEAST}"):
        spread(LORA, MODULES, LEAST - 1, "uniform")
    with pytest.raises(Refusal, match="choose an earlier run that has it"):
        spread(LORA, MODULES, 9 * LEAST, "spectrum")
    with pytest.raises(Refusal, match=r"nothing is known of model\.layers\.2\.down_proj: choose a measurement"):
        spread(LORA, MODULES, 9 * LEAST, "gradient", scores={name: [1.0] for name in NAMES[:-1]})
    with pytest.raises(Refusal, match="choose of uniform, size, spectrum, gradient"):
        spread(LORA, MODULES, 9 * LEAST, "magic")
