"""The model that answered last, kept in memory for the next prompt."""

import gc
from pathlib import Path

import torch
from transformers import PreTrainedModel, PreTrainedTokenizerBase

from studio.engine.device import DTYPES, choose_precision, find_device
from studio.models.load import load_model, load_tokenizer


class Kept:
    """At most one model with its tokenizer, in eval mode and without adapters."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] | None = None
        self._model: PreTrainedModel | None = None
        self._tokenizer: PreTrainedTokenizerBase | None = None

    @property
    def holds(self) -> bool:
        """Whether a model takes memory."""
        return self._model is not None

    def load(self, path: str) -> tuple[PreTrainedModel, PreTrainedTokenizerBase]:
        """The model of a folder or Hub id; read anew where it is another, or its files have changed. Raises Refusal as `load_model`."""
        key = (path, *_files(Path(path).expanduser()))
        if key != self._key or self._model is None or self._tokenizer is None:
            self.release()
            device = find_device("auto")
            # On a CPU the products of one token are too small for bfloat16 to gain.
            dtype = DTYPES["float32" if device.type == "cpu" else choose_precision("auto", device)]
            self._tokenizer = load_tokenizer(path)
            self._model = load_model(path, dtype=dtype, device=device)
            self._key = key
        return self._model, self._tokenizer

    def release(self) -> None:
        """Give its memory back."""
        if not self.holds:
            return
        self._key = self._model = self._tokenizer = None
        gc.collect()
        if torch.cuda.is_available():
            torch.cuda.empty_cache()


def _files(folder: Path) -> list[tuple[str, int, int]]:
    if not folder.is_dir():
        return []
    return sorted((it.name, it.stat().st_size, it.stat().st_mtime_ns) for it in folder.iterdir() if it.is_file())
