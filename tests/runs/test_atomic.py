"""Whole or not at all, also where the process dies in the middle."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from studio.runs.atomic import PARTIAL, remove_partials, replacing_folder, write_bytes, write_text


def entries(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_file_is_written_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    write_text(path, "größer")
    assert path.read_bytes() == "größer".encode()
    write_bytes(path, b"second")
    assert entries(tmp_path) == {"plan.yaml": b"second"}


def test_a_failed_write_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "plan.yaml"
    write_bytes(path, b"first")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_bytes(path, b"second")
    assert entries(tmp_path) == {"plan.yaml": b"first"}


def test_a_folder_appears_whole(tmp_path: Path) -> None:
    goal = tmp_path / "deep" / "adapter"
    with replacing_folder(goal) as beside:
        assert not goal.exists()
        (beside / "inner").mkdir()
        (beside / "inner" / "a").write_bytes(b"1")
    assert entries(tmp_path) == {"deep/adapter/inner/a": b"1"}
    with replacing_folder(goal) as beside:
        (beside / "b").write_bytes(b"2")
    assert entries(tmp_path) == {"deep/adapter/b": b"2"}


def test_an_error_while_filling_leaves_the_old_folder(tmp_path: Path) -> None:
    goal = tmp_path / "adapter"
    with replacing_folder(goal) as beside:
        (beside / "a").write_bytes(b"1")

    def fill() -> None:
        with replacing_folder(goal) as beside:
            (beside / "a").write_bytes(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fill()
    assert entries(tmp_path) == {"adapter/a": b"1"}


# The point of death: before the file's data are flushed, before the rename, before the folder is flushed.
@pytest.mark.parametrize("call", ["fsync", "replace"])
@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_process_killed_while_writing_leaves_old_or_new_but_nothing_between(
    tmp_path: Path, call: str, count: int
) -> None:
    goal = tmp_path / "step"
    with replacing_folder(goal) as beside:
        (beside / "a").write_bytes(b"old")
        (beside / "b").write_bytes(b"old")
    script = f"""
import os, pathlib, signal
from studio.runs.atomic import replacing_folder
owner = os if {call!r} == "fsync" else pathlib.Path
original, left = getattr(owner, {call!r}), {count}
def deadly(*arguments):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return original(*arguments)
setattr(owner, {call!r}, deadly)
with replacing_folder(pathlib.Path({str(goal)!r})) as beside:
    (beside / "a").write_bytes(b"new")
    (beside / "b").write_bytes(b"new")
"""
    done = subprocess.run([sys.executable, "-c", script], check=False)
    assert done.returncode in (0, -signal.SIGKILL)
    whole = [{"a": b"old", "b": b"old"}, {"a": b"new", "b": b"new"}]
    if goal.exists():
        assert entries(goal) in whole
    else:
        # Between the two renames neither stands at its place, but both are whole beside it.
        assert [entries(path) for path in sorted(tmp_path.glob(f"{PARTIAL}*"))] in ([*whole], whole[::-1])


def test_leftovers_of_a_crash_are_removed_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / f"{PARTIAL}1234-step").mkdir()
    (tmp_path / f"{PARTIAL}1234-step" / "a").write_bytes(b"1")
    (tmp_path / f"{PARTIAL}99-plan.yaml").write_bytes(b"1")
    (tmp_path / "keep").write_bytes(b"1")
    remove_partials(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["keep"]
