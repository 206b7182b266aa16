"""Encoding: segments to token ids, with the spans of the tokens that count in the loss."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
        """The encoded rows, once."""
        apart, joined = map(iter, self._done)
        return [_encoded(row, apart, joined) for row in self._rows]


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


def _encoded(row: Sequence[Run], apart: Iterator[Any], joined: Iterator[Any]) -> Encoded:
    """One row, taking the tokens of its texts from the two streams."""
    ids: list[int] = []
    spans: list[int] = []  # begin, end, begin, end, …
    for run in row:
        begin = len(ids)
        if isinstance(run, list):
            tokens = next(joined)
            ids += tokens.ids
            _extend(spans, begin, _mask(run, tokens.offsets))
            continue
        if run.token is not None:
            ids.append(run.token)
        else:
            ids += next(apart).ids
        if run.trained and len(ids) > begin:
            if spans and spans[-1] == begin:
                spans[-1] = len(ids)
            else:
                spans += (begin, len(ids))
    return Encoded(np.array(ids, np.int32), np.array(spans, np.int32).reshape(-1, 2))


def _extend(spans: list[int], begin: int, mask: npt.NDArray[np.bool_]) -> None:
    """Append the runs of a mask that begins at token `begin`."""
    edges = np.flatnonzero(np.diff(mask.astype(np.int8), prepend=0, append=0)) + begin
    for start, end in edges.reshape(-1, 2).tolist():
        if spans and spans[-1] == start:
            spans[-1] = end
        else:
            spans += (start, end)


def _mask(segments: Sequence[Segment], offsets: Sequence[tuple[int, int]]) -> npt.NDArray[np.bool_]:
    """For each token of a joined text, whether it covers a character of a trained segment."""
    lengths = [len(segment.text) for segment in segments]
    characters = np.repeat([segment.trained for segment in segments], lengths)
    counts = np.concatenate([[0], np.cumsum(characters)])  # trained characters before each place
    places = np.array(offsets, np.int64).reshape(-1, 2)
    # Byte-level tokenizers may leave white space out of a token's offsets: it belongs to the token that begins behind it, or, where the
    # token is white space alone, to that token.
    covered = np.concatenate([[0], np.maximum.accumulate(places[:, 1])[:-1]]) if len(places) else places[:, 0]
    mask: npt.NDArray[np.bool_] = counts[places[:, 1]] > counts[np.minimum(places[:, 0], covered)]
    return mask
