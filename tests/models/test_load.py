import sys
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file
from transformers import AutoModelForCausalLM

from studio.models.inspect import describe
from studio.models.load import check_tokenizer_fits, load_model, load_tokenizer
from studio.plan.errors import Refusal
from tests.models.conftest import edit_json, write_tokenizer

CPU = torch.device("cpu")


def load(folder: Path, dtype: torch.dtype = torch.float32) -> torch.nn.Module:
    return load_model(str(folder), dtype=dtype, device=CPU)


def test_the_real_model_writes_its_story(shared: Path) -> None:
    folder = str(shared / "models" / "stories260k")
    model, tokenizer = load_model(folder, dtype=torch.float32, device=CPU), load_tokenizer(folder)
    check_tokenizer_fits(tokenizer, describe(folder))
    ids = tokenizer("Once upon a time", return_tensors="pt")
    text = tokenizer.decode(model.generate(**ids, max_new_tokens=60, do_sample=False)[0], skip_special_tokens=True)
    # As ../shared/SOURCES.md gives it.
    assert text.startswith(
        "Once upon a time, there was a little girl named Lily. She loved to play outside in the park. "
        "One day, she saw a big, red ball."
    )


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_a_model_comes_frozen_whole_and_in_the_type_asked_for(llama: Path, dtype: torch.dtype) -> None:
    model = load(llama, dtype)
    assert not model.training
    assert {(parameter.requires_grad, parameter.dtype) for parameter in model.parameters()} == {(False, dtype)}
    reference = AutoModelForCausalLM.from_pretrained(llama, dtype=dtype)
    assert all(torch.equal(*pair) for pair in zip(model.parameters(), reference.parameters(), strict=True))


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_weights_that_are_not_finite_are_refused_by_name(llama: Path, value: float) -> None:
    tensors = load_file(llama / "model.safetensors")
    tensors["model.layers.1.mlp.up_proj.weight"][3, 4] = value
    save_file(tensors, llama / "model.safetensors")
    with pytest.raises(Refusal, match=r"model\.layers\.1\.mlp\.up_proj\.weight") as caught:
        load(llama)
    assert caught.value.code == "weights-not-finite"


def test_weights_that_overflow_in_the_type_asked_for_are_refused(llama: Path) -> None:
    tensors = load_file(llama / "model.safetensors")
    tensors["lm_head.weight"][0, 0] = 1e30
    save_file(tensors, llama / "model.safetensors")
    load(llama)
    with pytest.raises(Refusal, match="float16"):
        load(llama, torch.float16)


def test_nothing_is_loaded_that_the_check_refuses(llama: Path) -> None:
    edit_json(llama / "config.json", num_hidden_layers=5)
    with pytest.raises(Refusal) as caught:
        load(llama)
    assert caught.value.code == "weights-incomplete"


def test_loading_writes_nothing_to_the_terminal(llama: Path, capfd: pytest.CaptureFixture[str]) -> None:
    load(llama)
    load_tokenizer(str(llama))
    sys.stderr.flush()
    assert capfd.readouterr() == ("", "")


def test_a_pad_token_of_its_own_is_kept_and_a_missing_one_is_the_end_token(llama: Path) -> None:
    assert load_tokenizer(str(llama)).pad_token == "<eos>"
    write_tokenizer(llama, pad_token="<pad>")
    assert load_tokenizer(str(llama)).pad_token == "<pad>"


def lose_end(folder: Path) -> None:
    edit_json(folder / "tokenizer_config.json", eos_token=None)


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (lambda folder: (folder / "tokenizer.json").unlink(), "tokenizer-missing"),
        (lambda folder: (folder / "tokenizer.json").write_text("{"), "model-file-damaged"),
        (lambda folder: (folder / "tokenizer.json").write_text('{"model": 7}'), "tokenizer-damaged"),
        (lambda folder: (folder / "tokenizer_config.json").write_text("oops"), "model-file-damaged"),
        (lambda folder: edit_json(folder / "tokenizer_config.json", auto_map={"AutoTokenizer": ["x.Y", None]}), "model-custom-code"),
        (lose_end, "tokenizer-no-end"),
    ],
    ids=["missing", "broken", "no tokenizer", "broken settings", "custom code", "no end token"],
)  # fmt: skip
def test_a_tokenizer_that_cannot_be_used_is_refused(llama: Path, damage: object, code: str) -> None:
    damage(llama)
    with pytest.raises(Refusal) as caught:
        load_tokenizer(str(llama))
    assert (caught.value.code, caught.value.field) == (code, "model")


def test_a_tokenizer_with_more_tokens_than_embeddings_is_refused(llama: Path) -> None:
    check_tokenizer_fits(load_tokenizer(str(llama)), describe(str(llama)))
    write_tokenizer(llama, words=97)
    with pytest.raises(Refusal) as caught:
        check_tokenizer_fits(load_tokenizer(str(llama)), describe(str(llama)))
    assert caught.value.code == "tokenizer-too-large"
