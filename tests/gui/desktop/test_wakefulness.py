"""The machine is kept awake while it trains, and no longer."""

from studio.gui.desktop.wakefulness import Wakefulness


class Recorded:
    """A block that writes down what is asked of it."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def hold(self) -> None:
        self.asked.append("hold")

    def release(self) -> None:
        self.asked.append("release")


def test_the_same_twice_is_asked_once() -> None:
    block = Recorded()
    wakefulness = Wakefulness(block)
    for awake in (False, True, True, False, False, True):
        wakefulness.keep(awake)
    assert block.asked == ["hold", "release", "hold"]
    assert wakefulness.kept
