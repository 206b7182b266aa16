"""Measures data: encoding against the tokenizer alone, a second start, a large file's preview, a million rows in the window.

    python tests/bench/data.py MODEL ROWS [--tokenizer FOLDER] [--parts encode,large,million]

MODEL is a model folder, ROWS a JSONL file of prompts and completions, which is repeated (each prompt with a number before it, so that no
two rows are equal). Prints one JSON object; no figure is judged here. Encoding is timed in turns with `tokenizers` on the same texts
with all cores, medians of five turns. Memory is the peak of the scanning worker above what it had after a scan of 100 rows.
"""

import argparse
import json
import os
import statistics
import tempfile
import threading
import time
from itertools import cycle, pairwise
from pathlib import Path

TURNS = 5


def write_rows(source: Path, to: Path, *, rows: int | None = None, size_bytes: int | None = None) -> Path:
    """A JSONL file of so many rows, or so many bytes."""
    known = [json.loads(line) for line in source.open(encoding="utf-8")]
    written = 0
    with to.open("w", encoding="utf-8") as file:
        for number, row in enumerate(cycle(known)):
            if number == rows or (size_bytes is not None and written >= size_bytes):
                return to
            written += file.write(json.dumps(row | {"prompt": f"{number} {row['prompt']}"}) + "\n")
    raise AssertionError("unreachable: the rows go round")


def encoding(tokenizer_folder: str, rows: Path, template: str) -> dict[str, float]:
    """Seconds that the tokenizer alone takes, that encoding takes in all, and that a second start takes."""
    from transformers import AutoTokenizer

    from studio.data.build import encoded
    from studio.data.cache import clear_cache
    from studio.data.formats import RowWriter
    from studio.data.layout import layout_of
    from studio.data.prepare import finished, prepare
    from studio.plan.plan import DataPlan

    tokenizer = AutoTokenizer.from_pretrained(tokenizer_folder)
    data = DataPlan(train=str(rows), template=template, max_length=1024)
    cells = [json.loads(line) for line in rows.open(encoding="utf-8")]
    writer = RowWriter(layout_of(tuple(cells[0]), cells[:10], "auto", {}), tokenizer, template=template)
    written = [writer.segments(row) for row in cells]
    if template == "plain":
        texts = [segment.text for row in written for segment in row if segment.token is None]
    else:
        texts = ["".join(segment.text for segment in row if segment.joined) for row in written]
    backend = tokenizer.backend_tokenizer
    encode_all = backend.encode_batch_fast if template == "plain" else backend.encode_batch  # with offsets
    alone, whole, again = [], [], []
    for _ in range(TURNS):
        clear_cache()
        began = time.perf_counter()
        encode_all(texts, add_special_tokens=False)
        alone.append(time.perf_counter() - began)
        began = time.perf_counter()
        finished(encoded(data, data.train, tokenizer))
        whole.append(time.perf_counter() - began)
        began = time.perf_counter()
        prepared = finished(prepare(data, tokenizer, seed=0, max_positions=None))
        again.append(time.perf_counter() - began)
    return {
        "rows": len(cells),
        "tokens": prepared.tokens,
        "tokenizers_s": round(statistics.median(alone), 2),
        "encode_s": round(statistics.median(whole), 2),
        "share": round(statistics.median(one / all for one, all in zip(alone, whole, strict=True)), 3),
        "second_start_s": round(statistics.median(again), 3),
    }


def large_preview(rows: Path) -> dict[str, float]:
    """Seconds until the first rows of a large file are there, in a process that has all imported."""
    from studio.data.preview import preview
    from studio.plan.plan import DataPlan

    times = []
    for _ in range(TURNS):
        began = time.perf_counter()
        found = preview(DataPlan(train=str(rows)), None)
        times.append(time.perf_counter() - began)
    return {
        "size_gb": round(rows.stat().st_size / 1e9, 2),
        "shown": len(found["rows"]),
        "preview_s": round(statistics.median(times), 3),
    }


def million(model: str, few: Path, many: Path) -> dict[str, float]:
    """The window while a worker encodes many rows: gaps of its event loop, and the worker's memory."""
    import psutil
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from studio.gui.app import open_window

    app = QApplication.instance() or QApplication([])
    window = open_window(app)

    def choose(path: Path) -> None:
        plan = window.session.plan
        data = plan.data.with_values(train=str(path), format="auto", columns={})
        window.session.edit(plan.with_values(model=model, data=data), "data")

    told: list[dict] = []
    show = window.data_panel.show_statistics

    def note(found: dict | None) -> None:
        show(found)
        told.append(found or {"files": [{"name": ""}]})

    window.data_panel.show_statistics = note

    def known(path: Path) -> bool:
        return bool(told) and told[-1]["files"][0]["name"] == str(path)

    choose(few)
    turn(app, lambda: known(few))
    workers = psutil.Process().children(recursive=True)
    before = {worker.pid: worker.memory_info().rss for worker in workers}
    grown, ended = [0], threading.Event()

    def watch() -> None:
        while not ended.wait(0.05):
            grown.append(max(worker.memory_info().rss - before[worker.pid] for worker in workers))

    threading.Thread(target=watch, daemon=True).start()
    marks: list[float] = []
    timer = QTimer()
    timer.setInterval(10)
    timer.timeout.connect(lambda: marks.append(time.perf_counter()))
    timer.start()
    began = time.perf_counter()
    choose(many)
    while not known(many):
        app.processEvents()
        time.sleep(0.001)
    seconds = time.perf_counter() - began
    timer.stop()
    ended.set()
    window.close()
    gaps = sorted((later - sooner) * 1000 for sooner, later in pairwise(marks))
    return {
        "million_s": round(seconds, 1),
        "p99_gap_ms": round(gaps[int(len(gaps) * 0.99)], 1),
        "longest_gap_ms": round(gaps[-1], 1),
        "worker_grown_mb": round(max(grown) / 1e6, 1),
    }


def turn(app, happened, seconds: float = 120) -> None:
    """Turn the event loop until something has happened."""
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it did not happen in time"
        app.processEvents()
        time.sleep(0.005)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model")
    parser.add_argument("rows", type=Path)
    parser.add_argument("--tokenizer")
    parser.add_argument("--parts", default="encode,large,million")
    asked = parser.parse_args()
    parts = asked.parts.split(",")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    result: dict[str, object] = {}
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        os.environ["LORA_STUDIO_HOME"] = os.environ["XDG_CONFIG_HOME"] = place
        if "encode" in parts:
            rows = write_rows(asked.rows, home / "rows.jsonl", rows=100_000)
            for template in ("plain", "chatml"):
                result[f"encode_{template}"] = encoding(asked.tokenizer or asked.model, rows, template)
        if "large" in parts:
            result["large"] = large_preview(write_rows(asked.rows, home / "large.jsonl", size_bytes=5_000_000_000))
        if "million" in parts:
            few = write_rows(asked.rows, home / "few.jsonl", rows=100)
            many = write_rows(asked.rows, home / "many.jsonl", rows=1_000_000)
            result["million"] = million(str(Path(asked.model).resolve()), few, many)
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
