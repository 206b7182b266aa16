"""Notes on a row's text: what is learnt all the same, but is mostly a mistake made before the file was written."""

import re
from collections.abc import Sequence
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
# Characters of which every pattern needs one: a single set is sought many times faster than the patterns.
_ANY = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffdÃÂâ]"
)
_EACH = tuple(re.compile(note.pattern) for note in NOTES)


def notes_of_rows(texts: Sequence[str]) -> list[int]:
    """For each row's text: bit k is set where `NOTES[k]` is true of it."""
    if _ANY.search("\n".join(texts)) is None:  # of nearly all rows, and one search costs less than many
        return [0] * len(texts)
    return [_notes_of(text) for text in texts]


def _notes_of(text: str) -> int:
    if _ANY.search(text) is None:
        return 0
    return sum(1 << number for number, pattern in enumerate(_EACH) if pattern.search(text))
