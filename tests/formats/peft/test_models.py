"""Whole language models: files of ours in PEFT, files of PEFT's in ours, with ranks and alphas by pattern."""

import peft
import pytest
import torch
from torch import nn
from transformers import (
    AutoModelForCausalLM,
    Gemma3TextConfig,
    GPT2Config,
    GptOssConfig,
    LlamaConfig,
    MixtralConfig,
    Qwen3MoeConfig,
)

from studio.formats.peft.folder import load_adapter, save_adapter
from studio.lora.geometry import kind_of
from studio.lora.inject import inject
from studio.lora.spec import AdapterSpec
from studio.plan.errors import Refusal
from tests.formats.peft.pairs import filled_by_peft

pytestmark = [
    pytest.mark.filterwarnings("ignore:The following (rank|alpha)_pattern keys did not match:RuntimeWarning"),
    pytest.mark.filterwarnings("ignore:Setting `save_embedding_layers` to `True`:UserWarning"),
    pytest.mark.filterwarnings("ignore:Model (has|with) `tie_word_embeddings=True`:UserWarning"),
]
SIZES = {"vocab_size": 61, "hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 4}
LLAMA = SIZES | {"intermediate_size": 24, "num_key_value_heads": 2, "head_dim": 4, "max_position_embeddings": 32}
ENDS = {"pad_token_id": 0, "bos_token_id": 1, "eos_token_id": 2}
EXPERTS = ["mlp.experts.gate_up_proj", "mlp.experts.down_proj"]
# The config, and what PEFT is told: first that fits counts, and layers.1 must not take layers.11 along.
MODELS = {
    "llama": (
        LlamaConfig(**LLAMA | ENDS | {"num_hidden_layers": 12}),
        {
            "target_modules": ["q_proj", "v_proj", "down_proj"],
            "rank_pattern": {"layers.1.self_attn.q_proj": 5, "q_proj": 3},
            "alpha_pattern": {"^model.layers.11.mlp.down_proj": 9, "v_proj": 1},
        },
    ),
    "gpt2": (
        GPT2Config(vocab_size=61, n_embd=16, n_layer=2, n_head=4, n_positions=32, bos_token_id=1, eos_token_id=2),
        {
            "target_modules": ["c_attn", "c_fc", "wte"],
            "rank_pattern": {"h.1.mlp.c_fc": 5},
            "alpha_pattern": {"c_attn": 3},
            "fan_in_fan_out": True,
        },
    ),
    "gemma3": (
        Gemma3TextConfig(**LLAMA | ENDS),
        {"target_modules": ["embed_tokens", "o_proj"], "rank_pattern": {"embed_tokens": 2}},
    ),
    "mixtral": (
        MixtralConfig(**LLAMA | ENDS, num_local_experts=4, num_experts_per_tok=2),
        {
            "target_modules": ["q_proj"],
            "target_parameters": EXPERTS,
            "rank_pattern": {"experts.gate_up_proj": 2},
            "alpha_pattern": {r"layers\.1\.mlp\.experts\.down_proj": 9},
        },
    ),
    "qwen3-moe": (
        Qwen3MoeConfig(**LLAMA | ENDS, num_experts=4, num_experts_per_tok=2, moe_intermediate_size=8),
        {"target_modules": [], "target_parameters": EXPERTS[1:]},
    ),
    "gpt-oss": (
        GptOssConfig(**LLAMA | ENDS, num_local_experts=4, num_experts_per_tok=2, layer_types=["full_attention"] * 2),
        {"target_modules": ["k_proj"], "target_parameters": EXPERTS, "rank_pattern": {"experts.down_proj": 2}},
    ),
}


def build(name: str) -> nn.Module:
    """The same random weights at every call."""
    torch.manual_seed(0)
    return AutoModelForCausalLM.from_config(MODELS[name][0]).eval()


def specs_of(model: nn.Module, variant: str) -> dict[str, AdapterSpec]:
    """Every linear and every stack of experts but the head, hardly two alike."""
    kinds = ("linear", "conv1d", "experts")
    names = [name for name, module in model.named_modules() if kind_of(module) in kinds and name != "lm_head"]
    return {name: AdapterSpec(1 + place % 5, 2.0 + 1.5 * (place % 3), 0.0, variant) for place, name in enumerate(names)}


@pytest.mark.parametrize("variant", ["lora", "rslora"])
@pytest.mark.parametrize("name", MODELS)
def test_peft_reads_ours(name, variant, trained, ids, tmp_path):
    model = build(name)
    base = model(ids).logits
    save_adapter(trained(inject(model, specs_of(model, variant))), tmp_path / "ours", base_model=None)
    theirs = peft.PeftModel.from_pretrained(build(name), tmp_path / "ours")
    expected = model(ids).logits
    assert (expected - base).abs().max() > 0.01
    torch.testing.assert_close(theirs(ids).logits, expected, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("variant", ["lora", "rslora"])
@pytest.mark.parametrize("name", MODELS)
def test_ours_reads_pefts(name, variant, ids, tmp_path):
    fields = MODELS[name][1]
    theirs = filled_by_peft(
        build(name), r=4, lora_alpha=6, use_rslora=variant == "rslora", task_type="CAUSAL_LM", **fields
    )
    theirs.save_pretrained(tmp_path / "theirs")
    model = build(name)
    base = model(ids).logits
    adapter = load_adapter(model, tmp_path / "theirs")
    expected = theirs(ids).logits
    assert (expected - base).abs().max() > 0.01
    torch.testing.assert_close(model(ids).logits, expected, rtol=1e-5, atol=1e-5)
    if name == "llama":
        ranks = {target: spec.rank for target, spec in adapter.specs.items()}
        assert ranks["model.layers.1.self_attn.q_proj"] == 5
        assert ranks["model.layers.11.self_attn.q_proj"] == 3


@pytest.mark.parametrize("variant", ["lora", "rslora"])
@pytest.mark.parametrize("name", MODELS)
def test_the_merged_model_is_pefts_merged_model(name, variant, trained, ids, tmp_path):
    model = build(name)
    adapter = trained(inject(model, specs_of(model, variant)))
    save_adapter(adapter, tmp_path / "ours", base_model=None)
    theirs = peft.PeftModel.from_pretrained(build(name), tmp_path / "ours").merge_and_unload()
    adapter.merge()
    torch.testing.assert_close(model(ids).logits, theirs(ids).logits, rtol=1e-5, atol=1e-5)
    assert list(model.state_dict()) == list(theirs.state_dict())


FIELDS = {
    "mica": ({"init_lora_weights": "mica"}, False),
    "orthogonal": ({"init_lora_weights": "orthogonal"}, False),
    "velora": ({"velora_config": peft.tuners.lora.config.VeloraConfig()}, False),
    "all-linear": ({"target_modules": "all-linear"}, False),
    "expression": ({"target_modules": r".*\.(q|v)_proj"}, False),
    "excluded": ({"target_modules": ["q_proj", "v_proj"], "exclude_modules": ["v_proj"]}, False),
    "some layers": ({"target_modules": ["q_proj"], "layers_to_transform": [1]}, False),
    "tied": ({"target_modules": ["embed_tokens"], "ensure_weight_tying": True}, True),
    "tied from the head": ({"target_modules": ["lm_head"], "ensure_weight_tying": True}, True),
    "tied and both named": ({"target_modules": ["embed_tokens", "lm_head"]}, True),
}


@pytest.mark.parametrize("case", FIELDS)
def test_ours_reads_what_pefts_other_fields_make(case, ids, tmp_path):
    fields, tied = FIELDS[case]

    def make():
        torch.manual_seed(0)
        return AutoModelForCausalLM.from_config(LlamaConfig(**LLAMA | ENDS, tie_word_embeddings=tied)).eval()

    theirs = filled_by_peft(make(), **{"r": 4, "lora_alpha": 6, "target_modules": ["q_proj"]} | fields)
    theirs.save_pretrained(tmp_path / "theirs")
    model = make()
    load_adapter(model, tmp_path / "theirs")
    assert (model(ids).logits - make()(ids).logits).abs().max() > 1e-3
    torch.testing.assert_close(model(ids).logits, theirs(ids).logits, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize(
    ("name", "targets"),
    [
        ("mixtral", ["w1", "w2", "w3"]),
        ("mixtral", ["q_proj", "w1", "w3"]),
        ("qwen3-moe", ["q_proj", "gate_proj", "up_proj", "down_proj"]),
    ],
)
def test_ours_reads_what_peft_makes_of_the_old_names_of_experts(name, targets, ids, tmp_path):
    # PEFT turns them into the endings of bare parameters, and doubles the rank where two became one.
    theirs = filled_by_peft(build(name), r=4, lora_alpha=6, target_modules=targets)
    theirs.save_pretrained(tmp_path / "theirs")
    model = build(name)
    adapter = load_adapter(model, tmp_path / "theirs")
    assert adapter.specs["model.layers.0.mlp.experts"].rank == 8
    torch.testing.assert_close(model(ids).logits, theirs(ids).logits, rtol=1e-5, atol=1e-5)


def test_a_router_that_peft_adapts_is_refused(tmp_path):
    theirs = filled_by_peft(build("mixtral"), r=4, target_modules="all-linear")
    theirs.save_pretrained(tmp_path / "theirs")
    with pytest.raises(Refusal, match=r"mlp\.gate cannot be a target: MixtralTopKRouter"):
        load_adapter(build("mixtral"), tmp_path / "theirs")
