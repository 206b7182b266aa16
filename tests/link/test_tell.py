"""Commands through the run's folder."""

from pathlib import Path

from studio.link.tell import follow_commands, tell
from studio.plan.commands import Command, from_line
from studio.runs.folder import Run


def test_commands_arrive_in_order_and_once(tmp_path: Path) -> None:
    run = Run(tmp_path)
    follower = follow_commands(run)
    assert follower.lines() == []
    wishes = [Command("pause"), Command("save"), Command("stop", save=False)]
    for wish in wishes:
        tell(run, wish)
    assert [from_line(line) for line in follower.lines()] == wishes
    assert follower.lines() == []


def test_a_new_life_does_not_hear_what_was_told_to_an_older_one(tmp_path: Path) -> None:
    run = Run(tmp_path)
    tell(run, Command("stop"))
    follower = follow_commands(run)
    tell(run, Command("pause"))
    assert [from_line(line) for line in follower.lines()] == [Command("pause")]
