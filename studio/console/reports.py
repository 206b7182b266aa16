"""Results in words and columns, for people who read a terminal."""

import json
import shlex
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

from studio.plan.description import ModelDescription
from studio.plan.estimate import Estimate
from studio.plan.estimate_words import memory_words, time_words
from studio.plan.fitting import Saving
from studio.plan.words import size_text, whole_text

LINE = 100
LIBRARY_NAMES = {"lora-studio": "LoRA Studio", "python": "Python", "torch": "PyTorch", "numpy": "NumPy"}


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


def estimate_text(result: Estimate, changes: Sequence[Saving] = ()) -> str:
    """An estimate as a table, and what would lower the peak as another."""
    rows = [
        ("parameters", whole_text(result.total_parameters)),
        ("trainable", f"{whole_text(result.trainable_parameters)} ({result.trainable_share:.2%})"),
        ("adapter", size_text(result.adapter_bytes)),
        ("steps", "not known" if result.steps is None else whole_text(result.steps)),
        ("time", time_words(result) or "not known"),
        *((f"memory: {part}", size_text(value)) for part, value in result.memory.items()),
        ("memory: peak", size_text(result.peak_bytes)),
        ("all parameters trained", size_text(result.full_finetuning_peak_bytes)),
    ]
    if result.available_bytes is not None:
        rows += [("free", size_text(result.available_bytes)), ("fits", "yes" if result.fits else "no")]
    lines = [table(rows)]
    if memory_words(result):
        lines.append(memory_words(result))
    if changes:
        head = "To lower the peak:" if result.fits is not False else "To make it fit:"
        lines += ["", head, table([_change(change) for change in changes])]
    return "\n".join(lines)


def _change(change: Saving) -> tuple[str, ...]:
    verdict = {True: "fits", False: "still too large", None: ""}[change.fits]
    settings = " ".join(
        f"--set {shlex.quote(f'{key}={json.dumps(value) if isinstance(value, list) else value}')}"
        for key, value in change.settings.items()
    )
    return f"  {change.name}", f"-{size_text(change.gain_bytes)}", verdict, change.price, settings


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
    tagged = any(run["tags"] for run in runs)
    rows = [("state", "steps", "loss", *(("tags",) if tagged else ()), "path")]
    for run in runs:
        summary = run["summary"] or {}
        loss = summary.get("last_loss")
        tags = (", ".join(run["tags"]),) if tagged else ()
        steps = str(summary.get("steps", ""))
        rows.append((run["state"], steps, "" if loss is None else f"{loss:.4f}", *tags, run["path"]))
    return table(rows)


def facts_text(facts: Mapping[str, Any]) -> str:
    """Named facts as a table; the unit of a size or a duration is told by its name."""
    return table([(name.replace("_bytes", "").replace("_", " "), _fact(name, value)) for name, value in facts.items()])


def machine_text(facts: Mapping[str, Any]) -> str:
    """What this machine has, under four headings; `facts` are those of `studio.engine.doctor.machine`."""
    cpu, folders = facts["cpu"], facts["folders"]
    total, free = size_text(facts["memory_total_bytes"]), size_text(facts["memory_available_bytes"])
    groups = {
        "Machine": [
            ("System", facts["platform"]),
            ("Processor", f"{cpu['name']}, {cpu['cores']} core{'' if cpu['cores'] == 1 else 's'}"),
            ("Memory", f"{total}, of which {free} are free"),
            ("Free disk", size_text(facts["disk_free_bytes"])),
            ("Display", facts["display"] or "none: the window cannot open here, the commands work"),
        ],
        "Python": [(LIBRARY_NAMES.get(name, name), version) for name, version in facts["versions"].items()],
        "Devices": [
            *(
                (device["kind"], f"{device['name']}, {size_text(device['memory_bytes'])}")
                for device in facts["devices"]
            ),
            ("Precision", f"{facts['precision']} where a plan says auto: {facts['precision_reason']}"),
            ("bfloat16 on cpu", "accelerated" if cpu["bfloat16_products"] else "not accelerated"),
            ("Threads on cpu", str(cpu["threads"])),
        ],
        "Folders": [("Data", folders["data"]), ("Runs", folders["runs"]), ("Bundled files", folders["resources"])],
    }
    # One table for all, so that the columns agree from heading to heading.
    lines = iter(table([(f"  {name}", text) for rows in groups.values() for name, text in rows]).splitlines())
    return "\n\n".join("\n".join([head, *islice(lines, len(rows))]) for head, rows in groups.items())


def _fact(name: str, value: Any) -> str:
    if value is None or value == []:
        return "none"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if "bytes" in name:
        return size_text(value)
    if name.startswith("seconds"):
        return f"{value:.3g} s"
    return whole_text(value) if isinstance(value, int) else str(value)
