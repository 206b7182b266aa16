"""Preparing data: from the files that a plan names to training and evaluation examples."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from studio.data.build import encoded
from studio.data.example import Examples, Share
from studio.data.split import split
from studio.data.store import TokenStore
from studio.plan.errors import Refusal
from studio.plan.events import Event, Prepared, Warned
from studio.plan.plan import DataPlan

NAMED_PLACES = 5
# The fields of refusals that the content of one source is the cause of.
OF_THE_SOURCE = ("data.train", "data.format", "data.columns")
Indices = npt.NDArray[np.int64]
Result = TypeVar("Result")


@dataclass(frozen=True)
class Gathered:
    """All rows of a plan's data, encoded, whether they can be learnt from or not: the training sources with their weights, and the
    evaluation rows where they have a file of their own.
    """

    sources: tuple[tuple[TokenStore, float], ...]
    eval: TokenStore | None


@dataclass(frozen=True)
class PreparedData:
    """Examples, and what is known of them.

    `rows`, `truncated_rows` and `longest` (tokens) count training and evaluation together; `tokens` and `supervised_tokens` are those
    of the training examples: what one epoch reads and learns from where every row comes once.
    """

    train: Examples
    eval: Examples
    rows: int
    truncated_rows: int
    tokens: int
    supervised_tokens: int
    longest: int
    format: str


def prepare(
    data: DataPlan, tokenizer: Any, *, seed: int, max_positions: int | None
) -> Generator[Event, None, PreparedData]:
    """Read, encode and split. Yields Progressed now and then, Warned where rows are left out or evaluation rows are also learnt, and
    Prepared last.

    `max_positions` is how many tokens the model can read at once (None: no limit known). Raises Refusal: whatever the files are refused
    for, rows with nothing to learn (with the first places and their number), `max_length` beyond the model.
    """
    check_length(data, max_positions)
    gathered = yield from gather(data, tokenizer)
    shares = []
    for store, weight in gathered.sources:
        yield from _warnings_of(store)
        shares.append(Share(store, (yield from _learnable(store, data, "data.train")), weight))
    learnt = Examples(shares, data.max_length)
    if gathered.eval is None:
        kept, back = split(learnt.keys, data.eval_fraction, seed)
        train, evaluation = learnt.of(kept), learnt.of(back)
    else:
        rows = yield from _learnable(gathered.eval, data, "data.eval")
        train, evaluation = learnt, Examples([Share(gathered.eval, rows)], data.max_length)
        yield from _warn_of_overlap(train, evaluation)
    prepared = PreparedData(
        train,
        evaluation,
        rows=len(train) + len(evaluation),
        truncated_rows=_truncated(train) + _truncated(evaluation),
        tokens=train.tokens,
        supervised_tokens=train.supervised,
        longest=int(max(train.lengths.max(initial=0), evaluation.lengths.max(initial=0))),
        format=str(gathered.sources[0][0].meta["format"]),
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


def gather(data: DataPlan, tokenizer: Any) -> Generator[Event, None, Gathered]:
    """All sources of a plan, encoded or found encoded. Raises Refusal where one cannot be read."""
    sources = []
    for entry, weight in [(data.train, 1.0), *((more.path, more.weight) for more in data.more)]:
        store = yield from _encoded(data, entry, tokenizer, "data.train", data.max_examples)
        sources.append((store, weight))
    evaluation = None
    if data.eval is not None:
        evaluation = yield from _encoded(data, data.eval, tokenizer, "data.eval", None)
    return Gathered(tuple(sources), evaluation)


def _encoded(
    data: DataPlan, entry: str, tokenizer: Any, field: str, max_rows: int | None
) -> Generator[Event, None, TokenStore]:
    """One source. What it is refused for names it: columns that fit no format know of no file."""
    try:
        return (yield from encoded(data, entry, tokenizer, field=field, max_rows=max_rows))
    except Refusal as found:
        if found.field not in OF_THE_SOURCE:
            raise
        at = field if found.field == "data.train" else found.field
        where = f"{entry}, {found.where}" if found.where and entry not in found.where else found.where or entry
        raise Refusal(found.code, found.what, where=where, now=found.now, field=at) from found


def finished(work: Generator[Event, None, Result]) -> Result:
    """What some work returns; its events are passed over."""
    while True:
        try:
            next(work)
        except StopIteration as done:
            found: Result = done.value
            return found


def check_length(data: DataPlan, max_positions: int | None) -> None:
    """Raises Refusal where rows could become longer than the model can read."""
    if max_positions is not None and data.max_length > max_positions:
        raise Refusal(
            "length-too-long",
            f"data.max_length is {data.max_length}, but the model reads at most {max_positions} tokens",
            now=f"set data.max_length to {max_positions} or less",
            field="data.max_length",
        )


def unlearnable(store: TokenStore, max_length: int) -> list[tuple[Refusal, Indices]]:
    """The rows that nothing can be learnt from, by the reason, the most frequent first; each reason without a place."""
    groups: dict[tuple[str, str], tuple[Refusal, list[int]]] = {}
    for bad in store.bad:
        groups.setdefault((bad.refusal.code, bad.refusal.what), (bad.refusal, []))[1].append(bad.index)
    found = [(refusal, np.array(rows, np.int64)) for refusal, rows in groups.values()]
    encoded_rows = store.lengths > 0
    nothing = np.flatnonzero(encoded_rows & (store.first_learnt >= store.lengths))
    if len(nothing):
        empty = Refusal("row-empty", "the row has nothing to learn", now="leave the row out", field="data.train")
        found.append((empty, nothing))
    learnt = store.first_learnt
    cut_away = np.flatnonzero((learnt >= max_length) & (learnt < store.lengths))
    if len(cut_away):
        what = f"nothing to learn is left after the cut at {max_length} tokens"
        now = "raise data.max_length or leave the row out"
        found.append((Refusal("row-cut-away", what, now=now, field="data.max_length"), cut_away))
    return sorted(found, key=lambda group: -len(group[1]))


def place_of(store: TokenStore, index: int) -> str:
    """Where a row stands, as words: "line 7"."""
    file, number = store.place(index)
    return f"{store.meta['places'][file]}{number}"


def _learnable(store: TokenStore, data: DataPlan, field: str) -> Generator[Event, None, Indices]:
    """The rows of a store that can be learnt from. Raises Refusal where others are not to be left out, or nothing is left."""
    groups = unlearnable(store, data.max_length)
    bad = np.unique(np.concatenate([np.empty(0, np.int64), *(rows for _, rows in groups)]))
    if not len(bad):
        return np.arange(len(store))
    refusal = _refusal_of_rows(groups, bad, store, field)
    if data.bad_rows == "refuse" or len(bad) == len(store):
        raise refusal
    yield Warned(
        code="rows-left-out",
        what=f"{len(bad):,} of {len(store):,} rows are left out; {refusal.what} ({refusal.where})",
        now="look at them before you rely on the result",
    )
    return np.setdiff1d(np.arange(len(store)), bad, assume_unique=True)


def _refusal_of_rows(groups: Sequence[tuple[Refusal, Indices]], bad: Indices, store: TokenStore, field: str) -> Refusal:
    """One sentence for all refused rows: how many, the first places, and why the first."""
    first = next(refusal for refusal, rows in groups if bad[0] in rows)
    what = first.what
    files = store.meta["files"]
    places = ", ".join(place_of(store, int(index)) for index in bad[:NAMED_PLACES])
    if len(bad) > 1:
        what = f"{len(bad):,} rows cannot be learnt from; the first because {first.what}"
        if len(files) == 1:  # "lines 2, 5" instead of "line 2, line 5"
            numbers = ", ".join(str(store.place(int(index))[1]) for index in bad[:NAMED_PLACES])
            places = f"rows {numbers}" if store.meta["places"][0].startswith("row") else f"lines {numbers}"
    if len(bad) > NAMED_PLACES:
        places += ", …"
    now = first.now if len(bad) == len(store) else f"{first.now}, or set data.bad_rows to skip"
    return Refusal(
        first.code,
        what,
        where=f"{store.entry}, {places}",
        now=now,
        field=field if first.field == "data.train" else first.field,
    )


def _warnings_of(store: TokenStore) -> Generator[Event, None, None]:
    for words in store.meta["warnings"]:
        yield Warned(code="template", what=words, now="look at a row in the token lens")


def _truncated(examples: Examples) -> int:
    return sum(int((share.store.lengths[share.rows] > examples.max_length).sum()) for share in examples.shares)


def _warn_of_overlap(train: Examples, evaluation: Examples) -> Generator[Event, None, None]:
    both = int(np.isin(evaluation.keys, train.keys).sum())
    if both:
        yield Warned(
            code="eval-overlap",
            what=f"{both} of {len(evaluation)} evaluation rows are also training rows, so the evaluation loss flatters",
            now="take them out of one of the two files",
        )
