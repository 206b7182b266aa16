from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.plan.description import ModelDescription, ModuleInfo
from studio.plan.errors import Refusal
from studio.plan.plan import LoraPlan, Override
from studio.plan.targets import TargetSetting, globs_for, matching, resolve_targets, with_override

PROJECTIONS = ("self_attn.q_proj", "self_attn.k_proj", "mlp.up_proj", "mlp.down_proj")


def modules_named(names: Iterable[str]) -> list[ModuleInfo]:
    return [ModuleInfo(name, "linear", (8, 8), 64, True) for name in names]


MODULES = modules_named(f"model.layers.{layer}.{name}" for layer in range(12) for name in PROJECTIONS)
NAMES = [module.name for module in MODULES]


def resolved(lora: LoraPlan, modules: list[ModuleInfo] = MODULES) -> dict[str, TargetSetting]:
    """The targets, none where the plan leaves none."""
    try:
        return resolve_targets(lora, modules)
    except Refusal as refusal:
        if refusal.code == "no-targets":
            return {}
        raise


def test_all_linear_leaves_the_head_out(large: ModelDescription) -> None:
    assert large.by_name["lm_head"].adaptable
    targets = resolve_targets(LoraPlan(), large.modules)
    assert len(targets) == 7 * 32
    assert "lm_head" not in targets


def test_targets_come_in_the_models_order() -> None:
    lora = LoraPlan(targets=("*down_proj", "*q_proj"))
    assert list(resolve_targets(lora, MODULES)) == [name for name in NAMES if name.endswith(("down_proj", "q_proj"))]


def test_later_overrides_win() -> None:
    lora = LoraPlan(
        targets=("*.q_proj",),
        overrides=(
            Override(match="*.mlp.*", enabled=True, rank=4),
            Override(match="model.layers.0.*", rank=2, alpha=7),
            Override(match="model.layers.1.*", enabled=False),
        ),
    )
    targets = resolve_targets(lora, MODULES)
    assert targets["model.layers.0.mlp.up_proj"] == TargetSetting(2, 7, 0.0)
    assert targets["model.layers.2.mlp.up_proj"] == TargetSetting(4, 32, 0.0)
    assert targets["model.layers.2.self_attn.q_proj"] == TargetSetting(16, 32, 0.0)
    assert not [name for name in targets if name.startswith("model.layers.1.")]
    assert "model.layers.0.self_attn.k_proj" not in targets


@pytest.mark.parametrize(
    ("lora", "code", "field"),
    [
        (LoraPlan(targets=("*.qproj",)), "pattern-matches-nothing", "lora.targets"),
        (LoraPlan(targets=("model.norm",)), "pattern-matches-nothing", "lora.targets"),
        (LoraPlan(overrides=(Override(match="x*", rank=2),)), "pattern-matches-nothing", "lora.overrides.0.match"),
        (LoraPlan(overrides=(Override(match="*", enabled=False),)), "no-targets", "lora.targets"),
        (LoraPlan(targets=()), "no-targets", "lora.targets"),
    ],
)
def test_silent_mistakes_are_refused(small: ModelDescription, lora: LoraPlan, code: str, field: str) -> None:
    with pytest.raises(Refusal) as caught:
        resolve_targets(lora, small.modules)
    assert (caught.value.code, caught.value.field) == (code, field)


def test_a_pattern_that_meets_only_what_cannot_be_adapted_says_why(small: ModelDescription) -> None:
    with pytest.raises(Refusal, match=r"model\.norm, a norm"):
        matching("model.norm", small.modules)


subsets = st.sets(st.sampled_from(NAMES), max_size=len(NAMES))


@given(subsets)
def test_globs_mean_exactly_the_names(names: set[str]) -> None:
    globs = globs_for(names, MODULES)
    met = {name for glob in globs for name in matching(glob, MODULES)}
    assert met == names
    assert len(globs) <= len(names)


odd_names = st.lists(st.text("ab.[]*?!", min_size=1, max_size=6), min_size=1, max_size=8, unique=True)


@given(odd_names, st.data())
def test_globs_mean_exactly_names_that_look_like_globs(names: list[str], data: st.DataObject) -> None:
    modules = modules_named(names)
    chosen = data.draw(st.sets(st.sampled_from(names)))
    assert {name for glob in globs_for(chosen, modules) for name in matching(glob, modules)} == chosen


@pytest.mark.parametrize(
    ("chosen", "globs"),
    [
        (NAMES, ["*"]),
        ([name for name in NAMES if name.endswith("q_proj")], ["*.q_proj"]),
        ([name for name in NAMES if ".mlp." in name], ["*.mlp.*"]),
        ([name for name in NAMES if ".layers.1." in name], ["model.layers.1.*"]),
        (NAMES[:1], NAMES[:1]),
    ],
)
def test_globs_are_few(chosen: list[str], globs: list[str]) -> None:
    assert globs_for(set(chosen), MODULES) == globs


edits = st.fixed_dictionaries(
    {},
    optional={
        "enabled": st.booleans(),
        "rank": st.integers(1, 3),
        "alpha": st.sampled_from([8.0, 16.0]),
        "dropout": st.sampled_from([0.0, 0.1]),
    },
).filter(bool)
few = st.sets(st.sampled_from(NAMES[:12]), min_size=1)


@settings(max_examples=150)
@given(st.lists(st.tuples(few, edits), min_size=1, max_size=6))
def test_an_edit_changes_what_it_names_and_nothing_else(steps: list[tuple[set[str], dict[str, object]]]) -> None:
    modules = MODULES[:12]
    lora = LoraPlan()
    for names, values in steps:
        before = resolved(lora, modules)
        lora = with_override(lora, names, modules, **values)
        after = resolved(lora, modules)
        for module in modules:
            name = module.name
            if name not in names:
                assert after.get(name) == before.get(name)
            elif values.get("enabled") is False:
                assert name not in after
            elif name in before:
                old = before[name]
                assert after[name] == TargetSetting(
                    values.get("rank", old.rank), values.get("alpha", old.alpha), values.get("dropout", old.dropout)
                )
            elif values.get("enabled"):
                assert {key: getattr(after[name], key) for key in values if key != "enabled"} == {
                    key: value for key, value in values.items() if key != "enabled"
                }
            else:
                assert name not in after


def test_a_tick_taken_back_leaves_no_trace() -> None:
    off = with_override(LoraPlan(), NAMES[:3], MODULES, enabled=False)
    assert len(off.overrides) == 2
    assert with_override(off, NAMES[:3], MODULES, enabled=True) == LoraPlan()


def test_a_second_tick_on_a_whole_group_keeps_what_was_set_in_it() -> None:
    lora = LoraPlan(targets=("*.q_proj",))
    lora = with_override(lora, ["model.layers.0.mlp.up_proj"], MODULES, enabled=True)
    lora = with_override(lora, ["model.layers.0.mlp.up_proj"], MODULES, rank=4)
    lora = with_override(lora, [name for name in NAMES if ".mlp." in name], MODULES, enabled=True)
    assert resolved(lora)["model.layers.0.mlp.up_proj"].rank == 4
