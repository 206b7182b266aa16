"""Preparing data: from the files that a plan names to training and evaluation examples."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studio.data.encode import Encoded, encode_batch
from studio.data.example import Example
from studio.data.formats import RowWriter
from studio.data.layout import layout_of
from studio.data.reading import read_rows
from studio.data.rows import Rows
from studio.data.segment import Segment
from studio.data.split import content_key, split
from studio.plan.errors import Refusal
from studio.plan.events import Event, Prepared, Progressed, Warned
from studio.plan.plan import DataPlan

ENCODED_AT_ONCE = 1024  # rows
FIRST_ROWS = 50  # from which a format is guessed
NAMED_PLACES = 5


@dataclass(frozen=True)
class PreparedData:
    """Examples, and what is known of them.

    `rows`, `truncated_rows` and `longest` (tokens) count training and evaluation together; `tokens` and `supervised_tokens` are those
    of the training examples: what one epoch reads and learns from.
    """

    train: list[Example]
    eval: list[Example]
    rows: int
    truncated_rows: int
    tokens: int
    supervised_tokens: int
    longest: int
    format: str


@dataclass(frozen=True)
class _EncodedFile:
    examples: list[Example]
    truncated_rows: int
    format: str


def prepare(
    data: DataPlan, tokenizer: Any, *, seed: int, max_positions: int | None
) -> Generator[Event, None, PreparedData]:
    """Read, encode and split. Yields Progressed now and then, Warned where evaluation rows are also learnt, and Prepared last.

    `max_positions` is how many tokens the model can read at once (None: no limit known). Raises Refusal: whatever the files are refused
    for, rows with nothing to learn (with the first places and their number), `max_length` beyond the model.
    """
    check_length(data, max_positions)
    learnt = yield from _encode_file(Path(data.train), data, tokenizer, max_rows=data.max_examples)
    truncated_rows = learnt.truncated_rows
    if data.eval is None:
        train, evaluation = split(learnt.examples, data.eval_fraction, seed)
    else:
        asked = yield from _encode_file(Path(data.eval), data, tokenizer, max_rows=None, field="data.eval")
        train, evaluation = learnt.examples, asked.examples
        truncated_rows += asked.truncated_rows
        yield from _warn_of_overlap(train, evaluation)
    prepared = PreparedData(
        train,
        evaluation,
        rows=len(train) + len(evaluation),
        truncated_rows=truncated_rows,
        tokens=sum(map(len, train)),
        supervised_tokens=sum(example.supervised for example in train),
        longest=max(map(len, [*train, *evaluation])),
        format=learnt.format,
    )
    yield Prepared(
        train_rows=len(train),
        eval_rows=len(evaluation),
        truncated_rows=prepared.truncated_rows,
        tokens=prepared.tokens,
        supervised_tokens=prepared.supervised_tokens,
        longest=prepared.longest,
        format=prepared.format,
    )
    return prepared


def check_length(data: DataPlan, max_positions: int | None) -> None:
    """Raises Refusal where rows could become longer than the model can read."""
    if max_positions is not None and data.max_length > max_positions:
        raise Refusal(
            "length-too-long",
            f"data.max_length is {data.max_length}, but the model reads at most {max_positions} tokens",
            now=f"set data.max_length to {max_positions} or less",
            field="data.max_length",
        )


def encode_rows(rows: Sequence[Any], writer: RowWriter, tokenizer: Any, max_length: int) -> list[Encoded | Refusal]:
    """Each row encoded, or the refusal that says why it cannot be learnt from, without its place."""
    outcomes: list[list[Segment] | Refusal] = []
    for row in rows:
        try:
            outcomes.append(writer.segments(row))
        except Refusal as refusal:
            outcomes.append(refusal)
    encoded = iter(encode_batch([one for one in outcomes if not isinstance(one, Refusal)], tokenizer, max_length))
    return [one if isinstance(one, Refusal) else _learnable(next(encoded), max_length) for one in outcomes]


def _learnable(encoded: Encoded, max_length: int) -> Encoded | Refusal:
    if encoded.supervised:
        return encoded
    if encoded.truncated:
        what = f"nothing to learn is left after the cut at {max_length} tokens"
        return Refusal("row-cut-away", what, now="raise data.max_length or leave the row out", field="data.max_length")
    return Refusal("row-empty", "the row has nothing to learn", now="leave the row out", field="data.train")


def _encode_file(
    path: Path, data: DataPlan, tokenizer: Any, *, max_rows: int | None, field: str = "data.train"
) -> Generator[Event, None, _EncodedFile]:
    try:
        rows = read_rows(path, max_rows=max_rows)
    except Refusal as refusal:
        raise _at_field(refusal, field) from refusal
    layout = layout_of(rows.columns, rows[:FIRST_ROWS], data.format, data.columns)
    writer = RowWriter(layout, tokenizer, data.loss_on)
    examples: list[Example] = []
    refused: list[tuple[int, Refusal]] = []
    truncated_rows = 0
    for begin in range(0, len(rows), ENCODED_AT_ONCE):
        yield Progressed(phase="encoding", done=begin, total=len(rows), unit="rows")
        outcomes = encode_rows(rows[begin : begin + ENCODED_AT_ONCE], writer, tokenizer, data.max_length)
        for index, outcome in enumerate(outcomes, start=begin):
            if isinstance(outcome, Refusal):
                refused.append((index, outcome))
            else:
                examples.append(Example(outcome.ids, outcome.trained, index))
                truncated_rows += outcome.truncated
    if refused:
        raise _at_field(_refusal_of_rows(refused, rows, path), field)
    yield Progressed(phase="encoding", done=len(rows), total=len(rows), unit="rows")
    return _EncodedFile(examples, truncated_rows, layout.format)


def _refusal_of_rows(refused: list[tuple[int, Refusal]], rows: Rows, path: Path) -> Refusal:
    """One sentence for all refused rows: how many, the first places, and why the first."""
    first = refused[0][1]
    if len(refused) == 1:
        what, places = first.what, rows.place(refused[0][0])
    else:
        what = f"{len(refused)} rows cannot be learnt from; the first because {first.what}"
        places = f"{rows.unit}s {', '.join(str(rows.numbers[index]) for index, _ in refused[:NAMED_PLACES])}"
        places += ", …" if len(refused) > NAMED_PLACES else ""
    return Refusal(first.code, what, where=f"{path}, {places}", now=first.now, field=first.field)


def _at_field(refusal: Refusal, field: str) -> Refusal:
    """The refusal of a file, at the setting that names that file."""
    if refusal.field != "data.train":
        return refusal
    return Refusal(refusal.code, refusal.what, where=refusal.where, now=refusal.now, field=field)


def _warn_of_overlap(train: list[Example], evaluation: list[Example]) -> Generator[Event, None, None]:
    learnt = {content_key(example) for example in train}
    both = sum(content_key(example) in learnt for example in evaluation)
    if both:
        yield Warned(
            code="eval-overlap",
            what=f"{both} of {len(evaluation)} evaluation rows are also training rows, so the evaluation loss flatters",
            now="take them out of one of the two files",
        )
