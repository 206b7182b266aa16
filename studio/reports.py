"""Results in words and columns, for people who read a terminal."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from studio.plan.description import ModelDescription
from studio.plan.estimate import Estimate

UNITS = ("B", "kB", "MB", "GB", "TB")
LINE = 100


def count(number: float) -> str:
    """A number with thousands set apart, without decimals."""
    return f"{number:,.0f}"


def size(size_bytes: float) -> str:
    """Bytes in the unit that fits: 1.3 GB."""
    unit = 0
    while abs(size_bytes) >= 999.5 and unit < len(UNITS) - 1:
        size_bytes /= 1000
        unit += 1
    return f"{size_bytes:.{1 if unit > 2 else 0}f} {UNITS[unit]}"


def duration(seconds: float) -> str:
    """Seconds as 12 s, 3 min 20 s or 2 h 05 min."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02} min"


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
        rows.append((module.name, module.kind, shape, count(module.parameters), adaptable))
    head = f"{description.model_type}: {count(description.total_parameters)} parameters, {description.dtype}"
    return "\n".join([head, *[f"cannot be trained: {problem}" for problem in description.problems], table(rows)])


def estimate_text(result: Estimate) -> str:
    """An estimate as a table."""
    rows = [
        ("parameters", count(result.total_parameters)),
        ("trainable", f"{count(result.trainable_parameters)} ({result.trainable_share:.2%})"),
        ("adapter", size(result.adapter_bytes)),
        ("steps", "not known" if result.steps is None else count(result.steps)),
        *((f"memory: {part}", size(value)) for part, value in result.memory.items()),
        ("memory: peak", size(result.peak_bytes)),
        ("all parameters trained", size(result.full_finetuning_peak_bytes)),
    ]
    if result.available_bytes is not None:
        rows += [("free", size(result.available_bytes)), ("fits", "yes" if result.fits else "no")]
    return table(rows)


def receipt_text(receipt: Mapping[str, Any]) -> str:
    """What an export's receipt says, in three lines."""
    moved = f"the adapter moves the base by {receipt['moved']:.2e} of its largest logit"
    agreed = f"reloaded, the logits differ by {receipt['largest_difference_relative']:.2e}, top-1 agreement {receipt['top1_agreement']:.1%}"
    lost = receipt["delta_lost"]
    rounding = "" if lost is None else f"\nrounding to {receipt['dtype']} loses {lost:.2%} of the adapter's change"
    return f"{receipt['path']}: {size(receipt['size_bytes'])}\n{agreed}; {moved}{rounding}"


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
        return size(value)
    if name.startswith("seconds"):
        return f"{value:.3g} s"
    return count(value) if isinstance(value, int) else str(value)
