"""Tiny random models in folders, tiny data, and plans of them: a run takes a second."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import GPT2Config, GPT2LMHeadModel, LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

from studio.engine.setup import Setup, set_up
from studio.plan.events import Event
from studio.plan.plan import Plan
from studio.plan.planfile import parse_plan

SPECIALS = ["<pad>", "<s>", "</s>"]
COLOURS = ("red", "blue", "green", "black", "white", "grey")


def byte_tokenizer() -> PreTrainedTokenizerFast:
    """One token a byte, so that a character may take several tokens."""
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {token: number for number, token in enumerate([*SPECIALS, *alphabet])}
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="<pad>", bos_token="<s>", eos_token="</s>", model_max_length=128
    )


def write_llama(folder: Path, **changes: Any) -> Path:
    torch.manual_seed(0)
    config = LlamaConfig(**{
        "vocab_size": 259, "hidden_size": 32, "intermediate_size": 48, "num_hidden_layers": 2, "num_attention_heads": 4,
        "num_key_value_heads": 2, "max_position_embeddings": 128, "pad_token_id": 0, "bos_token_id": 1, "eos_token_id": 2,
        "initializer_range": 0.2,
    } | changes)  # fmt: skip
    LlamaForCausalLM(config).save_pretrained(folder)
    byte_tokenizer().save_pretrained(folder)
    return folder


def write_gpt2(folder: Path) -> Path:
    """GPT-2 has dropout of its own in its config."""
    torch.manual_seed(0)
    config = GPT2Config(
        vocab_size=259, n_embd=32, n_layer=2, n_head=4, n_positions=128, bos_token_id=1, eos_token_id=2, pad_token_id=0
    )
    GPT2LMHeadModel(config).save_pretrained(folder)
    byte_tokenizer().save_pretrained(folder)
    return folder


@pytest.fixture(scope="session")
def llama(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_llama(tmp_path_factory.mktemp("models") / "llama")


@pytest.fixture(scope="session")
def gpt2(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_gpt2(tmp_path_factory.mktemp("models") / "gpt2")


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    """Twenty-three pairs of different lengths."""
    path = tmp_path / "rows.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(23):
            colour = COLOURS[number % len(COLOURS)]
            row = {"prompt": f"box {number} is {'very ' * (number % 3)}{colour}", "completion": f"{colour} {number}"}
            file.write(json.dumps(row) + "\n")
    return path


@pytest.fixture
def plan_of(llama: Path, rows: Path) -> Callable[..., Plan]:
    """Makes a small plan; keywords replace settings: plan_of(training={"epochs": 2})."""

    def make(**changes: Any) -> Plan:
        tree: dict[str, Any] = {
            "model": str(llama),
            "data": {"train": str(rows), "eval_fraction": 0.0, "max_length": 96},
            "lora": {"rank": 4, "alpha": 8},
            "training": {
                "epochs": 1, "batch_size": 4, "gradient_accumulation": 1, "learning_rate": 0.01, "precision": "float32",
                "device": "cpu",
            },
        }  # fmt: skip
        for section, values in changes.items():
            tree[section] = tree[section] | values if isinstance(tree.get(section), dict) else values
        return parse_plan(tree)

    return make


def done(work: Iterator[Event]) -> Any:
    """The value that a generator of events returns."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


@pytest.fixture
def setup_of(plan_of: Callable[..., Plan]) -> Callable[..., Setup]:
    """Makes the setup of a small plan."""

    def make(**changes: Any) -> Setup:
        setup: Setup = done(set_up(plan_of(**changes)))
        return setup

    return make
