"""Column texts: a text with columns in braces, such as "Translate: {source}", that plays a part in a row."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from studio.plan.errors import Refusal

PIECE = re.compile(r"\{\{|\}\}|\{([^{}]+)\}|[{}]")


@dataclass(frozen=True, slots=True)
class ColumnText:
    """A text in pieces: `texts[0]`, the cell of `columns[0]`, `texts[1]` and so on; there is one text more than columns."""

    texts: tuple[str, ...]
    columns: tuple[str, ...]

    def filled(self, cell: Callable[[str], str]) -> str:
        """The text of a row, whose cells `cell` gives by their columns."""
        filled = [self.texts[0]]
        for column, text in zip(self.columns, self.texts[1:], strict=True):
            filled += [cell(column), text]
        return "".join(filled)


def column_text(source: str, columns: Sequence[str], role: str) -> ColumnText | None:
    """The column text that a source is; None where it names no column in braces. `{{` and `}}` stand for a brace.

    Only names stand in braces: nothing is evaluated. Raises Refusal for a name that is no column, or a lone brace.
    """
    texts, named, done = [""], [], 0
    for piece in PIECE.finditer(source):
        texts[-1] += source[done : piece.start()]
        done = piece.end()
        if (name := piece[1]) is not None:
            if name not in columns:
                what, now = (
                    f"the data have no column {name!r}",
                    f"choose of {', '.join(columns)}, or write {{{{ for a brace",
                )
                raise mapping_refusal(what, now, role)
            named.append(name)
            texts.append("")
        elif len(piece[0]) == 2:
            texts[-1] += piece[0][0]
        else:
            what = f"a brace is not closed or opened in {source!r}"
            raise mapping_refusal(what, "write {column}, and {{ or }} for a brace", role)
    texts[-1] += source[done:]
    return ColumnText(tuple(texts), tuple(named)) if named else None


def columns_in(source: str) -> tuple[str, ...]:
    """The columns that a source takes in: itself, where it is no column text."""
    return tuple(piece[1] for piece in PIECE.finditer(source) if piece[1]) or (source,)


def mapping_refusal(what: str, now: str, role: str) -> Refusal:
    """What is wrong with the source of a part."""
    return Refusal("data-columns", what, where=f"data.columns.{role}", now=now, field="data.columns")
