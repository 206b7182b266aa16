import pytest
from peft.utils.other import get_pattern_key

from studio.lora.peft_config import check_config, config_of, is_listed, specs_of, unknown_fields
from studio.lora.spec import AdapterSpec
from studio.plan.errors import Refusal

PLAIN = {"peft_type": "LORA", "r": 8, "lora_alpha": 16}


def test_the_commonest_values_are_the_default_and_the_rest_are_anchored_patterns():
    specs = {
        "layers.1.q": AdapterSpec(rank=8, alpha=16),
        "layers.11.q": AdapterSpec(rank=8, alpha=4.5),
        "layers.2.q": AdapterSpec(rank=2, alpha=16),
    }
    config = config_of(specs, dict.fromkeys(specs, "linear"), "base", "CAUSAL_LM")
    assert (config["r"], config["lora_alpha"], config["fan_in_fan_out"]) == (8, 16, False)
    assert config["rank_pattern"] == {r"^layers\.2\.q": 2}
    assert config["alpha_pattern"] == {r"^layers\.11\.q": 4.5}
    assert isinstance(config["lora_alpha"], int)
    assert config["target_modules"] == ["layers.1.q", "layers.11.q", "layers.2.q"]
    assert config_of(specs, {"layers.1.q": "conv1d"}, None, "CAUSAL_LM")["fan_in_fan_out"] is True


def test_mixed_variants_are_refused():
    specs = {"a": AdapterSpec(rank=8, alpha=16), "b": AdapterSpec(rank=8, alpha=16, variant="rslora")}
    with pytest.raises(Refusal, match="lora, rslora"):
        config_of(specs, dict.fromkeys(specs, "linear"), None, "CAUSAL_LM")


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


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"peft_type": "IA3"}, "'IA3'"),
        ({"use_dora": True}, "DoRA"),
        ({"bias": "all"}, "trained biases"),
        ({"lora_bias": True}, "a bias on B"),
        ({"modules_to_save": ["lm_head"]}, "fully trained modules"),
        ({"init_lora_weights": "pissa_niter_4"}, "pissa_niter_4"),
        ({"target_parameters": ["experts.gate_up_proj"]}, "bare parameters"),
        ({"layer_replication": [[0, 2]]}, "replicated layers"),
        ({"use_rslora": "yes"}, "use_rslora is 'yes'"),
        ({"rank_pattern": [1]}, "rank_pattern"),
    ],
)
def test_what_would_compute_something_else_is_refused(change, named):
    with pytest.raises(Refusal, match=named):
        check_config(PLAIN | change, "file")


def test_a_config_without_its_kind_is_refused():
    with pytest.raises(Refusal, match="no peft_type"):
        check_config({"r": 8}, "file")


def test_unknown_fields_that_are_set_are_told():
    config = PLAIN | {"revision": "x", "use_dora": False, "later_field": 3, "other_field": None}
    check_config(config | {"init_lora_weights": "gaussian"}, "file")
    assert unknown_fields(config) == ("later_field",)


def test_a_list_of_targets_means_whole_names_or_whole_endings():
    assert is_listed("model.layers.1.q_proj", ["q_proj"])
    assert is_listed("q_proj", ["q_proj"])
    assert is_listed("model.layers.1.q_proj", ["layers.1.q_proj"])
    assert not is_listed("model.layers.11.q_proj", ["1.q_proj"])
    assert not is_listed("model.layers.1.xq_proj", ["q_proj"])
