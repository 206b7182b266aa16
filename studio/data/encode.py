"""Encoding: segments to token ids, with the mask of the tokens that count in the loss."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np
import numpy.typing as npt

from studio.data.segment import Segment
from studio.plan.errors import Refusal

Offsets = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Encoded:
    """A row as token ids (T,) int32, and which of them are learnt (T,) bool. `full_length` is T before it was cut."""

    ids: npt.NDArray[np.int32]
    trained: npt.NDArray[np.bool_]
    full_length: int

    @property
    def truncated(self) -> bool:
        """Whether tokens were cut off."""
        return self.full_length > len(self.ids)

    @property
    def supervised(self) -> int:
        """How many tokens count in the loss. The first never does: nothing stands before it to predict it from."""
        return int(self.trained[1:].sum())


@dataclass(frozen=True, slots=True)
class _Piece:
    """What is tokenised at once: one special token, one segment, or joined segments."""

    segments: tuple[Segment, ...]

    @property
    def joined(self) -> bool:
        return self.segments[0].joined

    @property
    def text(self) -> str | None:
        """None for a special token, which is not tokenised at all."""
        if self.segments[0].token is not None:
            return None
        return "".join(segment.text for segment in self.segments)


def encode(segments: Sequence[Segment], tokenizer: Any, max_length: int) -> Encoded:
    """One row, cut to `max_length` tokens. For many rows use `encode_batch`."""
    return encode_batch([segments], tokenizer, max_length)[0]


def encode_batch(rows: Sequence[Sequence[Segment]], tokenizer: Any, max_length: int) -> list[Encoded]:
    """Rows, each cut to `max_length` tokens; all texts go through the tokenizer in one call, without special tokens.

    Raises Refusal where a chat template is to be used and the tokenizer is too old to tell which characters a token covers.
    """
    pieces = [list(_pieces(row)) for row in rows]
    apart = _tokenised(tokenizer, [p.text for row in pieces for p in row if p.text is not None and not p.joined])
    joined = _tokenised(tokenizer, [p.text for row in pieces for p in row if p.joined], offsets=True)
    return [_encoded(row, apart, joined, max_length) for row in pieces]


def _pieces(row: Sequence[Segment]) -> Iterable[_Piece]:
    for joined, group in groupby(row, key=lambda segment: segment.joined):
        if joined:
            yield _Piece(tuple(group))
        else:
            for segment in group:
                yield _Piece((segment,))


def _tokenised(
    tokenizer: Any, texts: list[str | None], *, offsets: bool = False
) -> Iterable[tuple[list[int], Offsets]]:
    """Ids and character offsets (empty unless asked for) of each text."""
    if not texts:
        return iter(())
    if offsets and not tokenizer.is_fast:
        raise Refusal(
            "tokenizer-slow",
            "the tokenizer cannot tell which characters a token covers, so its chat template cannot be learnt from",
            now="choose a model with a tokenizer.json",
            field="model",
        )
    done = tokenizer(
        texts,
        add_special_tokens=False,
        return_attention_mask=False,
        return_token_type_ids=False,
        return_offsets_mapping=offsets,
        verbose=False,  # it would warn of texts longer than the model, which are cut here
    )
    return zip(done["input_ids"], done["offset_mapping"] if offsets else [()] * len(texts), strict=True)


def _encoded(pieces: Sequence[_Piece], apart: Any, joined: Any, max_length: int) -> Encoded:
    """One row, taking its pieces' tokens from the two streams."""
    ids: list[int] = []
    trained: list[bool] = []
    for piece in pieces:
        first = piece.segments[0]
        if first.token is not None:
            ids.append(first.token)
            trained.append(first.trained)
        elif not piece.joined:
            tokens, _ = next(apart)
            ids += tokens
            trained += [first.trained] * len(tokens)
        else:
            tokens, offsets = next(joined)
            ids += tokens
            trained += _mask(piece.segments, offsets)
    return Encoded(np.array(ids[:max_length], np.int32), np.array(trained[:max_length], np.bool_), len(ids))


def _mask(segments: Sequence[Segment], offsets: Offsets) -> list[bool]:
    """For each token of a joined text, whether it covers a character of a trained segment."""
    characters = np.concatenate([np.full(len(segment.text), segment.trained) for segment in segments])
    counts = np.concatenate([[0], np.cumsum(characters)])  # trained characters before each place
    mask, covered = [], 0
    for start, end in offsets:
        # Byte-level tokenizers may leave white space out of a token's offsets: it belongs to the token that begins behind it, or,
        # where the token is white space alone, to that token.
        begin = min(start, covered)
        mask.append(bool(counts[end] > counts[begin]))
        covered = max(covered, end)
    return mask
