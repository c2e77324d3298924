"""What one side of the world lays open."""

from typing import Any

from zhengyou.campaigns.models import Campaign
from zhengyou.disclosure.actions import publishing
from zhengyou.disclosure.content import Words
from zhengyou.disclosure.models import DisclosureTopic
from zhengyou.disclosure.periods import open_turns
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation


def disclosed_of(side: str, lead: Actor, body: Organisation, campaign: Campaign) -> dict[str, Any]:
    """Return a draft, what waits for a second pair of eyes, what is out, and what is for the own
    people, made today with the verbs of the house."""
    rows = DisclosureTopic.objects.filter(duty__campaign=campaign).select_related("duty__campaign")
    topics = {row.code: row for row in rows}

    def drafted(code: str) -> Any:
        start = open_turns(topics[code], body)[0].start
        words = Words(topics[code].title, "都在这里。")
        return publishing.draft(lead, topics[code], body, start, words)

    made = {name: drafted(code) for name, code in (
        ("disclosed_draft", "party"), ("disclosed", "party"), ("disclosed_ready", "school"),
        ("disclosed_staff", "staff"),
    )}  # fmt: skip
    publishing.publish(lead, made["disclosed"])
    publishing.publish(lead, made["disclosed_staff"])
    publishing.submit(lead, made["disclosed_ready"])
    return {f"{name}_{side}": item for name, item in made.items()} | {
        "topic": topics["school"],
        "topic_start": open_turns(topics["school"], body)[0].start,
    }
