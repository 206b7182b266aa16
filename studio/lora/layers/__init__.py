"""The adapted layers, by the kind of module that they stand in for."""

from collections.abc import Mapping
from types import MappingProxyType

from studio.lora.layers.convolution import LoraConvolution
from studio.lora.layers.embedding import LoraEmbedding
from studio.lora.layers.experts import LoraExperts
from studio.lora.layers.layer import LoraLayer
from studio.lora.layers.linear import LoraConv1D, LoraLinear
from studio.lora.layers.weights import LoraAttention, LoraRecurrent, LoraWeights

LAYERS: Mapping[str, type[LoraLayer]] = MappingProxyType(
    {
        "linear": LoraLinear,
        "conv1d": LoraConv1D,
        "convolution": LoraConvolution,
        "embedding": LoraEmbedding,
        "experts": LoraExperts,
        "recurrent": LoraRecurrent,
        "attention": LoraAttention,
        "transposed-convolution": LoraWeights,
        "linear-like": LoraWeights,
    }
)
TAKES_DROPOUT = ("linear", "conv1d", "convolution", "experts")
