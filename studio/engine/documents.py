"""Documents behind each other in one line, and how they are laid side by side for attention: in tiles of like length."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

Made = TypeVar("Made")
LEAST_PLACES = 16  # of queries in a tile
WORTH_ENTRIES = 32_768  # scores of padding that cost as much time as the operations of a tile of its own


@dataclass(frozen=True, slots=True)
class Tile:
    """Places `begin` to `end` of documents side by side, as queries, with all keys that they may see, those of places 0 to `end`.

    `queries` are its rows among those of all tiles, `scores` its entries among all scores, and `keys` the rows of its documents' keys,
    `longest` for each document and key head. The tile that has the keys' end comes before the others with those keys.
    """

    count: int
    longest: int
    begin: int
    end: int
    queries: slice
    keys: slice
    scores: slice


@dataclass(frozen=True, slots=True)
class Tiles:
    """How rows (token · head) of a line come into tiles and back, for some number of query heads and of key heads.

    `queries` (R,) holds the line's row for each row of the tiles, which in a tile are ordered by document, key head, query head of that key
    head and place; `keys` (K,) the same by document, key head and place. Behind a document's end stands the row behind the line's last. The
    way back: `of_queries` (N · heads,) and `of_keys` (N · groups,), the tiles' row for each of the line.
    """

    tiles: tuple[Tile, ...]
    queries: Tensor
    keys: Tensor
    of_queries: Tensor
    of_keys: Tensor
    scores: int


@dataclass(frozen=True, slots=True)
class Documents:
    """Where the documents of a line are: `places` (documents · longest,) is the line's position for each place of the documents side by
    side, and any real one behind their ends; `back` (tokens,) is the place of each position. `bounds` (documents + 1,) int32 are the
    positions where documents begin, and the line's end.
    """

    lengths: tuple[int, ...]
    longest: int
    places: Tensor
    back: Tensor
    bounds: Tensor
    _made: dict[object, Any] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, lengths: Sequence[int], device: torch.device) -> "Documents":
        """Documents of so many tokens each."""
        sizes = torch.tensor(lengths, dtype=torch.int64)
        longest = int(sizes.max())
        within = torch.arange(longest).unsqueeze(0) < sizes.unsqueeze(1)
        back = within.flatten().nonzero().squeeze(1)
        places = (within.flatten().cumsum(0) - 1).clamp_(min=0)
        bounds = F.pad(sizes.cumsum(0), (1, 0)).to(torch.int32)
        return cls(tuple(lengths), longest, places.to(device), back.to(device), bounds.to(device))

    @property
    def count(self) -> int:
        """How many there are; asked of a tensor, whose length may be a symbol (`studio.engine.compiling`)."""
        return self.bounds.shape[0] - 1

    def tiles(self, heads: int, groups: int) -> Tiles:
        """Their tiles for `heads` query heads, of which heads / groups share a key; made once, for all layers of a model."""
        return self.once((heads, groups), lambda: _tiles(self.lengths, heads, groups, self.back.device))

    def once(self, key: object, make: Callable[[], Made]) -> Made:
        """What `make` makes, by a key of its own: once for all layers, and gone with the documents."""
        if key not in self._made:
            self._made[key] = make()
        made: Made = self._made[key]
        return made


def _tiles(lengths: Sequence[int], heads: int, groups: int, device: torch.device) -> Tiles:
    begins = np.concatenate(([0], np.cumsum(lengths)))
    tokens = int(begins[-1])
    of_head = np.arange(heads).reshape(groups, heads // groups, 1)
    of_group = np.arange(groups).reshape(groups, 1)
    tiles, queries, keys = [], [], []
    row, key, score = 0, 0, 0
    for together in _together(lengths, heads):
        sizes = np.array([lengths[number] for number in together])[:, None]
        count, longest = len(together), int(sizes.max())
        position = begins[list(together)][:, None] + np.arange(longest)
        position[np.arange(longest) >= sizes] = tokens  # (documents, longest)
        keys.append(np.minimum(position[:, None] * groups + of_group, tokens * groups).reshape(-1))
        columns = slice(key, key + len(keys[-1]))
        for begin, end in _steps(longest, heads * count):
            part = position[:, None, None, begin:end]
            queries.append(np.minimum(part * heads + of_head, tokens * heads).reshape(-1))
            rows = len(queries[-1])
            entries = rows * end
            tiles.append(
                Tile(count, longest, begin, end, slice(row, row + rows), columns, slice(score, score + entries))
            )
            row, score = row + rows, score + entries
        key = columns.stop
    there, there_keys = np.concatenate(queries), np.concatenate(keys)
    back, back_keys = _inverse(there, tokens * heads), _inverse(there_keys, tokens * groups)
    of_line, of_tiles = (
        tuple(torch.from_numpy(index).to(device) for index in pair) for pair in ((there, there_keys), (back, back_keys))
    )
    return Tiles(tuple(tiles), of_line[0], of_line[1], of_tiles[0], of_tiles[1], score)


def _steps(longest: int, rows: int) -> list[tuple[int, int]]:
    """The places of queries by tile, the last first. Under a causal mask n tiles have (n + 1) / 2n of the scores that one has."""
    wanted = round((rows * longest**2 / (2 * WORTH_ENTRIES)) ** 0.5)
    size = max(LEAST_PLACES, -(-longest // max(1, wanted)))
    return [(begin, min(begin + size, longest)) for begin in range(0, longest, size)][::-1]


def _together(lengths: Sequence[int], heads: int) -> list[list[int]]:
    """Documents by tile, the longest first: a tile is full where the padding in it costs more than one of its own for the next."""
    found: list[list[int]] = []
    padding = 0
    for number in sorted(range(len(lengths)), key=lambda number: -lengths[number]):
        padding += heads * (lengths[found[-1][0]] ** 2 - lengths[number] ** 2) if found else 0
        if found and padding <= WORTH_ENTRIES:
            found[-1].append(number)
        else:
            found.append([number])
            padding = 0
    return found


def _inverse(index: np.ndarray, size: int) -> np.ndarray:
    """Where each of the numbers below `size` stands in an index that holds each of them once."""
    found = np.empty(size + 1, dtype=np.int64)
    found[index] = np.arange(len(index))
    return found[:size]
