"""Sixteen tiny random models, each of another architecture, with a batch to learn: all take the batch and give `loss` and `logits`."""

from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace

import torch
import transformers as tf
from torch import Tensor, nn
from torch.nn import functional as F

SIZES = {"vocab_size": 61, "hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 4}
LLAMA = SIZES | {
    **{"intermediate_size": 24, "num_key_value_heads": 2, "head_dim": 4, "max_position_embeddings": 32},
    **{"pad_token_id": 0, "bos_token_id": 1, "eos_token_id": 2},
}
ENDS = {"bos_token_id": 1, "eos_token_id": 2}


@dataclass(frozen=True)
class Architecture:
    """How a model and its batch are made, the kinds that its targets have, and PEFT's name for its task.

    `idle` are modules that hold a weight for others and never run, so that an adapter on them does nothing.
    """

    build: Callable[[], nn.Module]
    batch: Callable[[], dict[str, Tensor]]
    kinds: set[str]
    task_type: str | None = None
    idle: tuple[str, ...] = ()


def text() -> dict[str, Tensor]:
    """Four rows of ten tokens, the labels the tokens themselves."""
    ids = torch.randint(3, 61, (4, 10))
    return {"input_ids": ids, "labels": ids}


def images(channels: int = 3) -> dict[str, Tensor]:
    return {"pixel_values": torch.randn(4, channels, 8, 8), "labels": torch.arange(4) % 3}


def causal(config: tf.PreTrainedConfig, *kinds: str) -> Architecture:
    return Architecture(lambda: tf.AutoModelForCausalLM.from_config(config), text, set(kinds), "CAUSAL_LM")


def answer(logits: Tensor, labels: Tensor) -> SimpleNamespace:
    """What transformers' models give: the mean cross-entropy, and the logits it comes from."""
    return SimpleNamespace(loss=F.cross_entropy(logits.flatten(0, -2), labels.flatten()), logits=logits)


class Cnn(nn.Module):
    """Convolutions with a stride and in groups, and a linear head."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Conv2d(3, 8, 3, stride=2, padding=1)
        self.norm = nn.BatchNorm2d(8)
        self.grouped = nn.Conv2d(8, 8, 3, padding=1, groups=2)
        self.point = nn.Conv2d(8, 12, 1, bias=False)
        self.head = nn.Linear(12, 3)

    def forward(self, pixel_values: Tensor, labels: Tensor) -> SimpleNamespace:
        x = self.norm(self.stem(pixel_values)).relu()
        x = self.point(self.grouped(x).relu()).mean((-1, -2))
        return answer(self.head(x), labels)


class Tagger(nn.Module):
    """A label for each token, from a bidirectional LSTM."""

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(61, 12, padding_idx=0)
        self.lstm = nn.LSTM(12, 10, num_layers=2, bidirectional=True, batch_first=True)
        self.tags = nn.Linear(20, 5)

    def forward(self, input_ids: Tensor, labels: Tensor) -> SimpleNamespace:
        states, _ = self.lstm(self.words(input_ids))
        return answer(self.tags(states), labels % 5)


class Recommender(nn.Module):
    """How much a user likes an item, in three grades, from an embedding of each."""

    def __init__(self) -> None:
        super().__init__()
        self.users, self.items = nn.Embedding(20, 8), nn.Embedding(30, 8)
        self.tower = nn.Sequential(nn.Linear(16, 12), nn.ReLU(), nn.Linear(12, 3))

    def forward(self, users: Tensor, items: Tensor, labels: Tensor) -> SimpleNamespace:
        return answer(self.tower(torch.cat((self.users(users), self.items(items)), -1)), labels)


def ratings() -> dict[str, Tensor]:
    return {"users": torch.randint(20, (16,)), "items": torch.randint(30, (16,)), "labels": torch.arange(16) % 3}


T5 = tf.T5Config(
    vocab_size=61, d_model=16, d_kv=4, d_ff=24, num_layers=2, num_heads=4, pad_token_id=0, decoder_start_token_id=0
)
BERT = tf.BertConfig(**SIZES, intermediate_size=24, max_position_embeddings=32, pad_token_id=0)
VIT = tf.ViTConfig(
    hidden_size=16, num_hidden_layers=2, num_attention_heads=4, intermediate_size=24, image_size=8, patch_size=4,
    num_labels=3,
)  # fmt: skip

ARCHITECTURES = {
    "llama": causal(tf.LlamaConfig(**LLAMA), "linear", "embedding"),
    "qwen3": causal(tf.Qwen3Config(**LLAMA), "linear", "embedding"),
    "gemma3": causal(tf.Gemma3TextConfig(**LLAMA), "linear", "embedding"),
    "mistral": causal(tf.MistralConfig(**LLAMA), "linear", "embedding"),
    "mixtral": causal(tf.MixtralConfig(**LLAMA, num_local_experts=4), "linear", "embedding", "experts"),
    "phi3": causal(tf.Phi3Config(**LLAMA), "linear", "embedding"),
    "gpt2": causal(
        tf.GPT2Config(vocab_size=61, n_embd=16, n_layer=2, n_head=4, n_positions=32, **ENDS),
        *("linear", "conv1d", "embedding"),
    ),
    "bloom": causal(tf.BloomConfig(vocab_size=61, hidden_size=16, n_layer=2, n_head=4, **ENDS), "linear", "embedding"),
    "falcon": causal(tf.FalconConfig(**SIZES | ENDS), "linear", "linear-like", "embedding"),
    "opt": causal(
        tf.OPTConfig(**SIZES, ffn_dim=24, max_position_embeddings=32, word_embed_proj_dim=16, pad_token_id=0, **ENDS),
        *("linear", "embedding"),
    ),
    "t5": Architecture(
        lambda: tf.T5ForConditionalGeneration(T5), text, {"linear", "embedding"}, "SEQ_2_SEQ_LM", ("shared",)
    ),
    "bert": Architecture(lambda: tf.BertForMaskedLM(BERT), text, {"linear", "embedding"}),
    "vit": Architecture(lambda: tf.ViTForImageClassification(VIT), images, {"linear", "convolution"}),
    "cnn": Architecture(Cnn, images, {"linear", "convolution"}),
    "lstm": Architecture(Tagger, text, {"linear", "embedding", "recurrent"}),
    "recommender": Architecture(Recommender, ratings, {"linear", "embedding"}),
}
