"""The errors that a user may see.

Every one is a sentence - what, where, what now - with a stable code, so that a window can place it at its field and a script can
tell one from another. Stopping is not an error.
"""

from typing import Any


class StudioError(Exception):
    """Something that the user must hear about.

    `code` is stable and lower-case ("model-missing"); `what` is one clause without a full stop; `where` the path, line or key;
    `now` what to do about it; `field` the plan key it belongs to ("lora.rank"), where there is one.
    """

    exit_code = 1

    def __init__(
        self, code: str, what: str, *, where: str | None = None, now: str | None = None, field: str | None = None
    ) -> None:
        super().__init__(code, what, where, now, field)
        self.code = code
        self.what = what.rstrip(".")
        self.where = where
        self.now = now
        self.field = field

    @property
    def sentence(self) -> str:
        """What, where and what now, as one line of plain text."""
        text = self.what if self.where is None or self.where in self.what else f"{self.what} ({self.where})"
        return f"{text}." if self.now is None else f"{text}: {self.now.rstrip('.')}."

    def __str__(self) -> str:
        return self.sentence

    def to_json(self) -> dict[str, Any]:
        """The fields of a `failed` or `refused` event."""
        return {"code": self.code, "what": self.what, "where": self.where, "now": self.now, "field": self.field}


class Refusal(StudioError):
    """Input that cannot be carried out; raised before anything is written. Exit code 2."""

    exit_code = 2


class Failure(StudioError):
    """Work that was begun and could not be ended. Exit code 1."""


def error_from_json(fields: dict[str, Any], *, refused: bool) -> StudioError:
    """The error that `to_json` described."""
    kind = Refusal if refused else Failure
    return kind(
        str(fields["code"]),
        str(fields["what"]),
        where=fields.get("where"),
        now=fields.get("now"),
        field=fields.get("field"),
    )
