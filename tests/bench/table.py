"""The figures of `tests.bench.gpu` as a page of Markdown: what was measured, and how it stands to the goals."""

from collections.abc import Iterator, Sequence
from typing import Any

GOALS = {"trainer": 2.0, "sft": 1.3}  # times the tokens a second
MEMORY_GOAL, RATE_GOAL, ESTIMATE_GOAL, NF4_GOAL_BYTES = 0.5, 0.5, 0.1, 8e9
COMPILED = "compiled"  # the note of a run whose blocks are to be
FLOP = 4  # a parameter and token: forward, and backward through frozen weights
Result = dict[str, Any]
HEADINGS = (
    "model",
    "work",
    "batch",
    "system",
    "tokens/s",
    "peak GB",
    "of the matrix rate",
    "predicted GB",
    "on the device GB",
    "losses",
)


def table_of(machine: Result, results: Sequence[Result]) -> str:
    """The page; `machine` and `results` as `tests.bench.gpu` makes them."""
    rate = machine.get("matrix_rate", 0.0)
    about = (
        f"{machine.get('device', machine)}; torch {machine.get('torch')}; transformers {machine.get('transformers')}; "
    )
    lines = ["# GPU figures", "", f"{about}{machine.get('date')}; bfloat16 products: {rate / 1e12:.1f} TFLOP/s.", ""]
    lines += [_line(HEADINGS), _line(["---"] * len(HEADINGS)), *(_line(_row(result, rate)) for result in results)]
    lines += ["", "Goals:", "", *(f"- {verdict}" for verdict in _verdicts(results, rate))]
    return "\n".join(lines) + "\n"


def _row(result: Result, rate: float) -> list[str]:
    work = ", ".join(filter(None, (result["work"], result["note"])))
    begin = [result["model"], work, str(result["batch"]), result.get("system", result["who"])]
    why = result.get("left_out") or result.get("failed")
    if why:
        return [*begin, why, *[""] * (len(HEADINGS) - len(begin) - 1)]
    share = _share(result, rate)
    return [
        *begin, f"{result['tokens_per_second']:,.0f}", _giga(result["peak_cuda_bytes"]), "" if share is None else f"{share:.0%}",
        _giga(result.get("predicted_bytes")), _giga(result.get("device_bytes")),
        " to ".join(f"{loss:.3f}" for loss in result["losses"]),
    ]  # fmt: skip


def _verdicts(results: Sequence[Result], rate: float) -> Iterator[str]:
    measured = [result for result in results if "tokens_per_second" in result]
    for ours in (result for result in measured if result["who"] == "studio"):
        name = ", ".join(filter(None, (ours["model"], ours["work"], ours["note"])))
        for peer in measured:
            same = all(peer[key] == ours[key] for key in ("model", "work", "batch"))
            if not same or peer["who"] == "studio" or ours["note"]:
                continue
            times = ours["tokens_per_second"] / peer["tokens_per_second"]
            yield _verdict(
                f"{name}: {times:.2f}x {peer['system']}", times >= GOALS[peer["who"]], f"{GOALS[peer['who']]}x"
            )
            if ours["peak_cuda_bytes"]:
                part = ours["peak_cuda_bytes"] / peer["peak_cuda_bytes"]
                yield _verdict(f"{name}: {part:.2f}x its peak memory", part <= MEMORY_GOAL, f"{MEMORY_GOAL}x")
        if ours["note"] == COMPILED:
            yield from _compiled(ours, measured, name)
        share = _share(ours, rate)
        if (
            share is not None
            and ours["work"] == "packs"
            and ours["model"] in ("llama-1b", "llama-8b")
            and not ours["note"]
        ):
            yield _verdict(f"{name}: {share:.0%} of the matrix rate", share >= RATE_GOAL, f"{RATE_GOAL:.0%}")
        if "NF4" in ours["note"] and ours["peak_cuda_bytes"]:
            peak = ours["peak_cuda_bytes"]
            yield _verdict(f"{name}: {_giga(peak)} GB", peak < NF4_GOAL_BYTES, f"under {_giga(NF4_GOAL_BYTES)} GB")
        if ours["predicted_bytes"] and ours["device_bytes"]:
            error = ours["predicted_bytes"] / ours["device_bytes"] - 1
            yield _verdict(
                f"{name}: predicted {error:+.1%} of what the device held", abs(error) <= ESTIMATE_GOAL, "10%"
            )


def _compiled(ours: Result, measured: Sequence[Result], name: str) -> Iterator[str]:
    """How compiled blocks stand to those of the same run without; there is no goal, for a trial decides in each run."""
    if not ours["compiled"]:
        yield f"{name}: not compiled: {ours['compile_reason']}"
        return
    for other in measured:
        if all(other[key] == ours[key] for key in ("model", "work", "batch", "who")) and not other["note"]:
            times = ours["tokens_per_second"] / other["tokens_per_second"]
            yield f"{name}: {times:.2f}x the blocks as they are; the trial said {ours['compile_reason']}"


def _verdict(what: str, met: bool, goal: str) -> str:
    return f"{what} (goal {goal}: {'met' if met else 'MISSED'})"


def _share(result: Result, rate: float) -> float | None:
    """The share of the matrix rate, for runs whose parameters are known."""
    parameters = result.get("parameters")
    return FLOP * parameters * result["tokens_per_second"] / rate if parameters and rate else None


def _giga(size: float | None) -> str:
    return "" if size is None else f"{size / 1e9:.2f}"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
