"""The wire to a worker process: requests on its standard input, events on its standard output, one line of JSON each."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from studio.plan.events import Event, from_line, to_line


@dataclass(frozen=True, slots=True)
class Request:
    """Work for a worker process. `id` comes back with every event of it.

    Names and arguments: see `studio.engine.requests`. The name "cancel" ends the request whose id is in arguments["id"].
    """

    id: int
    name: str
    arguments: dict[str, Any] = field(default_factory=dict)


def request_line(request: Request) -> str:
    """One line of JSON without its newline."""
    return json.dumps(asdict(request), ensure_ascii=False, allow_nan=False)


def read_request(line: str) -> Request:
    """The request of a line. Raises ValueError for anything else."""
    tree = json.loads(line)
    if not isinstance(tree, dict) or not isinstance(tree.get("id"), int) or not isinstance(tree.get("name"), str):
        raise ValueError(f"not a request: {line[:80]}")
    return Request(tree["id"], tree["name"], dict(tree.get("arguments", {})))


def answer_line(request_id: int, event: Event) -> str:
    """An event of a request: the event's own line behind the request's id and a tab."""
    return f"{request_id}\t{to_line(event)}"


def read_answer(line: str) -> tuple[int, Event]:
    """The request's id and the event. Raises ValueError for anything else, a library's stray output for example."""
    number, tab, text = line.partition("\t")
    if not tab or not number.isdigit():
        raise ValueError(f"not an answer: {line[:80]}")
    return int(number), from_line(text)
