import json
from collections import Counter
from pathlib import Path

import pytest
import torch
from transformers import AutoModelForCausalLM

from studio.lora.geometry import why_not
from studio.models import skeleton
from studio.models.inspect import describe
from studio.plan.errors import Refusal
from tests.models.architectures import ARCHITECTURES, save_tiny
from tests.models.conftest import edit_json


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_every_module_is_the_loaded_models(name: str, tmp_path: Path) -> None:
    save_tiny(name, tmp_path)
    model = AutoModelForCausalLM.from_pretrained(tmp_path)
    found = describe(str(tmp_path))
    real = {path: module for path, module in model.named_modules() if path}
    assert [module.name for module in found.modules] == list(real)
    assert found.total_parameters == model.num_parameters()
    for module in found.modules:
        part = real[module.name]
        weight = dict(part.named_parameters(recurse=False)).get("weight")
        assert module.parameters == sum(parameter.numel() for parameter in part.parameters())
        assert module.shape == (None if weight is None else tuple(weight.shape))
        assert module.adaptable == (module.reason is None)
        assert module.head == (part is model.get_output_embeddings())
        assert module.adaptable == (why_not(part) is None)
    assert found.tied == (model.get_output_embeddings().weight is model.get_input_embeddings().weight)
    assert found.dtype == "float32"
    assert found.weight_bytes == sum(
        tensor.nbytes for tensor in {id(value): value for value in model.parameters()}.values()
    )


@pytest.mark.parametrize(
    ("name", "sizes"),
    # layers, hidden, intermediate, heads, kv heads, head size, positions - read off the configs of ARCHITECTURES
    [
        ("llama", (2, 32, 48, 4, 2, 8, 64)),
        ("gpt2", (2, 32, 128, 4, 4, 8, 64)),
        ("gemma3", (2, 32, 48, 4, 2, 16, 64)),
        ("opt", (2, 32, 48, 4, 4, 8, 64)),
        ("falcon", (2, 32, 128, 4, 1, 8, 2048)),
        ("bloom", (2, 32, 128, 4, 4, 8, None)),
    ],
)
def test_the_sizes_that_an_estimate_needs(name: str, sizes: tuple, tmp_path: Path) -> None:
    save_tiny(name, tmp_path)
    found = describe(str(tmp_path))
    assert sizes == (
        found.layers,
        found.hidden_size,
        found.intermediate_size,
        found.heads,
        found.kv_heads,
        found.head_dim,
        found.max_positions,
    )
    assert found.vocab_size == 96


def test_an_8b_shape_is_described_from_its_config_alone(tmp_path: Path) -> None:
    config = {
        "model_type": "llama",
        "hidden_size": 4096,
        "intermediate_size": 14336,
        "num_hidden_layers": 32,
        "num_attention_heads": 32,
        "num_key_value_heads": 8,
        "vocab_size": 128256,
        "tie_word_embeddings": False,
        "dtype": "bfloat16",
    }
    (tmp_path / "config.json").write_text(json.dumps(config))
    found = describe(str(tmp_path))
    assert found.total_parameters == 8_030_261_248  # Llama 3 8B, as its model card's safetensors count says
    assert Counter(module.kind for module in found.modules if module.adaptable) == {
        "linear": 32 * 7 + 1,
        "embedding": 1,
    }
    assert (found.dtype, found.weight_bytes, found.problems, found.has_tokenizer) == ("bfloat16", 0, (), False)
    assert [module.name for module in found.modules if module.head] == ["lm_head"]
    assert describe(str(tmp_path / "config.json")).modules == found.modules


def test_no_memory_is_taken_for_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save_tiny("gpt2", tmp_path)
    built = []
    real = skeleton.build_skeleton
    monkeypatch.setattr("studio.models.inspect.build_skeleton", lambda *words: built.append(real(*words)) or built[-1])
    describe(str(tmp_path))
    assert {parameter.device for parameter in built[0].parameters()} == {torch.device("meta")}


def test_the_real_model(shared: Path) -> None:
    found = describe(str(shared / "models" / "stories260k"))
    assert (found.model_type, found.total_parameters, found.tied) == ("llama", 260_032, True)
    assert (found.problems, found.has_tokenizer, found.max_positions) == ((), True, 512)
    head = found.by_name["lm_head"]
    assert (head.head, head.adaptable) == (True, True)


def test_the_description_survives_the_wire(llama: Path) -> None:
    found = describe(str(llama))
    assert type(found).from_json(json.loads(json.dumps(found.to_json()))) == found


def test_damage_beside_a_good_config_is_a_problem(llama: Path) -> None:
    (llama / "model.safetensors").write_bytes(b"")
    found = describe(str(llama))
    assert len(found.problems) == 1
    assert "empty file" in found.problems[0]
    assert found.total_parameters > 0


def test_a_missing_tokenizer_is_a_problem(llama: Path) -> None:
    (llama / "tokenizer.json").unlink()
    assert "tokenizer" in describe(str(llama)).problems[0]


def test_a_quantised_model_is_shown_and_cannot_be_trained(llama: Path) -> None:
    edit_json(llama / "config.json", quantization_config={"quant_method": "awq"})
    assert "awq" in describe(str(llama)).problems[0]


def test_a_chat_template_is_seen_in_both_places(llama: Path) -> None:
    assert not describe(str(llama)).has_chat_template
    edit_json(llama / "tokenizer_config.json", chat_template="{{ messages }}")
    assert describe(str(llama)).has_chat_template
    edit_json(llama / "tokenizer_config.json", chat_template=None)
    (llama / "chat_template.jinja").write_text("{{ messages }}")
    assert describe(str(llama)).has_chat_template


def test_no_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal):
        describe(str(tmp_path))
