"""Packed rows: what they cost and teach is what their documents do apart, or they are not packed."""

import numpy as np
import pytest
import torch
from transformers import (
    AutoModelForCausalLM,
    BloomConfig,
    FalconConfig,
    FalconMambaConfig,
    Gemma3TextConfig,
    GPT2Config,
    LlamaConfig,
    MambaConfig,
    MistralConfig,
    OPTConfig,
    Phi3Config,
    Qwen3Config,
)

from studio.data.batches import collate
from studio.data.example import Example
from studio.engine.loss import ChunkedLoss, PlainLoss, choose_loss, packing_holds

SIZES = {
    "vocab_size": 61, "hidden_size": 32, "intermediate_size": 48, "num_hidden_layers": 2, "num_attention_heads": 4,
    "num_key_value_heads": 2, "max_position_embeddings": 64, "pad_token_id": 0, "bos_token_id": 1, "eos_token_id": 2,
}  # fmt: skip
SHORT = {"vocab_size": 61, "pad_token_id": 0, "bos_token_id": 1, "eos_token_id": 2}
APART = {
    "llama": LlamaConfig(**SIZES),
    "mistral-window": MistralConfig(**SIZES, sliding_window=5),
    "qwen3": Qwen3Config(**SIZES, head_dim=8),
    "gemma3": Gemma3TextConfig(**SIZES, head_dim=8, sliding_window=5),
    "phi3": Phi3Config(**SIZES),
    "gpt2": GPT2Config(**SHORT, n_embd=32, n_layer=2, n_head=4, n_positions=64),
}
MIXED = {
    "bloom": BloomConfig(**SHORT, hidden_size=32, n_layer=2, n_head=4),
    "falcon-alibi": FalconConfig(**SHORT, hidden_size=32, num_hidden_layers=2, num_attention_heads=4, alibi=True),
    "mamba": MambaConfig(**SHORT, hidden_size=32, num_hidden_layers=2, state_size=4),
    "falcon-mamba": FalconMambaConfig(**SHORT, hidden_size=32, num_hidden_layers=2, state_size=4),
    "opt": OPTConfig(
        **SHORT, hidden_size=32, ffn_dim=48, num_hidden_layers=2, num_attention_heads=4, max_position_embeddings=64,
        word_embed_proj_dim=32,
    ),
}  # fmt: skip


def documents(*lengths: int) -> list[Example]:
    generator = np.random.default_rng(0)
    return [
        Example(generator.integers(3, 61, n).astype(np.int32), generator.random(n) < 0.7, row)
        for row, n in enumerate(lengths)
    ]


def model_of(config, attention: str = "sdpa"):
    torch.manual_seed(0)
    return AutoModelForCausalLM.from_config(config, attn_implementation=attention).eval()


@pytest.mark.parametrize("attention", ["sdpa", "eager"])
@pytest.mark.parametrize("name", APART)
def test_loss_and_gradients_are_those_of_the_documents_apart(name: str, attention: str) -> None:
    model = model_of(APART[name], attention)
    some = documents(7, 4, 9, 1, 12, 5)
    apart, packed = [(each,) for each in some], [tuple(some[:3]), tuple(some[3:])]
    for loss in (PlainLoss(model), choose_loss(model, collate(apart, 0))):
        results = []
        for rows in (apart, packed):
            value = loss(collate(rows, 0))
            results.append((value, torch.autograd.grad(value, list(model.parameters()), allow_unused=True)))
        (one, gradients), (other, packed_gradients) = results
        torch.testing.assert_close(other, one, rtol=1e-5, atol=1e-5)
        for mine, truth in zip(packed_gradients, gradients, strict=True):
            assert (mine is None) == (truth is None)
            if truth is not None:
                torch.testing.assert_close(mine, truth, rtol=1e-5, atol=1e-5 * float(truth.abs().max()))
    assert packing_holds(model, PlainLoss(model), some[:2], 0)


@pytest.mark.parametrize("name", MIXED)
def test_a_model_that_would_mix_documents_is_found_out(name: str) -> None:
    model = model_of(MIXED[name], "eager")
    some = documents(7, 4)
    assert not packing_holds(model, PlainLoss(model), some, 0)


def test_a_head_in_chunks_keeps_documents_apart_too() -> None:
    model = model_of(APART["llama"])
    some = documents(7, 4, 9)
    fast = ChunkedLoss(model.model, model.lm_head)
    torch.testing.assert_close(fast(collate([tuple(some)], 0)), fast(collate([(each,) for each in some], 0)))
