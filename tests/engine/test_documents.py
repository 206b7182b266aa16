"""Tiles: every row of a line is in them once, and none is where a query could see what it must not."""

import pytest
import torch

from studio.engine.documents import Documents

LENGTHS = [(5,), (4, 4, 4), (7, 1, 3), (120, 3, 100, 118, 2), (90,) * 20, (300,), tuple(range(1, 41))]


@pytest.mark.parametrize("lengths", LENGTHS)
@pytest.mark.parametrize("shared", [1, 3])
def test_every_row_is_in_one_place_and_comes_back(lengths: tuple[int, ...], shared: int) -> None:
    groups = 2
    heads, tokens = groups * shared, sum(lengths)
    tiles = Documents.of(lengths, torch.device("cpu")).tiles(heads, groups)
    for there, back, rows in (
        (tiles.queries, tiles.of_queries, tokens * heads),
        (tiles.keys, tiles.of_keys, tokens * groups),
    ):
        real = there[there < rows]
        assert sorted(real.tolist()) == list(range(rows))
        assert (there <= rows).all()
        assert torch.equal(there[back], torch.arange(rows))


@pytest.mark.parametrize("lengths", LENGTHS)
def test_a_tile_lines_its_queries_up_with_the_keys_of_their_documents(lengths: tuple[int, ...]) -> None:
    heads, groups, tokens = 4, 2, sum(lengths)
    documents = Documents.of(lengths, torch.device("cpu"))
    tiles = documents.tiles(heads, groups)
    number = torch.repeat_interleave(torch.arange(len(lengths)), torch.tensor(lengths))
    seen = torch.zeros(tokens, dtype=torch.int64)
    for tile in tiles.tiles:
        queries = tiles.queries[tile.queries].view(tile.count, groups, heads // groups, tile.end - tile.begin)
        keys = tiles.keys[tile.keys].view(tile.count, groups, tile.longest)[:, :, : tile.end]
        assert tile.scores.stop - tile.scores.start == queries.numel() * tile.end
        for document in range(tile.count):
            for group in range(groups):
                row = keys[document, group]
                row = row[row < tokens * groups]
                positions = row // groups
                assert (row % groups == group).all()
                assert positions.diff().eq(1).all()
                assert len(set(number[positions].tolist())) == 1
                for head in range(heads // groups):
                    mine = queries[document, group, head]
                    real = mine[mine < tokens * heads]
                    assert (real % heads == group * (heads // groups) + head).all()
                    # The query of place p stands in row p - begin, and its own key in column p.
                    places = tile.begin + torch.arange(len(real))
                    assert torch.equal(real // heads, positions[places])
                    seen[real // heads] += 1
    assert (seen == heads).all()
    assert tiles.scores == sum(tile.scores.stop - tile.scores.start for tile in tiles.tiles)


def test_documents_of_like_length_share_a_tile_and_others_do_not() -> None:
    documents = Documents.of((100, 3, 99, 4, 98), torch.device("cpu"))
    counts = sorted(tile.count for tile in documents.tiles(8, 8).tiles if tile.begin == 0)
    assert counts == [2, 3]


def test_what_is_made_once_is_kept_by_its_key() -> None:
    documents = Documents.of((2,), torch.device("cpu"))
    made = [documents.once(key, object) for key in ("one", "one", "other")]
    assert made[0] is made[1]
    assert made[0] is not made[2]
    assert documents.tiles(4, 2) is documents.tiles(4, 2)
    assert documents.tiles(4, 2) is not documents.tiles(4, 4)
