"""An epoch's rows, as an estimate needs them."""

from dataclasses import dataclass

from studio.data.batches import Batches
from studio.data.prepare import PreparedData


@dataclass(frozen=True, slots=True)
class Rows:
    """An epoch's rows; tokens of the longest, of a typical one, and of the learnt ones in it. None where no tokenizer can tell."""

    rows: int
    longest: int | None = None
    mean: float | None = None
    supervised: float | None = None

    @classmethod
    def of(cls, data: PreparedData, batches: Batches, max_length: int) -> "Rows":
        """Prepared rows as they come in batches."""
        longest = max_length if batches.packing == "pack" else data.longest
        return cls(batches.rows, longest, data.tokens / batches.rows, data.supervised_tokens / batches.rows)
