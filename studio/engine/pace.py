"""The pace of a run: how fast it is now, and how long it will still take."""

from collections import deque

WINDOW = 20  # steps that "now" means


class Pace:
    """Tokens a second and time left, from the newest steps alone: pauses, evaluation and saving do not count."""

    def __init__(self) -> None:
        self._steps: deque[tuple[int, float]] = deque(maxlen=WINDOW)
        self._warm = False

    def add(self, tokens: int, seconds: float) -> None:
        """Take a step into account; the first warms up and gives way to the second."""
        if self._steps and not self._warm:
            self._steps.clear()
            self._warm = True
        self._steps.append((tokens, seconds))

    @property
    def tokens_per_second(self) -> float:
        """Real tokens a second."""
        return sum(tokens for tokens, _ in self._steps) / max(1e-9, self._seconds)

    def seconds_for(self, steps: int) -> float:
        """How long so many steps will take."""
        return steps * self._seconds / max(1, len(self._steps))

    @property
    def _seconds(self) -> float:
        return sum(seconds for _, seconds in self._steps)
