"""Files of ours in PEFT, and files of PEFT's in ours: the same logits."""

import peft
import pytest
import torch

from studio.lora.adapter import inject
from studio.lora.files import load_adapter, save_adapter
from studio.lora.spec import AdapterSpec

# PEFT's own use of a name that transformers is about to drop; any other warning of PEFT's about our files fails a test.
pytestmark = pytest.mark.filterwarnings("ignore:`is_gradient_checkpointing` is deprecated:FutureWarning")


def llama_specs(variant):
    """Every linear module of twelve layers, hardly two alike; layers.1 is the beginning of layers.11's name."""
    specs = {}
    for layer in range(12):
        for place, name in enumerate(["self_attn.q_proj", "self_attn.v_proj", "self_attn.o_proj", "mlp.down_proj"]):
            spec = AdapterSpec(rank=1 + (layer + place) % 5, alpha=2.0 + 1.5 * (layer % 3), variant=variant)
            specs[f"model.layers.{layer}.{name}"] = spec
    return specs


def gpt2_specs(variant):
    return {
        "transformer.h.0.attn.c_attn": AdapterSpec(rank=4, alpha=8, variant=variant),
        "transformer.h.0.mlp.c_proj": AdapterSpec(rank=2, alpha=8, variant=variant),
        "transformer.h.1.mlp.c_fc": AdapterSpec(rank=4, alpha=3, variant=variant),
    }


SPECS = {"llama": llama_specs, "gpt2": gpt2_specs}
EVERY = [pytest.mark.parametrize("variant", ["lora", "rslora"]), pytest.mark.parametrize("kind", ["llama", "gpt2"])]


def every(test):
    for mark in EVERY:
        test = mark(test)
    return test


@every
def test_peft_reads_ours(make_model, trained, ids, tmp_path, kind, variant):
    model = make_model(kind)
    base = model(ids).logits
    save_adapter(trained(inject(model, SPECS[kind](variant))), tmp_path / "ours", base_model=None)
    theirs = peft.PeftModel.from_pretrained(make_model(kind), tmp_path / "ours")
    expected = model(ids).logits
    assert (expected - base).abs().max() > 0.01
    torch.testing.assert_close(theirs(ids).logits, expected, rtol=1e-5, atol=1e-5)


@every
def test_ours_reads_pefts(make_model, ids, tmp_path, kind, variant):
    config = {
        "llama": {
            "target_modules": ["q_proj", "v_proj", "down_proj"],
            # The first that fits counts, and layers.1 must not take layers.11 along.
            "rank_pattern": {"layers.1.self_attn.q_proj": 5, "q_proj": 3},
            "alpha_pattern": {"^model.layers.11.mlp.down_proj": 9, "v_proj": 1},
        },
        "gpt2": {
            "target_modules": ["c_attn", "c_fc"],
            "rank_pattern": {"h.1.mlp.c_fc": 5},
            "alpha_pattern": {"c_attn": 3},
            "fan_in_fan_out": True,
        },
    }[kind]
    settings = peft.LoraConfig(r=4, lora_alpha=6, use_rslora=variant == "rslora", task_type="CAUSAL_LM", **config)
    theirs = peft.get_peft_model(make_model(kind), settings)
    torch.manual_seed(3)
    with torch.no_grad():
        for name, parameter in theirs.named_parameters():
            if "lora_" in name:
                parameter.normal_(std=0.3)
    theirs.save_pretrained(tmp_path / "theirs")
    model = make_model(kind)
    adapter = load_adapter(model, tmp_path / "theirs")
    torch.testing.assert_close(model(ids).logits, theirs.eval()(ids).logits, rtol=1e-5, atol=1e-5)
    if kind == "llama":
        ranks = {name: spec.rank for name, spec in adapter.specs.items()}
        assert ranks["model.layers.1.self_attn.q_proj"] == 5
        assert ranks["model.layers.11.self_attn.q_proj"] == 3


@every
def test_the_merged_model_is_pefts_merged_model(make_model, trained, ids, tmp_path, kind, variant):
    model = make_model(kind)
    adapter = trained(inject(model, SPECS[kind](variant)))
    save_adapter(adapter, tmp_path / "ours", base_model=None)
    theirs = peft.PeftModel.from_pretrained(make_model(kind), tmp_path / "ours").merge_and_unload()
    adapter.merge()
    torch.testing.assert_close(model(ids).logits, theirs(ids).logits, rtol=1e-5, atol=1e-5)
    assert list(model.state_dict()) == list(theirs.state_dict())
