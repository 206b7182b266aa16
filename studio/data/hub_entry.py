"""A plan's entry for a data set of the Hub, taken apart."""

from dataclasses import dataclass

from studio.models.hub_cache import Repository
from studio.plan.errors import Refusal
from studio.plan.planfile import HUB_DATA


@dataclass(frozen=True, slots=True)
class HubEntry:
    """`hub:owner/name[/config][:split]`. `text` is the entry as the plan has it, `field` the setting it stands in."""

    text: str
    name: str
    config: str | None
    split: str | None
    field: str

    @property
    def repository(self) -> Repository:
        """Where its files lie."""
        return Repository(self.name, "dataset", self.field)

    def refusal(self, code: str, what: str, now: str) -> Refusal:
        """The refusal of this entry."""
        return Refusal(code, what, where=self.text, now=now, field=self.field)


def is_hub_entry(entry: str) -> bool:
    """Whether an entry names a data set of the Hub, not a path."""
    return entry.startswith(HUB_DATA)


def parse_entry(entry: str, field: str = "data.train") -> HubEntry:
    """Take an entry apart. Raises Refusal where a part is missing."""
    place, colon, split = entry.removeprefix(HUB_DATA).partition(":")
    owner, _, rest = place.partition("/")
    name, slash, config = rest.partition("/")
    if not owner or not name or (slash and not config) or (colon and not split):
        now = "write hub:owner/name, with /config and :split behind it where it has several"
        raise Refusal("hub-bad-name", "this does not name a data set of the Hub", where=entry, now=now, field=field)
    return HubEntry(entry, f"{owner}/{name}", config or None, split or None, field)
