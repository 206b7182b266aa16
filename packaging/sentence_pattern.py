"""Patterns of sentences: texts, and holes for what is known only when they are said."""

import re
from dataclasses import dataclass

HOLE, TEXT, LIST = "v", "t", "l"  # a value; a text, ours or not; several of ours, joined
KINDS = (HOLE, TEXT, LIST)


@dataclass(frozen=True)
class Hole:
    """A part of a sentence that is known when it is said."""

    kind: str = HOLE


Pattern = tuple[str | Hole, ...]


def joined(pattern: Pattern) -> Pattern:
    """The pattern with neighbouring texts made one."""
    parts: list[str | Hole] = []
    for part in pattern:
        if isinstance(part, str) and parts and isinstance(parts[-1], str):
            parts[-1] += part
        elif part != "":
            parts.append(part)
    return tuple(parts)


def told(pattern: Pattern, words: int = 1) -> bool:
    """Whether there is a word in it, or as many as are asked for."""
    return sum(len(re.findall(r"\S*[^\W\d_]{2}\S*", part)) for part in pattern if isinstance(part, str)) >= words


def written(pattern: Pattern) -> tuple[str, str]:
    """A pattern as a template with numbered holes, without a full stop at its end; and the kinds of its holes, a letter each."""
    template, kinds = "", ""
    for part in pattern:
        if isinstance(part, Hole):
            kinds += part.kind
        template += f"{{{len(kinds)}}}" if isinstance(part, Hole) else part
    return template.removesuffix("."), kinds
