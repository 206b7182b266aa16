"""Background requests: which worker does them, and how they end."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from studio.gui.service import Service
from studio.plan.events import Event


@pytest.fixture
def service(fake_worker: None, qapp: object) -> Iterator[Service]:
    made = Service()
    yield made
    made.close()


def test_reading_all_rows_holds_up_neither_quick_nor_long_work(qtbot: QtBot, service: Service) -> None:
    heard: dict[str, list[Event]] = {"scan": [], "export": [], "echo": []}
    scan = service.ask("scan", {}, heard["scan"].append)  # never answered by itself
    service.ask("export", {}, heard["export"].append)
    service.ask("echo", {"a": 1}, heard["echo"].append)
    qtbot.waitUntil(lambda: bool(heard["echo"]), timeout=10000)
    assert len(service._workers) == 3
    service.cancel(scan)
    qtbot.waitUntil(lambda: bool(heard["scan"]), timeout=10000)
    assert [event.name for event in heard["scan"]] == ["cancelled"]
    assert heard["export"] == []


def test_fetching_data_holds_up_nothing_else(qtbot: QtBot, service: Service) -> None:
    heard: list[Event] = []
    fetching = service.ask("download_data", {}, heard.append)  # never answered by itself
    others = [service.ask(name, {}, heard.append) for name in ("echo", "scan", "export")]
    workers = [service._open[number].worker for number in (fetching, *others)]
    assert len({id(worker) for worker in workers}) == 4
    qtbot.waitUntil(lambda: [event.name for event in heard] == ["answered"], timeout=10000)


def test_what_is_forgotten_is_not_heard_of(qtbot: QtBot, service: Service) -> None:
    heard: list[Event] = []
    scan = service.ask("scan", {}, heard.append)
    service.forget(scan)
    qtbot.waitUntil(lambda: scan not in service._open, timeout=10000)
    assert heard == []


def test_the_death_of_a_worker_fails_what_it_was_asked_and_the_next_one_answers(qtbot: QtBot, service: Service) -> None:
    heard: list[Event] = []
    service.ask("die", {}, heard.append)
    qtbot.waitUntil(lambda: bool(heard), timeout=10000)
    assert heard[0].name == "failed"
    service.ask("echo", {"b": 2}, heard.append)
    qtbot.waitUntil(lambda: len(heard) == 2, timeout=10000)
    assert heard[1].name == "answered"
