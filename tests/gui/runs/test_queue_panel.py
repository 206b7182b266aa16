import pytest
from PySide6.QtCore import QPoint, Qt

from studio.gui.runs.queue_panel import QueuePanel
from studio.runs.queue import Queue


@pytest.fixture
def queue(run_plan, tmp_path):
    queue = Queue()
    for name in ("done", "failed", "now", "later", "last"):
        queue = queue.add(name, run_plan)
    done, failed, now, *_ = (entry.id for entry in queue.entries)
    queue = queue.mark(done, "done", run=tmp_path / "done-run").mark(failed, "failed", reason="no memory is left")
    return queue.mark(now, "running", run=tmp_path / "now-run")


@pytest.fixture
def panel(qtbot, queue):
    view = QueuePanel()
    qtbot.addWidget(view)
    view.show_queue(queue, owned=True)
    view.resize(640, 300)
    view.show()
    return view


def allowed(panel):
    return [name for name, button in panel.edits.items() if button.isEnabled()]


def test_every_entry_says_how_it_stands(panel):
    states = [panel.table.item(row, 0).text() for row in range(5)]
    assert states == ["✓ done", "✕ failed", "▶ running", "… waiting", "… waiting"]
    assert panel.table.item(1, 2).text() == "no memory is left"
    assert panel.table.item(3, 2).text() == "rank 16  ·  steps 5  ·  learning rate 0.0002"
    assert panel._summary.text() == "2 waiting,  2 ended,  1 of them failed,  held: nothing new begins"


def test_what_can_be_done_depends_on_the_entry(panel, queue):
    for place, names in enumerate(
        (["down", "remove"], ["up", "down", "again", "remove"], [], ["up", "down", "take_back", "remove"])
    ):
        panel.select(queue.entries[place].id)
        assert allowed(panel) == names


def test_buttons_and_keys_name_the_entry(qtbot, panel, queue):
    entry = queue.entries[3]
    panel.select(entry.id)
    with qtbot.waitSignal(panel.moveRequested) as asked:
        qtbot.mouseClick(panel.edits["up"], Qt.MouseButton.LeftButton)
    assert asked.args == [entry.id, -1]
    panel.table.setFocus()
    with qtbot.waitSignal(panel.moveRequested) as asked:
        qtbot.keyClick(panel.table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert asked.args == [entry.id, 1]
    with qtbot.waitSignal(panel.removeRequested) as asked:
        qtbot.keyClick(panel.table, Qt.Key.Key_Delete)
    assert asked.args == [entry.id]
    with qtbot.waitSignal(panel.goRequested) as asked:
        panel.go_button.click()
    assert asked.args == [True]


def test_the_selection_goes_with_the_entry(panel, queue):
    entry = queue.entries[4]
    panel.select(entry.id)
    panel.show_queue(queue.move(entry.id, -2), owned=True)
    assert panel.selected == entry
    assert panel.table.currentRow() == 2


def test_an_empty_queue_says_what_to_do(panel):
    panel.show_queue(Queue(), owned=True)
    assert panel._hint.isVisible()
    assert not panel.go_button.isEnabled()
    assert panel.add_button.isEnabled()


def test_the_queue_of_another_window_is_only_shown(panel, queue):
    panel.show_queue(queue, owned=False)
    panel.select(queue.entries[3].id)
    assert allowed(panel) == []
    assert not panel.add_button.isEnabled()
    assert "Another window" in panel._summary.text()


def drag(qtbot, panel, row, place, *, low=False):
    """Drag a row by the mouse to the upper half of the row that stands at a place, or to its lower half."""
    table, view = panel.table, panel.table.viewport()

    def at(number):
        return QPoint(40, table.rowViewportPosition(number) + table.rowHeight(number) // 4 * (3 if low else 1))

    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=at(row))
    qtbot.mouseMove(view, pos=(at(row) + at(place)) / 2)
    qtbot.mouseMove(view, pos=at(place))
    view.grab()
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=at(place))


@pytest.fixture
def moves(panel):
    heard = []
    panel.moveRequested.connect(lambda entry, by: heard.append((entry, by)))
    return heard


def test_a_row_is_dragged_to_another_place(qtbot, panel, queue, moves):
    ids = [entry.id for entry in queue.entries]
    drag(qtbot, panel, 4, 1)
    drag(qtbot, panel, 0, 4, low=True)
    drag(qtbot, panel, 0, 3)
    assert moves == [(ids[4], -3), (ids[0], 4), (ids[0], 2)]
    for entry, by in moves:
        queue = queue.move(entry, by)
    panel.show_queue(queue, owned=True)
    assert panel.selected.id == ids[0]


def test_what_has_no_other_place_is_not_dragged(qtbot, panel, queue, moves):
    drag(qtbot, panel, 2, 4)  # it is running
    drag(qtbot, panel, 4, 3, low=True)  # it stands there already
    assert panel.selected.id == queue.entries[4].id
    qtbot.mousePress(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(40, 10))
    qtbot.mouseMove(panel.table.viewport(), pos=QPoint(40, 80))
    qtbot.keyClick(panel.table, Qt.Key.Key_Escape)
    qtbot.mouseRelease(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(40, 80))
    panel.show_queue(queue, owned=False)
    drag(qtbot, panel, 4, 0)
    assert moves == []


def test_a_row_dragged_beyond_the_edge_scrolls(qtbot, panel, queue, moves):
    panel.resize(640, 180)
    qtbot.wait(20)
    view, bar = panel.table.viewport(), panel.table.verticalScrollBar()
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(40, 10))
    for beyond in range(1, 30):
        qtbot.mouseMove(view, pos=QPoint(40, view.height() + beyond))
    assert bar.value() == bar.maximum() > 0
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(40, view.height() + 30))
    assert moves == [(queue.entries[0].id, 4)]
