"""Notes on a row's text: what is learnt all the same, but is mostly a mistake made before the file was written."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Note:
    """A kind of oddity, found by a pattern; `what` follows "n rows"."""

    code: str
    what: str
    now: str
    pattern: str


NOTES = (
    Note("text-replaced", "hold �, where a character was lost", "read the file in its right encoding", "\ufffd"),
    Note("text-control", "hold control characters", "remove them", r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"),
    Note(
        "text-invisible",
        "hold invisible characters (zero width, or marks of direction)",
        "remove them unless the language needs them",
        "[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]",
    ),
    Note(
        "text-mojibake",
        "look as if they were read in a wrong encoding (Ã©, â€™)",
        "read the file in its right encoding",
        "Ã[\x80-\xbf]|Â[\xa0-\xbf]|â€[\x80-\xbf™œ\x9d˜“”]",
    ),
)
_ANY = re.compile("|".join(note.pattern for note in NOTES))
_EACH = tuple(re.compile(note.pattern) for note in NOTES)


def notes_of(text: str) -> int:
    """Bit k is set where `NOTES[k]` is true of the text."""
    if _ANY.search(text) is None:  # of nearly every row
        return 0
    return sum(1 << number for number, pattern in enumerate(_EACH) if pattern.search(text))
