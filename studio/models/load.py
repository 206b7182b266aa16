"""Loading a checked model for training or generation."""

from collections.abc import Iterator
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM, PreTrainedModel

from studio.models.checks import check_folder
from studio.models.fit import missing_tensors, quiet_library
from studio.models.locate import locate
from studio.models.quantize import PackedLinear, check_quantization, library_settings, pack_linears
from studio.models.tokenizer import check_tokenizer_fits, load_tokenizer
from studio.plan.errors import Refusal

__all__ = ["check_tokenizer_fits", "load_model", "load_tokenizer"]


def load_model(
    model: str,
    *,
    dtype: torch.dtype,
    device: torch.device,
    quantization: str = "none",
    layer: PackedLinear | None = None,
) -> PreTrainedModel:
    """The model in eval mode on `device`, its parameters frozen, stored in `dtype`; its linear weights in 4 bits ("nf4") or 8 ("int8").

    `layer` makes the layers that hold packed weights; without one they are bitsandbytes' own.

    Raises Refusal for a folder that `check_folder` refuses, tensors that no file fills, weights that are not finite, and a model that
    cannot be quantised, here or at all.
    """
    folder = locate(model)
    check_folder(folder)
    check_quantization(quantization, folder)
    packing = {} if quantization == "none" else library_settings(quantization, folder, dtype, device)
    with quiet_library():
        loaded, report = AutoModelForCausalLM.from_pretrained(
            folder,
            dtype=dtype,
            trust_remote_code=False,
            use_safetensors=True,
            local_files_only=True,
            output_loading_info=True,
            **packing,
        )
    # The check before loading sees shapes only; this is the library's word on what it did.
    if report["missing_keys"]:
        raise missing_tensors(folder, sorted(report["missing_keys"]))
    if packing and layer is not None:
        pack_linears(loaded, dtype, layer)
    network: PreTrainedModel = (loaded if packing else loaded.to(device)).eval().requires_grad_(False)
    _check_finite(folder, network)
    return network


def _check_finite(folder: Path, model: PreTrainedModel) -> None:
    """Raises Refusal where a weight holds a nan or an infinity: attention on the CPU hides them from the loss."""
    named = [(name, tensor) for name, tensor in _weights(model) if tensor.numel() and tensor.is_floating_point()]
    # A nan or an infinity anywhere shows in the least or the greatest value; one transfer from the device for all.
    extremes = torch.stack([torch.stack(torch.aminmax(tensor)).float() for _, tensor in named])
    bad = [name for (name, _), finite in zip(named, extremes.isfinite().all(dim=1).tolist(), strict=True) if not finite]
    if bad:
        more = f" and {len(bad) - 1} more tensors" if len(bad) > 1 else ""
        raise Refusal(
            "weights-not-finite",
            f"{bad[0]}{more} hold values that are not finite numbers in {str(model.dtype).removeprefix('torch.')}",
            where=str(folder),
            now="get the model again from its source, or load it in float32 or bfloat16 if it overflows in float16",
            field="model",
        )


def _weights(model: PreTrainedModel) -> Iterator[tuple[str, torch.Tensor]]:
    """Parameters, and the buffers that are stored: others may hold -inf on purpose, as masks do."""
    yield from model.named_parameters()
    stored = model.state_dict().keys()
    yield from ((name, buffer) for name, buffer in model.named_buffers() if name in stored)
