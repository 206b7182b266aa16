"""What is checked of a model folder before anything is loaded: config, weights and tokenizer files, by their headers alone."""

from pathlib import Path
from typing import Any

from studio.models.config import check_config, config_file
from studio.models.fit import check_fit
from studio.models.headers import TensorInfo
from studio.models.jsonfile import read_json
from studio.models.weights import find_weights
from studio.plan.errors import Refusal

__all__ = ["check_config", "check_folder"]

OPTIONAL_JSON = ("generation_config.json", "tokenizer_config.json", "special_tokens_map.json", "tokenizer.json")


def check_folder(path: Path) -> list[str]:
    """Refuse a folder that `from_pretrained` would silently take wrongly, hang on, or fail on with a riddle.

    Returns notes about harmless oddities, as sentences without a full stop. Raises Refusal.
    """
    tree = check_config(path)
    if (path / "adapter_config.json").exists():
        raise Refusal(
            "model-is-adapter",
            "this folder holds an adapter beside the model, and transformers would load both as one",
            where=str(path),
            now="move adapter_config.json and adapter_model.safetensors to a folder of their own",
            field="model",
        )
    _check_not_quantised(path, tree)
    tensors = find_weights(path)
    _check_no_packed_tensors(path, tensors)
    notes = check_fit(config_file(path), tree, tensors)
    for name in OPTIONAL_JSON:
        if (path / name).exists():
            read_json(path / name)
    return notes


def _check_not_quantised(path: Path, tree: dict[str, Any]) -> None:
    for key in ("quantization_config", "compression_config"):
        if tree.get(key) is not None:
            described = tree[key]
            method = described.get("quant_method") if isinstance(described, dict) else None
            raise _quantised(path, f"the weights are already quantised ({method or key})")


def _check_no_packed_tensors(path: Path, tensors: dict[str, TensorInfo]) -> None:
    """GPTQ and AWQ before they were described in the config: packed integers in `qweight`."""
    packed = [name for name in tensors if name.endswith((".qweight", ".qzeros"))]
    if packed:
        raise _quantised(path, f"the weights are already quantised ({packed[0]} and {len(packed) - 1} more)")


def _quantised(path: Path, what: str) -> Refusal:
    return Refusal(
        "weights-quantised",
        what,
        where=str(path),
        now="choose the original model in float32, bfloat16 or float16; the studio can quantise it while it trains",
        field="model",
    )
