"""What the parts of a plan are made of: frozen sections, and settings that say how they are shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field


@dataclass(frozen=True, slots=True)
class Setting:
    """How a setting is shown. `also` holds the names that other programs use, for the search field; `names`, those of its choices
    that are not shown as the plan writes them.
    """

    label: str
    hint: str
    unit: str = ""
    advanced: bool = False
    also: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)


class PlanPart(BaseModel):
    """A frozen section of a plan; unknown keys and non-finite numbers are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, validate_default=True)

    def with_values(self, **values: Any) -> Self:
        """This section with some values changed, validated anew. Raises pydantic's ValidationError."""
        return self.__class__.model_validate(self.model_dump() | values)


def switch(value: object) -> object:
    """YAML reads a bare `on` or `off` as a boolean."""
    return {True: "on", False: "off"}.get(value, value) if isinstance(value, bool) else value


Steps = Literal["auto"] | Annotated[int, Field(ge=1)]
Device = Annotated[str, Field(pattern=r"^(auto|cpu|mps|cuda(:\d+)?)$")]
