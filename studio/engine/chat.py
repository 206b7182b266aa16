"""Answers to a typed prompt, of the base model and of the adapters on it, beside each other."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from transformers import PreTrainedModel, PreTrainedTokenizerBase

from studio.engine.device import DTYPES, choose_precision, find_device
from studio.engine.sample import answer, prompt_ids
from studio.formats.peft.folder import load_adapter
from studio.models.load import load_model, load_tokenizer
from studio.plan.errors import Refusal
from studio.plan.events import Answered, Cancelled, Event, Progressed, Worded
from studio.plan.planfile import load_plan
from studio.runs.folder import Run

BASE, ADAPTER = "base", "adapter"
DEFAULT_NEW_TOKENS = 128
DEFAULT_FORMAT = "prompt-completion"


def generate(arguments: Mapping[str, Any], *, cancelled: Callable[[], bool]) -> Iterator[Event]:
    """Answer `prompt` with `model`; yields pieces of text as they come, and ends with {"texts": {lane: text}}.

    `lanes`: "base" answers without, "adapter" with all `adapters`, each a {"path", "scale"}. `max_new_tokens` and `temperature` (0:
    the likeliest token, always) are optional. Raises Refusal for what cannot be loaded, or an empty prompt.
    """
    prompt = str(arguments["prompt"])
    if not prompt.strip():
        raise Refusal("prompt-empty", "the prompt is empty", now="write something to go on from")
    adapters = [(_folder(Path(one["path"])), float(one.get("scale", 1.0))) for one in arguments.get("adapters") or ()]
    lanes = list(arguments.get("lanes") or ([ADAPTER] if adapters else [BASE]))
    if ADAPTER in lanes and not adapters:
        raise Refusal("adapter-missing", "no adapter was named", now="name one, or ask the base model alone")
    yield Progressed(phase="loading the model", done=0)
    device = find_device("auto")
    # On a CPU the products of one token are too small for bfloat16 to gain.
    dtype = DTYPES["float32" if device.type == "cpu" else choose_precision("auto", device)]
    tokenizer = load_tokenizer(arguments["model"])
    model = load_model(arguments["model"], dtype=dtype, device=device)
    ids = prompt_ids(tokenizer, prompt, *(_shown(adapters[0][0]) if adapters else (DEFAULT_FORMAT, "auto")))
    texts: dict[str, str] = {}
    for lane in sorted(set(lanes), key=(BASE, ADAPTER).index):  # the base first: adapters come on afterwards
        if lane == ADAPTER:
            for folder, strength in adapters:
                load_adapter(model, folder).set_strength(strength)
        texts[lane] = ""
        for piece in _pieces(model, tokenizer, ids, arguments, cancelled):
            texts[lane] += piece
            yield Worded(lane=lane, text=piece)
        if cancelled():
            yield Cancelled()
            return
    yield Answered(value={"texts": texts})


def _pieces(
    model: PreTrainedModel,
    tokenizer: PreTrainedTokenizerBase,
    ids: list[int],
    arguments: Mapping[str, Any],
    cancelled: Callable[[], bool],
) -> Iterator[str]:
    return answer(
        model,
        tokenizer,
        ids,
        max_new_tokens=int(arguments.get("max_new_tokens", DEFAULT_NEW_TOKENS)),
        temperature=float(arguments.get("temperature", 0.0)),
        cancelled=cancelled,
    )


def _folder(path: Path) -> Path:
    """An adapter's folder; of a run, its result."""
    path = path.expanduser()
    return Run(path).adapter if Run(path).plan_file.is_file() else path


def _shown(adapter: Path) -> tuple[str, str]:
    """How the run that made an adapter showed its prompts, where the adapter still lies in it: format and template."""
    plan_file = Run(adapter.parent).plan_file
    if not plan_file.is_file():
        return DEFAULT_FORMAT, "auto"
    data = load_plan(plan_file).data
    return DEFAULT_FORMAT if data.format == "auto" else data.format, data.template
