"""An example: one encoded row, ready to be learnt from."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """Token ids (T,) int32, which of them count in the loss (T,) bool, and the index of the row in its file, from 0."""

    ids: npt.NDArray[np.int32]
    trained: npt.NDArray[np.bool_]
    row: int

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def supervised(self) -> int:
        """How many tokens count in the loss. The first never does: nothing stands before it to predict it from."""
        return int(self.trained[1:].sum())
