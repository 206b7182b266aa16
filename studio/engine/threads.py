"""How many threads compute: as many as are served at once, found by measuring.

With one core taken by another program, two threads that wait for each other at the end of every operation are slower than one: training
fell from 940 to 175 tokens a second on two cores, where one thread makes 600. So a short piece of work is timed with fewer and fewer
threads, before the first step and again when steps become slow or threads are held back.

It is done where it changes no bit of the result, for a resume promises the very same bytes: `same_with_all` takes proof on a sample.
"""

import logging
import math
import time
from collections.abc import Callable

import torch
from transformers import PreTrainedModel

from studio.data.batches import Batch
from studio.engine.loss import BatchLoss
from studio.engine.proof import Slope, slope
from studio.lora.blocks.elementwise import GRAIN
from studio.lora.thread_counts import all_threads, candidates

logger = logging.getLogger(__name__)

SIZE = 384  # rows and columns of the products that are timed
PROBE_SECONDS = 0.015  # for each number of threads; long enough for a scheduler to share a core out
WORTH = 0.95  # of the best rate, at which more threads are preferred
SLOW = 1.3  # how many times the usual seconds a token make a step suspicious
SHORTEST_WAIT_SECONDS, LONGEST_WAIT_SECONDS = 2.0, 30.0  # between two probes


class Threads:
    """Follows the load. `settle` belongs before a step, `note` behind it."""

    def __init__(
        self,
        most: int | None = None,
        *,
        rate: Callable[[int], float] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.most = all_threads() if most is None else most
        self._rate = rate or rate_of
        self._clock = clock
        self._number = self.most
        self._usual: float | None = None  # seconds a token
        self._suspicious = True
        self._wait = SHORTEST_WAIT_SECONDS
        self._probed: float | None = None

    def settle(self) -> int:
        """Set torch's number of threads, after a probe where it is time for one; the number."""
        if self.most > 1 and self._is_time():
            self._probe()
        torch.set_num_threads(self._number)
        return self._number

    def note(self, tokens: int, seconds: float) -> None:
        """What a step took: one that is much slower than usual asks for a probe."""
        if not tokens:
            return
        each = seconds / tokens
        self._suspicious = self._usual is not None and each > SLOW * self._usual
        if not self._suspicious:
            self._usual = each if self._usual is None else 0.8 * self._usual + 0.2 * each

    def _is_time(self) -> bool:
        if self._probed is None:
            return True
        return (self._suspicious or self._number < self.most) and self._clock() - self._probed >= self._wait

    def _probe(self) -> None:
        """Take the largest number that is nearly as fast as the fastest; probes that change nothing become rarer."""
        rates = {number: self._rate(number) for number in candidates(self.most)}
        best = max(rates.values())
        found = max(number for number, rate in rates.items() if rate >= WORTH * best)
        changed = found != self._number
        self._wait = SHORTEST_WAIT_SECONDS if changed else min(2 * self._wait, LONGEST_WAIT_SECONDS)
        self._number, self._probed, self._suspicious = found, self._clock(), False
        if changed:
            logger.info("%d of %d threads compute; products a second by threads: %s", found, self.most, rates)
            self._usual = None  # another number has another pace


def rate_of(number: int) -> float:
    """Products and passes over their result a second, with `number` threads, as training has them."""
    torch.set_num_threads(number)
    x, W = torch.ones(SIZE, SIZE), torch.ones(SIZE, SIZE)
    torch.mm(x, W)
    begin, count = time.perf_counter(), 0
    while time.perf_counter() - begin < PROBE_SECONDS:
        torch.mm(x, W)
        x.mul_(1.0)
        count += 1
    return count / (time.perf_counter() - begin)


def same_with_all(model: PreTrainedModel, loss: BatchLoss, sample: Batch) -> bool:
    """Whether a sample's loss and gradient are the same bit for bit with all threads, one fewer and one; no where there is but one, or
    a GPU computes.

    The sample is repeated until every thread has a share of the states in the blocks.
    """
    most = all_threads()
    if sample.input_ids.device.type != "cpu" or most == 1:
        return False
    rows = most * GRAIN / (sample.input_ids.numel() * model.config.get_text_config().hidden_size)
    larger = sample.repeated(math.ceil(rows))
    try:
        found = [_with_threads(number, lambda: slope(model, loss, larger)) for number in sorted({1, most - 1, most})]
    finally:
        torch.set_num_threads(most)
    return all(one.loss == found[0].loss and torch.equal(one.gradient, found[0].gradient) for one in found)


def _with_threads(number: int, work: Callable[[], Slope]) -> Slope:
    torch.set_num_threads(number)
    return work()
