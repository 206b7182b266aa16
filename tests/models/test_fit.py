from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from studio.models.checks import check_folder
from tests.models.architectures import save_tiny
from tests.models.conftest import edit_json
from tests.models.damage import WEIGHTS, Damage, config, edit_header, edit_weights, refusal_of


def drop_query(tensors: dict[str, torch.Tensor]) -> None:
    del tensors["model.layers.1.self_attn.q_proj.weight"]


FIT_DAMAGE: dict[str, tuple[Damage, str, str]] = {
    "a tensor missing": (
        lambda folder: edit_weights(folder, drop_query),
        "weights-incomplete",
        "layers.1.self_attn.q_proj",
    ),
    "more layers than stored": (config(num_hidden_layers=6), "weights-incomplete", "layers.2"),
    "another width": (
        config(intermediate_size=64),
        "weights-wrong-shape",
        "(32, 48) where config.json asks for (32, 64)",
    ),
    "the head missing and not tied": (
        lambda folder: edit_weights(folder, lambda tensors: tensors.pop("lm_head.weight")),
        "weights-incomplete",
        "lm_head.weight",
    ),
    "tied, and both missing": (
        lambda folder: (
            edit_json(folder / "config.json", tie_word_embeddings=True),
            edit_weights(folder, lambda t: (t.pop("lm_head.weight"), t.pop("model.embed_tokens.weight"))),
        ),
        "weights-incomplete",
        "embed_tokens",
    ),
    "whole numbers": (
        lambda folder: edit_weights(folder, lambda t: t.update({"lm_head.weight": t["lm_head.weight"].to(torch.int8)})),
        "weights-quantised",
        "I8",
    ),
    "eight bits": (
        lambda folder: edit_weights(
            folder, lambda t: t.update({"lm_head.weight": t["lm_head.weight"].to(torch.float8_e4m3fn)})
        ),
        "weights-quantised",
        "F8_E4M3",
    ),
    "GPTQ": (config(quantization_config={"quant_method": "gptq", "bits": 4}), "weights-quantised", "gptq"),
    "old GPTQ": (
        lambda folder: edit_weights(folder, lambda t: t.update({"model.a.qweight": torch.zeros(1, dtype=torch.int32)})),
        "weights-quantised",
        "qweight",
    ),
}


@pytest.mark.parametrize("case", FIT_DAMAGE)
def test_weights_that_do_not_fill_the_model_are_refused(llama: Path, case: str) -> None:
    damage, code, words = FIT_DAMAGE[case]
    damage(llama)
    refusal = refusal_of(llama)
    assert (refusal.code, words in refusal.sentence) == (code, True), refusal.sentence


def test_a_tied_head_may_be_missing_or_there(llama: Path) -> None:
    edit_json(llama / "config.json", tie_word_embeddings=True)
    assert check_folder(llama) == []
    edit_weights(llama, lambda tensors: tensors.pop("lm_head.weight"))
    assert check_folder(llama) == []


def test_an_expert_that_is_missing_is_refused(tmp_path: Path) -> None:
    save_tiny("mixtral", tmp_path)
    experts = [name for name in load_file(tmp_path / WEIGHTS) if ".experts.3." in name]
    assert experts
    edit_weights(tmp_path, lambda tensors: [tensors.pop(name) for name in experts])
    assert refusal_of(tmp_path).code in ("weights-wrong-shape", "weights-incomplete")


def test_names_without_the_base_prefix_are_understood(tmp_path: Path) -> None:
    """GPT-2 as OpenAI published it: `h.0.attn...` where transformers says `transformer.h.0.attn...`, and masks beside it."""
    save_tiny("gpt2", tmp_path)
    old = {name.removeprefix("transformer."): tensor for name, tensor in load_file(tmp_path / WEIGHTS).items()}
    save_file(old | {"h.0.attn.bias": torch.ones(1, 1, 8, 8, dtype=torch.uint8)}, tmp_path / WEIGHTS)
    notes = check_folder(tmp_path)
    assert all("not used" in note for note in notes)


def test_tensors_too_many_are_a_note(llama: Path) -> None:
    edit_weights(llama, lambda tensors: tensors.update({"extra.weight": torch.zeros(2)}))
    assert check_folder(llama) == ["1 tensors are not used: extra.weight"]


def test_a_file_without_metadata_is_accepted(llama: Path) -> None:
    edit_header(llama, lambda tree: tree.pop("__metadata__", None))
    assert check_folder(llama) == []
