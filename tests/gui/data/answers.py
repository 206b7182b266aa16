"""Answers of an invented worker about seven rows, three of which cannot be learnt."""

from typing import Any

LENGTHS = (12, 20, 20, 33, 70, 90)  # of the rows that could be encoded
FIRST_LEARNT = (4, 8, 15, 30, 69)  # of those that have something to learn


def statistics(**values: Any) -> dict[str, Any]:
    """What a scan answers."""
    known = {
        "format": "prompt-completion", "rows": 7, "learnable_rows": 4, "tokens": 200, "supervised_tokens": 90,
        "longest": 90, "shortest": 12, "mean": 40.8, "lengths": [[12, 1], [20, 2], [33, 1], [70, 1], [90, 1]],
        "first_learnt": [[4, 1], [8, 1], [15, 1], [30, 1], [69, 1]], "max_length": 64, "cut_rows": 2, "cut_tokens": 32,
        "unlearnable_rows": 1, "padding": {"none": 0.38, "auto": 0.12, "pack": 0.04}, "packed_rows": 2,
        "duplicates": {"rows": 1, "first": [2]}, "overlap": {"rows": 1, "of": 3, "first": [0]},
        "problems": [
            {"code": "row-empty", "what": "the row has nothing to learn", "now": "leave it out", "rows": 2,
             "first": [[4, "line 5"], [2, "line 3"]]},
            {"code": "row-cut-away", "what": "nothing is left after the cut", "now": "raise data.max_length", "rows": 1,
             "first": [[5, "line 6"]]},
        ],
        "notes": [{"code": "odd", "what": "the row holds odd characters", "now": "look at it", "rows": 101,
                   "first": [[6, "line 7"]]}],
        "files": [{"name": "rows.jsonl", "rows": 7, "weight": 1.0}], "cache_bytes": 2000, "cache_total_bytes": 5_000_000,
    }  # fmt: skip
    return known | values


def preview(**values: Any) -> dict[str, Any]:
    """What a preview answers: three rows with the columns id, question and answer."""
    rows = [
        {
            "place": f"line {number}", "cells": {"id": str(number), "question": f"q{number}\nmore", "answer": f"a{number}"},
            "segments": [{"text": f"q{number}", "trained": False}, {"text": f"a{number}", "trained": True}],
            "tokens": 8, "trained_tokens": 3, "truncated": False, "problem": None,
        }
        for number in (1, 2, 3)
    ]  # fmt: skip
    found = {
        "format": "prompt-completion", "roles": {"prompt": "question", "completion": "answer"}, "template": "auto",
        "templates": ["auto", "chatml", "llama-3"], "columns": ["id", "question", "answer"], "total_rows": 7,
        "rows": rows, "mean_tokens": 8.0, "longest_tokens": 8, "truncated_rows": 0,
    }  # fmt: skip
    return found | values


def lens(**values: Any) -> dict[str, Any]:
    """What the lens answers: a row of six tokens, cut after four."""
    tokens = [
        [1, "<s>", "masked", True, 0, 0],
        [7, " a", "masked", False, 0, 1],
        [8, "b\n", "trained", False, 0, 2],
        [9, "    ", "trained", False, 0, 3],
        [10, "c", "cut", False, 0, 4],
        [2, "</s>", "cut", True, 0, 5],
    ]
    row = {
        "row": 2, "rows": 7, "place": "line 3", "length": 6, "kept": 4, "supervised": 2, "problem": None, "truncated": True,
        "shown": 6, "tokens": tokens,
    }  # fmt: skip
    return row | values
