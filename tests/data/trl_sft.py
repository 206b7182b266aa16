"""The outside reference for masks: what TRL's SFTTrainer feeds a model with, beside what we do."""

import copy
import re
from collections.abc import Mapping
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import trl
from datasets import Dataset
from transformers import AutoTokenizer, LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerBase
from trl import SFTConfig, SFTTrainer

from studio.data.encode import encode
from studio.data.formats import RowWriter
from studio.data.layout import layout_of
from studio.runs.places import resources_folder

Row = Mapping[str, Any]
Masked = tuple[list[int], list[bool]]  # token ids, and which of them are learnt

TEMPLATES = Path(trl.__file__).parent / "chat_templates"
CONTROL_TOKEN = re.compile(r"<[|｜][^<>'\"]{1,40}?[|｜]>|</?s>|<(?:start|end)_of_turn>|<\|?turn\|?>")


def theirs(tokenizer: PreTrainedTokenizerBase, rows: Mapping[str, Row], **settings: Any) -> dict[str, Masked]:
    """Named rows as a real SFTTrainer prepares them (1.16: `SFTTrainer._prepare_dataset`), behind its collator.

    `settings` are those of SFTConfig. The trainer may change the tokenizer, so it has its own.
    """
    tokenizer = copy.deepcopy(tokenizer)
    shape = LlamaConfig(
        vocab_size=len(tokenizer), hidden_size=8, intermediate_size=8, num_hidden_layers=1, num_attention_heads=1
    )
    # gradient_checkpointing=None: SFTConfig sets it to True, which transformers calls deprecated.
    settings = {"max_length": None, "bf16": False, "gradient_checkpointing": None, **settings}
    dataset = Dataset.from_list([dict(row) for row in rows.values()])
    with TemporaryDirectory() as folder:  # the trainer makes it, though it saves nothing
        arguments = SFTConfig(folder, use_cpu=True, report_to="none", **settings)
        trainer = SFTTrainer(LlamaForCausalLM(shape), arguments, train_dataset=dataset, processing_class=tokenizer)
    found = {}
    for name, prepared in zip(rows, trainer.train_dataset, strict=True):
        batch = trainer.data_collator([{column: prepared[column] for column in ("input_ids", "labels")}])
        found[name] = batch["input_ids"][0].tolist(), [label != -100 for label in batch["labels"][0].tolist()]
    return found


def their(tokenizer: PreTrainedTokenizerBase, row: Row, **settings: Any) -> Masked:
    """One row, as `theirs`."""
    return theirs(tokenizer, {"row": row}, **settings)["row"]


def ours(tokenizer: PreTrainedTokenizerBase, rows: Mapping[str, Row], loss_on: str) -> dict[str, Masked]:
    """The same rows as we encode them."""
    return {name: our(tokenizer, row, loss_on) for name, row in rows.items()}


def our(tokenizer: PreTrainedTokenizerBase, row: Row, loss_on: str) -> Masked:
    """One row, as `ours`."""
    writer = RowWriter(layout_of(tuple(row), [row], "auto", {}), tokenizer, loss_on)
    encoded = encode(writer.segments(row), tokenizer)
    return encoded.ids.tolist(), encoded.trained.tolist()


def learnt(tokenizer: PreTrainedTokenizerBase, masked: Masked) -> list[str]:
    """The texts of the stretches that are learnt."""
    runs = groupby(zip(*masked, strict=True), key=lambda pair: pair[1])
    return [
        tokenizer.decode([token for token, _ in run], skip_special_tokens=False) for trained, run in runs if trained
    ]


def templated(tokenizer: PreTrainedTokenizerBase, template: str) -> PreTrainedTokenizerBase:
    """The tokenizer, with a chat template whose control tokens it knows as tokens."""
    if tokenizer.bos_token is None:
        tokenizer.add_special_tokens({"bos_token": "<s>"})
    tokenizer.add_special_tokens({"extra_special_tokens": sorted(set(CONTROL_TOKEN.findall(template)))})
    tokenizer.chat_template = template
    return tokenizer


def starter() -> PreTrainedTokenizerBase:
    """The starter's tokenizer: byte-level BPE with merges, without a start token."""
    return AutoTokenizer.from_pretrained(resources_folder() / "starter")


def trl_template(name: str) -> str:
    """One of the chat templates that TRL carries; those named `_training` have generation marks."""
    return (TEMPLATES / f"{name}.jinja").read_text(encoding="utf-8")
