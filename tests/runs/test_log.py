"""The event log: appended, followed, and mended after a kill."""

from pathlib import Path

import pytest

from studio.plan.events import Paused, Resumed, Started, Warned
from studio.runs.log import EventLog, Follower, read_events, targets_of


def test_what_was_appended_is_read(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    events = [Paused(step=1), Warned(code="x", what="naïve\nline"), Resumed(step=1)]
    with EventLog(path) as log:
        for event in events:
            log.append(event)
            assert read_events(path)[-1] == event, "visible at once"
    assert read_events(path) == events
    assert len(path.read_bytes().splitlines()) == 3


@pytest.mark.parametrize("cut", [1, 5, 20])
def test_a_line_that_a_kill_cut_short_is_dropped(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "events.jsonl"
    with EventLog(path) as log:
        log.append(Paused(step=1))
        log.append(Paused(step=2))
    path.write_bytes(path.read_bytes()[:-cut])
    assert [event.step for event in read_events(path) if isinstance(event, Paused)] == [1]
    with EventLog(path) as log:
        log.append(Paused(step=3))
    assert [event.step for event in read_events(path) if isinstance(event, Paused)] == [1, 3]


def test_a_number_that_json_has_not_is_never_written(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    with EventLog(path) as log, pytest.raises(ValueError, match="JSON"):
        log.append(Warned(code="x", what=float("nan")))  # type: ignore[arg-type]
    assert path.read_bytes() == b""


def test_a_follower_gives_each_complete_line_once(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    follower = Follower(path)
    assert follower.lines() == [], "not there yet"
    path.write_bytes(b"one\ntw")
    assert follower.lines() == ["one"]
    assert follower.lines() == []
    with path.open("ab") as file:
        file.write("o\nümläut\nhalf ü".encode()[:-1])
    assert follower.lines() == ["two", "ümläut"]
    assert Follower(path, follower.offset).lines() == []
    assert Follower(path).lines() == ["one", "two", "ümläut"]


def test_a_line_that_is_no_event_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    path.write_text('{"event": "unheard-of"}\n')
    with pytest.raises(ValueError, match="not an event"):
        read_events(path)


def test_the_targets_of_a_run_are_found_in_its_log(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    assert targets_of(path) == ()
    with EventLog(path) as log:
        log.append(Paused(step=1))
        assert targets_of(path) == ()
        log.append(
            Started(
                step=0, steps=4, examples=1, device="cpu", precision="float32", trainable_parameters=1, total_parameters=2,
                targets={"a.q": 8, "a.v": 4},
            )
        )  # fmt: skip
    assert targets_of(path) == ("a.q", "a.v")
    path.write_text("no event\n", encoding="utf-8")
    assert targets_of(path) == ()
