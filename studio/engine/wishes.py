"""Commands to a run from wherever they come: its folder, or this process."""

import logging
import queue
import time
from collections import deque

from studio.link.tell import follow_commands
from studio.plan.commands import Command, from_line
from studio.runs.folder import Run

logger = logging.getLogger(__name__)

TURN_SECONDS = 0.1  # how often the folder is looked at during a pause

Inbox = queue.SimpleQueue[Command]


class Wishes:
    """What the user wishes from now on, in order."""

    def __init__(self, run: Run, inbox: Inbox) -> None:
        self._follower = follow_commands(run)
        self._inbox = inbox
        self._waiting: deque[Command] = deque()

    def next(self) -> Command | None:
        """The oldest wish, or None; does not wait."""
        while not self._inbox.empty():
            self._waiting.append(self._inbox.get())
        for line in self._follower.lines():
            try:
                self._waiting.append(from_line(line))
            except ValueError as error:
                logger.warning("a line of commands.jsonl is no command: %.80s (%s)", line, error)
        return self._waiting.popleft() if self._waiting else None

    def wait(self) -> Command:
        """The oldest wish; waits for one."""
        while (wish := self.next()) is None:
            time.sleep(TURN_SECONDS)
        return wish
