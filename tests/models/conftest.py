"""Fixtures for models: a tiny Llama folder, a Hub of our own, a cache of the test's own."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from huggingface_hub import constants
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

from tests.hub_server import Hub, library_at, serving

SIZES = {
    "hidden_size": 32,
    "intermediate_size": 48,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "vocab_size": 96,
    "max_position_embeddings": 64,
}


def write_tokenizer(folder: Path, words: int = 90, **special: str) -> None:
    names = ["<pad>", "<eos>", "<unk>", *(f"w{number}" for number in range(words - 3))]
    tokenizer = Tokenizer(WordLevel({name: row for row, name in enumerate(names)}, unk_token="<unk>"))
    tokenizer.pre_tokenizer = Whitespace()
    wrapped = PreTrainedTokenizerFast(tokenizer_object=tokenizer, **({"eos_token": "<eos>"} | special))
    wrapped.save_pretrained(folder)


@pytest.fixture(scope="session")
def _saved_llama(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("llama")
    torch.manual_seed(0)
    LlamaForCausalLM(LlamaConfig(**SIZES)).save_pretrained(folder)
    write_tokenizer(folder)
    return folder


@pytest.fixture
def llama(_saved_llama: Path, tmp_path: Path) -> Path:
    """A tiny Llama with its tokenizer, the test's to damage."""
    folder = tmp_path / "llama"
    folder.mkdir()
    for file in _saved_llama.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    return folder


@pytest.fixture
def sharded(llama: Path) -> Path:
    """The same model in several files."""
    model = LlamaForCausalLM.from_pretrained(llama)
    (llama / "model.safetensors").unlink()
    model.save_pretrained(llama, max_shard_size="20KB")
    assert len(list(llama.glob("model-*-of-*.safetensors"))) > 2
    return llama


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty Hub cache. The library reads its place once, on import."""
    folder = tmp_path / "hub"
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(folder))
    return folder


@pytest.fixture
def hub(llama: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    """A Hub that has the tiny Llama, with files beside it that nobody should fetch."""
    files = {file.name: file.read_bytes() for file in llama.iterdir()}
    files |= {"pytorch_model.bin": b"pickle", "modeling_own.py": b"import os", "original/model.safetensors": b"twice"}
    with serving({"owner/tiny": files}) as server, library_at(server, monkeypatch):
        yield server


def edit_json(path: Path, **changes: object) -> None:
    """Change keys of a JSON file; None takes a key out."""
    tree = json.loads(path.read_text()) | changes
    path.write_text(json.dumps({key: value for key, value in tree.items() if value is not None}))
