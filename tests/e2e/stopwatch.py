"""How long the window takes to answer: from the start of an act until its event loop is free for the next one."""

import time
from dataclasses import dataclass

CLICKS = ("click", "twice", "drag")
ANSWERED = 0.1  # seconds within which a click is answered
FROZEN = 0.5  # seconds after which a window counts as frozen
KEPT = 25  # acts of which the report tells


@dataclass(frozen=True)
class Turn:
    """One act with all that it brought about: layout, painting, and what workers had to say in the meantime.

    `own_seconds` is the processor time of this process. Far less of it than `seconds` means that the machine was busy with others,
    or that the window waited for a disk.
    """

    kind: str
    what: str
    seconds: float
    own_seconds: float

    def told(self) -> dict[str, str | float]:
        """As the report has it."""
        return {"act": self.what, "seconds": round(self.seconds, 3), "own_seconds": round(self.own_seconds, 3)}


class Stopwatch:
    """Keeps the slow turns. An act that opens a dialog ends where the first act inside of the dialog begins."""

    def __init__(self) -> None:
        self._begun: tuple[str, str, float, float] | None = None
        self._slow: list[Turn] = []
        self._longest = Turn("", "", 0.0, 0.0)

    def begin(self, kind: str, what: str) -> None:
        """An act begins, and whatever was under way is over."""
        self.end()
        self._begun = (kind, what, time.perf_counter(), time.process_time())

    def end(self) -> None:
        """What was under way is over."""
        if self._begun is None:
            return
        kind, what, clock, own = self._begun
        self._begun = None
        turn = Turn(kind, what, time.perf_counter() - clock, time.process_time() - own)
        if turn.seconds > self._longest.seconds:
            self._longest = turn
        if turn.seconds > ANSWERED:
            self._slow.append(turn)

    def report(self) -> dict[str, object]:
        """What was slow, the slowest first."""
        clicks = [turn for turn in self._slow if turn.kind in CLICKS]
        slow = sorted(self._slow, key=lambda turn: -turn.seconds)
        return {
            "longest": self._longest.told(),
            "over_half_a_second": sum(turn.seconds > FROZEN for turn in slow),
            "over_half_a_second_of_own": sum(turn.own_seconds > FROZEN for turn in slow),
            "clicks_over_a_tenth": len(clicks),
            "clicks_over_a_tenth_of_own": sum(turn.own_seconds > ANSWERED for turn in clicks),
            "slow_acts": [turn.told() for turn in slow[:KEPT]],
            "slow_clicks": [turn.told() for turn in sorted(clicks, key=lambda turn: -turn.own_seconds)[:KEPT]],
        }
