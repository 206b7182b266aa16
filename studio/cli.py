"""The command line, which decides what to import before Qt or torch is."""

import os
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from queue import SimpleQueue
from typing import Annotated, Any

import typer

from studio.console.display import check_display
from studio.console.interrupt import obeying
from studio.console.reports import description_text, estimate_text, facts_text, machine_text, receipt_text, runs_text
from studio.console.screens import Screen, failed_event, open_screen, print_json, without_chatter
from studio.link.launch import worker_environment
from studio.plan.commands import Command
from studio.plan.errors import Refusal, StudioError
from studio.plan.events import Answered, Cancelled, Event, Failed, Stopped
from studio.plan.planfile import load_plan
from studio.runs.folder import Run, list_runs, open_run
from studio.runs.notes import Notes, read_notes

DONE, FAILED, REFUSED, STOPPED = 0, 1, 2, 130

EXAMPLES = """Examples:

lora-studio   (opens the window)

lora-studio train plan.yaml --run runs/first --set lora.rank=8

lora-studio resume runs/first

lora-studio inspect models/llama

lora-studio estimate plan.yaml

lora-studio preflight plan.yaml

lora-studio export runs/first --to merged --format merged --dtype bfloat16

lora-studio generate --model models/llama --adapter runs/first/adapter:0.8 --prompt "Once upon a time"

lora-studio runs

lora-studio doctor"""

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, epilog=EXAMPLES)

AsJson = Annotated[bool, typer.Option("--json", help="JSON on stdout, and nothing else there.")]
PlanFile = Annotated[Path, typer.Argument(metavar="PLAN.yaml", help="A plan; its paths are relative to its folder.")]
Changes = Annotated[list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="Change a setting of the plan.")]


def run(argv: list[str]) -> int:
    """Carry out one command line; returns the exit code: 0 done, 1 failed, 2 refused input, 130 stopped."""
    try:
        code = app(args=argv, prog_name="lora-studio", standalone_mode=False)
    except typer.TyperException as error:
        return _end(Refusal("usage", error.format_message(), now="see lora-studio --help"), argv)
    except StudioError as error:
        return _end(error, argv)
    except (KeyboardInterrupt, typer.Abort):
        return STOPPED
    return code if isinstance(code, int) else DONE


@app.callback(invoke_without_command=True)
def window(context: typer.Context) -> int:
    """Fine-tune models with LoRA, by point and click or from a plan file. Without a command the window opens."""
    if context.invoked_subcommand is not None:
        return DONE
    check_display()
    from studio.gui.app import main

    return main()


@app.command(epilog="Example: lora-studio train plan.yaml --run runs/first --set lora.rank=8")
def train(
    plan: PlanFile,
    folder: Annotated[
        Path | None, typer.Option("--run", metavar="DIR", help="The run's folder; default: a new one.")
    ] = None,
    changes: Changes = None,
    as_json: AsJson = False,
) -> int:
    """Carry out a plan. Ctrl-C stops and saves."""
    wanted = load_plan(plan, changes or ())
    _make_ready_for_torch()
    from studio.engine.carry import carry

    inbox: SimpleQueue[Command] = SimpleQueue()
    return _watch_run(carry(wanted, folder, inbox=inbox), inbox, as_json)


@app.command(epilog="Example: lora-studio resume runs/first")
def resume(
    folder: Annotated[Path, typer.Argument(metavar="RUN", help="A run's folder, or its name in `lora-studio runs`.")],
    as_json: AsJson = False,
) -> int:
    """Go on with a run from its newest checkpoint. Ctrl-C stops and saves."""
    path = open_run(folder).path
    _make_ready_for_torch()
    from studio.engine.carry import carry_on

    inbox: SimpleQueue[Command] = SimpleQueue()
    return _watch_run(carry_on(path, inbox=inbox), inbox, as_json)


@app.command(epilog="Example: lora-studio inspect models/llama")
def inspect(
    model: Annotated[str, typer.Argument(metavar="MODEL", help="A folder, a config.json, or a Hub id.")],
    as_json: AsJson = False,
) -> int:
    """Show every module of a model, and which can be adapted; no weights are read."""
    _make_ready_for_torch()
    with without_chatter() as out:
        from studio.models.inspect import describe

        description = describe(model)
        if as_json:
            print_json(description.to_json(), out)
        else:
            out.write(description_text(description) + "\n")
    return DONE


@app.command(epilog="Example: lora-studio estimate plan.yaml --set lora.rank=64")
def estimate(plan: PlanFile, changes: Changes = None, as_json: AsJson = False) -> int:
    """Tell what a plan will cost in memory and steps, without running it."""
    wanted = load_plan(plan, changes or ())
    _make_ready_for_torch()
    with without_chatter() as out:
        from studio.engine.forecast import forecast, forecast_json

        result, savings = forecast(wanted)
        if as_json:
            print_json(forecast_json(result, savings), out)
        else:
            out.write(estimate_text(result, savings) + "\n")
    return DONE


@app.command(epilog="Example: lora-studio preflight plan.yaml")
def preflight(plan: PlanFile, changes: Changes = None, as_json: AsJson = False) -> int:
    """Measure one real step of a plan: memory, seconds, and what does not learn. Nothing is left on disk."""
    wanted = load_plan(plan, changes or ())
    return _ask("preflight", {"plan": wanted.model_dump(mode="json")}, as_json, facts_text)


@app.command(epilog="Example: lora-studio export runs/first --to merged --format merged --dtype bfloat16")
def export(
    source: Annotated[str, typer.Argument(metavar="RUN_OR_ADAPTER", help="A run, or an adapter's folder.")],
    to: Annotated[str, typer.Option("--to", metavar="DIR", help="The folder to write; it must be new.")],
    form: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="adapter, universal (one rank and scale, for vLLM and llama.cpp), or merged (a whole model).",
        ),
    ],
    dtype: Annotated[
        str | None, typer.Option(metavar="DTYPE", help="float32, bfloat16 or float16; default: the base's own.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Write an adapter or a merged model, reload it, and prove that it computes what was trained."""
    arguments = {"source": source, "to": to, "format": form, "dtype": dtype}
    return _ask("export", arguments, as_json, receipt_text)


@app.command(
    epilog='Example: lora-studio generate --model models/llama --adapter runs/first/adapter:0.8 --prompt "Once"'
)
def generate(
    model: Annotated[str, typer.Option(metavar="M", help="A model's folder, or a Hub id.")],
    prompt: Annotated[str, typer.Option(metavar="TEXT", help="The text to go on from.")],
    adapter: Annotated[
        list[str] | None, typer.Option(metavar="DIR[:SCALE]", help="An adapter, and how strongly it acts.")
    ] = None,
    max_new_tokens: Annotated[int, typer.Option(metavar="N", min=1, help="At most so many tokens.")] = 128,
    as_json: AsJson = False,
) -> int:
    """Let a model answer a prompt, with or without adapters."""
    adapters = [_adapter(text) for text in adapter or ()]
    lane = "adapter" if adapters else "base"
    arguments = {
        "model": model,
        "adapters": adapters,
        "prompt": prompt,
        "max_new_tokens": max_new_tokens,
        "temperature": 0.0,
        "lanes": [lane],
    }
    return _ask("generate", arguments, as_json, lambda value: str(value["texts"][lane]))


@app.command(epilog="Example: lora-studio runs --json")
def runs(as_json: AsJson = False) -> int:
    """List the runs of this machine, newest first."""
    rows = [_run_row(run) for run in list_runs()]
    if as_json:
        print_json(rows, sys.stdout)
    else:
        sys.stdout.write(runs_text(rows) + "\n")
    return DONE


@app.command(epilog="Example: lora-studio doctor")
def doctor() -> int:
    """Show what this machine has: devices, precision, display, free disk."""
    _make_ready_for_torch()
    with without_chatter() as out:
        from studio.engine.doctor import machine

        out.write(machine_text(machine()) + "\n")
    return DONE


def _run_row(run: Run) -> dict[str, Any]:
    try:
        notes = read_notes(run)
    except (OSError, ValueError):
        notes = Notes()  # damaged notes hide no run
    row = {"name": run.name, "path": str(run.path), "state": run.state(), "summary": run.summary()}
    return row | {"tags": list(notes.tags), "note": notes.text}


def _make_ready_for_torch() -> None:
    """What must be set before torch and transformers are imported, and libraries told to be quiet."""
    os.environ.update(worker_environment() | {"TRANSFORMERS_VERBOSITY": "error", "DATASETS_VERBOSITY": "error"})
    warnings.simplefilter("ignore")  # what a user must know comes as an event


def _watch_run(events: Iterator[Event], inbox: SimpleQueue[Command], as_json: bool) -> int:
    """Show a run until it ends; the first Ctrl-C stops and saves."""
    with obeying(lambda: inbox.put(Command("stop", save=True))):
        last = _show(events, open_screen(as_json=as_json))
    return _code(last)


def _ask(name: str, arguments: dict[str, Any], as_json: bool, in_words: Any) -> int:
    """Carry out a request of the engine in this process; its answer goes to stdout in words, or as its event."""
    _make_ready_for_torch()
    screen = open_screen(as_json=as_json)
    with obeying() as asked, without_chatter() as out:
        from studio.engine.requests import REQUESTS, Control

        last = _show(REQUESTS[name](arguments, Control(asked)), screen)
        if isinstance(last, Answered) and not as_json:
            out.write(in_words(last.value) + "\n")
    return _code(last)


def _show(events: Iterator[Event], screen: Screen) -> Event | None:
    """Show every event; returns the last."""
    last = None
    try:
        with without_chatter():
            for last in events:
                screen.show(last)
    finally:
        screen.close()
    return last


def _code(last: Event | None) -> int:
    if isinstance(last, Failed):
        return REFUSED if last.refused else FAILED
    return STOPPED if isinstance(last, Stopped | Cancelled) else DONE


def _end(error: StudioError, argv: list[str]) -> int:
    """Say an error as its sentence, and as an event where JSON was asked for."""
    screen = open_screen(as_json="--json" in argv)
    screen.show(failed_event(error))
    screen.close()
    return error.exit_code


def _adapter(text: str) -> dict[str, Any]:
    """DIR or DIR:SCALE."""
    folder, colon, tail = text.rpartition(":")
    try:
        scale = float(tail)
    except ValueError:
        return {"path": text, "scale": 1.0}
    return {"path": folder, "scale": scale} if colon and folder else {"path": text, "scale": 1.0}
