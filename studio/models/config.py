"""The config of a model: its `config.json`, checked before transformers acts on it.

transformers reads a config with more trust than a stranger's file deserves: keys in it name code to run, files to open and kernels to
fetch, and sizes are taken as they come.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import transformers
from transformers import PreTrainedConfig
from transformers.models.auto.configuration_auto import CONFIG_MAPPING
from transformers.models.auto.modeling_auto import MODEL_FOR_CAUSAL_LM_MAPPING_NAMES

from studio.models.jsonfile import read_json
from studio.plan.errors import Refusal

MOST_LAYERS = 2_000
MOST_SIZE = 2**31 - 1
SIZES = (
    "num_hidden_layers", "hidden_size", "intermediate_size", "vocab_size", "num_attention_heads", "num_key_value_heads",
    "head_dim", "max_position_embeddings",
)  # fmt: skip


def config_file(path: Path) -> Path:
    """The config of a model folder; a path to a config.json stands for itself."""
    return path / "config.json" if path.is_dir() else path


def check_config(path: Path) -> dict[str, Any]:
    """The content of a model folder's config.json (or of that file itself), once it is safe and sensible.

    Raises Refusal: missing, damaged, custom code, unknown or unsuitable model type, values of a wrong type or out of range.
    """
    file = config_file(path)
    tree = read_json(file)
    _check_runs_no_code(file, tree)
    model_type = tree.get("model_type")
    if not isinstance(model_type, str):
        raise _refusal(
            "config-no-type", "config.json does not say its model_type", file, "get the file again from its source"
        )
    if not re.fullmatch(r"[A-Za-z0-9_.-]{1,64}", model_type) or model_type not in CONFIG_MAPPING:
        raise _refusal(
            "config-unknown-type",
            f"the architecture {model_type[:64]!r} is unknown to transformers {transformers.__version__}",
            file,
            "choose another model, or update transformers",
        )
    if model_type not in MODEL_FOR_CAUSAL_LM_MAPPING_NAMES:
        raise _refusal(
            "config-not-causal",
            f"a model of type {model_type!r} does not write text from left to right",
            file,
            "choose a causal language model",
        )
    build_config(file, tree)
    return tree


def build_config(file: Path, tree: dict[str, Any]) -> PreTrainedConfig:
    """The config object of a checked tree. Raises Refusal naming the field where transformers does not take it."""
    try:
        config = CONFIG_MAPPING[tree["model_type"]].from_dict(dict(tree))
        text = config.get_text_config(decoder=True)
    except Exception as error:
        raise library_refusal("config-invalid", "config.json is not valid", file, error) from error
    for name in SIZES:
        key = text.attribute_map.get(name, name)
        # A list gives a size for every layer; transformers has checked its type.
        if (value := getattr(text, name, None)) is not None and not isinstance(value, (list, tuple)):
            _check_size(file, key, value, MOST_LAYERS if name == "num_hidden_layers" else MOST_SIZE)
    return config


def library_refusal(code: str, what: str, file: Path, error: Exception) -> Refusal:
    """The refusal for a config that transformers itself rejects, with the library's reason on one line."""
    reason = " ".join(str(error).split()) or type(error).__name__
    return _refusal(code, f"{what}: {reason[:300]}", file, "correct that value, or get the file again from its source")


def _check_size(file: Path, key: str, value: Any, most: int) -> None:
    if type(value) is not int or not 0 < value <= most:
        raise _refusal(
            "config-invalid",
            f"config.json has {key} {value!r}, where a whole number from 1 to {most:,} belongs",
            file,
            "correct that value, or get the file again from its source",
        )


def _check_runs_no_code(file: Path, tree: dict[str, Any]) -> None:
    for key, value in _entries(tree):
        if key in ("auto_map", "trust_remote_code"):
            programs = sorted(entry.name for entry in file.parent.glob("*.py"))
            listed = f" ({', '.join(programs[:5])})" if programs else ""
            raise _refusal(
                "model-custom-code",
                f"config.json asks to run code that came with the model: it has {key}{listed}",
                file,
                "choose a copy of the model without code of its own; if transformers knows the architecture, removing that key is enough",
            )
        if key == "transformers_weights":
            raise _refusal(
                "config-invalid",
                f"config.json names its own weight file, {str(value)[:80]!r}",
                file,
                "remove transformers_weights and name the file model.safetensors",
            )
        # A name with a slash is a kernel on the Hub: compiled code.
        if key.endswith(("attn_implementation", "experts_implementation")) and "/" in str(value):
            raise _refusal(
                "model-custom-code", f"config.json asks for compiled code from the Hub: {key}", file, "remove that key"
            )


def _entries(tree: Any) -> Iterator[tuple[str, Any]]:
    """Every key with its value, at any depth."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield key, value
            yield from _entries(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from _entries(value)


def _refusal(code: str, what: str, file: Path, now: str) -> Refusal:
    return Refusal(code, what, where=str(file), now=now, field="model")
