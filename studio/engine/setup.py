"""The setup of a run: the model, the adapter and the data of a plan, checked and in memory, before anything is written."""

import shutil
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from transformers import PreTrainedModel, PreTrainedTokenizerBase

from studio.data.batches import Batch, Batches, collate
from studio.data.example import Example
from studio.data.prepare import PreparedData, prepare
from studio.engine.device import DTYPES, attention_for, choose_precision, find_device
from studio.engine.fusing import fuse_proven
from studio.engine.loss import BatchLoss, choose_loss, packing_holds
from studio.engine.memory import arrange_blocks, available_bytes, memory_now
from studio.engine.optimizer import check_optimizer
from studio.engine.place import nearest_folder
from studio.engine.prefix import free_memory, prefix_bytes, proven
from studio.engine.recompute import mildest, recompute_blocks
from studio.engine.record import record_of, recorded_precision
from studio.engine.start import input_directions
from studio.engine.threads import same_with_all
from studio.lora.adapter import Adapter
from studio.lora.blocks.find import Block
from studio.lora.frozen import FrozenLinear
from studio.lora.inject import inject
from studio.lora.spec import AdapterSpec
from studio.models.inspect import describe
from studio.models.load import check_tokenizer_fits, load_model, load_tokenizer
from studio.models.locate import locate
from studio.models.quantize import check_quantization
from studio.plan.description import ModelDescription
from studio.plan.errors import Failure, Refusal
from studio.plan.estimate import Estimate, estimate, steps_for
from studio.plan.events import Event, Progressed, Warned
from studio.plan.plan import Plan
from studio.plan.prefix import frozen_blocks, has_room, memory_for_prefix, repeated_share
from studio.plan.record import Record
from studio.plan.targets import TargetSetting, resolve_targets
from studio.runs.places import runs_folder

PROOF_TOKENS = 128  # enough for both of the attention's ways


@dataclass(frozen=True, slots=True)
class Setup:
    """What training works on. `plan` is the one asked for, its record filled in; `steps` what it comes to.

    `reused_blocks` below the lowest target are to be computed once and not in every epoch (`studio.engine.reuse`). `follows_load` says
    whether the number of threads may change on the way (`studio.engine.threads`). `fused` are the blocks that answer for modules, in the
    order in which they came there; where the setup is `compiled` others do in their stead (`studio.engine.compile_trial`).
    """

    plan: Plan
    description: ModelDescription
    model: PreTrainedModel
    tokenizer: PreTrainedTokenizerBase
    adapter: Adapter
    data: PreparedData
    batches: Batches
    loss: BatchLoss
    device: torch.device
    precision: str
    steps: int
    predicted_peak_bytes: int
    limit_bytes: int | None
    reused_blocks: int
    follows_load: bool
    fused: tuple[Block, ...]
    compiled: bool = False
    compile_reason: str = ""

    @property
    def trainable_parameters(self) -> int:
        """Entries of all A and B."""
        return sum(parameter.numel() for parameter in self.adapter.parameters())

    def batch(self, index: int) -> Batch:
        """The training batch of that number, counted on over the epochs, on the device."""
        return collate(self.batches.batch(index), self.pad_id).to(self.device)

    def collated(self, examples: Sequence[Example]) -> Batch:
        """The tensors of some examples, each in a row of its own, on the device."""
        return collate([(example,) for example in examples], self.pad_id).to(self.device)

    @property
    def pad_id(self) -> int:
        """The token that fills the ends of short rows."""
        return int(self.tokenizer.pad_token_id)


def set_up(plan: Plan, place: Path | None = None) -> Generator[Event, None, Setup]:
    """Check a plan and load all it needs; yields progress, `prepared` and warnings, returns the setup.

    Cheap checks come first, so that most mistakes are told at once. A plan with a record is one that was begun before: its device's
    precision is kept, and its model and data must be the same. `place` is where the run's folder will be.
    Raises Refusal for whatever cannot be carried out, and Failure where memory runs out; nothing is written.
    """
    device = find_device(plan.training.device)
    check_optimizer(plan, device)
    yield Progressed(phase="checking the model", done=0)
    description = describe(plan.model)
    if description.problems:
        raise Refusal(
            "model-unusable", description.problems[0], where=plan.model, now="choose another model", field="model"
        )
    check_quantization(plan.training.quantization, locate(plan.model))
    targets = resolve_targets(plan.lora, description.modules)
    tokenizer = load_tokenizer(plan.model)
    check_tokenizer_fits(tokenizer, description)
    data = yield from prepare(plan.data, tokenizer, seed=plan.training.seed, max_positions=description.max_positions)
    yield from _wide_ranks(description, targets)
    begun = plan.record
    precision = recorded_precision(plan) or choose_precision(plan.training.precision, device, description.hidden_size)
    longest = plan.data.max_length if plan.data.packing == "pack" else data.longest
    checkpointing = mildest(plan.training.gradient_checkpointing, _cost(plan, description, device, precision, longest))
    arrange_blocks(sparing=checkpointing != "off")
    plan = plan.with_values(record=record_of(plan, device, precision, checkpointing))
    yield Progressed(phase="loading the model", done=0)
    model = _loaded(plan, device, longest)
    ranks = {name: setting.rank for name, setting in targets.items()}
    inputs = yield from input_directions(model, ranks, data.train, plan.lora.init)
    adapter = inject(model, _specs(plan, targets), seed=plan.training.seed, init=plan.lora.init, inputs=inputs)
    pad_id = int(tokenizer.pad_token_id)
    sample = collate(_proof_rows(data), pad_id).to(device)
    loss = choose_loss(model, sample)
    found, layers = fuse_proven(model, loss, sample)
    fused: tuple[Block, ...] = (*found.norms, *found.gated, *found.shared, *layers)
    packing = yield from _proven_packing(plan.data.packing, model, loss, data, pad_id)
    batches = Batches(data.train, batch_size=plan.training.batch_size, seed=plan.training.seed, packing=packing)
    longest = plan.data.max_length if packing == "pack" else data.longest
    carried_out = _with_checkpointing(plan, checkpointing)
    peak = estimate(carried_out, description, rows=None, longest=longest, precision=precision).peak_bytes
    steps = steps_for(plan, batches.per_epoch)
    blocks = frozen_blocks(targets)
    if begun is not None:
        blocks = begun.reused_blocks or 0  # whatever room there is now: the run must go on as it began
    elif not (
        repeated_share(steps * plan.training.gradient_accumulation, batches.per_epoch)
        and _has_room(data, model, device, peak, place)
        and proven(model, blocks, tuple(targets), loss, sample)
    ):
        blocks = 0
    if blocks and device.type == "cpu":
        peak += min(prefix_bytes(data, model), memory_for_prefix(free_memory(device, peak)))
    plan = plan.with_values(record=_of(plan).with_values(reused_blocks=blocks, data_format=data.format))
    return Setup(
        plan=plan,
        description=description,
        model=model,
        tokenizer=tokenizer,
        adapter=adapter,
        data=data,
        batches=batches,
        loss=loss,
        device=device,
        precision=precision,
        steps=steps,
        predicted_peak_bytes=peak,
        limit_bytes=memory_now(device)["device_total"],
        reused_blocks=blocks,
        follows_load=plan.training.follow_load and same_with_all(model, loss, sample),
        fused=fused,
    )


def _of(plan: Plan) -> Record:
    assert plan.record is not None
    return plan.record


def _has_room(
    data: PreparedData, model: PreTrainedModel, device: torch.device, peak_bytes: int, place: Path | None
) -> bool:
    """Whether memory and disk have room for the states of all rows that enter the lowest adapted block."""
    free = shutil.disk_usage(nearest_folder(place or runs_folder())).free
    return has_room(prefix_bytes(data, model), free_memory(device, peak_bytes), free)


def _wide_ranks(description: ModelDescription, targets: dict[str, TargetSetting]) -> Generator[Event]:
    wide = [name for name, setting in targets.items() if setting.rank > min(description.by_name[name].dims)]
    if wide:
        what = f"the rank is larger than {wide[0]} itself" + (f" and {len(wide) - 1} more" if len(wide) > 1 else "")
        yield Warned(code="rank-wasteful", what=what, now="a smaller rank can learn as much there")


def _cost(
    plan: Plan, description: ModelDescription, device: torch.device, precision: str, longest: int
) -> Callable[[str], Estimate]:
    """The estimate of the plan on this device, by a choice of checkpointing."""
    here = plan.with_values(training=plan.training.with_values(device=str(device)).model_dump())
    free = available_bytes(device)
    return lambda choice: estimate(
        _with_checkpointing(here, choice),
        description,
        rows=None,
        longest=longest,
        available_bytes=free,
        precision=precision,
    )


def _with_checkpointing(plan: Plan, choice: str) -> Plan:
    training = plan.training.with_values(gradient_checkpointing=choice)
    return plan.model_copy(update={"training": training})


def _loaded(plan: Plan, device: torch.device, longest: int) -> PreTrainedModel:
    record = plan.record
    assert record is not None
    try:
        model = load_model(
            plan.model,
            dtype=DTYPES[str(record.precision)],
            device=device,
            quantization=plan.training.quantization,
            layer=FrozenLinear,
        )
    except torch.OutOfMemoryError as error:
        raise Failure(
            "out-of-memory",
            f"the model does not fit into the memory of {device}",
            where=plan.model,
            now="close other programs that use it, or choose a smaller model",
        ) from error
    if model.config._attn_implementation == "sdpa":
        model.set_attn_implementation(attention_for(device, longest))
    recompute_blocks(model, str(record.gradient_checkpointing))
    return model


def _specs(plan: Plan, targets: dict[str, TargetSetting]) -> dict[str, AdapterSpec]:
    return {
        name: AdapterSpec(setting.rank, setting.alpha, setting.dropout, plan.lora.variant)
        for name, setting in targets.items()
    }


def _proof_rows(data: PreparedData) -> list[tuple[Example]]:
    """A short row beside the first half of it, so that padding takes part in the proof."""
    row = min(data.train[:32], key=len)
    if len(row) > PROOF_TOKENS:  # the plain loss makes all logits: of long rows they would be the peak of the whole run
        row = _beginning(row, PROOF_TOKENS)
    return [(row,), (_beginning(row, max(2, len(row) // 2)),)]


def _beginning(row: Example, tokens: int) -> Example:
    """The first tokens of a row, all of them learnt."""
    return Example(row.ids[:tokens], np.ones_like(row.trained[:tokens]), row.row)


def _proven_packing(
    asked: str, model: PreTrainedModel, loss: BatchLoss, data: PreparedData, pad_id: int
) -> Generator[Event, None, str]:
    """The packing to use: rows are packed only where the model keeps their documents apart, which is tried out."""
    if asked != "pack" or packing_holds(model, loss, [row for (row,) in _proof_rows(data)], pad_id):
        return asked
    yield Warned(
        code="packing-unsafe",
        what="this model would let documents in one row see each other, so rows of like length share a batch instead",
        now="nothing needs to be done; data.packing auto says the same",
    )
    return "auto"
