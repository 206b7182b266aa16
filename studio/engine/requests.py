"""The requests that a worker process answers: each a generator of events whose last one is Answered or Cancelled.

What is wrong with a request is raised as a StudioError; the caller tells it in its own way.
"""

from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from studio.data.cache import clear_cache
from studio.data.hub import fetch
from studio.data.hub_fetched import check_fetched
from studio.data.lens import lens
from studio.data.prepare import finished, gather
from studio.data.preview import preview
from studio.data.statistics import statistics
from studio.engine import chat
from studio.engine.calibrate import calibrate
from studio.engine.carry import carry, carry_on
from studio.engine.export import export
from studio.engine.kept import Kept
from studio.engine.measure import measure
from studio.engine.preflight import preflight
from studio.engine.probe import gradient_scores, run_scores
from studio.models.hub import download, offer
from studio.models.hub_cached import cached_models
from studio.models.hub_search import search
from studio.models.inspect import describe
from studio.models.load import load_tokenizer
from studio.plan.errors import Refusal
from studio.plan.events import Answered, Cancelled, Event
from studio.plan.plan import Plan
from studio.plan.planfile import parse_plan

Arguments = Mapping[str, Any]
Events = Generator[Event, None, None]


@dataclass(frozen=True, slots=True)
class Control:
    """How a request hears that it is no longer wanted."""

    cancelled: Callable[[], bool] = lambda: False


def inspect_model(arguments: Arguments, control: Control) -> Events:
    """{model} -> {"description"}."""
    yield Answered(value={"description": describe(arguments["model"]).to_json()})


def list_cached(arguments: Arguments, control: Control) -> Events:
    """{} -> {"models"}: those of the Hub's cache, each with its name and the size of its weights."""
    yield Answered(value={"models": [asdict(found) for found in cached_models()]})


def search_hub(arguments: Arguments, control: Control) -> Events:
    """{words} -> {"models"}: those of the Hub whose name has these words, as `FoundModel`."""
    yield from search(str(arguments["words"]), cancelled=control.cancelled)


def offer_of_hub(arguments: Arguments, control: Control) -> Events:
    """{model} -> {"size_bytes", "weight_bytes", "licence"} of what a download would bring."""
    yield from offer(str(arguments["model"]), cancelled=control.cancelled)


def preview_data(arguments: Arguments, control: Control) -> Events:
    """{plan, rows} -> the preview; without a usable tokenizer the rows are shown without their tokens."""
    plan = _plan(arguments)
    try:
        tokenizer = load_tokenizer(plan.model)
    except Refusal:
        tokenizer = None  # said at the model, where it belongs; data can be looked at without
    yield Answered(value=preview(plan.data, tokenizer, rows=int(arguments.get("rows", 50))))


def scan_data(arguments: Arguments, control: Control) -> Events:
    """{plan} -> {"statistics"} of all rows, which are encoded on the way; instant where they have been. Fetches nothing."""
    plan = _plan(arguments)
    check_fetched(plan.data)
    work = gather(plan.data, load_tokenizer(plan.model))
    while not control.cancelled():
        try:
            yield next(work)
        except StopIteration as done:
            yield Answered(value={"statistics": statistics(done.value, plan)})
            return
    work.close()
    yield Cancelled()


def look_at_row(arguments: Arguments, control: Control) -> Events:
    """{plan, row: a number from 0 or a jump, from, packed} -> the row token by token; quick after a scan."""
    plan = _plan(arguments)
    tokenizer = load_tokenizer(plan.model)
    gathered = finished(gather(plan.data, tokenizer))
    row = arguments["row"]
    shown = lens(
        gathered,
        plan,
        tokenizer,
        row if isinstance(row, str) else int(row),
        begin=int(arguments.get("from", 0)),
        packed=bool(arguments.get("packed", False)),
    )
    yield Answered(value=shown)


def clear_data_cache(arguments: Arguments, control: Control) -> Events:
    """{} -> {"freed_bytes"}: all encoded data are deleted."""
    yield Answered(value={"freed_bytes": clear_cache()})


def download_model(arguments: Arguments, control: Control) -> Events:
    """{model} -> {"path"}."""
    yield from download(arguments["model"], cancelled=control.cancelled)


def download_data(arguments: Arguments, control: Control) -> Events:
    """{entry} -> {"files", "bytes"}: a data set of the Hub is on this machine."""
    yield from fetch(arguments["entry"], cancelled=control.cancelled)


def preflight_plan(arguments: Arguments, control: Control) -> Events:
    """{plan} -> what one measured step costs."""
    yield from preflight(_plan(arguments), cancelled=control.cancelled)


def know_machine(arguments: Arguments, control: Control) -> Events:
    """{device} -> {"experience"}: how fast the machine is, measured the first time, and what earlier runs taught."""
    yield from calibrate(str(arguments["device"]), cancelled=control.cancelled)


def measure_model(arguments: Arguments, control: Control) -> Events:
    """{plan} -> {"scale"}: what the plan's model keeps of each token, over what the formula says; it is kept."""
    yield from measure(_plan(arguments), cancelled=control.cancelled)


def score_targets(arguments: Arguments, control: Control) -> Events:
    """{plan, source: a run or None} -> {"scores"}: of the gradient on the plan's data, or of what a run has changed."""
    source = arguments.get("source")
    if source is not None:
        yield from run_scores(str(source))
    else:
        yield from gradient_scores(_plan(arguments), cancelled=control.cancelled)


def export_result(arguments: Arguments, control: Control) -> Events:
    """{source, to, format, dtype} -> the receipt."""
    source, to, format = (str(arguments[name]) for name in ("source", "to", "format"))
    yield from export(source, to, format, arguments.get("dtype"), cancelled=control.cancelled)


def generate(arguments: Arguments, control: Control) -> Events:
    """{model, adapters: [{"path", "scale", "lane"}], prompt, lanes, mute, sampling's fields} -> {"texts", "spoke"}."""
    yield from chat.generate(arguments, cancelled=control.cancelled, kept=KEPT)


def train(arguments: Arguments, control: Control) -> Events:
    """{plan, run: path or None} -> {"run"} once the run is accepted; all that follows goes to the run's folder alone."""
    KEPT.release()
    path = arguments.get("run")
    yield from _until_accepted(carry(_plan(arguments), None if path is None else Path(path)))


def resume(arguments: Arguments, control: Control) -> Events:
    """{run} -> {"run"} once the run is accepted; all that follows goes to the run's folder alone."""
    KEPT.release()
    yield from _until_accepted(carry_on(Path(arguments["run"])))


KEPT = Kept()
REQUESTS: dict[str, Callable[[Arguments, Control], Events]] = {
    "inspect": inspect_model,
    "cached_models": list_cached,
    "hub_search": search_hub,
    "hub_offer": offer_of_hub,
    "preview": preview_data,
    "scan": scan_data,
    "lens": look_at_row,
    "clear_data_cache": clear_data_cache,
    "download": download_model,
    "download_data": download_data,
    "preflight": preflight_plan,
    "experience": know_machine,
    "measure": measure_model,
    "scores": score_targets,
    "export": export_result,
    "generate": generate,
    "train": train,
    "resume": resume,
}
CARRYING = frozenset({"train", "resume"})  # after which a worker process belongs to a run, and ends with it


def _until_accepted(events: Iterator[Event]) -> Events:
    for event in events:
        yield event
        if isinstance(event, Answered):
            break
    for _ in events:
        pass  # whoever makes them has logged them


def _plan(arguments: Arguments) -> Plan:
    return parse_plan(dict(arguments["plan"]))
