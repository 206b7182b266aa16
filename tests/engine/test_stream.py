"""The merge from disk to disk, against the merge in memory and transformers' reading of both."""

import json
from pathlib import Path
from typing import Any

import pytest
import torch
from transformers import AutoModelForCausalLM, GPT2Config, LlamaConfig, PreTrainedModel, Qwen3MoeConfig

from studio.engine import merged_model
from studio.engine.merged_model import MergedModel
from studio.engine.stream import read_tensor
from studio.lora.adapter import Adapter
from studio.lora.inject import inject
from studio.lora.spec import AdapterSpec
from studio.models.weights import find_weights
from studio.plan.errors import Refusal

LLAMA = {
    "vocab_size": 96, "hidden_size": 32, "intermediate_size": 48, "num_hidden_layers": 2, "num_attention_heads": 4,
    "num_key_value_heads": 2, "max_position_embeddings": 64,
}  # fmt: skip
Q = "model.layers.1.self_attn.q_proj"
IDS = torch.randint(0, 96, (2, 9), generator=torch.Generator().manual_seed(3))


def saved(config: Any, folder: Path, dtype: torch.dtype = torch.float32, **settings: Any) -> Path:
    torch.manual_seed(0)
    AutoModelForCausalLM.from_config(config, dtype=dtype).save_pretrained(folder, **settings)
    return folder


def adapted(base: Path, targets: list[str], variant: str = "lora", dtype: torch.dtype = torch.float32) -> Adapter:
    model = AutoModelForCausalLM.from_pretrained(base, dtype=dtype).eval()
    adapter = inject(model, {target: AdapterSpec(4, 8.0, variant=variant) for target in targets})
    generator = torch.Generator().manual_seed(1)
    with torch.no_grad():
        for parameter in adapter.parameters():
            parameter.add_(0.1 * torch.randn(parameter.shape, generator=generator))
    return adapter


def logits(model: PreTrainedModel) -> torch.Tensor:
    with torch.no_grad():
        return model.eval()(input_ids=IDS).logits.float()


def written(base: Path, adapter: Adapter, to: Path, dtype: torch.dtype = torch.float32) -> PreTrainedModel:
    to.mkdir()
    merged = MergedModel(base, adapter, dtype)
    phases = list(merged.write(to))
    assert phases
    model = AutoModelForCausalLM.from_pretrained(to, dtype=dtype).eval()
    assert merged.is_written(model)
    return model


@pytest.fixture
def unused(monkeypatch: pytest.MonkeyPatch) -> None:
    """No model is merged in memory."""
    monkeypatch.setattr(merged_model, "_save", lambda *_: pytest.fail("the model was merged in memory"))


@pytest.mark.usefixtures("unused")
@pytest.mark.parametrize("variant", ["lora", "rslora", "dora"])
def test_shards_stay_shards_and_the_sum_is_that_of_memory(tmp_path: Path, variant: str) -> None:
    base = saved(LlamaConfig(**LLAMA, tie_word_embeddings=False), tmp_path / "base", max_shard_size="20KB")
    shards = sorted(path.name for path in base.glob("*.safetensors"))
    assert len(shards) > 2
    adapter = adapted(base, [Q, "model.layers.0.mlp.down_proj", "model.embed_tokens", "lm_head"], variant)
    model = written(base, adapter, tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").glob("*.safetensors")) == shards
    adapter.merge()
    # DoRA's norms are sums over rows, whose order follows where the row lies in memory.
    close = {"rtol": 1e-6, "atol": 1e-8} if variant == "dora" else {"rtol": 0.0, "atol": 0.0}
    for name, parameter in adapter.model.named_parameters():
        torch.testing.assert_close(parameter.data, model.get_parameter(name).data, **close)
    index = json.loads((tmp_path / "out" / "model.safetensors.index.json").read_text())
    assert index["weight_map"] == json.loads((base / "model.safetensors.index.json").read_text())["weight_map"]
    assert index["metadata"]["total_size"] == sum(parameter.nbytes for parameter in model.parameters())


@pytest.mark.usefixtures("unused")
@pytest.mark.parametrize("targets", [["lm_head"], ["model.embed_tokens"], ["model.embed_tokens", "lm_head"], [Q]])
def test_a_tied_head_is_untied_where_one_end_is_adapted(tmp_path: Path, targets: list[str]) -> None:
    base = saved(LlamaConfig(**LLAMA, tie_word_embeddings=True), tmp_path / "base")
    adapter = adapted(base, targets)
    wanted = logits(adapter.model)
    model = written(base, adapter, tmp_path / "out")
    torch.testing.assert_close(logits(model), wanted, rtol=1e-4, atol=1e-5)
    assert model.config.tie_word_embeddings == (targets == [Q])


@pytest.mark.usefixtures("unused")
def test_names_without_the_models_prefix(tmp_path: Path) -> None:
    """As GPT-2's own checkpoint has them."""
    base = saved(GPT2Config(vocab_size=96, n_embd=32, n_layer=2, n_head=4, n_positions=64), tmp_path / "base")
    from safetensors.torch import load_file, save_file

    tensors = load_file(base / "model.safetensors")
    bare = {name.removeprefix("transformer."): tensor for name, tensor in tensors.items()}
    save_file(bare, base / "model.safetensors", metadata={"format": "pt"})
    adapter = adapted(base, ["transformer.h.0.attn.c_attn", "transformer.wte"])
    wanted = logits(adapter.model)
    torch.testing.assert_close(logits(written(base, adapter, tmp_path / "out")), wanted, rtol=1e-4, atol=1e-5)


def test_experts_that_are_joined_while_loading_are_merged_in_memory(tmp_path: Path) -> None:
    config = Qwen3MoeConfig(
        **LLAMA, head_dim=8, num_experts=4, num_experts_per_tok=2, moe_intermediate_size=16, tie_word_embeddings=False
    )
    base = saved(config, tmp_path / "base")
    assert any("experts.0.gate_proj" in name for name in find_weights(base))
    adapter = adapted(base, ["model.layers.0.mlp.experts", Q])
    wanted = logits(adapter.model)
    torch.testing.assert_close(logits(written(base, adapter, tmp_path / "out")), wanted, rtol=1e-4, atol=1e-5)


@pytest.mark.usefixtures("unused")
def test_other_types_are_cast_and_whole_numbers_kept(tmp_path: Path) -> None:
    base = saved(LlamaConfig(**LLAMA), tmp_path / "base", torch.bfloat16)
    model = written(base, adapted(base, [Q]), tmp_path / "out", torch.float32)
    assert {parameter.dtype for parameter in model.parameters()} == {torch.float32}
    assert json.loads((tmp_path / "out" / "config.json").read_text())["dtype"] == "float32"


def test_a_base_that_overflows_is_refused(tmp_path: Path) -> None:
    base = saved(LlamaConfig(**LLAMA), tmp_path / "base")
    adapter = adapted(base, [Q])
    from safetensors.torch import load_file, save_file

    tensors = load_file(base / "model.safetensors")
    tensors["model.norm.weight"][3] = 1e6
    save_file(tensors, base / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(Refusal, match=r"model\.norm\.weight of the base is not finite in float16"):
        written(base, adapter, tmp_path / "out", torch.float16)


def test_a_tensor_is_read_as_safetensors_reads_it(tmp_path: Path) -> None:
    from safetensors.torch import load_file, save_file

    tensors = {"a": torch.arange(6).reshape(2, 3), "b": torch.randn(4).bfloat16(), "none": torch.empty(0, 3)}
    save_file(tensors, tmp_path / "model.safetensors")
    found = find_weights(tmp_path)
    for name, tensor in load_file(tmp_path / "model.safetensors").items():
        assert torch.equal(read_tensor(found[name], name), tensor)
        assert read_tensor(found[name], name).dtype == tensor.dtype
