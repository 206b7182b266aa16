"""Tiny random language models to put adapters on, and adapters with something in them."""

from collections.abc import Callable

import pytest
import torch
from torch import nn
from transformers import GPT2Config, GPT2LMHeadModel, LlamaConfig, LlamaForCausalLM

from studio.lora.adapter import Adapter


@pytest.fixture
def ids() -> torch.Tensor:
    """Token ids (batch 2, length 12)."""
    return torch.arange(24).reshape(2, 12) % 61


def make_llama(layers: int = 12) -> LlamaForCausalLM:
    """Twelve layers, so that layers.1 is the beginning of layers.11's name."""
    config = LlamaConfig(
        vocab_size=61, hidden_size=16, intermediate_size=24, num_hidden_layers=layers, num_attention_heads=4,
        num_key_value_heads=2, max_position_embeddings=32, pad_token_id=0, bos_token_id=1, eos_token_id=2,
    )  # fmt: skip
    return LlamaForCausalLM(config).eval()


def make_gpt2(layers: int = 2) -> GPT2LMHeadModel:
    config = GPT2Config(
        vocab_size=61, n_embd=16, n_layer=layers, n_head=4, n_positions=32, bos_token_id=1, eos_token_id=2
    )  # fmt: skip
    return GPT2LMHeadModel(config).eval()


@pytest.fixture
def make_model() -> Callable[..., nn.Module]:
    """Builds a "llama" or "gpt2", the same weights at every call for the same number of layers."""

    def make(kind: str, **sizes: int) -> nn.Module:
        torch.manual_seed(0)
        makers: dict[str, Callable[..., nn.Module]] = {"llama": make_llama, "gpt2": make_gpt2}
        return makers[kind](**sizes)

    return make


@pytest.fixture
def trained() -> Callable[[Adapter], Adapter]:
    """Fills an adapter's matrices with noise, as if it had been trained; a frozen A with its start stays."""

    def fill(adapter: Adapter) -> Adapter:
        generator = torch.Generator().manual_seed(2)
        with torch.no_grad():
            for name, parameter in adapter.named_parameters():
                noise = 0.3 * torch.randn(parameter.shape, generator=generator)
                parameter.copy_(parameter * (1 + noise) if name.endswith(".m") else noise)
        return adapter

    return fill
