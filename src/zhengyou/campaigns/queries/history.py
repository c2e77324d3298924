"""What the ledger says about a campaign or a plan, with the reasons that were given."""

from dataclasses import dataclass
from datetime import datetime

from zhengyou.kernel.refs import Ref
from zhengyou.ledger.queries import history
from zhengyou.people.queries.history import facts_about

LENGTH = 20


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One thing that happened: when (UTC), what, by whom in which post, and why if said."""

    at: datetime
    label: str
    who: str
    reason: str


def story_of(about: Ref) -> list[StoryLine]:
    """Return the last facts about a thing, newest first. Three queries."""
    lines = zip(facts_about(about, LENGTH), history(about, LENGTH), strict=False)
    return [
        StoryLine(line.at, line.label, line.who, (entry.names or {}).get("reason", ""))
        for line, entry in lines
    ]
