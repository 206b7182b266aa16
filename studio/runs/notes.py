"""What the user wrote down about a run: tags, a note."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from studio.runs.atomic import write_text
from studio.runs.folder import Run


@dataclass(frozen=True, slots=True)
class Notes:
    """Words of the user's own. `tags` are short and sorted, `text` is free."""

    tags: tuple[str, ...] = ()
    text: str = ""


def notes_file(run: Run) -> Path:
    """Where a run's notes are kept; absent while there are none."""
    return run.path / "notes.json"


def read_notes(run: Run) -> Notes:
    """The notes of a run. Raises ValueError where the file is damaged."""
    try:
        tree = json.loads(notes_file(run).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Notes()
    if not isinstance(tree, dict):
        raise ValueError("the notes are not a mapping")
    return Notes(tuple(str(tag) for tag in tree.get("tags", ())), str(tree.get("text", "")))


def write_notes(run: Run, notes: Notes) -> None:
    """Replace the notes of a run. Raises OSError."""
    write_text(notes_file(run), json.dumps(asdict(notes), ensure_ascii=False, indent=1) + "\n")


def tags_of(text: str) -> tuple[str, ...]:
    """The tags in a line such as "good, rank 8": separated by commas, each once whatever its case, sorted."""
    written = [" ".join(tag.split()) for tag in text.split(",")]
    unique = {tag.casefold(): tag for tag in reversed(written) if tag}
    return tuple(unique[key] for key in sorted(unique))
