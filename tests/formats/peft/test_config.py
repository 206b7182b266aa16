"""PEFT's config, held against PEFT's own fields and its own reading of patterns."""

import dataclasses

import pytest
from peft import LoraConfig
from peft.utils.other import get_pattern_key

from studio.formats.content import Content
from studio.formats.peft.config import (
    NEUTRAL,
    OTHER_MATHEMATICS,
    PLAIN_STARTS,
    READ,
    check_config,
    config_of,
    is_listed,
    specs_of,
    unknown_fields,
)
from studio.lora.geometry import Geometry
from studio.lora.spec import AdapterSpec
from studio.plan.errors import Refusal

PLAIN = {"peft_type": "LORA", "r": 8, "lora_alpha": 16}


def content(specs, kinds=None, weights=("weight",)):
    """A content of these targets, without matrices; linear where no kind is given."""
    kinds = dict.fromkeys(specs, "linear") | (kinds or {})
    return Content(specs, kinds, dict.fromkeys(specs, tuple(Geometry(weight, 4, 4) for weight in weights)), {})


def test_the_commonest_values_are_the_default_and_the_rest_are_anchored_patterns():
    specs = {
        "layers.1.q": AdapterSpec(rank=8, alpha=16),
        "layers.11.q": AdapterSpec(rank=8, alpha=4.5),
        "layers.2.q": AdapterSpec(rank=2, alpha=16),
    }
    config = config_of(content(specs), "base", "CAUSAL_LM")
    assert (config["r"], config["lora_alpha"], config["fan_in_fan_out"]) == (8, 16, False)
    assert config["rank_pattern"] == {r"^layers\.2\.q": 2}
    assert config["alpha_pattern"] == {r"^layers\.11\.q": 4.5}
    assert isinstance(config["lora_alpha"], int)
    assert config["target_modules"] == ["layers.1.q", "layers.11.q", "layers.2.q"]
    assert config["task_type"] == "CAUSAL_LM"
    assert "target_parameters" not in config
    assert config_of(content(specs, {"layers.1.q": "conv1d"}), None, None)["fan_in_fan_out"] is True


def test_mixed_variants_are_refused():
    specs = {"a": AdapterSpec(rank=8, alpha=16), "b": AdapterSpec(rank=8, alpha=16, variant="rslora")}
    with pytest.raises(Refusal, match="lora, rslora"):
        config_of(content(specs), None, "CAUSAL_LM")


def test_bare_parameters_are_named_one_by_one_and_have_no_dropout():
    specs = {"rnn": AdapterSpec(4, 8, 0.0), "head": AdapterSpec(2, 8, 0.5), "tail": AdapterSpec(2, 8, 0.5)}
    weights = ("weight_ih_l0", "weight_hh_l0")
    config = config_of(content(specs, {"rnn": "recurrent"}, weights), None, None)
    assert config["target_parameters"] == ["rnn.weight_hh_l0", "rnn.weight_ih_l0"]
    assert config["target_modules"] == ["head", "tail"]
    assert config["rank_pattern"] == {r"^rnn\.weight_ih_l0": 4, r"^rnn\.weight_hh_l0": 4}
    assert config["lora_dropout"] == 0.0
    LoraConfig(**config)


def test_dora_is_told_and_its_scale_survives_pefts_rslora():
    config = config_of(content({"q": AdapterSpec(4, 8, variant="dora")}), None, None)
    assert (config["use_dora"], config["use_rslora"]) == (True, False)
    both = PLAIN | {"r": 4, "lora_alpha": 6, "use_dora": True, "use_rslora": True}
    spec = specs_of(both, ["q"], "file")["q"]
    assert (spec.variant, spec.scale) == ("dora", 3.0)  # 6 / sqrt 4


@pytest.mark.parametrize(
    "patterns",
    [
        {"q_proj": 1, "layers.1.q_proj": 2},  # the earlier, shorter one wins
        {"layers.1.q_proj": 2, "q_proj": 1},
        {"layers.1": 3},  # an ending, not a beginning: fits nothing
        {"layers.1.q_proj": 4},  # not layer 11, yet its dots fit any sign
        {r"layers\.\d+\.q_proj": 5},
        {r".*\.(q|k)_proj": 6},
        {"^model.layers.11.q_proj": 7},
        {"^layers.1.q_proj": 8},
    ],
)
@pytest.mark.parametrize(
    "target", ["model.layers.1.q_proj", "model.layers.11.q_proj", "layers.1.q_proj", "xlayers-1-q_proj"]
)
def test_patterns_are_read_as_peft_reads_them(patterns, target):
    expected = patterns.get(get_pattern_key(list(patterns), target), 99)
    config = PLAIN | {"r": 99, "rank_pattern": patterns}
    assert specs_of(config, [target], "file")[target].rank == expected


@pytest.mark.parametrize("pattern", ["(a+)+b", "(.*)*", ".*.*.*x", "(q|k){3}", "q_proj("])
def test_a_pattern_that_could_run_for_ever_or_is_broken_is_refused(pattern):
    with pytest.raises(Refusal) as refused:
        specs_of(PLAIN | {"alpha_pattern": {pattern: 1}}, ["a" * 50], "file")
    assert refused.value.code == "adapter-config"
    assert pattern in refused.value.what


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"r": 0}, "the rank of q is 0"),
        ({"r": "4"}, "the rank of q is '4'"),
        ({"lora_alpha": 0}, "the alpha of q is 0"),
        ({"lora_alpha": -2}, "the alpha of q is -2"),
        ({"alpha_pattern": {"q": "x"}}, "the alpha of q is 'x'"),
        ({"lora_dropout": 2}, "the dropout of q is 2"),
    ],
)
def test_values_without_meaning_are_refused(change, named):
    with pytest.raises(Refusal, match=named) as refused:
        specs_of(PLAIN | change, ["q"], "the file")
    assert refused.value.where == "the file"


OTHER_VALUES = {
    "lora_bias": True,
    "modules_to_save": ["lm_head"],
    "trainable_token_indices": [1],
    "layer_replication": [[0, 2]],
    "alora_invocation_tokens": [3],
    "use_qalora": True,
    "use_bdlora": {"nblocks": 2},
    "arrow_config": {"top_k": 2},
    "kasa_config": {"beta": 1},
    "monteclora_config": {"n": 2},
}


@pytest.mark.parametrize("field", OTHER_MATHEMATICS)
def test_each_field_of_another_mathematics_is_refused_where_it_is_set(field):
    check_config(PLAIN | {field: None}, "file")
    with pytest.raises(Refusal, match=OTHER_MATHEMATICS[field]) as refused:
        check_config(PLAIN | {field: OTHER_VALUES[field]}, "file")
    assert (refused.value.code, refused.value.where) == ("adapter-kind", "file")


def test_a_use_that_nobody_knows_yet_is_refused():
    check_config(PLAIN | {"use_tomorrow": False}, "file")
    with pytest.raises(Refusal, match="the adapter uses 'use_tomorrow'"):
        check_config(PLAIN | {"use_tomorrow": True}, "file")


def test_every_field_that_peft_has_is_known():
    # A new field may change what an adapter computes: read what it does, and put it where it belongs.
    fields = {field.name for field in dataclasses.fields(LoraConfig)}
    known = [NEUTRAL, READ, set(OTHER_MATHEMATICS)]
    assert fields == set().union(*known)
    assert len(fields) == sum(map(len, known))


@pytest.mark.parametrize("start", ["pissa", "pissa_niter_4", "olora", "corda", "loftq", "lora_ga", "of tomorrow"])
def test_a_start_that_changes_the_base_is_refused(start):
    with pytest.raises(Refusal, match=f"changed by the start '{start}'"):
        check_config(PLAIN | {"init_lora_weights": start}, "file")


@pytest.mark.parametrize("start", PLAIN_STARTS)
def test_a_start_that_leaves_the_base_alone_is_no_matter(start):
    check_config(PLAIN | {"init_lora_weights": start}, "file")


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"peft_type": "IA3"}, "'IA3'"),
        ({"bias": "all"}, "trained biases"),
        ({"use_rslora": "yes"}, "use_rslora is 'yes'"),
        ({"use_dora": 1}, "use_dora is 1"),
        ({"rank_pattern": [1]}, "rank_pattern"),
        ({"target_modules": {"q": 1}}, "target_modules"),
        ({"target_parameters": "experts.gate_up_proj"}, "target_parameters"),
    ],
)
def test_other_kinds_and_wrong_types_are_refused(change, named):
    with pytest.raises(Refusal, match=named):
        check_config(PLAIN | change, "file")


def test_a_config_without_its_kind_is_refused():
    with pytest.raises(Refusal, match="no peft_type"):
        check_config({"r": 8}, "file")


def test_unknown_fields_that_are_set_are_told():
    config = PLAIN | {"revision": "x", "use_dora": False, "later_field": 3, "other_field": None}
    check_config(config, "file")
    assert unknown_fields(config) == ("later_field",)


def test_a_list_of_targets_means_whole_names_or_whole_endings():
    assert is_listed("model.layers.1.q_proj", ["q_proj"])
    assert is_listed("q_proj", ["q_proj"])
    assert is_listed("model.layers.1.q_proj", ["layers.1.q_proj"])
    assert not is_listed("model.layers.11.q_proj", ["1.q_proj"])
    assert not is_listed("model.layers.1.xq_proj", ["q_proj"])
