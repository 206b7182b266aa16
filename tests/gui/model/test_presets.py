"""Presets: what they choose, and how a plan's own choice is recognised."""

from dataclasses import replace

import pytest

from studio.gui.model.presets import PRESETS, offered, preset_of, with_preset
from studio.plan.description import ModelDescription
from studio.plan.plan import LoraPlan
from studio.plan.targets import resolve_targets

BY_KEY = {preset.key: preset for preset in PRESETS}


@pytest.mark.parametrize(
    ("key", "count", "example"),
    [
        ("all-linear", 28, "model.layers.0.self_attn.k_proj"),
        ("attention", 16, "model.layers.0.self_attn.k_proj"),
        ("query-value", 8, "model.layers.3.self_attn.v_proj"),
        ("mlp", 12, "model.layers.2.mlp.gate_proj"),
        ("last-quarter", 7, "model.layers.3.mlp.down_proj"),
    ],
)
def test_a_preset_chooses_and_is_recognised(description: ModelDescription, key: str, count: int, example: str) -> None:
    lora = with_preset(LoraPlan(rank=16, overrides=()), BY_KEY[key], description.modules)
    targets = resolve_targets(lora, description.modules)
    assert len(targets) == count
    assert example in targets
    assert preset_of(lora, targets, description.modules) is BY_KEY[key]


def test_all_linear_takes_everything_back(description: ModelDescription) -> None:
    lora = LoraPlan.model_validate(
        {"rank": 4, "alpha": 8, "dropout": 0.1, "targets": ["*.q_proj"], "overrides": [{"match": "*", "rank": 2}]}
    )
    assert with_preset(lora, BY_KEY["all-linear"], description.modules) == LoraPlan(dropout=0.1)


def test_one_edit_more_is_a_choice_of_ones_own(description: ModelDescription) -> None:
    lora = LoraPlan.model_validate({"overrides": [{"match": "*.q_proj", "rank": 8}]})
    assert preset_of(lora, resolve_targets(lora, description.modules), description.modules) is None
    assert (
        preset_of(LoraPlan(rank=8), resolve_targets(LoraPlan(rank=8), description.modules), description.modules) is None
    )
    assert preset_of(lora, {}, description.modules) is None


def test_only_what_chooses_something_is_offered(gpt2: ModelDescription) -> None:
    assert "query-value" not in [preset.key for preset in offered(gpt2.modules)]
    assert offered(()) == ()


def test_an_embedding_and_a_head_that_could_be_targets_are_in_no_preset(description: ModelDescription) -> None:
    could = [
        replace(module, adaptable=True, head=module.name == "lm_head", reason=None)
        if module.name in ("model.embed_tokens", "lm_head")
        else module
        for module in description.modules
    ]
    for preset in PRESETS:
        lora = with_preset(LoraPlan(), preset, could)
        targets = resolve_targets(lora, could)
        assert targets
        assert not {"model.embed_tokens", "lm_head"} & targets.keys()
        assert preset_of(lora, targets, could) is preset
