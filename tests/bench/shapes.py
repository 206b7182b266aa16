"""Models of real shapes with random weights, a tokenizer of plain words for them, and rows of known lengths: nothing is downloaded.

Speed and memory do not depend on what the weights say. A word "w17" is token 17, so the lengths of rows are known without encoding them.
"""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

VOCABULARY = 50_264
SPECIALS = ("<pad>", "<end>", "<unknown>")
PARTS = ("hidden_size", "intermediate_size", "num_hidden_layers", "num_attention_heads", "num_key_value_heads")
SHAPES = {
    "tiny": (64, 128, 4, 4, 2),
    "llama-30m": (384, 1024, 8, 6, 2),
    "smollm-135m": (576, 1536, 30, 9, 3),
    "qwen-0.5b": (896, 4864, 24, 14, 2),
    "llama-1b": (2048, 8192, 16, 32, 8),
    "llama-8b": (4096, 14336, 32, 32, 8),
}
Document = tuple[list[int], list[int]]  # token ids of the prompt, and of what is learnt


def write_model(shape: str, folder: Path, device: str, *, vocabulary: int = VOCABULARY) -> Path:
    """A model in bfloat16 with its tokenizer, made on `device`: a large one takes minutes on a CPU and seconds on a GPU."""
    config = LlamaConfig(
        vocab_size=vocabulary, max_position_embeddings=32_768, rms_norm_eps=1e-5, tie_word_embeddings=True,
        pad_token_id=0, bos_token_id=1, eos_token_id=1, **dict(zip(PARTS, SHAPES[shape], strict=True)),
    )  # fmt: skip
    torch.manual_seed(0)
    with torch.device(device):
        model = LlamaForCausalLM._from_config(config, dtype=torch.bfloat16)
    model.save_pretrained(folder)
    words = Tokenizer(models.WordLevel({word(token): token for token in range(vocabulary)}, unk_token=SPECIALS[2]))
    words.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    PreTrainedTokenizerFast(
        tokenizer_object=words, pad_token=SPECIALS[0], eos_token=SPECIALS[1], unk_token=SPECIALS[2]
    ).save_pretrained(folder)
    return folder


def word(token: int) -> str:
    """How a token is written."""
    return SPECIALS[token] if token < len(SPECIALS) else f"w{token}"


def pairs(count: int, *, vocabulary: int = VOCABULARY) -> list[Document]:
    """Prompts and completions as long as those of the E2E data in GPT-2's tokens: 37 ± 8 and 28 ± 8, correlated by 0.67."""
    draw = np.random.default_rng(0)
    prompt = draw.normal(36.6, 8.2, count).clip(16, 49)
    completion = (28.0 + 0.67 * (8.0 / 8.2) * (prompt - 36.6) + draw.normal(0, 5.9, count)).clip(8, 87)
    return [_drawn(draw, round(p), round(c) - 1, vocabulary) for p, c in zip(prompt, completion, strict=True)]


def documents(tokens: int, *, longest: int, vocabulary: int = VOCABULARY) -> list[Document]:
    """Texts of log-normal length, a few hundred tokens in the middle, of so many tokens together; all of a text is learnt."""
    draw = np.random.default_rng(0)
    found: list[Document] = []
    while sum(len(text) + 1 for _, text in found) < tokens:
        found.append(
            _drawn(draw, 0, int(np.clip(draw.lognormal(np.log(longest / 5), 0.8), 8, longest - 1)), vocabulary)
        )
    return found


def write_rows(rows: Sequence[Document], file: Path) -> Path:
    """Rows as the studio reads them, prompt and completion or text; it adds the end token itself."""
    lines = [
        {"prompt": _text(prompt), "completion": _text(learnt)} if prompt else {"text": _text(learnt)}
        for prompt, learnt in rows
    ]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return file


def _drawn(draw: np.random.Generator, prompt: int, learnt: int, vocabulary: int) -> Document:
    ids = draw.integers(len(SPECIALS), vocabulary, prompt + learnt).tolist()
    return ids[:prompt], ids[prompt:]


def _text(ids: Sequence[int]) -> str:
    return " ".join(map(word, ids))
