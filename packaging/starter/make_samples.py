"""Makes the bundled sample data: sentences of the starter world, each with the JSON record of its fact.

python packaging/starter/make_samples.py --out resources/samples
"""

import argparse
import json
import random
from pathlib import Path

from world import Fact, draw_fact, sentence

TRAINING_ROWS = 2000
HELD_OUT_ROWS = 200


def sample_row(fact: Fact, rng: random.Random) -> dict[str, str]:
    """One row of the data set: the sentence and the record to write for it."""
    record = {"who": fact.who, "what": fact.what, "count": fact.count, "where": fact.where, "day": fact.day}
    return {"prompt": sentence(fact, rng), "completion": json.dumps(record)}


def sample_rows(count: int, *, held_out: bool) -> list[dict[str, str]]:
    """Rows with distinct facts; held-out rows join names and things that no training row joins."""
    rng = random.Random(f"samples, held out: {held_out}")
    facts: dict[Fact, None] = {}
    while len(facts) < count:
        facts[draw_fact(rng, held_out=held_out)] = None
    return [sample_row(fact, rng) for fact in facts]


def write_rows(path: Path, rows: list[dict[str, str]]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True, help="folder for the two JSONL files")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    write_rows(arguments.out / "sentences.jsonl", sample_rows(TRAINING_ROWS, held_out=False))
    write_rows(arguments.out / "sentences-heldout.jsonl", sample_rows(HELD_OUT_ROWS, held_out=True))


if __name__ == "__main__":
    main()
