import pytest

from studio.plan.errors import Refusal
from studio.plan.plan import Plan
from studio.runs.queue import Queue, load_queue, queue_file, queue_run_folder, save_queue

PLAN = Plan.model_validate({"model": "m", "data": {"train": "rows.jsonl"}})


@pytest.fixture
def queue():
    return Queue().add("a", PLAN).add("b", PLAN).add("c", PLAN)


def names(queue):
    return "".join(entry.name for entry in queue.entries)


def test_entries_move_and_stay_within_the_queue(queue):
    first, _, last = (entry.id for entry in queue.entries)
    assert names(queue.move(first, 1)) == "bac"
    assert names(queue.move(last, -1)) == "acb"
    assert names(queue.move(first, -1)) == "abc"
    assert names(queue.move(first, 9)) == "bca"


def test_the_running_entry_cannot_be_taken_out(queue, tmp_path):
    first, second, _ = (entry.id for entry in queue.entries)
    queue = queue.mark(first, "running", run=tmp_path)
    assert names(queue.remove(first).remove(second)) == "ac"
    assert queue.running is not None
    assert queue.running.run == str(tmp_path)
    assert queue.next is not None
    assert queue.next.name == "b"


def test_an_entry_that_waits_again_forgets_its_run(queue, tmp_path):
    first = queue.entries[0].id
    failed = queue.mark(first, "running", run=tmp_path).mark(first, "failed", reason="no memory")
    assert (failed.entry(first).run, failed.entry(first).reason) == (str(tmp_path), "no memory")
    assert failed.mark(first, "waiting") == queue
    assert names(failed.without_ended()) == "bc"


def test_the_queue_is_read_as_it_was_kept(queue, tmp_path):
    assert load_queue() == Queue()
    queue = Queue(queue.mark(queue.entries[1].id, "failed", run=tmp_path, reason="no memory").entries, going=True)
    save_queue(queue)
    assert load_queue() == queue


@pytest.mark.parametrize("text", ["{", "{}", '{"going": true, "entries": [{"state": "lost"}]}'])
def test_a_damaged_queue_is_refused_and_left_alone(queue, text):
    save_queue(queue)
    queue_file().write_text(text)
    with pytest.raises(Refusal, match="cannot be read"):
        load_queue()
    assert queue_file().read_text() == text


def test_a_run_is_named_after_its_entry(tmp_path):
    (entry,) = Queue().add("my rows/ä", PLAN).entries
    folder = queue_run_folder(entry, tmp_path)
    assert folder.parent == tmp_path
    assert "-my-rows-" in folder.name
