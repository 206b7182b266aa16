"""All figures of one NVIDIA GPU, in one command of ten minutes.

    python -m tests.bench.gpu [--time-budget 600] [--to gpu.md] [--scratch DIR]     in the project's root, which need not be installed

Measured are real tokens a second and the peak of memory of the studio, of PEFT with Trainer, and of PEFT with SFTTrainer, on models of real
shapes with random weights; the rate of bfloat16 products and the share of it that packs of 2,048 tokens reach (4 FLOP a parameter and
token); the studio with its blocks compiled against itself; the peak over an NF4 base; and what the estimate had said. Every run is a fresh
process. What the time budget has no room for is left out, the last first, and named. The table is written anew after every run, so that a
kill loses only the one under way.

A bare machine needs Linux, torch, transformers, peft and accelerate, and of small wheels pydantic, PyYAML, psutil, platformdirs, filelock,
pyarrow, httpx2 and jinja2; bitsandbytes for the NF4 row; trl and datasets for the real SFTTrainer, whose manner is taken otherwise. Where
there is no network: `pip download --dest wheels ...` elsewhere, `pip install --no-index --find-links wheels ...` there. What is missing is
said. `--smoke` runs everything on a CPU with a tiny model, to see that it runs; its figures mean nothing.
"""

import argparse
import importlib.util
import json
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from tests.bench.table import COMPILED, table_of

NEEDED = (
    "torch", "transformers", "peft", "accelerate", "numpy", "safetensors", "tokenizers", "pydantic", "yaml", "psutil",
    "platformdirs", "filelock", "pyarrow", "httpx2", "jinja2",
)  # fmt: skip
RANK = 16
ROW_EXAMPLES, ROW_BATCH, ROW_LENGTH = 320, 16, 256
PACK_LENGTH, PACK_STEPS = 2048, 10
FIRST_GUESS_SECONDS = 25.0  # what a run takes, before one of its model has been seen
COMPILING_SECONDS = 60.0  # what one takes besides whose blocks are compiled: a guess
Result = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Case:
    """One run: whose, on which model and work ("pairs" or "packs"). `settings` are the plan's training section, the studio's alone."""

    shape: str
    work: str
    system: str
    batch_size: int
    note: str = ""
    settings: tuple[tuple[str, Any], ...] = ()


def cases() -> Iterator[Case]:
    """All runs, the most telling first."""
    for shape, batch in (("llama-1b", 4), ("llama-8b", 2)):
        for system in ("studio", "trainer", "sft"):
            yield Case(shape, "packs", system, batch)
    nf4 = (("quantization", "nf4"), ("gradient_checkpointing", "on"))
    yield Case("llama-8b", "packs", "studio", 1, "NF4, checkpointed", nf4)
    for system in ("studio", "trainer", "sft"):
        yield Case("qwen-0.5b", "packs", system, 4)
    for shape, batch in (("llama-1b", 4), ("qwen-0.5b", 4), ("llama-8b", 2)):
        yield Case(shape, "packs", "studio", batch, COMPILED, (("compile", "on"),))
    for shape in ("llama-1b", "qwen-0.5b", "llama-8b"):
        for system in ("studio", "trainer"):
            yield Case(shape, "pairs", system, ROW_BATCH)
    for choice, note in (("on", "checkpointed"), ("offload", "offloaded")):
        yield Case("llama-1b", "packs", "studio", 4, note, (("gradient_checkpointing", choice),))


def smoke_cases() -> Iterator[Case]:
    """The same on a tiny model."""
    for system in ("studio", "trainer", "sft"):
        yield Case("tiny", "packs", system, 2)
    yield Case("tiny", "pairs", "studio", 4, "checkpointed", (("gradient_checkpointing", "on"),))
    yield Case("tiny", "pairs", "trainer", 4)


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--time-budget", type=float, default=600.0, help="seconds")
    words.add_argument("--to", type=Path, default=Path("gpu.md"), help="the table; its rows as JSON lie beside it")
    words.add_argument(
        "--scratch", type=Path, help="a folder with 20 GB free; the system's for temporary files otherwise"
    )
    words.add_argument("--smoke", action="store_true")
    asked = words.parse_args()
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        raise SystemExit(f"not installed: {', '.join(missing)}; see python -m tests.bench.gpu --help")
    with tempfile.TemporaryDirectory(dir=asked.scratch) as scratch:
        failed = Bench(asked.to, Path(scratch), asked.time_budget, smoke=asked.smoke).run()
    raise SystemExit(1 if failed else 0)


class Bench:
    """The runs, one after the other, while there is time."""

    def __init__(self, table: Path, scratch: Path, budget_seconds: float, *, smoke: bool) -> None:
        self._table = table
        self._scratch = scratch
        self._end = time.monotonic() + budget_seconds
        self._smoke = smoke
        self._device = "cpu" if smoke else "cuda:0"
        self._results: list[Result] = []
        self._longest: dict[str, float] = {}  # seconds of a model's runs so far

    def run(self) -> bool:
        """Measure and write; returns whether a run failed.

        What every run imports is imported here once: their processes are forked from this one, which never touches the GPU.
        """
        os.environ |= {
            "LORA_STUDIO_HOME": str(self._scratch / "home"),
            "HF_HUB_OFFLINE": "1",
            "TOKENIZERS_PARALLELISM": "false",
        }
        import tests.bench.ours
        import tests.bench.peers  # noqa: F401

        machine = self._fresh("machine", lambda: machine_of(self._device))
        for case in smoke_cases() if self._smoke else cases():
            result = {
                "model": case.shape,
                "work": case.work,
                "batch": case.batch_size,
                "note": case.note,
                "who": case.system,
            }
            expected = self._longest.get(case.shape, FIRST_GUESS_SECONDS)
            if case.note == COMPILED:
                expected += COMPILING_SECONDS
            if self._end - time.monotonic() < expected:
                result["left_out"] = "no time left"
            elif dict(case.settings).get("quantization", "none") != "none" and not has("bitsandbytes"):
                result["left_out"] = "bitsandbytes is not installed"
            else:
                begin = time.monotonic()
                result |= self._measured(case)
                if case.note != COMPILED:
                    self._longest[case.shape] = max(self._longest.get(case.shape, 0.0), time.monotonic() - begin)
            self._results.append(result)
            sys.stderr.write(json.dumps(result) + "\n")
            self._write(machine)
        return any("failed" in result for result in self._results)

    def _measured(self, case: Case) -> Result:
        folder = self._scratch / case.shape
        if not folder.exists():
            made = self._fresh("the model", lambda: make_model(case.shape, folder, self._device, self._smoke))
            if "failed" in made:
                return made
        return self._fresh(
            "the run",
            lambda: run_case(case, folder, self._scratch / f"run-{len(self._results)}", self._device, self._smoke),
        )

    def _fresh(self, what: str, work: Callable[[], Result]) -> Result:
        """What some work answers in a process of its own, or {"failed": why}."""
        context = multiprocessing.get_context("fork")
        here, there = context.Pipe(duplex=False)
        process = context.Process(target=_answer, args=(there, work))
        process.start()
        there.close()
        try:
            if not here.poll(max(1.0, self._end - time.monotonic())):
                process.kill()
                return {"failed": f"{what} was ended: no time left"}
            answer: Result = here.recv()
        except EOFError:
            answer = {"failed": f"{what} died"}
        process.join()
        return answer

    def _write(self, machine: Result) -> None:
        self._table.write_text(table_of(machine, self._results), encoding="utf-8")
        self._table.with_suffix(".json").write_text(json.dumps([machine, *self._results], indent=1), encoding="utf-8")


def _answer(there: Connection, work: Callable[[], Result]) -> None:
    try:
        answer = work()
    except Exception as error:  # noqa: BLE001 - one run's failure is a line of the table, not the end of it
        answer = {"failed": f"{type(error).__name__}: {' '.join(str(error).split())[:300]}"}
    there.send(answer)


def has(name: str) -> bool:
    """Whether a module can be imported."""
    return importlib.util.find_spec(name) is not None


def machine_of(device: str) -> Result:
    """What this is, and the rate of its bfloat16 products in FLOP a second, the median of some."""
    import torch
    import transformers

    size = 512 if device == "cpu" else 8192
    left, right = (torch.randn(size, size, device=device, dtype=torch.bfloat16) for _ in range(2))
    seconds = []
    for _ in range(30):
        begin = time.perf_counter()
        torch.mm(left, right)
        if device != "cpu":
            torch.cuda.synchronize()
        seconds.append(time.perf_counter() - begin)
    name = "a CPU: these figures mean nothing" if device == "cpu" else torch.cuda.get_device_name(device)
    return {
        "device": name,
        "torch": torch.__version__,
        "transformers": transformers.__version__,
        "date": time.strftime("%Y-%m-%d"),
        "matrix_rate": 2 * size**3 / sorted(seconds[10:])[10],
    }


def make_model(shape: str, folder: Path, device: str, smoke: bool) -> Result:
    """Write a model."""
    from tests.bench.shapes import VOCABULARY, write_model

    write_model(shape, folder, device, vocabulary=300 if smoke else VOCABULARY)
    return {}


def run_case(case: Case, model: Path, run: Path, device: str, smoke: bool) -> Result:
    """One training run."""
    from tests.bench import ours, peers, shapes

    vocabulary, length, steps = (300, 64, 3) if smoke else (shapes.VOCABULARY, PACK_LENGTH, PACK_STEPS)
    if case.work == "packs":
        rows = shapes.documents(length * case.batch_size * steps, longest=length, vocabulary=vocabulary)
    else:
        rows, length = shapes.pairs(3 * case.batch_size if smoke else ROW_EXAMPLES, vocabulary=vocabulary), ROW_LENGTH
    if case.system == "studio":
        file = shapes.write_rows(rows, run.with_suffix(".jsonl"))
        return ours.train_studio(
            str(model), file, run, batch_size=case.batch_size, length=length, rank=RANK, device=device,
            precision="bfloat16", **dict(case.settings),
        )  # fmt: skip
    if case.work == "pairs":
        made = peers.padded_rows(rows)
    else:
        made = peers.packed_rows(rows, length) if case.system == "sft" else peers.grouped_rows(rows, length)
    return peers.train_peer(
        str(model), made, batch_size=case.batch_size, rank=RANK, targets="all-linear", dtype="bfloat16", device=device,
        sft=case.system == "sft",
    )  # fmt: skip


if __name__ == "__main__":
    main()
