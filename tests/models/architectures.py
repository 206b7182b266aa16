"""Tiny random models of the architectures that checks and descriptions must get right."""

from collections.abc import Callable
from pathlib import Path

import torch
from transformers import (
    AutoModelForCausalLM,
    BloomConfig,
    FalconConfig,
    Gemma3TextConfig,
    GPT2Config,
    GPTNeoXConfig,
    LlamaConfig,
    MixtralConfig,
    OPTConfig,
    Phi3Config,
    PreTrainedConfig,
    PreTrainedModel,
    Qwen3Config,
    Qwen3MoeConfig,
)

SIZES = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4, "vocab_size": 96}
LLAMA = SIZES | {"intermediate_size": 48, "num_key_value_heads": 2, "max_position_embeddings": 64}

ARCHITECTURES: dict[str, Callable[[], PreTrainedConfig]] = {
    "llama": lambda: LlamaConfig(**LLAMA),
    "llama-tied": lambda: LlamaConfig(**LLAMA, tie_word_embeddings=True),
    "gpt2": lambda: GPT2Config(n_embd=32, n_layer=2, n_head=4, vocab_size=96, n_positions=64),
    "qwen3": lambda: Qwen3Config(**LLAMA, head_dim=16),
    "qwen3-moe": lambda: Qwen3MoeConfig(
        **LLAMA, head_dim=16, num_experts=4, moe_intermediate_size=16, num_experts_per_tok=2
    ),
    "gemma3": lambda: Gemma3TextConfig(**LLAMA, head_dim=16),
    "mixtral": lambda: MixtralConfig(**LLAMA, num_local_experts=4),
    "opt": lambda: OPTConfig(**SIZES, ffn_dim=48, max_position_embeddings=64, word_embed_proj_dim=32),
    "gpt-neox": lambda: GPTNeoXConfig(**SIZES, intermediate_size=48, max_position_embeddings=64),
    "phi3": lambda: Phi3Config(**LLAMA, pad_token_id=0),
    "falcon": lambda: FalconConfig(**SIZES),
    "bloom": lambda: BloomConfig(hidden_size=32, n_layer=2, n_head=4, vocab_size=96),
}


def tiny(name: str) -> PreTrainedModel:
    """A random model of an architecture."""
    torch.manual_seed(0)
    return AutoModelForCausalLM.from_config(ARCHITECTURES[name]())


def save_tiny(name: str, folder: Path) -> PreTrainedModel:
    """The model of `tiny`, saved into a folder."""
    model = tiny(name)
    model.save_pretrained(folder)
    return model
