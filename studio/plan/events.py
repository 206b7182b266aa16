"""Events: facts about a run or a request, in the past tense. One event is one line of JSON."""

import json
import time as clock
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar


@dataclass(frozen=True, kw_only=True)
class Event:
    """A fact. `time` is UTC in seconds since 1970, filled in when the event is made."""

    name: ClassVar[str] = ""
    time: float = 0.0

    def __post_init__(self) -> None:
        if not self.time:
            object.__setattr__(self, "time", round(clock.time(), 3))


@dataclass(frozen=True, kw_only=True)
class Progressed(Event):
    """Long work moved on: `done` of `total` `unit`s; total None where it cannot be known."""

    name = "progressed"
    phase: str
    done: float
    total: float | None = None
    unit: str = ""


@dataclass(frozen=True, kw_only=True)
class Prepared(Event):
    """The data were read and encoded."""

    name = "prepared"
    train_rows: int
    eval_rows: int
    truncated_rows: int
    tokens: int
    supervised_tokens: int
    longest: int
    format: str


@dataclass(frozen=True, kw_only=True)
class Warned(Event):
    """Something the user should know, that does not stop the work."""

    name = "warned"
    code: str
    what: str
    now: str | None = None


@dataclass(frozen=True, kw_only=True)
class Started(Event):
    """Training began, or went on from a checkpoint (`resumed_from`). `targets` maps a target to its rank.

    `reused_blocks` below the lowest target are computed once and kept for later epochs, in `reused_bytes` of main memory and disk.
    `compile_reason` says why blocks are `compiled`, or are not; empty where nobody would ask.
    """

    name = "started"
    step: int
    steps: int
    examples: int
    device: str
    precision: str
    trainable_parameters: int
    total_parameters: int
    targets: dict[str, int]
    predicted_peak_bytes: int | None = None
    limit_bytes: int | None = None
    resumed_from: int | None = None
    reused_blocks: int = 0
    reused_bytes: int = 0
    precision_reason: str = ""
    compiled: bool = False
    compile_reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Stepped(Event):
    """One optimizer update. `memory`: allocated, reserved, rss, device_used, device_total, in bytes (None: not known here)."""

    name = "stepped"
    step: int
    loss: float
    learning_rate: float
    grad_norm: float
    tokens: int
    tokens_per_second: float
    memory: dict[str, int | None]
    trainable_parameters: int
    eta_seconds: float
    epoch: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Measured(Event):
    """What each target has come to, by target: how far it has moved, ‖ΔW‖/‖W‖ (Frobenius); the length of its gradient in this step;
    at the end, how many directions ΔW makes use of (`studio.lora.algebra.effective_rank`).
    """

    name = "measured"
    step: int
    moved: dict[str, float]
    gradients: dict[str, float] = field(default_factory=dict)
    effective_ranks: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Shrunk(Event):
    """Some targets lost directions that mattered little: target to its rank from now on."""

    name = "shrunk"
    step: int
    ranks: dict[str, int]
    trainable_parameters: int


@dataclass(frozen=True, kw_only=True)
class Evaluated(Event):
    """The evaluation rows were scored: mean loss per supervised token."""

    name = "evaluated"
    step: int
    loss: float
    best: bool


@dataclass(frozen=True, kw_only=True)
class Sampled(Event):
    """A sample prompt was answered; `base` where the adapter was off. `expected` is the row's completion where the prompt is one."""

    name = "sampled"
    step: int
    prompt: str
    text: str
    base: bool = False
    expected: str | None = None


@dataclass(frozen=True, kw_only=True)
class Saved(Event):
    """A checkpoint, or the best or final adapter, is completely on disk."""

    name = "saved"
    step: int
    path: str
    best: bool = False


@dataclass(frozen=True, kw_only=True)
class Paused(Event):
    """The run waits between two steps."""

    name = "paused"
    step: int


@dataclass(frozen=True, kw_only=True)
class Resumed(Event):
    """The run goes on after a pause."""

    name = "resumed"
    step: int


@dataclass(frozen=True, kw_only=True)
class Stopped(Event):
    """The run ended because it was told to; `saved` where it can be resumed from here."""

    name = "stopped"
    step: int
    saved: bool
    summary: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Finished(Event):
    """The run reached its end; the adapter is in `adapter`."""

    name = "finished"
    step: int
    adapter: str
    summary: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Failed(Event):
    """Work ended with an error. `refused`: the input was at fault, and nothing was written."""

    name = "failed"
    code: str
    what: str
    where: str | None = None
    now: str | None = None
    field: str | None = None
    refused: bool = False
    step: int | None = None


@dataclass(frozen=True, kw_only=True)
class Ready(Event):
    """The worker has its libraries and waits for a request. `machine`: devices, memory, versions, as `doctor` shows them."""

    name = "ready"
    machine: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Answered(Event):
    """The last event of a request that ends with a value (inspect, preview, download, export, preflight, generate)."""

    name = "answered"
    value: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Worded(Event):
    """A piece of generated text; `lane` is "base" or the adapter's name."""

    name = "worded"
    lane: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Cancelled(Event):
    """A request ended because it was told to; nothing half-done is left."""

    name = "cancelled"


KINDS: dict[str, type[Event]] = {
    kind.name: kind
    for kind in (
        Progressed, Prepared, Warned, Started, Stepped, Measured, Shrunk, Evaluated, Sampled, Saved, Paused, Resumed, Stopped,
        Finished, Failed, Ready, Answered, Worded, Cancelled,
    )
}  # fmt: skip


def to_line(event: Event) -> str:
    """One line of JSON without its newline. Raises ValueError for a number that is not finite: JSON has none."""
    tree: dict[str, Any] = {"event": event.name, "time": event.time}
    for part in fields(event):
        value = getattr(event, part.name)
        if part.name != "time" and not (part.name == "step" and value is None):
            tree[part.name] = value
    return json.dumps(tree, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def from_line(line: str) -> Event:
    """The event of a line. Fields that this version does not know are ignored. Raises ValueError for anything else."""
    tree = json.loads(line)
    kind = KINDS.get(tree.pop("event", None)) if isinstance(tree, dict) else None
    if kind is None:
        raise ValueError(f"not an event: {line[:80]}")
    known = {part.name for part in fields(kind)}
    try:
        return kind(**{key: value for key, value in tree.items() if key in known})
    except TypeError as error:
        raise ValueError(f"an event with missing fields: {line[:80]}") from error
