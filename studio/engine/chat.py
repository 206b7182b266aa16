"""Answers to a typed prompt, of the base model and of the adapters on it, beside each other."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import Any, NamedTuple

from studio.data.formats import knows_turns
from studio.engine.kept import Kept
from studio.engine.sample import answers, prompt_ids
from studio.engine.sampling import Sampling
from studio.formats.peft.folder import load_adapter
from studio.lora.adapter import Adapter
from studio.lora.bank import Bank
from studio.plan.errors import Refusal
from studio.plan.events import Answered, Cancelled, Event, Progressed, Worded
from studio.plan.planfile import load_plan
from studio.runs.folder import Run

BASE, ADAPTER = "base", "adapter"
DEFAULT_FORMAT = "prompt-completion"
WEIGHTS = "adapter_model.safetensors"


class Voice(NamedTuple):
    """One adapter that may speak: its folder, how loud, and the lane that it has for itself."""

    folder: Path
    strength: float
    lane: str


def generate(
    arguments: Mapping[str, Any], *, cancelled: Callable[[], bool], kept: Kept | None = None
) -> Iterator[Event]:
    """Answer `prompt` with `model`; yields pieces of text as they come, and ends with {"texts", "spoke", "turns"}.

    `adapters` are {"path", "scale", "lane"}. `lanes`: "base" answers without any, "adapter" with all of them, another name with those
    of that lane. Lanes of one adapter at most are rows of one batch, where they were told the same before: `earlier` are the questions
    and answers of each lane, oldest first. `mute` are globs of targets in which none speaks; the fields of `Sampling` are optional.
    `kept` holds the model for the next prompt. "texts" and "spoke", which tells what the model really computed with, are by lane;
    "turns" says whether another question can go on from this one. Raises Refusal for what cannot be loaded, an empty prompt, or
    earlier turns where the rows of an adapter had none.
    """
    prompt = str(arguments["prompt"])
    if not prompt.strip():
        raise Refusal("prompt-empty", "the prompt is empty", now="write something to go on from")
    voices = [
        Voice(_folder(Path(one["path"])), float(one.get("scale", 1.0)), str(one.get("lane", ADAPTER)))
        for one in arguments.get("adapters") or ()
    ]
    lanes = list(dict.fromkeys(arguments.get("lanes") or ([ADAPTER] if voices else [BASE])))
    speaking = {lane: _of(lane, voices) for lane in lanes}
    sampling = Sampling.of(arguments)
    yield Progressed(phase="loading the model", done=0)
    kept = Kept() if kept is None else kept
    model, tokenizer = kept.load(str(arguments["model"]))
    heard = [number for number in range(len(voices)) if any(number in numbers for numbers in speaking.values())]
    bank = Bank(model)
    adapters: dict[int, Adapter] = {}
    try:
        for number in heard:
            adapters[number] = load_adapter(model, voices[number].folder)
            bank.add(str(number), adapters[number])
        bank.mute([str(glob) for glob in arguments.get("mute") or ()])
        # A base that answers alone is shown the same as beside the adapters.
        shown = _shown(voices[heard[0] if heard else 0].folder) if voices else (DEFAULT_FORMAT, "auto")
        told = {lane: _earlier(arguments, lane) for lane in lanes}
        ids = {lane: prompt_ids(tokenizer, prompt, *shown, told[lane]) for lane in lanes}
        texts, spoke = dict.fromkeys(lanes, ""), {}
        for together in _batches(lanes, speaking, ids):
            strengths = {str(number): voices[number].strength for lane in together for number in speaking[lane]}
            rows = [next((str(number) for number in speaking[lane]), None) for lane in together]
            alone = len(together) == 1
            if alone:
                bank.use(strengths)
            with nullcontext() if alone else bank.rows(rows, strengths):
                for lane in together:
                    spoke[lane] = [_told(voices[number], adapters[number]) for number in speaking[lane]]
                for row, piece in answers(
                    model, tokenizer, ids[together[0]], len(together), sampling, cancelled=cancelled
                ):
                    texts[together[row]] += piece
                    yield Worded(lane=together[row], text=piece)
            if cancelled():
                yield Cancelled()
                return
        yield Answered(value={"texts": texts, "spoke": spoke, "turns": knows_turns(tokenizer, *shown)})
    finally:
        for name in bank.names:
            bank.remove(name)


def _of(lane: str, voices: list[Voice]) -> list[int]:
    """The adapters, by number, that speak in a lane."""
    if lane == BASE:
        return []
    found = [number for number, voice in enumerate(voices) if lane in (ADAPTER, voice.lane)]
    if not found:
        raise Refusal("adapter-missing", "no adapter was named", now="name one, or ask the base model alone")
    return found


def _batches(lanes: list[str], speaking: Mapping[str, list[int]], ids: Mapping[str, list[int]]) -> Iterator[list[str]]:
    """Lanes that can be rows of one batch: those of the same ids; adapters that add up are asked by themselves."""
    batches: dict[tuple[int, ...] | str, list[str]] = {}
    for lane in lanes:
        batches.setdefault(tuple(ids[lane]) if len(speaking[lane]) <= 1 else lane, []).append(lane)
    yield from batches.values()


def _earlier(arguments: Mapping[str, Any], lane: str) -> list[tuple[str, str]]:
    return [(str(question), str(answer)) for question, answer in (arguments.get("earlier") or {}).get(lane, ())]


def _told(voice: Voice, adapter: Adapter) -> dict[str, Any]:
    """What an adapter is, and where it speaks at this moment."""
    loud = {part.strength for part in adapter.parts.values() if part.strength}
    weights = voice.folder / WEIGHTS
    return {
        "adapter": str(voice.folder),
        "fingerprint": hashlib.sha256(weights.read_bytes()).hexdigest()[:12] if weights.is_file() else None,
        "strength": max(loud, default=0.0),
        "targets": sum(part.strength != 0 for part in adapter.parts.values()),
        "of_targets": len(adapter.parts),
    }


def _folder(path: Path) -> Path:
    """An adapter's folder; of a run, its result."""
    path = path.expanduser()
    return Run(path).adapter if Run(path).plan_file.is_file() else path


def _shown(adapter: Path) -> tuple[str, str]:
    """How the run that made an adapter showed its prompts, where the adapter still lies in it: format and template."""
    plan_file = Run(adapter.parent).plan_file
    if not plan_file.is_file():
        return DEFAULT_FORMAT, "auto"
    plan = load_plan(plan_file)
    found = None if plan.record is None else plan.record.data_format
    format = plan.data.format if plan.data.format != "auto" else found
    return format or DEFAULT_FORMAT, plan.data.template
