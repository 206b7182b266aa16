"""Describing a model without reading its weights."""

from collections import Counter
from pathlib import Path
from typing import Any

from transformers import PreTrainedConfig, PreTrainedModel

from studio.models.checks import check_folder
from studio.models.config import check_config, config_file
from studio.models.headers import TensorInfo
from studio.models.jsonfile import read_json
from studio.models.locate import locate
from studio.models.modules import describe_modules, is_tied
from studio.models.skeleton import build_skeleton
from studio.models.weights import find_weights, has_only_config
from studio.plan.description import ModelDescription
from studio.plan.errors import Refusal

TOKENIZER_FILES = ("tokenizer.json", "tokenizer.model", "spiece.model", "vocab.json", "vocab.txt", "tekken.json")
DTYPES = {"F32": "float32", "F16": "float16", "BF16": "bfloat16", "F64": "float64"}


def describe(model: str) -> ModelDescription:
    """What a model consists of, from its config alone; sizes of the weights from their headers where there are any.

    `model` is a folder, a config.json, or a Hub id in the cache. Raises Refusal where there is no model or its config cannot be
    used; whatever else is wrong with the folder is told in `problems`.
    """
    path = Path(model).expanduser()
    place = path.absolute() if path.name == "config.json" and path.is_file() else locate(model)
    tree = check_config(place)
    skeleton = build_skeleton(config_file(place), tree)
    folder = place if place.is_dir() else place.parent
    tensors, problems = _stored(folder) if place.is_dir() else ({}, ())
    return ModelDescription(
        model=model,
        path=str(folder),
        model_type=str(tree["model_type"]),
        total_parameters=sum(parameter.numel() for parameter in skeleton.parameters()),
        modules=describe_modules(skeleton),
        dtype=_dtype(skeleton, tensors),
        tied=is_tied(skeleton),
        weight_bytes=sum(info.size_bytes for info in tensors.values()),
        has_tokenizer=has_tokenizer(folder),
        has_chat_template=_has_chat_template(folder),
        problems=problems,
        **_sizes(skeleton),
    )


def has_tokenizer(folder: Path) -> bool:
    """Whether any of the files that transformers builds a tokenizer from is there."""
    return any((folder / name).is_file() for name in TOKENIZER_FILES)


def _stored(folder: Path) -> tuple[dict[str, TensorInfo], tuple[str, ...]]:
    """The tensors as far as they can be read, and the problems as sentences. A bare config is no problem: it is described."""
    if has_only_config(folder):
        return {}, ()
    problems: list[str] = []
    tensors: dict[str, TensorInfo] = {}
    try:
        tensors = find_weights(folder)
        check_folder(folder)
    except Refusal as refusal:
        problems.append(refusal.sentence)
    if not has_tokenizer(folder):
        problems.append("There is no tokenizer beside the model: put its tokenizer.json into this folder.")
    return tensors, tuple(problems)


def _dtype(skeleton: PreTrainedModel, tensors: dict[str, TensorInfo]) -> str:
    """The type that most stored values have; without weights what the config says."""
    sizes: Counter[str] = Counter()
    for info in tensors.values():
        if info.dtype in DTYPES:
            sizes[DTYPES[info.dtype]] += info.size_bytes
    return sizes.most_common(1)[0][0] if sizes else str(skeleton.dtype).removeprefix("torch.")


def _sizes(skeleton: PreTrainedModel) -> dict[str, Any]:
    """The sizes that estimates need, by transformers' common names (a config maps its own spellings, n_embd, onto them)."""
    config: PreTrainedConfig = skeleton.config.get_text_config(decoder=True)
    hidden = _first(config, "hidden_size")
    heads = _first(config, "num_attention_heads")
    head_dim = _first(config, "head_dim") or (hidden // heads if heads else 0)
    return {
        "layers": _first(config, "num_hidden_layers"),
        "hidden_size": hidden,
        # Where a model does not name it, four times the hidden size is what it uses (GPT-2, Bloom, Falcon).
        "intermediate_size": _first(config, "intermediate_size", "ffn_dim", "ffn_hidden_size", "n_inner") or 4 * hidden,
        "vocab_size": skeleton.get_input_embeddings().weight.shape[0],
        "heads": heads,
        "kv_heads": _kv_heads(config, heads),
        "head_dim": head_dim,
        "max_positions": _first(config, "max_position_embeddings") or None,
    }


def _kv_heads(config: PreTrainedConfig, heads: int) -> int:
    # Falcon's first models share one key and one value among all heads, and keep a num_kv_heads that says otherwise.
    if getattr(config, "multi_query", False) and not getattr(config, "new_decoder_architecture", False):
        return 1
    return _first(config, "num_key_value_heads", "num_kv_heads") or heads


def _first(config: PreTrainedConfig, *names: str) -> int:
    """The first of these sizes that the config has, 0 where it has none; the largest where it gives one for every layer."""
    for name in names:
        value = getattr(config, name, None)
        if isinstance(value, (list, tuple)) and value and all(type(size) is int for size in value):
            value = max(value)
        if type(value) is int and value > 0:
            return value
    return 0


def _has_chat_template(folder: Path) -> bool:
    if (folder / "chat_template.jinja").is_file() or (folder / "chat_template.json").is_file():
        return True
    settings = folder / "tokenizer_config.json"
    try:
        return settings.is_file() and bool(read_json(settings).get("chat_template"))
    except Refusal:
        return False  # check_folder has told of the damage already
