"""Commands: wishes of the user to a run. One command is one line of JSON."""

import json
from dataclasses import asdict, dataclass
from typing import Literal, get_args

Wish = Literal["pause", "resume", "save", "sample", "stop"]


@dataclass(frozen=True, slots=True)
class Command:
    """A wish. `save` belongs to stop: write a checkpoint before stopping."""

    command: Wish
    save: bool = True


def to_line(command: Command) -> str:
    """One line of JSON without its newline."""
    return json.dumps(asdict(command))


def from_line(line: str) -> Command:
    """The command of a line. Raises ValueError for anything else."""
    tree = json.loads(line)
    if not isinstance(tree, dict) or tree.get("command") not in get_args(Wish):
        raise ValueError(f"not a command: {line[:80]}")
    return Command(tree["command"], bool(tree.get("save", True)))
