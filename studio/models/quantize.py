"""Quantised base models: linear weights in 4 or 8 bits, through bitsandbytes, which is an optional extra.

4 bits: NF4 (Dettmers et al. 2023, arXiv 2305.14314) in blocks of 64 with the blocks' scales quantised once more, 0.516 bytes a weight.
8 bits: whole numbers with one float32 scale a row. Embeddings, norms and the output head stay as they are.
"""

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
from safetensors import safe_open
from torch import Tensor, nn
from transformers import BitsAndBytesConfig, PreTrainedModel

from studio.models.config import check_config, config_file
from studio.models.skeleton import build_skeleton
from studio.models.weights import find_weights
from studio.plan.errors import Refusal


@dataclass(frozen=True, slots=True, eq=False)
class NF4Weight:
    """(out, in) as two 4-bit codes a byte, with a scale for each block of 64 that is itself an 8-bit code."""

    shape: torch.Size
    dtype: torch.dtype
    packed: Tensor
    scales: Tensor
    levels: Tensor
    block: int
    scale_scales: Tensor
    scale_levels: Tensor
    scale_offset: Tensor
    scale_block: int

    @property
    def device(self) -> torch.device:
        return self.packed.device

    @property
    def nbytes(self) -> int:
        """Without the two code books, which all weights share."""
        return self.packed.nbytes + self.scales.nbytes + self.scale_scales.nbytes + self.scale_offset.nbytes

    def dense(self, dtype: torch.dtype) -> Tensor:
        from bitsandbytes.functional import QuantState, dequantize_4bit

        state = QuantState(
            absmax=self.scales, shape=self.shape, code=self.levels, blocksize=self.block, quant_type="nf4",
            dtype=self.dtype, offset=self.scale_offset,
            state2=QuantState(
                absmax=self.scale_scales, code=self.scale_levels, blocksize=self.scale_block, dtype=torch.float32
            ),
        )  # fmt: skip
        found: Tensor = dequantize_4bit(self.packed, state)
        return found.to(dtype)

    def to(self, device: torch.device) -> "NF4Weight":
        if device == self.device:
            return self
        names = ("packed", "scales", "levels", "scale_scales", "scale_levels", "scale_offset")
        return replace(self, **{name: getattr(self, name).to(device) for name in names})


@dataclass(frozen=True, slots=True, eq=False)
class Int8Weight:
    """(out, in) as whole numbers from -127 to 127, with the largest magnitude of each row (out,)."""

    dtype: torch.dtype
    packed: Tensor
    largest: Tensor

    @property
    def shape(self) -> torch.Size:
        return self.packed.shape

    @property
    def device(self) -> torch.device:
        return self.packed.device

    @property
    def nbytes(self) -> int:
        return self.packed.nbytes + self.largest.nbytes

    def dense(self, dtype: torch.dtype) -> Tensor:
        return (self.packed * (self.largest / 127).unsqueeze(1)).to(dtype)

    def to(self, device: torch.device) -> "Int8Weight":
        return replace(self, packed=self.packed.to(device), largest=self.largest.to(device))


def check_quantization(quantization: str, folder: Path) -> None:
    """Raise Refusal where the linear layers of the model in `folder` cannot be held as `quantization` (none, nf4, int8) says."""
    if quantization == "none":
        return
    check_library("training.quantization", now="choose none")
    if not _targets(_skeleton(folder))[0]:
        raise Refusal(
            "quantization-impossible",
            "the model has no linear layers that could be quantised (its own kind stores them another way)",
            where=str(folder),
            now="set training.quantization to none",
            field="training.quantization",
        )


def check_library(field: str, *, now: str) -> None:
    """Raise Refusal where bitsandbytes is not installed, which a setting asks for."""
    missing = [name for name in ("bitsandbytes", "accelerate") if importlib.util.find_spec(name) is None]
    if missing:
        raise Refusal(
            "library-missing",
            f"{field} needs {' and '.join(missing)}, which {'is' if len(missing) == 1 else 'are'} not installed",
            now=f"run pip install 'lora-studio[quant]', or {now}",
            field=field,
        )


def library_settings(quantization: str, folder: Path, dtype: torch.dtype, device: torch.device) -> dict[str, Any]:
    """What `from_pretrained` must be told to quantise tensor by tensor, so that the dense model is never there as a whole.

    Raises Refusal for a weight that is not finite: packed, it would be some finite number, and nobody would know.
    """
    _check_files_finite(folder)
    _, kept = _targets(_skeleton(folder))
    settings = (
        BitsAndBytesConfig(
            load_in_4bit=True, bnb_4bit_quant_type="nf4", bnb_4bit_use_double_quant=True, bnb_4bit_compute_dtype=dtype,
            llm_int8_skip_modules=kept,
        )
        if quantization == "nf4"
        else BitsAndBytesConfig(load_in_8bit=True, llm_int8_skip_modules=kept)
    )  # fmt: skip
    return {"quantization_config": settings, "device_map": {"": str(device)}}


PackedLinear = Callable[[Any, nn.Parameter | None], nn.Module]  # makes a layer of a packed weight and a bias


def pack_linears(model: PreTrainedModel, dtype: torch.dtype, layer: PackedLinear) -> None:
    """Let layers made by `layer` hold what bitsandbytes' hold: the library's keep dense weights for backward, and round inputs."""
    for name, module in list(model.named_modules()):
        if type(module).__name__ == "Linear4bit":
            model.set_submodule(name, layer(_nf4(module.weight, dtype), module.bias))
        elif type(module).__name__ == "Linear8bitLt":
            weight: Any = module.weight
            model.set_submodule(name, layer(Int8Weight(dtype, weight.data, weight.SCB), module.bias))


def _nf4(weight: Any, dtype: torch.dtype) -> NF4Weight:
    state = weight.quant_state
    return NF4Weight(
        state.shape, dtype, weight.data, state.absmax, state.code, state.blocksize,
        state.state2.absmax, state.state2.code, state.offset, state.state2.blocksize,
    )  # fmt: skip


def _skeleton(folder: Path) -> PreTrainedModel:
    return build_skeleton(config_file(folder), check_config(folder))


def _targets(model: PreTrainedModel) -> tuple[list[str], list[str]]:
    """The linear layers to quantise, and what the library would take beside them: the output head, and layers stored (in, out)."""
    head = model.get_output_embeddings()
    linears, kept = [], []
    for name, module in model.named_modules():
        if module is head or type(module).__name__ == "Conv1D":
            kept.append(name)
        elif type(module) is nn.Linear:
            linears.append(name)
    return linears, kept


def _check_files_finite(folder: Path) -> None:
    """Look at every stored matrix once, one after the other."""
    for name, info in find_weights(folder).items():
        if len(info.shape) < 2:
            continue
        with safe_open(info.file, framework="pt") as file:
            tensor = file.get_tensor(name)
        if not torch.stack(torch.aminmax(tensor)).isfinite().all():
            raise Refusal(
                "weights-not-finite",
                f"{name} holds values that are not finite numbers",
                where=str(folder),
                now="get the model again from its source",
                field="model",
            )
