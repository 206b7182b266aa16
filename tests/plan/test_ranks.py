import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.plan.description import ModelDescription, ModuleInfo
from studio.plan.errors import Refusal
from studio.plan.plan import LoraPlan, Override
from studio.plan.ranks import STRATEGIES, budget_range, distribute, parameters_in
from studio.plan.targets import resolve_targets

SHAPES = {"self_attn.q_proj": (16, 16), "self_attn.k_proj": (4, 16), "mlp.up_proj": (40, 16), "mlp.down_proj": (16, 40)}
MODULES = [
    ModuleInfo(f"model.layers.{layer}.{name}", "linear", shape, shape[0] * shape[1], True)
    for layer in range(3)
    for name, shape in SHAPES.items()
]
NAMES = [module.name for module in MODULES]
spectra = st.fixed_dictionaries({name: st.lists(st.floats(0, 10), min_size=1, max_size=6) for name in NAMES})
plans = st.builds(
    LoraPlan,
    rank=st.integers(1, 16),
    alpha=st.sampled_from([1.0, 10.0, 32.0]),
    variant=st.sampled_from(["lora", "rslora"]),
    overrides=st.lists(
        st.sampled_from(
            [
                Override(match="model.layers.0.*", enabled=False),
                Override(match="*.mlp.*", rank=3, alpha=7),
                Override(match="*.q_proj", dropout=0.1),
                Override(match="*.q_proj", enabled=True, rank=5),
            ]
        ),
        max_size=3,
    ).map(tuple),
)


@given(plans, spectra, st.sampled_from(list(STRATEGIES)), st.integers(0, 1), st.integers(0, 9000))
def test_the_new_plan_has_these_ranks_and_every_target_its_scale(
    lora: LoraPlan, scores: dict[str, list[float]], strategy: str, minimum: int, spare: int
) -> None:
    before = resolve_targets(lora, MODULES)
    budget = budget_range(lora, MODULES).least + spare
    choice = distribute(lora, MODULES, budget, strategy, scores, minimum=minimum)
    after = resolve_targets(choice.lora, MODULES)
    assert {name: setting.rank for name, setting in after.items()} == {
        name: rank for name, rank in choice.ranks.items() if rank
    }
    for name, setting in after.items():
        assert setting.dropout == before[name].dropout
        if lora.variant == "rslora":
            assert setting.alpha == before[name].alpha
        else:
            assert setting.alpha / setting.rank == pytest.approx(before[name].alpha / before[name].rank, rel=1e-12)
    known = {module.name: module for module in MODULES}
    assert choice.parameters == sum(known[name].adapter_parameters(s.rank) for name, s in after.items()) <= budget
    assert choice == distribute(lora, MODULES, budget, strategy, scores, minimum=minimum)


@given(plans)
def test_what_a_uniform_plan_costs_now_gives_it_back(lora: LoraPlan) -> None:
    plain = lora.with_values(overrides=(), rank=min(lora.rank, 4))
    now = budget_range(plain, MODULES).now
    assert distribute(plain, MODULES, now, "uniform").lora == plain


def test_ranks_that_were_spread_become_uniform_without_a_trace(small: ModelDescription) -> None:
    now = budget_range(LoraPlan(), small.modules).now
    spread = distribute(LoraPlan(), small.modules, now, "size").lora
    assert spread.overrides
    assert distribute(spread, small.modules, now, "uniform").lora == LoraPlan()


def test_the_commonest_rank_is_the_default_and_overrides_are_few(large: ModelDescription) -> None:
    names = list(resolve_targets(LoraPlan(), large.modules))
    scores = {name: [3.0 if name.endswith("q_proj") else 1.0] * 16 for name in names}
    scores["model.layers.5.self_attn.q_proj"] = [9.0] * 16
    choice = distribute(LoraPlan(), large.modules, 20_000_000, "gradient", scores, maximum=64)
    counted = [setting.rank for setting in resolve_targets(choice.lora, large.modules).values()]
    assert choice.lora.rank == max(counted, key=counted.count)
    assert "*.q_proj" in [override.match for override in choice.lora.overrides]
    assert choice.ranks["model.layers.5.self_attn.q_proj"] == 64


def test_size_follows_the_root_of_the_sides(large: ModelDescription) -> None:
    now = budget_range(LoraPlan(), large.modules).now
    ranks = distribute(LoraPlan(), large.modules, 16 * now, "size").ranks
    up, q = ranks["model.layers.3.mlp.up_proj"], ranks["model.layers.3.self_attn.q_proj"]
    assert up / q == pytest.approx((14336 / 4096) ** 0.5, rel=0.05)


def test_a_budget_that_is_too_small_names_the_least_that_works() -> None:
    least = budget_range(LoraPlan(), MODULES).least
    with pytest.raises(Refusal, match=f"rank 1 on all 12 targets: give at least {least:,}") as caught:
        distribute(LoraPlan(), MODULES, least - 1, "size")
    assert caught.value.code == "rank-budget-too-small"
    assert set(distribute(LoraPlan(), MODULES, least, "size").ranks.values()) == {1}


def test_targets_are_left_out_only_where_that_is_asked_for() -> None:
    cheapest = min(module.adapter_parameters(1) for module in MODULES)
    choice = distribute(LoraPlan(), MODULES, cheapest, "size", minimum=0)
    assert sum(choice.ranks.values()) == 1
    assert len(resolve_targets(choice.lora, MODULES)) == 1
    assert choice.summary == "0 targets up, 12 down, 0 unchanged"
    with pytest.raises(Refusal, match="do not reach for any target"):
        distribute(LoraPlan(), MODULES, cheapest - 1, "size", minimum=0)
    with pytest.raises(Refusal, match="rank 1 on all 12 targets"):
        distribute(LoraPlan(), MODULES, cheapest, "uniform", minimum=0)


def test_no_rank_is_greater_than_its_matrix_or_than_allowed() -> None:
    most = budget_range(LoraPlan(), MODULES).most
    assert set(distribute(LoraPlan(), MODULES, 10 * most, "size").ranks.values()) == {4, 16}
    assert set(distribute(LoraPlan(), MODULES, 10 * most, "size", maximum=3).ranks.values()) == {3}


def test_an_alpha_beyond_its_limits_is_refused() -> None:
    with pytest.raises(Refusal, match="alpha"):
        distribute(LoraPlan(rank=1, alpha=1e6), MODULES, 100_000, "size")


def test_words(small: ModelDescription) -> None:
    rng = random.Random(0)
    scores = {name: [rng.random()] for name in resolve_targets(LoraPlan(), small.modules)}
    choice = distribute(LoraPlan(), small.modules, 20_000, "gradient", scores)
    assert choice.text == "ranks by gradient, 20 K parameters"
    up = sum(rank > 16 for rank in choice.ranks.values())
    down = sum(rank < 16 for rank in choice.ranks.values())
    assert choice.summary == f"{up} targets up, {down} down, {14 - up - down} unchanged"


@pytest.mark.parametrize(("megabytes", "parameters"), [(0.884736, 221_184), (1.0, 250_000), (0.0000079, 1)])
def test_megabytes(megabytes: float, parameters: int) -> None:
    assert parameters_in(megabytes) == parameters


def test_every_strategy_says_what_it_does_and_what_is_known_of_it() -> None:
    assert list(STRATEGIES) == ["uniform", "size", "spectrum", "gradient"]
    for name, strategy in STRATEGIES.items():
        assert strategy.label
        assert strategy.hint.endswith(".")
        assert strategy.measured.startswith("Measured on ") or name == "uniform"
