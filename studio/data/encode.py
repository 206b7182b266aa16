"""Encoding: segments to token ids, with the spans of the tokens that count in the loss."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from studio.data.segment import Segment
from studio.plan.errors import Refusal

Ids = npt.NDArray[np.int32]
Spans = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
    """A row as token ids (T,) int32, uncut, and the spans (k, 2) int32 of those that are learnt: begin, end excluded, ascending."""

    ids: Ids
    spans: Spans

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def trained(self) -> npt.NDArray[np.bool_]:
        """Which tokens are learnt (T,)."""
        return mask_of(self.spans, len(self.ids))

    def supervised(self, max_length: int | None = None) -> int:
        """How many tokens count in the loss after a cut. The first never does: nothing stands before it to predict it from."""
        return int(self.trained[1:max_length].sum())


def encode(segments: Sequence[Segment], tokenizer: Any) -> Encoded:
    """One row. For many rows use `encode_batch`."""
    return encode_batch([segments], tokenizer)[0]


def encode_batch(rows: Sequence[Sequence[Segment]], tokenizer: Any) -> list[Encoded]:
    """Rows; all their texts go through the tokenizer at once, without special tokens.

    Raises Refusal where a chat template is to be used and the tokenizer is too old to tell which characters a token covers.
    """
    return Encoding(rows, tokenizer).start().rows()


class Encoding:
    """Rows on their way: `start` tokenises, in a thread of its own where one likes; `rows` collects."""

    def __init__(self, rows: Sequence[Sequence[Segment]], tokenizer: Any) -> None:
        self._tokenizer = tokenizer
        self._rows = [_runs(row) for row in rows]
        runs = [run for row in self._rows for run in row]
        self._apart = [run.text for run in runs if isinstance(run, Segment) and run.token is None]
        self._joined = [_text(run) for run in runs if isinstance(run, list)]
        self._done: tuple[list[Any], list[Any]] = [], []

    def start(self) -> "Encoding":
        """Tokenise all texts."""
        if self._joined and not self._tokenizer.is_fast:
            raise Refusal(
                "tokenizer-slow",
                "the tokenizer cannot tell which characters a token covers, so its chat template cannot be learnt from",
                now="choose a model with a tokenizer.json",
                field="model",
            )
        self._done = (
            _tokenised(self._tokenizer, self._apart, offsets=False),
            _tokenised(self._tokenizer, self._joined, offsets=True),
        )
        return self

    def rows(self) -> list[Encoded]:
        """The encoded rows, once. They share two arrays: making some for each row would take as long as all else here."""
        apart, joined = map(iter, self._done)
        ids: list[int] = []
        spans: list[int] = []  # begin, end, begin, end, …, counted within the row
        id_ends, span_ends = [0], [0]
        for row in self._rows:
            _append(ids, spans, row, apart, joined)
            id_ends.append(len(ids))
            span_ends.append(len(spans) // 2)
        all_ids, all_spans = np.array(ids, np.int32), np.array(spans, np.int32).reshape(-1, 2)
        return [
            Encoded(all_ids[begin:end], all_spans[first:last])
            for (begin, end), (first, last) in zip(pairwise(id_ends), pairwise(span_ends), strict=True)
        ]


def kept_characters(row: Sequence[Segment], tokenizer: Any, limit: int) -> list[int]:
    """How many characters of each segment the first `limit` tokens of the row cover; all, where a slow tokenizer cannot tell."""
    kept: list[int] = []
    for run in _runs(row):
        pieces = run if isinstance(run, list) else [run]
        characters = len(_text(pieces))
        if isinstance(run, Segment) and run.token is not None:
            characters = characters if limit > 0 else 0
            limit -= 1
        elif tokenizer.is_fast:
            offsets = _tokenised(tokenizer, [_text(pieces)], offsets=True)[0].offsets
            if len(offsets) > limit:
                characters = offsets[limit - 1][1] if limit > 0 else 0
            limit -= len(offsets)
        for piece in pieces:
            kept.append(min(len(piece.text), characters))
            characters -= kept[-1]
    return kept


def mask_of(spans: Spans, length: int) -> npt.NDArray[np.bool_]:
    """(length,) which tokens lie in a span."""
    mask = np.zeros(length, np.bool_)
    for begin, end in spans.tolist():
        mask[begin:end] = True
    return mask


Run = Segment | list[Segment]  # what is tokenised at once, or a special token that is not; a list: joined segments


def _runs(row: Sequence[Segment]) -> list[Run]:
    runs: list[Run] = []
    for segment in row:
        if not segment.joined:
            runs.append(segment)
        elif runs and isinstance(runs[-1], list):
            runs[-1].append(segment)
        else:
            runs.append([segment])
    return runs


def _text(run: Sequence[Segment]) -> str:
    return "".join(segment.text for segment in run)


def _tokenised(tokenizer: Any, texts: list[str], *, offsets: bool) -> list[Any]:
    """For each text what has `ids`, and `offsets` where they are asked for."""
    if not texts:
        return []
    if not tokenizer.is_fast:
        return [_Slow(tokenizer.encode(text, add_special_tokens=False, verbose=False)) for text in texts]
    # The library beneath, because transformers' own wrapper takes as long again to copy what it answers.
    backend = tokenizer.backend_tokenizer
    backend.no_truncation()
    backend.no_padding()
    encode_all = backend.encode_batch if offsets else backend.encode_batch_fast
    found: list[Any] = encode_all(texts, add_special_tokens=False)
    return found


@dataclass(frozen=True, slots=True)
class _Slow:
    ids: list[int]


def _append(ids: list[int], spans: list[int], row: Sequence[Run], apart: Iterator[Any], joined: Iterator[Any]) -> None:
    """One row behind others, taking the tokens of its texts from the two streams."""
    row_begin, row_spans = len(ids), len(spans)
    for run in row:
        begin = len(ids) - row_begin
        if isinstance(run, list):
            tokens = next(joined)
            ids += tokens.ids
            learnt = [(begin + first, begin + last) for first, last in _trained(run, tokens.offsets)]
        else:
            if run.token is not None:
                ids.append(run.token)
            else:
                ids += next(apart).ids
            learnt = [(begin, len(ids) - row_begin)] if run.trained else []
        for first, last in learnt:
            if first == last:
                continue
            if len(spans) > row_spans and spans[-1] >= first:
                spans[-1] = max(spans[-1], last)
            else:
                spans += (first, last)


def _trained(segments: Sequence[Segment], offsets: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """For each trained segment of a joined text its tokens, begin and end: those that cover a character of it.

    A token covers what lies between the end of those before it, or its own begin where that is earlier, and its own end: byte-level
    tokenizers may leave white space out of the offsets of the token behind it, and give the tokens of one character the same offsets.
    """
    ends = [end for _, end in offsets]
    if ends != sorted(ends):  # rare, and the other way takes six times as long
        ends = list(accumulate(ends, max))
    begin = 0  # in characters
    for segment in segments:
        end = begin + len(segment.text)
        if segment.trained and end > begin:
            first = bisect_right(ends, begin)
            last = bisect_left(ends, end) + 1
            while last < len(ends) and offsets[last][0] < end:
                last += 1
            if first < len(ends):
                yield first, min(last, len(ends))
        begin = end
