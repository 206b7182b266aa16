"""Tiny random models to put adapters on, and adapters with something in them."""

from collections.abc import Callable

import pytest
import torch
from torch import nn
from transformers import GPT2Config, GPT2LMHeadModel, LlamaConfig, LlamaForCausalLM
from transformers.pytorch_utils import Conv1D

from studio.lora.adapter import Adapter

IDS = torch.arange(24).reshape(2, 12) % 61


@pytest.fixture
def ids() -> torch.Tensor:
    """Token ids (batch 2, length 12)."""
    return IDS


def make_llama(layers: int = 12) -> LlamaForCausalLM:
    """Twelve layers, so that layers.1 is the beginning of layers.11's name."""
    torch.manual_seed(0)
    config = LlamaConfig(
        vocab_size=61, hidden_size=16, intermediate_size=24, num_hidden_layers=layers, num_attention_heads=4,
        num_key_value_heads=2, max_position_embeddings=32, pad_token_id=0, bos_token_id=1, eos_token_id=2,
    )  # fmt: skip
    return LlamaForCausalLM(config).eval()


def make_gpt2(layers: int = 2) -> GPT2LMHeadModel:
    torch.manual_seed(0)
    config = GPT2Config(
        vocab_size=61, n_embd=16, n_layer=layers, n_head=4, n_positions=32, bos_token_id=1, eos_token_id=2
    )  # fmt: skip
    return GPT2LMHeadModel(config).eval()


@pytest.fixture
def llama() -> LlamaForCausalLM:
    return make_llama()


@pytest.fixture
def gpt2() -> GPT2LMHeadModel:
    return make_gpt2()


@pytest.fixture
def make_model() -> Callable[..., nn.Module]:
    """Builds a "llama" or "gpt2", the same weights at every call for the same number of layers."""

    def make(kind: str, **sizes: int) -> nn.Module:
        return {"llama": make_llama, "gpt2": make_gpt2}[kind](**sizes)

    return make


@pytest.fixture
def make_base() -> Callable[[str, torch.dtype], nn.Module]:
    """Builds a "linear" or "conv1d" of 10 inputs, 6 outputs, alone in a Sequential: its name is "0"."""

    def make(kind: str, dtype: torch.dtype = torch.float32) -> nn.Module:
        torch.manual_seed(1)
        module = nn.Linear(10, 6) if kind == "linear" else Conv1D(6, 10)
        nn.init.normal_(module.weight, std=0.5)
        nn.init.normal_(module.bias)
        return nn.Sequential(module).to(dtype)

    return make


@pytest.fixture
def trained() -> Callable[[Adapter], Adapter]:
    """Fills an adapter's matrices with noise, as if it had been trained."""

    def fill(adapter: Adapter) -> Adapter:
        generator = torch.Generator().manual_seed(2)
        with torch.no_grad():
            for parameter in adapter.parameters():
                parameter.normal_(std=0.3, generator=generator)
        return adapter

    return fill
