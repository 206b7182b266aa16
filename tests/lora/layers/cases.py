"""Every kind of layer with its inputs, and the dense weight that an adapter stands for, written out by hand."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from transformers import GptOssConfig, MixtralConfig, OpenAIPrivacyFilterConfig
from transformers.models.gpt_oss.modeling_gpt_oss import GptOssExperts
from transformers.models.mixtral.modeling_mixtral import MixtralExperts
from transformers.models.openai_privacy_filter.modeling_openai_privacy_filter import OpenAIPrivacyFilterExperts
from transformers.pytorch_utils import Conv1D

ROWS = 6


class ScaledEmbedding(nn.Embedding):
    """As Gemma's: what is looked up is multiplied."""

    def __init__(self, *sizes: int, **settings: Any) -> None:
        super().__init__(*sizes, **settings)
        self.register_buffer("embed_scale", torch.tensor(2.5))

    def forward(self, ids: Tensor) -> Tensor:
        return super().forward(ids) * self.embed_scale.to(self.weight.dtype)


class TransposedLinear(nn.Linear):
    """As Falcon's: a linear with a forward of its own."""

    def forward(self, x: Tensor) -> Tensor:
        return x @ self.weight.T + self.bias


def straight(W: Tensor, delta: Tensor) -> Tensor:
    return delta.view_as(W)


def transposed(W: Tensor, delta: Tensor) -> Tensor:
    return delta.mT.reshape(W.shape)


@dataclass(frozen=True)
class Case:
    """A module, its arguments of ROWS rows, and how a delta (stack, out, in) lies in a stored weight."""

    build: Callable[[], nn.Module]
    inputs: Callable[[], tuple[Any, ...]]
    stored: Callable[[Tensor, Tensor], Tensor] = straight
    rank: int = 2
    dropout: bool = False
    looked_up: bool = False
    padding: int | None = None


def experts(kind: type[nn.Module], config: Any) -> Callable[[], nn.Module]:
    def build() -> nn.Module:
        config._experts_implementation = "eager"
        module = kind(config)
        for parameter in module.parameters():
            nn.init.normal_(parameter, std=0.3)
        return module

    return build


def routed() -> tuple[Tensor, Tensor, Tensor]:
    weights, chosen = torch.rand(ROWS, 4).topk(2, dim=-1)
    return torch.randn(ROWS, 8), chosen, weights


def sequence(width: int = 8, length: int = 5) -> Tensor:
    return torch.randn(ROWS, length, width)


def ids() -> tuple[Tensor]:
    return (torch.randint(0, 11, (ROWS, 5)),)


SIZES = {"hidden_size": 8, "intermediate_size": 6, "num_local_experts": 4, "num_experts_per_tok": 2}
CASES = {
    "linear": Case(lambda: nn.Linear(8, 6), lambda: (sequence(),), dropout=True),
    "linear-no-bias": Case(lambda: nn.Linear(8, 6, bias=False), lambda: (sequence(),), dropout=True),
    "conv1d-gpt2": Case(lambda: Conv1D(6, 8), lambda: (sequence(),), transposed, dropout=True),
    "linear-like": Case(lambda: TransposedLinear(8, 6), lambda: (sequence(),)),
    "conv1": Case(lambda: nn.Conv1d(4, 6, 3, stride=2), lambda: (torch.randn(ROWS, 4, 11),), dropout=True),
    "conv2-dilated-reflect": Case(
        lambda: nn.Conv2d(4, 6, (3, 2), dilation=2, padding=2, padding_mode="reflect"),
        lambda: (torch.randn(ROWS, 4, 9, 8),),
        dropout=True,
    ),
    "conv2-grouped": Case(
        lambda: nn.Conv2d(4, 6, 3, groups=2, padding=1, bias=False), lambda: (torch.randn(ROWS, 4, 5, 6),), dropout=True
    ),
    "conv3": Case(lambda: nn.Conv3d(2, 4, 2), lambda: (torch.randn(ROWS, 2, 4, 3, 4),), dropout=True),
    "conv1-same-circular": Case(
        lambda: nn.Conv1d(4, 6, 3, padding="same", padding_mode="circular", bias=False),
        lambda: (torch.randn(ROWS, 4, 7),),
        dropout=True,
    ),
    "conv2-transposed": Case(
        lambda: nn.ConvTranspose2d(4, 6, 3, stride=2, groups=2, output_padding=1),
        lambda: (torch.randn(ROWS, 4, 4, 5),),
    ),
    "embedding": Case(lambda: nn.Embedding(11, 8), ids, transposed, looked_up=True),
    "embedding-padded": Case(lambda: nn.Embedding(11, 8, padding_idx=3), ids, transposed, looked_up=True, padding=3),
    "embedding-scaled": Case(lambda: ScaledEmbedding(11, 8), ids, transposed, looked_up=True),
    "rnn": Case(lambda: nn.RNN(8, 5), lambda: (sequence().transpose(0, 1),)),
    "lstm": Case(
        lambda: nn.LSTM(8, 5, num_layers=2, bidirectional=True, batch_first=True, proj_size=3),
        lambda: (sequence(), (torch.randn(4, ROWS, 3), torch.randn(4, ROWS, 5))),
    ),
    "gru": Case(lambda: nn.GRU(8, 5, batch_first=True, bias=False), lambda: (sequence(), torch.randn(1, ROWS, 5))),
    "attention": Case(lambda: nn.MultiheadAttention(8, 2, batch_first=True), lambda: (sequence(),) * 3),
    "attention-unequal": Case(
        lambda: nn.MultiheadAttention(8, 2, kdim=6, vdim=4),
        lambda: (torch.randn(5, ROWS, 8), torch.randn(7, ROWS, 6), torch.randn(7, ROWS, 4)),
    ),
    "attention-more": Case(
        lambda: nn.MultiheadAttention(8, 2, bias=False, add_bias_kv=True, add_zero_attn=True),
        lambda: (torch.randn(5, ROWS, 8), torch.randn(7, ROWS, 8), torch.randn(7, ROWS, 8)),
    ),
    "experts": Case(experts(MixtralExperts, MixtralConfig(**SIZES)), routed, dropout=True),
    "experts-transposed": Case(experts(GptOssExperts, GptOssConfig(**SIZES)), routed, transposed, dropout=True),
    "experts-cast": Case(
        experts(OpenAIPrivacyFilterExperts, OpenAIPrivacyFilterConfig(**SIZES)), routed, transposed, dropout=True
    ),
}  # fmt: skip
VARIANTS = ("lora", "rslora", "dora", "lora-fa")


def tensors_of(output: Any) -> list[Tensor]:
    """The tensors in an output, which may be nested tuples."""
    if isinstance(output, Tensor):
        return [output]
    return [tensor for part in output if part is not None for tensor in tensors_of(part)]
