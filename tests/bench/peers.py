"""PEFT's training of the same work, as most people start it: with transformers' Trainer, or with TRL's SFTTrainer and packing.

Where TRL is not installed, its manner is taken: packed rows told apart by positions, and torch's chunked loss on learnt tokens alone.
"""

import importlib.util
import tempfile
import time
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from peft import LoraConfig, get_peft_model
from torch.nn import functional as F
from transformers import AutoModelForCausalLM, AutoTokenizer, Trainer, TrainerCallback, TrainingArguments

from studio.data.pack import pack
from tests.bench.shapes import Document

IGNORED = -100
END = 1  # the end token of tests.bench.shapes
Row = dict[str, list[int]]  # input_ids and labels, and position_ids where documents share a row


def train_peer(
    model: str,
    rows: Sequence[Row],
    *,
    batch_size: int,
    rank: int,
    targets: str | list[str],
    dtype: str,
    device: str,
    sft: bool,
    epochs: int = 1,
) -> dict[str, Any]:
    """Train over `rows`; real tokens a second without the first step, the peak in bytes, the first and last loss."""
    torch.manual_seed(0)
    base = AutoModelForCausalLM.from_pretrained(model, dtype=getattr(torch, dtype))
    adapted = get_peft_model(
        base.to(device), LoraConfig(r=rank, lora_alpha=2 * rank, target_modules=targets, task_type="CAUSAL_LM")
    )
    clock = Clock(device)
    common: dict[str, Any] = {
        "output_dir": tempfile.mkdtemp(), "per_device_train_batch_size": batch_size, "num_train_epochs": epochs,
        "learning_rate": 1e-3, "lr_scheduler_type": "constant", "logging_steps": 1, "save_strategy": "no", "report_to": [],
        "seed": 0, "use_cpu": device == "cpu", "disable_tqdm": True, "dataloader_pin_memory": device != "cpu",
        "gradient_checkpointing": False,
    }  # fmt: skip
    kind = "PEFT + Trainer"
    if not sft:
        trainer = Trainer(
            adapted, TrainingArguments(remove_unused_columns=False, **common), pad, rows, callbacks=[clock]
        )
    elif has_trl():
        kind, trainer = "PEFT + SFTTrainer", _sft_trainer(adapted, model, rows, clock, dtype, common)
    else:
        kind = "PEFT + SFTTrainer's manner"
        arguments = TrainingArguments(remove_unused_columns=False, **common)
        trainer = ChunkedTrainer(adapted, arguments, pad, rows, callbacks=[clock])
    trainer.train()
    steps, seconds = len(clock.marks), clock.marks[-1] - clock.marks[0]
    tokens = epochs * sum(len(row["input_ids"]) for row in rows) * (steps - 1) / steps
    return {
        "system": kind,
        "steps": steps,
        "tokens_per_second": tokens / seconds,
        "peak_cuda_bytes": torch.cuda.max_memory_allocated() if device != "cpu" else None,
        "losses": [clock.losses[0], clock.losses[-1]],
    }


def has_trl() -> bool:
    """Whether the real SFTTrainer can be had."""
    return all(importlib.util.find_spec(name) is not None for name in ("trl", "datasets"))


def padded_rows(documents: Sequence[Document]) -> list[Row]:
    """A row for each document."""
    return [
        {"input_ids": [*prompt, *learnt, END], "labels": [IGNORED] * len(prompt) + [*learnt, END]}
        for prompt, learnt in documents
    ]


def grouped_rows(documents: Sequence[Document], length: int) -> list[Row]:
    """All documents behind each other, cut into rows of one length: what Trainer's users do instead of packing."""
    line = [token for prompt, learnt in documents for token in [*prompt, *learnt, END]]
    cut = [line[begin : begin + length] for begin in range(0, len(line) - length + 1, length)]
    return [{"input_ids": row, "labels": row} for row in cut]


def packed_rows(documents: Sequence[Document], length: int) -> list[Row]:
    """Documents packed as the studio packs them, positions beginning anew with each."""
    whole = padded_rows(documents)
    order, ends = pack(np.array([len(row["input_ids"]) for row in whole]), length)
    found: list[Row] = []
    for begin, end in zip([0, *ends[:-1]], ends, strict=True):
        row: Row = {"input_ids": [], "labels": [], "position_ids": []}
        for document in order[begin:end]:
            ids, labels = whole[document]["input_ids"], whole[document]["labels"]
            row["input_ids"] += ids
            row["labels"] += [IGNORED, *labels[1:]]
            row["position_ids"] += range(len(ids))
        found.append(row)
    return found


def pad(rows: Sequence[Row]) -> dict[str, torch.Tensor]:
    """The tensors of a batch (B, T), padded on the right. Packed rows bring positions in place of a mask."""
    width = max(len(row["input_ids"]) for row in rows)
    fill = {"input_ids": 0, "labels": IGNORED, "position_ids": 0}
    batch = {
        key: torch.tensor([row[key] + [fill[key]] * (width - len(row[key])) for row in rows])
        for key in rows[0]
        if key in fill
    }
    if "position_ids" not in batch:
        sizes = torch.tensor([[len(row["input_ids"])] for row in rows])
        batch["attention_mask"] = (torch.arange(width) < sizes).long()
    return batch


class Clock(TrainerCallback):
    """When each step ended, and its loss."""

    def __init__(self, device: str) -> None:
        self.marks: list[float] = []
        self.losses: list[float] = []
        self._device = device

    def on_step_end(self, *_: Any, **__: Any) -> None:
        """Wait for the device and read the time."""
        if self._device != "cpu":
            torch.cuda.synchronize()
        self.marks.append(time.perf_counter())

    def on_log(self, *_: Any, logs: dict[str, float] | None = None, **__: Any) -> None:
        """Keep the loss."""
        if logs and "loss" in logs:
            self.losses.append(logs["loss"])


class ChunkedTrainer(Trainer):
    """Trainer with the loss that SFTTrainer takes by default: learnt rows alone, the head in chunks."""

    def compute_loss(
        self, model: Any, inputs: dict[str, torch.Tensor], return_outputs: bool = False, num_items_in_batch: Any = None
    ) -> torch.Tensor:
        """The mean loss of a batch."""
        labels = inputs.pop("labels")
        causal = model.get_base_model()
        hidden = causal.model(**inputs, use_cache=False).last_hidden_state[:, :-1]
        learnt = labels[:, 1:] != IGNORED
        total = F.linear_cross_entropy(hidden[learnt], causal.lm_head.weight, labels[:, 1:][learnt], reduction="sum")
        return total / (learnt.sum() if num_items_in_batch is None else num_items_in_batch)


def _sft_trainer(model: Any, folder: str, rows: Sequence[Row], clock: Clock, dtype: str, common: dict[str, Any]) -> Any:
    from datasets import Dataset
    from trl import SFTConfig, SFTTrainer

    settings = SFTConfig(max_length=None, packing=False, padding_free=False, bf16=dtype == "bfloat16", **common)
    data = Dataset.from_list([dict(row) for row in rows])
    tokenizer = AutoTokenizer.from_pretrained(folder)
    return SFTTrainer(
        model, args=settings, train_dataset=data, processing_class=tokenizer, data_collator=pad, callbacks=[clock]
    )
