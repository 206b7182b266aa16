"""Results in words and columns, for people who read a terminal."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from studio.plan.description import ModelDescription
from studio.plan.estimate import Estimate
from studio.plan.words import size_text, whole_text

LINE = 100


def one_line(text: str) -> str:
    """A text on one line, cut to a terminal's width."""
    flat = " ".join(text.split())
    return flat if len(flat) <= LINE else flat[: LINE - 1] + "…"


def table(rows: Iterable[Sequence[str]]) -> str:
    """Rows in aligned columns."""
    kept = [list(row) for row in rows]
    widths = [max(len(cell) for cell in column) for column in zip(*kept, strict=True)]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in kept)


def description_text(description: ModelDescription) -> str:
    """A model's modules as a table, its size above."""
    rows = [("name", "kind", "shape", "parameters", "adaptable")]
    for module in description.modules:
        shape = "" if module.shape is None else " x ".join(map(str, module.shape))
        adaptable = "yes" if module.adaptable else f"no: {module.reason}" if module.reason else "no"
        rows.append((module.name, module.kind, shape, whole_text(module.parameters), adaptable))
    head = f"{description.model_type}: {whole_text(description.total_parameters)} parameters, {description.dtype}"
    return "\n".join([head, *[f"cannot be trained: {problem}" for problem in description.problems], table(rows)])


def estimate_text(result: Estimate) -> str:
    """An estimate as a table."""
    rows = [
        ("parameters", whole_text(result.total_parameters)),
        ("trainable", f"{whole_text(result.trainable_parameters)} ({result.trainable_share:.2%})"),
        ("adapter", size_text(result.adapter_bytes)),
        ("steps", "not known" if result.steps is None else whole_text(result.steps)),
        *((f"memory: {part}", size_text(value)) for part, value in result.memory.items()),
        ("memory: peak", size_text(result.peak_bytes)),
        ("all parameters trained", size_text(result.full_finetuning_peak_bytes)),
    ]
    if result.available_bytes is not None:
        rows += [("free", size_text(result.available_bytes)), ("fits", "yes" if result.fits else "no")]
    return table(rows)


def receipt_text(receipt: Mapping[str, Any]) -> str:
    """What an export's receipt says, in three lines."""
    moved = f"the adapter moves the base by {receipt['moved']:.2e} of its largest logit"
    agreed = f"reloaded, the logits differ by {receipt['largest_difference_relative']:.2e}, top-1 agreement {receipt['top1_agreement']:.1%}"
    lost = receipt["delta_lost"]
    rounding = "" if lost is None else f"\nrounding to {receipt['dtype']} loses {lost:.2%} of the adapter's change"
    return f"{receipt['path']}: {size_text(receipt['size_bytes'])}\n{agreed}; {moved}{rounding}"


def runs_text(runs: Sequence[Mapping[str, Any]]) -> str:
    """Runs as a table."""
    if not runs:
        return "There are no runs yet: lora-studio train PLAN.yaml makes one."
    rows = [("state", "steps", "loss", "path")]
    for run in runs:
        summary = run["summary"] or {}
        loss = summary.get("last_loss")
        rows.append((run["state"], str(summary.get("steps", "")), "" if loss is None else f"{loss:.4f}", run["path"]))
    return table(rows)


def facts_text(facts: Mapping[str, Any]) -> str:
    """Named facts as a table; sizes and durations by the ending of their names, nested ones as `outer: inner`."""
    return table(_fact_rows(facts, ""))


def _fact_rows(facts: Mapping[str, Any], prefix: str) -> Iterable[tuple[str, str]]:
    for name, value in facts.items():
        label = f"{prefix}{name.replace('_bytes', '').replace('_', ' ')}"
        if isinstance(value, Mapping):
            yield from _fact_rows(value, f"{label}: ")
        elif isinstance(value, list):
            yield from _list_rows(label, value)
        else:
            yield label, _fact(name, value)


def _list_rows(label: str, values: list[Any]) -> Iterable[tuple[str, str]]:
    if not values:
        yield label, "none"
    for number, value in enumerate(values):
        if isinstance(value, Mapping):
            yield from _fact_rows(value, f"{label} {number}: ")
        else:
            yield label, str(value)


def _fact(name: str, value: Any) -> str:
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if "bytes" in name:
        return size_text(value)
    if name.startswith("seconds"):
        return f"{value:.3g} s"
    return whole_text(value) if isinstance(value, int) else str(value)
