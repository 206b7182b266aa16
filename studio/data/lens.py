"""The token lens: a row as the model gets it, token by token."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from studio.data.batches import Batches
from studio.data.encode import mask_of
from studio.data.example import Example, Examples, Share
from studio.data.prepare import Gathered, place_of, unlearnable
from studio.data.segment import special_ids
from studio.data.store import TokenStore
from studio.plan.errors import Refusal
from studio.plan.plan import Plan

SHOWN_TOKENS = 4000
JUMPS = ("longest", "shortest", "next-problem", "previous-problem")


def lens(gathered: Gathered, plan: Plan, tokenizer: Any, row: int | str, *, begin: int, packed: bool) -> dict[str, Any]:
    """What the lens shows of a row; `row` is its number from 0 over all training sources, or a jump from row `begin`.

    Packed, it is the number of a row of the first epoch, and documents are counted. Raises Refusal where there is no such row.
    """
    if packed:
        return _packed(gathered, plan, tokenizer, row)
    stores = [store for store, _ in gathered.sources]
    total = sum(map(len, stores))
    index = _jump(stores, plan.data.max_length, row, begin) if isinstance(row, str) else row
    store, place = _find(stores, index, total)
    problem = _problem(store, place, plan.data.max_length)
    ids = store.ids(place)
    mask = mask_of(store.spans(place), len(ids))
    limit = plan.data.max_length
    states = [("trained" if learnt else "masked") if at < limit else "cut" for at, learnt in enumerate(mask.tolist())]
    if states and states[0] == "trained":
        states[0] = "masked"  # nothing stands before it to predict it from
    shown = ids[:SHOWN_TOKENS].tolist()
    text = TokenText(tokenizer)
    return {
        "row": index,
        "rows": total,
        "place": place_of(store, place),
        "file": store.entry,
        "length": len(ids),
        "kept": min(len(ids), limit),
        "supervised": states.count("trained"),
        "problem": problem,
        "truncated": len(ids) > limit,
        "shown": len(shown),
        "tokens": [
            [token, *text(token, state), 0, at] for at, (token, state) in enumerate(zip(shown, states, strict=False))
        ],
    }


def _packed(gathered: Gathered, plan: Plan, tokenizer: Any, row: int | str) -> dict[str, Any]:
    limit = plan.data.max_length
    shares = [
        Share(store, np.flatnonzero(store.first_learnt < np.minimum(store.lengths, limit)), weight)
        for store, weight in gathered.sources
    ]
    batches = Batches(Examples(shares, limit), batch_size=1, seed=plan.training.seed, packing="pack")
    if isinstance(row, str) or not 0 <= row < batches.rows:
        raise Refusal("row-missing", f"there is no packed row {row}", now=f"choose 1 to {batches.rows}")
    documents = batches.batch(row)[0]
    tokens = list(_of_documents(documents, tokenizer))
    return {
        "row": row,
        "rows": batches.rows,
        "place": f"{len(documents)} documents",
        "file": plan.data.train,
        "length": len(tokens),
        "kept": len(tokens),
        "supervised": sum(token[2] == "trained" for token in tokens),
        "problem": None,
        "truncated": False,
        "shown": min(len(tokens), SHOWN_TOKENS),
        "tokens": tokens[:SHOWN_TOKENS],
    }


def _of_documents(documents: Sequence[Example], tokenizer: Any) -> Iterator[list[Any]]:
    text = TokenText(tokenizer)
    for number, document in enumerate(documents):
        for at, (token, learnt) in enumerate(zip(document.ids.tolist(), document.trained.tolist(), strict=True)):
            yield [token, *text(token, "trained" if learnt and at else "masked"), number, at]


def _find(stores: Sequence[TokenStore], index: int, total: int) -> tuple[TokenStore, int]:
    if 0 <= index < total:
        for store in stores:
            if index < len(store):
                return store, index
            index -= len(store)
    raise Refusal("row-missing", f"there is no row {index + 1:,}", now=f"choose 1 to {total:,}")


def _jump(stores: Sequence[TokenStore], max_length: int, way: str, begin: int) -> int:
    lengths = np.concatenate([store.lengths for store in stores])
    if way == "longest":
        return int(lengths.argmax())
    if way == "shortest":
        return int(np.where(lengths == 0, lengths.max() + 1, lengths).argmin())
    bad: list[int] = []
    offset = 0
    for store in stores:
        bad += [offset + int(row) for _, rows in unlearnable(store, max_length) for row in rows]
        offset += len(store)
    bad.sort()
    if not bad:
        raise Refusal("row-missing", "no row has a problem", now="all rows can be learnt from")
    if way == "next-problem":
        return next((row for row in bad if row > begin), bad[0])
    if way == "previous-problem":
        return next((row for row in reversed(bad) if row < begin), bad[-1])
    raise Refusal("row-missing", f"{way!r} is no way to a row", now=f"use a number or {', '.join(JUMPS)}")


def _problem(store: TokenStore, row: int, max_length: int) -> str | None:
    found = (refusal for refusal, rows in unlearnable(store, max_length) if row in rows)
    refusal = next(found, None)
    return None if refusal is None else refusal.sentence


class TokenText:
    """Writes tokens so that they can be read: white space included, bytes that are no whole character as ⟨E2⟩."""

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer
        self._special = special_ids(tokenizer)
        byte_level = tokenizer.is_fast and "ByteLevel" in str(tokenizer.backend_tokenizer.decoder)
        self._bytes = _bytes_of_letters() if byte_level else None

    def __call__(self, token: int, state: str) -> tuple[str, str, bool]:
        """The text of a token, its state again, and whether it is a special one."""
        special = token in self._special
        return self._text(token, special=special), state, special

    def _text(self, token: int, *, special: bool) -> str:
        piece: str | None = self._tokenizer.convert_ids_to_tokens(token)
        if piece is None:
            return f"⟨{token}⟩"
        if special:
            return piece
        if piece.startswith("<0x") and piece.endswith(">"):
            return _readable(bytes([int(piece[3:-1], 16)]))
        if self._bytes is not None and all(letter in self._bytes for letter in piece):
            return _readable(bytes(self._bytes[letter] for letter in piece))
        return piece.replace("▁", " ")


def _readable(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return "".join(chr(byte) if byte < 0x80 else f"⟨{byte:02X}⟩" for byte in raw)


@lru_cache(maxsize=1)
def _bytes_of_letters() -> dict[str, int]:
    """GPT-2's letters for bytes (openai/gpt-2, encoder.py, bytes_to_unicode), reversed: printable bytes stand for themselves."""
    printable = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    others = [byte for byte in range(256) if byte not in printable]
    return {chr(byte): byte for byte in printable} | {chr(256 + number): byte for number, byte in enumerate(others)}
