"""What is known of all rows of a plan's data: lengths, what is learnt, padding, duplicates, and rows that are wrong."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from studio.data.batches import Batches
from studio.data.cache import cache_bytes
from studio.data.example import Examples, Share
from studio.data.notes import NOTES
from studio.data.prepare import Gathered, place_of, unlearnable
from studio.data.store import TokenStore
from studio.plan.plan import Plan

BINS = 2000
NAMED_ROWS = 100
PADDING_BATCHES = 2000  # of which the padding is counted; more would say the same
Ints = npt.NDArray[np.int64]


def statistics(gathered: Gathered, plan: Plan) -> dict[str, Any]:
    """The value of a scan, ready for JSON; see `studio.engine.requests.scan_data`. Rows are counted over all training sources behind each
    other; lengths are uncut.
    """
    data, stores = plan.data, [store for store, _ in gathered.sources]
    learnable = _learnable(gathered, data.max_length)
    return {
        "format": stores[0].meta["format"],
        "learnable_rows": len(learnable),
        "tokens": learnable.tokens,
        "supervised_tokens": learnable.supervised,
        "max_length": data.max_length,
        **_lengths(stores, data.max_length),
        **_padding(learnable, plan),
        "duplicates": _duplicates(gathered, learnable),
        "overlap": _overlap(gathered, learnable),
        "problems": _problems(stores, data.max_length),
        "eval_problems": [] if gathered.eval is None else _problems([gathered.eval], data.max_length),
        "notes": _notes(stores),
        "warnings": [words for store in stores for words in store.meta["warnings"]],
        "files": [{"name": store.entry, "rows": len(store), "weight": weight} for store, weight in gathered.sources],
        "cache_bytes": sum(store.size_bytes for store in stores),
        "cache_total_bytes": cache_bytes(),
    }


def _lengths(stores: Sequence[TokenStore], max_length: int) -> dict[str, Any]:
    """How long rows are, where learning begins in them, and what a cut takes."""
    lengths = np.concatenate([store.lengths for store in stores])
    first = np.concatenate([store.first_learnt for store in stores])
    cut = lengths[lengths > max_length] - max_length
    filled = lengths[lengths > 0]
    return {
        "rows": len(lengths),
        "longest": int(filled.max(initial=0)),
        "shortest": int(filled.min(initial=filled.max(initial=0))),
        "mean": round(float(filled.mean()), 1) if len(filled) else 0.0,
        "lengths": _histogram(filled),
        "first_learnt": _histogram(first[first < lengths]),
        "cut_rows": len(cut),
        "cut_tokens": int(cut.sum()),
        "unlearnable_rows": int(((first >= max_length) & (first < lengths)).sum()),
    }


def _learnable(gathered: Gathered, max_length: int) -> Examples:
    shares = [
        Share(store, np.flatnonzero(store.first_learnt < np.minimum(store.lengths, max_length)), weight)
        for store, weight in gathered.sources
    ]
    return Examples(shares, max_length)


def _histogram(values: Ints) -> list[list[int]]:
    """(value, rows) ascending; where there are too many values, each stands for itself and those below it."""
    found, counts = np.unique(values, return_counts=True)
    if len(found) > BINS:
        edges = np.unique(np.linspace(0, len(found) - 1, BINS).round().astype(np.int64))
        counts = np.diff(np.cumsum(counts)[edges], prepend=0)
        found = found[edges]
    return [[int(value), int(rows)] for value, rows in zip(found, counts, strict=True)]


def _padding(examples: Examples, plan: Plan) -> dict[str, Any]:
    """The share of all places in a batch's tensors that hold padding, by way of packing; and how many rows packing would leave."""
    shares: dict[str, float] = {}
    packed_rows = 0
    for packing in ("none", "auto", "pack"):
        if not len(examples):
            shares[packing] = 0.0
            continue
        batches = Batches(examples, batch_size=plan.training.batch_size, seed=plan.training.seed, packing=packing)
        if packing == "pack":
            packed_rows = batches.rows
        real, places = 0, 0
        for index in range(min(batches.per_epoch, PADDING_BATCHES)):
            sizes = batches.sizes(index)
            real += int(sizes.sum())
            places += len(sizes) * int(sizes.max())
        shares[packing] = round(1 - real / places, 4)
    return {"padding": shares, "packed_rows": packed_rows}


def _duplicates(gathered: Gathered, learnable: Examples) -> dict[str, Any]:
    """Rows that teach the same as an earlier one, by their numbers among all rows."""
    keys = learnable.keys
    _, first = np.unique(keys, return_index=True)
    again = np.ones(len(keys), np.bool_)
    again[first] = False
    begins = np.cumsum([0, *(len(store) for store, _ in gathered.sources)])
    rows = np.concatenate([share.rows + begin for share, begin in zip(learnable.shares, begins, strict=False)])
    return {"rows": int(again.sum()), "first": rows[again][:NAMED_ROWS].tolist()}


def _overlap(gathered: Gathered, learnable: Examples) -> dict[str, Any] | None:
    """Evaluation rows that are also learnt from. None where no data of their own are evaluated: a split of the rows has none of them."""
    if gathered.eval is None:
        return None
    both = np.flatnonzero(np.isin(gathered.eval.keys, learnable.keys) & (gathered.eval.lengths > 0))
    return {"rows": len(both), "of": len(gathered.eval), "first": both[:NAMED_ROWS].tolist()}


def _problems(stores: Sequence[TokenStore], max_length: int) -> list[dict[str, Any]]:
    found: dict[tuple[str, str], dict[str, Any]] = {}
    begin = 0
    for store in stores:
        for refusal, rows in unlearnable(store, max_length):
            entry = found.setdefault(
                (refusal.code, refusal.what),
                {"code": refusal.code, "what": refusal.what, "now": refusal.now, "rows": 0, "first": []},
            )
            _add(entry, store, rows, begin)
        begin += len(store)
    return sorted(found.values(), key=lambda entry: -entry["rows"])


def _notes(stores: Sequence[TokenStore]) -> list[dict[str, Any]]:
    found = []
    for number, note in enumerate(NOTES):
        entry = {"code": note.code, "what": note.what, "now": note.now, "rows": 0, "first": []}
        begin = 0
        for store in stores:
            _add(entry, store, np.flatnonzero(store.notes & (1 << number)), begin)
            begin += len(store)
        if entry["rows"]:
            found.append(entry)
    return found


def _add(entry: dict[str, Any], store: TokenStore, rows: Ints, begin: int) -> None:
    room = NAMED_ROWS - len(entry["first"])
    entry["rows"] += len(rows)
    entry["first"] += [[begin + int(row), place_of(store, int(row))] for row in rows[:room]]
