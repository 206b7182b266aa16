"""One damaged folder for every refusal: what, where and what now, before anything is loaded."""

import os
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from studio.models.checks import check_config, check_folder
from studio.models.jsonfile import MOST_BYTES
from tests.models.architectures import ARCHITECTURES, save_tiny
from tests.models.conftest import edit_json
from tests.models.damage import INDEX, WEIGHTS, Damage, config, edit_header, edit_map, refusal_of, text


def as_fifo(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def as_loop(path: Path) -> None:
    path.unlink()
    path.symlink_to(path)


def as_pickle(folder: Path) -> None:
    (folder / WEIGHTS).unlink()
    torch.save({}, folder / "pytorch_model.bin")


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_a_model_as_transformers_saves_it_is_accepted(name: str, tmp_path: Path) -> None:
    save_tiny(name, tmp_path)
    assert check_folder(tmp_path) == []


def test_the_real_model_is_accepted(shared: Path) -> None:
    assert check_folder(shared / "models" / "stories260k") == []


def test_a_sharded_model_is_accepted(sharded: Path) -> None:
    assert check_folder(sharded) == []


CONFIG_DAMAGE: dict[str, tuple[Damage, str, str]] = {
    "no config": (lambda folder: (folder / "config.json").unlink(), "model-file-missing", "config.json"),
    "broken JSON": (text("config.json", '{"model_type": "llama",\n oops}'), "model-file-damaged", "line 2, column 2"),
    "a list": (text("config.json", "[]"), "model-file-damaged", "list"),
    "not UTF-8": (lambda folder: (folder / "config.json").write_bytes(b"\xff\xfe\x00"), "model-file-damaged", "UTF-8"),
    "nested too deeply": (text("config.json", "[" * 100_000), "model-file-damaged", "nested"),
    "no model type": (config(model_type=None), "config-no-type", "model_type"),
    "unknown model type": (config(model_type="no_such_model"), "config-unknown-type", "no_such_model"),
    "a newline in the model type": (config(model_type="llama\nimport os"), "config-unknown-type", "unknown"),
    "not a causal model": (config(model_type="t5"), "config-not-causal", "t5"),
    "custom code": (config(auto_map={"AutoModel": "modeling_own.Own"}), "model-custom-code", "auto_map"),
    "trusts itself": (config(trust_remote_code=True), "model-custom-code", "trust_remote_code"),
    "custom code below": (config(text_config={"auto_map": {}}), "model-custom-code", "auto_map"),
    "a kernel of a stranger": (
        config(attn_implementation="someone/kernel"),
        "model-custom-code",
        "attn_implementation",
    ),
    "its own weight file": (config(transformers_weights="../x.safetensors"), "config-invalid", "transformers_weights"),
    "negative layers": (config(num_hidden_layers=-1), "config-invalid", "num_hidden_layers"),
    "no layers": (config(num_hidden_layers=0), "config-invalid", "num_hidden_layers"),
    "a billion layers": (config(num_hidden_layers=10**9), "config-invalid", "num_hidden_layers"),
    "text for a number": (config(hidden_size="wide"), "config-invalid", "hidden_size"),
    "a fraction for a number": (config(vocab_size=1.5), "config-invalid", "vocab_size"),
    "heads that do not divide": (config(num_attention_heads=5, head_dim=None), "config-invalid", "config.json"),
    "an unknown activation": (config(hidden_act="no_such"), "config-invalid", "no_such"),
}


@pytest.mark.parametrize("case", CONFIG_DAMAGE)
def test_a_config_that_cannot_be_used_is_refused(llama: Path, case: str) -> None:
    damage, code, words = CONFIG_DAMAGE[case]
    damage(llama)
    refusal = refusal_of(llama)
    assert (refusal.code, words in refusal.sentence) == (code, True), refusal.sentence


def test_the_programs_that_would_have_run_are_named(llama: Path) -> None:
    (llama / "modeling_own.py").write_text("raise SystemExit('this ran')")
    edit_json(llama / "config.json", auto_map={"AutoConfig": "modeling_own.Config"})
    assert "modeling_own.py" in refusal_of(llama).what


def test_a_huge_config_is_not_read(llama: Path) -> None:
    with (llama / "config.json").open("r+b") as file:
        file.truncate(MOST_BYTES + 1)
    assert refusal_of(llama).code == "model-file-too-large"


def test_a_config_file_stands_for_itself(llama: Path) -> None:
    assert check_config(llama / "config.json") == check_config(llama)


FILE_DAMAGE: dict[str, tuple[Damage, str, str]] = {
    "no weights": (lambda folder: (folder / WEIGHTS).unlink(), "weights-missing", WEIGHTS),
    "pickle only": (as_pickle, "weights-pickle", "pytorch_model.bin"),
    "GGUF only": (lambda folder: (folder / WEIGHTS).rename(folder / "m.gguf"), "weights-gguf", "GGUF"),
    "another name": (
        lambda folder: (folder / WEIGHTS).rename(folder / "w.safetensors"),
        "weights-missing",
        "w.safetensors",
    ),
    "empty": (lambda folder: (folder / WEIGHTS).write_bytes(b""), "weights-empty", "empty file"),
    "five bytes": (lambda folder: (folder / WEIGHTS).write_bytes(b"12345"), "weights-damaged", "5 bytes"),
    "cut short": (lambda folder: os.truncate(folder / WEIGHTS, 9_000), "weights-truncated", "9,000 bytes where"),
    "cut in the header": (lambda folder: os.truncate(folder / WEIGHTS, 100), "weights-truncated", "100 bytes"),
    "bytes too many": (
        lambda folder: (folder / WEIGHTS).write_bytes((folder / WEIGHTS).read_bytes() + b"x"),
        "weights-damaged",
        "too many",
    ),
    "a huge header": (
        lambda folder: (folder / WEIGHTS).write_bytes(struct.pack("<Q", 2**63)),
        "weights-damaged",
        "header of",
    ),
    "no JSON": (
        lambda folder: (folder / WEIGHTS).write_bytes(struct.pack("<Q", 4) + b"oops"),
        "weights-damaged",
        "not valid JSON",
    ),
    "a name twice": (
        lambda folder: (folder / WEIGHTS).write_bytes(struct.pack("<Q", 13) + b'{"a":1,"a":2}'),
        "weights-damaged",
        "not valid JSON",
    ),
    "a pipe": (lambda folder: as_fifo(folder / WEIGHTS), "model-file-not-regular", "pipe"),
    "a link to itself": (lambda folder: as_loop(folder / WEIGHTS), "model-link-loop", "leads back"),
    "an adapter beside it": (text("adapter_config.json", "{}"), "model-is-adapter", "adapter"),
    "a broken generation config": (text("generation_config.json", "{"), "model-file-damaged", "generation_config.json"),
    "a broken tokenizer": (text("tokenizer.json", '{"a": '), "model-file-damaged", "tokenizer.json"),
}


@pytest.mark.parametrize("case", FILE_DAMAGE)
def test_a_damaged_file_is_refused(llama: Path, case: str) -> None:
    damage, code, words = FILE_DAMAGE[case]
    damage(llama)
    refusal = refusal_of(llama)
    assert (refusal.code, words in refusal.sentence) == (code, True), refusal.sentence


@pytest.mark.parametrize(
    "change",
    [
        lambda tree: tree["model.norm.weight"].update(dtype="F99"),
        lambda tree: tree["model.norm.weight"].update(shape=[-32]),
        lambda tree: tree["model.norm.weight"].update(shape=[31]),
        lambda tree: tree["model.norm.weight"].update(data_offsets=[0, 128]),
        lambda tree: tree.update(extra=7),
    ],
    ids=["type", "negative", "size", "overlap", "no tensor"],
)
def test_a_header_that_contradicts_itself_is_refused(llama: Path, change: Callable[[dict], object]) -> None:
    edit_header(llama, change)
    assert refusal_of(llama).code == "weights-damaged"


INDEX_DAMAGE: dict[str, tuple[Damage, str, str]] = {
    "two shards gone": (
        lambda folder: [path.unlink() for path in sorted(folder.glob("model-*"))[:2]],
        "weights-missing",
        "2 of",
    ),
    "a shard empty": (
        lambda folder: sorted(folder.glob("model-*"))[0].write_bytes(b""),
        "weights-empty",
        "model-00001-of",
    ),
    "a shard that is a pipe": (
        lambda folder: as_fifo(sorted(folder.glob("model-*"))[0]),
        "model-file-not-regular",
        "model-00001-of",
    ),
    "a tensor that is not there": (
        lambda folder: edit_map(folder, lambda places: places.update({"lost.weight": min(places.values())})),
        "weights-incomplete",
        "lost.weight",
    ),
    "the parent folder": (
        lambda folder: edit_map(folder, lambda places: places.update({"model.norm.weight": "../x.safetensors"})),
        "weights-outside",
        "../x.safetensors",
    ),
    "an absolute path": (
        lambda folder: edit_map(folder, lambda places: places.update({"model.norm.weight": "/etc/passwd"})),
        "weights-outside",
        "/etc/passwd",
    ),
    "a backslash": (
        lambda folder: edit_map(folder, lambda places: places.update({"model.norm.weight": "..\\x.safetensors"})),
        "weights-outside",
        "x.safetensors",
    ),
    "a drive": (
        lambda folder: edit_map(folder, lambda places: places.update({"model.norm.weight": "C:x.safetensors"})),
        "weights-outside",
        "C:x.safetensors",
    ),
    "broken JSON": (text(INDEX, '{"weight_map": {'), "model-file-damaged", "line 1"),
    "no weight map": (text(INDEX, '{"metadata": {}}'), "model-file-damaged", "weight_map"),
    "numbers in the map": (text(INDEX, '{"weight_map": {"a": 1}}'), "model-file-damaged", "weight_map"),
}


@pytest.mark.parametrize("case", INDEX_DAMAGE)
def test_a_damaged_index_is_refused(sharded: Path, case: str) -> None:
    damage, code, words = INDEX_DAMAGE[case]
    damage(sharded)
    refusal = refusal_of(sharded)
    assert (refusal.code, words in refusal.sentence) == (code, True), refusal.sentence
