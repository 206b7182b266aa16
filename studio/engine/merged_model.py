"""The merged model as a folder: its weights, and all that its base has beside them."""

import gc
import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import torch
from torch import nn
from transformers import GenerationConfig, PreTrainedModel

from studio.engine.stream import Merge, merge_of, write
from studio.formats.content import content_of
from studio.lora.adapter import Adapter
from studio.lora.merge import Rounding
from studio.models.fit import quiet_library
from studio.models.weights import find_weights
from studio.plan.errors import Refusal

SHARD_SIZE = "5GB"
CONFIG, GENERATION = "config.json", "generation_config.json"
# What a folder needs beside its weights, under the names that transformers reads.
TOKENIZER_FILES = (
    "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json", "tokenizer.model",
    "vocab.json", "vocab.txt", "merges.txt", "spiece.model", "chat_template.jinja", "chat_template.json",
)  # fmt: skip


class MergedModel:
    """Base and adapter as one model in a dtype, written from the base's files, tensor by tensor.

    Where a target's weight has no tensor of its own in the files, because transformers joins several while loading, the adapter's model is
    merged in memory and saved. `rounding` fills while it is written.
    """

    def __init__(self, base: Path, adapter: Adapter, dtype: torch.dtype) -> None:
        self.rounding = Rounding()
        self._base = base
        self._dtype = dtype
        model = adapter.model
        names: dict[int, list[str]] = {}
        for name, parameter in adapter.base_weights():
            names.setdefault(id(parameter), []).append(name)
        tied = {name: alike[0] for alike in names.values() for name in alike[1:]}
        self._merge: Merge | None = merge_of(
            content_of(adapter), find_weights(base), dtype, prefix=getattr(model, "base_model_prefix", ""), tied=tied
        )
        # Whoever gave the adapter away means its model's memory to be free while the files are written.
        self._adapter = adapter if self._merge is None else None
        self._digests: dict[str, str] = {}

    def write(self, folder: Path) -> Iterator[tuple[str, int, int]]:
        """Write the folder, yielding phase, tensors done, tensors in all. Raises Refusal, OSError and Failure as the merges do."""
        gc.collect()
        if self._merge is not None:
            self._merge.rounding = self.rounding
            for done, total in write(self._merge, folder):
                yield "merging", done, total
            _write_config(folder, self._base, self._dtype, untied=bool(self._merge.copies))
            _copy_files(folder, self._base, (*TOKENIZER_FILES, GENERATION))
            return
        assert self._adapter is not None
        adapter, self._adapter = self._adapter, None
        total = len(dict(adapter.pairs()))
        for done, _ in enumerate(adapter.merging(self.rounding, self._dtype, keep=False)):
            yield "merging", done, total
        model = adapter.detach().to(self._dtype)
        _check_finite(model, self._dtype)
        _save(folder, model, self._base)
        self._digests = _digests(model)

    def is_written(self, reloaded: nn.Module) -> bool:
        """Whether a model loaded from the folder has the very weights; those that were streamed were read back then and there."""
        return self._merge is not None or self._digests == _digests(reloaded)


def _write_config(folder: Path, base: Path, dtype: torch.dtype, *, untied: bool) -> None:
    config = json.loads((base / CONFIG).read_text(encoding="utf-8"))
    config["dtype" if "torch_dtype" not in config else "torch_dtype"] = str(dtype).removeprefix("torch.")
    if untied:
        config["tie_word_embeddings"] = False
    (folder / CONFIG).write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")


def _copy_files(folder: Path, base: Path, names: tuple[str, ...]) -> None:
    for name in names:
        if (base / name).is_file():
            shutil.copyfile(base / name, folder / name)


def _save(folder: Path, model: nn.Module, base: Path) -> None:
    """A model through transformers; the base's own small files are copied as they are."""
    assert isinstance(model, PreTrainedModel)
    config = json.loads((base / CONFIG).read_text(encoding="utf-8"))
    model.config.use_cache = config.get("use_cache", True)  # training may have switched it off
    own_generation = (base / GENERATION).is_file()
    if own_generation:
        model.generation_config = GenerationConfig()  # transformers refuses to write some that it reads
    with quiet_library():
        model.save_pretrained(folder, max_shard_size=SHARD_SIZE)
    mode = (folder / CONFIG).stat().st_mode
    for shard in folder.glob("*.safetensors"):
        shard.chmod(mode)  # the library makes them readable for their owner alone
    _copy_files(folder, base, (*TOKENIZER_FILES, *([GENERATION] if own_generation else [])))


def _check_finite(model: nn.Module, dtype: torch.dtype) -> None:
    for name, parameter in model.named_parameters():
        if not parameter.isfinite().all():
            raise Refusal(
                "merge-not-finite",
                f"{name} of the base is not finite in {str(dtype).removeprefix('torch.')}",
                where=name,
                now="merge to float32 or bfloat16",
            )


def _digests(model: nn.Module) -> dict[str, str]:
    """A digest of every weight's bytes."""
    return {
        name: hashlib.blake2b(tensor.contiguous().reshape(-1).view(torch.uint8).numpy()).hexdigest()
        for name, tensor in model.state_dict().items()
    }
