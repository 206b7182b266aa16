"""The export: a run's adapter, or the model it makes of its base, as a folder that others can load.

The folder is written beside its place, reloaded and compared, and appears only where it agrees: whole, with its receipt, or not.
"""

import gc
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from transformers import AutoModelForCausalLM

from studio.engine.export_source import Source, check_target, find_source
from studio.engine.merged_model import MergedModel
from studio.engine.receipt import RECEIPT, compare, logits_of, probe, receipt_of
from studio.formats.content import content_of
from studio.formats.peft.folder import load_adapter, write_adapter
from studio.formats.universal import write_universal
from studio.models.fit import quiet_library
from studio.models.inspect import describe
from studio.models.load import load_model, load_tokenizer
from studio.plan.errors import Failure, Refusal
from studio.plan.events import Answered, Cancelled, Event, Progressed, Warned
from studio.runs.atomic import replacing_folder

FORMATS = ("adapter", "universal", "merged")
DTYPES = {"float32": torch.float32, "bfloat16": torch.bfloat16, "float16": torch.float16}
BITS = {"nf4": "4-bit", "int8": "8-bit"}  # of a plan's quantization
SMALL_FILES_BYTES = 16 << 20  # config, tokenizer, receipt


class _Told(Exception):
    """The user cancelled; unwinds through the half-written folder, which takes it away."""


def export(source: str, to: str, format: str, dtype: str | None, *, cancelled: Callable[[], bool]) -> Iterator[Event]:
    """Write `source` (a run, or an adapter folder) to the folder `to` as "adapter", "universal" (one rank and scale) or "merged".

    `dtype` of the weights: float32, bfloat16 or float16; None is the base's own (of an adapter: float32). Yields progress and ends with
    Answered, the receipt as its value, or Cancelled. Raises Refusal before anything is written; Failure where the written does not
    agree with base and adapter, or the disk does not take it, and then nothing is left.
    """
    if format not in FORMATS:
        raise Refusal(
            "format-unknown", f"there is no format {format!r}", now=f"choose {', '.join(FORMATS[:-1])} or {FORMATS[-1]}"
        )
    if dtype is not None and dtype not in DTYPES:
        raise Refusal("dtype-unknown", f"there is no dtype {dtype!r}", now=f"choose one of {', '.join(DTYPES)}")
    found = find_source(source)
    if found.file.unknown_fields:
        yield Warned(
            code="adapter-fields",
            what=f"the adapter's config has fields that are not known here: {', '.join(found.file.unknown_fields)}",
            now="look at the comparison in the receipt before you rely on it",
        )
    if format == "merged":
        _check_not_packed(found.base)
        if found.trained_over != "none":
            yield Warned(
                code="merge-over-quantised",
                what=f"the adapter was trained over a {BITS[found.trained_over]} base, and is merged into the base as it is stored: "
                "the merged model is near what was trained, not exactly that",
                now="nothing needs to be done; try the merged model before you rely on it",
            )
    description = describe(str(found.base))
    own = DTYPES.get(description.dtype, torch.float32)
    wanted = DTYPES[dtype] if dtype is not None else own if format == "merged" else torch.float32
    entries = description.total_parameters if format == "merged" else found.file.entries
    target = Path(to).expanduser().absolute()
    check_target(target, entries * wanted.itemsize + SMALL_FILES_BYTES)
    try:
        yield from _export(found, target, format, own, wanted, cancelled)
    except _Told:
        yield Cancelled()
    except OSError as error:
        raise Failure(
            "export-not-written",
            f"the export could not be written: {error.strerror or error}",
            where=str(target),
            now="free some space or choose another folder; nothing was left behind",
        ) from error


def _export(
    source: Source, target: Path, format: str, own: torch.dtype, wanted: torch.dtype, cancelled: Callable[[], bool]
) -> Iterator[Event]:
    # The wider of both: the sum is then rounded once, from the base's exact weights.
    wide = torch.promote_types(own, wanted) if format == "merged" else own
    yield _progress("loading", 0, 1, "model", cancelled)
    model = load_model(str(source.base), dtype=wide, device=torch.device("cpu"))
    prompts = _prompt_ids(source)
    batches = probe(model.config.vocab_size, getattr(model.config, "max_position_embeddings", None), prompts)
    base: list[Tensor] = []
    adapted: list[Tensor] = []
    yield from _score(model, batches, base, "measuring the base", cancelled)
    adapter = load_adapter(model, source.folder)
    yield from _score(model, batches, adapted, "measuring the adapter", cancelled)
    written: list[Tensor] = []
    with replacing_folder(target) as beside:
        if format != "merged":
            yield _progress("writing", 0, 1, "folder", cancelled)
            write_folder = write_universal if format == "universal" else write_adapter
            content = content_of(adapter).rounded(wanted)
            write_folder(beside, content, base_model=source.base_name, structure=adapter.structure)
            adapter.detach()
            load_adapter(model, beside)
            same, lost = True, None
        else:
            merged = MergedModel(source.base, adapter, wanted)
            del adapter, model
            for phase, done, total in merged.write(beside):
                yield _progress(phase, done, total, "tensors", cancelled)
            yield _progress("reloading", 0, 1, "model", cancelled)
            with quiet_library():
                model = AutoModelForCausalLM.from_pretrained(beside, dtype=wanted, local_files_only=True).eval()
            same, lost = merged.is_written(model), merged.rounding.share
        yield from _score(model, batches, written, "checking", cancelled)
        del model
        gc.collect()
        receipt = receipt_of(
            compare(base, adapted, written),
            dtype=wanted,
            format=format,
            path=str(target),
            source=str(source.folder),
            base_model=source.base_name,
            trained_over=source.trained_over,
            size_bytes=sum(entry.stat().st_size for entry in beside.rglob("*") if entry.is_file()),
            weights_reloaded_equal=same,
            delta_lost=lost,
        )
        if not (receipt["agrees"] and same):
            raise _disagreement(receipt, target)
        (beside / RECEIPT).write_text(json.dumps(receipt, indent=1, allow_nan=False) + "\n", encoding="utf-8")
    yield Answered(value=receipt)


def _check_not_packed(base: Path) -> None:
    """Refuse to merge into a quantised base: ΔW is far smaller than a step of 4 bits, and would mostly be rounded away."""
    config = json.loads((base / "config.json").read_text(encoding="utf-8"))
    packed = config.get("quantization_config") or config.get("compression_config")
    if packed:
        method = packed.get("quant_method", "packed") if isinstance(packed, dict) else "packed"
        raise Refusal(
            "merge-quantised",
            f"the base is quantised ({method}), and the sum rounded to so few bits again would lose most of what was learnt",
            where=str(base),
            now="merge into the 16-bit model that the base was made from, or export the adapter and keep it apart",
        )


def _prompt_ids(source: Source) -> list[list[int]]:
    if not source.prompts:
        return []
    tokenizer = load_tokenizer(str(source.base))
    return [list(tokenizer(prompt)["input_ids"]) for prompt in source.prompts]


def _score(
    model: nn.Module, batches: list[Tensor], into: list[Tensor], phase: str, cancelled: Callable[[], bool]
) -> Iterator[Event]:
    """Append each batch's logits to `into`."""
    scores = logits_of(model, batches)
    for done in range(len(batches)):
        yield _progress(phase, done, len(batches), "batches", cancelled)
        into.append(next(scores))


def _progress(phase: str, done: int, total: int, unit: str, cancelled: Callable[[], bool]) -> Progressed:
    if cancelled():
        raise _Told
    return Progressed(phase=phase, done=done, total=total, unit=unit)


def _disagreement(receipt: dict[str, Any], target: Path) -> Failure:
    difference = receipt["largest_difference_relative"]
    what = (
        f"the reloaded {receipt['format']} differs from base and adapter by {difference:.2e} of the largest logit, "
        f"more than {receipt['tolerance']:.0e}"
        if receipt["weights_reloaded_equal"]
        else "the reloaded weights are not those that were written"
    )
    return Failure(
        "export-disagrees", what, where=str(target), now="nothing was kept; export in float32, or the adapter"
    )
