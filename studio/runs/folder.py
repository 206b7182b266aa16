"""The run folder: where a plan is carried out, and everything that is left of it."""

import json
import os
import re
import secrets
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import filelock
import psutil

from studio.plan.errors import Refusal
from studio.plan.plan import Plan
from studio.plan.planfile import dump_plan, load_plan
from studio.runs.atomic import remove_partials, write_text
from studio.runs.places import runs_folder


@dataclass(frozen=True, slots=True)
class Run:
    """A run folder by its path. Nothing is read until asked for."""

    path: Path

    @property
    def name(self) -> str:
        """What the user calls it: the folder's name."""
        return self.path.name

    @property
    def plan_file(self) -> Path:
        """The plan as carried out."""
        return self.path / "plan.yaml"

    @property
    def events_file(self) -> Path:
        """Every event, one a line."""
        return self.path / "events.jsonl"

    @property
    def commands_file(self) -> Path:
        """Commands to the worker that carries the run, one a line; any window that watches may append."""
        return self.path / "commands.jsonl"

    @property
    def checkpoints(self) -> Path:
        """Complete checkpoints, `step-00000200` and so on."""
        return self.path / "checkpoints"

    @property
    def adapter(self) -> Path:
        """The result, in PEFT's layout."""
        return self.path / "adapter"

    @property
    def best_adapter(self) -> Path:
        """The adapter with the lowest evaluation loss, where evaluation ran."""
        return self.path / "best"

    @property
    def summary_file(self) -> Path:
        """What came of it."""
        return self.path / "summary.json"

    @property
    def log_file(self) -> Path:
        """What the worker process wrote to its standard error."""
        return self.path / "worker.log"

    @property
    def owner_file(self) -> Path:
        """Which process carries the run, while one does."""
        return self.path / "worker.json"

    def plan(self) -> Plan:
        """The plan as carried out. Raises Refusal where it is missing or damaged."""
        return load_plan(self.plan_file)

    def summary(self) -> dict[str, Any] | None:
        """The summary, or None where the run has not ended."""
        try:
            tree: dict[str, Any] = json.loads(self.summary_file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        return tree

    def write_summary(self, summary: Mapping[str, Any]) -> None:
        """Replace the summary. Raises ValueError for a number that is not finite."""
        write_text(self.summary_file, json.dumps(summary, indent=1, allow_nan=False) + "\n")

    def state(self) -> str:
        """running, finished, stopped, failed, or interrupted: begun, not ended, and nobody carries it."""
        if self.owner() is not None:
            return "running"
        summary = self.summary()
        return "interrupted" if summary is None else str(summary["state"])

    def owner(self) -> int | None:
        """The process id of the worker that carries the run now, or None."""
        try:
            tree = json.loads(self.owner_file.read_text(encoding="utf-8"))
            process = psutil.Process(int(tree["pid"]))
            # A process id is used again after a while; the start time tells the two apart.
            return process.pid if abs(process.create_time() - float(tree["created"])) < 2 else None
        except (FileNotFoundError, psutil.NoSuchProcess):
            return None

    @contextmanager
    def owned(self) -> Iterator[None]:
        """Carry the run in this process. Raises Refusal where another process does."""
        lock = filelock.FileLock(self.path / ".lock")
        try:
            lock.acquire(timeout=0)
        except filelock.Timeout:
            raise Refusal(
                "run-busy", "another process is carrying this run", where=str(self.path), now="wait, or stop it first"
            ) from None
        try:
            remove_partials(self.path)
            if self.checkpoints.is_dir():
                remove_partials(self.checkpoints)
            process = psutil.Process(os.getpid())
            write_text(self.owner_file, json.dumps({"pid": process.pid, "created": process.create_time()}))
            yield
        finally:
            self.owner_file.unlink(missing_ok=True)
            lock.release()


def create_run(plan: Plan, path: Path | None = None) -> Run:
    """A new run folder with its plan in it.

    Raises Refusal: the folder already holds a run or other files, or cannot be written.
    """
    place = runs_folder() / _new_name(plan) if path is None else path.expanduser().absolute()
    if place.exists() and (not place.is_dir() or any(place.iterdir())):
        raise Refusal(
            "run-exists", "there is already something at the run's folder", where=str(place), now="name a new folder"
        )
    run = Run(place)
    try:
        place.mkdir(parents=True, exist_ok=True)
        write_text(run.plan_file, dump_plan(plan))
    except OSError as error:
        raise Refusal(
            "run-not-writable",
            f"the run's folder cannot be written: {error.strerror or error}",
            where=str(place),
            now="choose another folder or free some space",
        ) from error
    return run


def open_run(path: Path) -> Run:
    """The run at a path, or of that name among the studio's own. Raises Refusal where there is none."""
    for place in (path.expanduser().absolute(), runs_folder() / path):
        if (place / "plan.yaml").is_file():
            return Run(place)
    raise Refusal(
        "run-missing", "there is no run at this path", where=str(path), now="`lora-studio runs` lists those there are"
    )


def list_runs(folder: Path | None = None) -> list[Run]:
    """The runs of a folder (default: the studio's own), newest first."""
    place = runs_folder() if folder is None else folder
    if not place.is_dir():
        return []
    runs = [Run(entry) for entry in place.iterdir() if (entry / "plan.yaml").is_file()]
    return sorted(runs, key=lambda run: run.plan_file.stat().st_mtime, reverse=True)


def _new_name(plan: Plan) -> str:
    stem = re.sub(r"[^A-Za-z0-9_-]+", "-", Path(plan.data.train).stem).strip("-") or "run"
    return f"{time.strftime('%Y%m%d-%H%M%S')}-{stem[:40]}-{secrets.token_hex(2)}"
