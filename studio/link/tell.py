"""Telling a run something: commands travel through its folder, so that any window can, whoever started it."""

from studio.plan.commands import Command, to_line
from studio.runs.folder import Run
from studio.runs.log import Follower


def tell(run: Run, command: Command) -> None:
    """Append a command; the worker obeys it between two steps. Raises OSError."""
    with run.commands_file.open("ab", buffering=0) as file:
        file.write(to_line(command).encode("utf-8") + b"\n")


def follow_commands(run: Run) -> Follower:
    """A follower of the commands told from now on; older ones were meant for an earlier life of the run."""
    try:
        size = run.commands_file.stat().st_size
    except FileNotFoundError:
        size = 0
    return Follower(run.commands_file, offset=size)
