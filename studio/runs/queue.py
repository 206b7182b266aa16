"""The queue: plans lined up to be carried out one after the other, kept on disk."""

import json
import re
import secrets
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, Self, get_args

from studio.plan.errors import Refusal
from studio.plan.plan import Plan
from studio.plan.planfile import parse_plan
from studio.runs.atomic import write_text
from studio.runs.places import data_folder

State = Literal["waiting", "running", "done", "stopped", "failed"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A plan in the queue. `run` is the folder it is, or was, carried out in; `reason` why it failed."""

    id: str
    name: str
    plan: Plan
    state: State = "waiting"
    run: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Queue:
    """Entries in their order. While `going`, the first that waits begins as soon as nothing else runs."""

    entries: tuple[Entry, ...] = ()
    going: bool = False

    @property
    def running(self) -> Entry | None:
        """The entry that is carried out now."""
        return next((entry for entry in self.entries if entry.state == "running"), None)

    @property
    def next(self) -> Entry | None:
        """The first entry that waits."""
        return next((entry for entry in self.entries if entry.state == "waiting"), None)

    def entry(self, entry_id: str) -> Entry:
        """The entry of an id. Raises KeyError where there is none."""
        for entry in self.entries:
            if entry.id == entry_id:
                return entry
        raise KeyError(entry_id)

    def add(self, name: str, plan: Plan) -> Self:
        """With one more plan at the end."""
        entry = Entry(secrets.token_hex(4), name, plan.with_values(record=None))
        return replace(self, entries=(*self.entries, entry))

    def move(self, entry_id: str, by: int) -> Self:
        """With an entry so many places further down (negative: up), at most to the end."""
        entry = self.entry(entry_id)
        others = [other for other in self.entries if other.id != entry_id]
        place = max(0, min(len(others), self.entries.index(entry) + by))
        return replace(self, entries=(*others[:place], entry, *others[place:]))

    def remove(self, entry_id: str) -> Self:
        """Without an entry; the one that is running stays."""
        return replace(
            self, entries=tuple(entry for entry in self.entries if entry.id != entry_id or entry.state == "running")
        )

    def mark(self, entry_id: str, state: State, *, run: Path | None = None, reason: str = "") -> Self:
        """With an entry's new state. An entry that waits again forgets its run."""
        old = self.entry(entry_id)
        folder = None if state == "waiting" else old.run if run is None else str(run)
        new = replace(old, state=state, run=folder, reason=reason)
        return replace(self, entries=tuple(new if entry.id == entry_id else entry for entry in self.entries))

    def without_ended(self) -> Self:
        """Only what waits or runs."""
        return replace(self, entries=tuple(entry for entry in self.entries if entry.state in ("waiting", "running")))


def queue_file() -> Path:
    """Where the queue is kept."""
    return data_folder() / "queue.json"


def queue_run_folder(entry: Entry, runs: Path) -> Path:
    """A new run folder for an entry, named when it begins: known before the run is, so that a window that dies finds it again."""
    stem = re.sub(r"[^A-Za-z0-9_-]+", "-", entry.name).strip("-") or "run"
    return runs / f"{time.strftime('%Y%m%d-%H%M%S')}-{stem[:40]}-{secrets.token_hex(2)}"


def load_queue() -> Queue:
    """The queue as it was left; empty where there is none. Raises Refusal where the file is damaged."""
    try:
        tree = json.loads(queue_file().read_text(encoding="utf-8"))
        entries = []
        for row in tree["entries"]:
            if row["state"] not in get_args(State):
                raise ValueError(f"no state of an entry: {row['state']}")
            entries.append(Entry(**(row | {"plan": parse_plan(row["plan"])})))
        return Queue(tuple(entries), bool(tree["going"]))
    except FileNotFoundError:
        return Queue()
    except (ValueError, KeyError, TypeError) as error:
        raise Refusal(
            "queue-damaged",
            f"the queue cannot be read: {error}",
            where=str(queue_file()),
            now="move the file away to begin a new queue",
        ) from error


def save_queue(queue: Queue) -> None:
    """Keep the queue. Raises OSError."""
    queue_file().parent.mkdir(parents=True, exist_ok=True)
    rows = [
        {
            "id": entry.id,
            "name": entry.name,
            "state": entry.state,
            "run": entry.run,
            "reason": entry.reason,
            "plan": entry.plan.model_dump(mode="json"),
        }
        for entry in queue.entries
    ]
    write_text(queue_file(), json.dumps({"going": queue.going, "entries": rows}, indent=1) + "\n")
