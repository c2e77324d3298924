"""Calendars by private link: made, fetched, revoked; and what stands in them.

Whoever has the link reads it, so it shows no more than titles and dates, and nothing any more once
the account is closed, the right is gone, or the link was revoked.
"""

import secrets
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

from zhengyou.campaigns.queries import agenda as campaigns
from zhengyou.desk.letters import absolute, actors_of
from zhengyou.desk.models import Feed
from zhengyou.desk.queries import errands_of
from zhengyou.disclosure.queries import pages as disclosed
from zhengyou.inspections.queries import agenda as inspections
from zhengyou.inspections.queries import bulletin_desk
from zhengyou.kernel import clock, identity
from zhengyou.kernel.agenda import Occasion
from zhengyou.kernel.errands import Errand
from zhengyou.kernel.verdict import Refused, Verdict
from zhengyou.ledger import book
from zhengyou.people.actor import Actor
from zhengyou.people.models import Account, Organisation
from zhengyou.people.rules import OVERSEERS
from zhengyou.problems.queries import agenda as problems
from zhengyou.voices.queries import gathering_desk, ideas_desk
from zhengyou.work.queries import agenda as work

BACK, AHEAD = timedelta(days=31), timedelta(days=366)
"""How far a calendar reaches."""
APPS = (
    campaigns,
    work,
    problems,
    ideas_desk,
    disclosed,
    inspections,
    bulletin_desk,
    gathering_desk,
)
"""The rooms whose ``agenda_of(body, since, until)`` stands in the calendar of a body."""


def may_have(actor: Actor, body: Organisation | None) -> Verdict:
    """One's own calendar; that of a body for its members and for who holds a post there."""
    verdict = Verdict.of(actor.account and actor.person, "日历跟着本人的账号走，请先登录。")
    if body is None:
        return verdict
    inside = any(
        hat.organisation.path == body.path for hat in actor.hats if hat.role in (None, *OVERSEERS)
    )
    return verdict & Verdict.of(
        inside or actor.belongs_to(body.path), f"{body.name}的日历只给本组织的人订阅。"
    )


def open_feeds(actor: Actor) -> list[Feed]:
    """Return the links that hold. One query."""
    rows = Feed.objects.filter(account=actor.account, revoked_at=None)
    return list(rows.select_related("organisation").order_by("organisation__path"))


def make(actor: Actor, body: Organisation | None) -> str:
    """Make a link, which takes the place of an earlier one, and return its secret; nowhere stored.

    Raises:
        Refused: not one's own body.
    """
    secret = secrets.token_hex(20)
    with book.writing() as facts:
        may_have(actor, body).require()
        assert actor.account is not None
        Account.objects.select_for_update(no_key=True).get(pk=actor.account.pk)
        earlier = Feed.objects.filter(account=actor.account, organisation=body, revoked_at=None)
        earlier.update(revoked_at=clock.now())
        feed = Feed.objects.create(
            account=actor.account,
            organisation=body,
            link_lookup=identity.lookup(secret, "feed"),
            made_at=clock.now(),
        )
        facts.record(
            "feed.make", by=actor, about=feed.ref, data={"organisation": body and body.uid}
        )
    return secret


def revoke(actor: Actor, feed: Feed) -> None:
    """End a link.

    Raises:
        Refused: somebody else's.
    """
    with book.writing() as facts:
        if actor.account is None or feed.account_id != actor.account.pk:
            raise Refused("只能作废自己的日历链接。")
        if Feed.objects.filter(pk=feed.pk, revoked_at=None).update(revoked_at=clock.now()):
            facts.record("feed.revoke", by=actor, about=feed.ref)


def find(secret: str) -> Feed | None:
    """Return the feed of a link that still holds and whose owner still has the right."""
    rows = Feed.objects.filter(
        link_lookup=identity.lookup(secret, "feed"),
        revoked_at=None,
        account__closed_at=None,
    )
    feed = rows.select_related("account__person", "organisation").first()
    if feed is None:
        return None
    owner = next(actors_of(feed.account), None)
    return feed if owner and may_have(owner, feed.organisation) else None


def written(feed: Feed) -> bytes:
    """Return the calendar as RFC 5545 has it."""
    today = clock.today()
    body = feed.organisation
    calendar = Calendar()
    calendar.add("prodid", "-//Zhengyou//Calendar//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"争优 {body.name if body else '我的事'}")
    calendar.add("x-wr-timezone", "Asia/Shanghai")
    rows = of_body(body, today) if body else of_person(feed.account)
    for row in rows:
        calendar.add_component(_event(row))
    return calendar.to_ical()


def of_person(account: Account) -> list[Occasion]:
    """Return what is due from somebody under all hats, on the day it is due."""
    found: dict[str, Occasion] = {}
    for actor in actors_of(account):
        for errand in errands_of(actor, "todo_for"):
            row = _of_errand(errand)
            if row:
                found.setdefault(row.key, row)
    return list(found.values())


def of_body(body: Organisation, today: date) -> list[Occasion]:
    """Return what stands in the calendar of a body, a month back and a year ahead."""
    return [row for app in APPS for row in app.agenda_of(body, today - BACK, today + AHEAD)]


def _of_errand(errand: Errand) -> Occasion | None:
    if errand.due is None:
        return None
    key = f"errand:{identity.lookup(f'{errand.url} {errand.button}', 'feed')[:24]}"
    title, words = (errand.outside, "") if errand.outside else (errand.title, errand.why)
    return Occasion(key, title, errand.due, words, url=errand.url)


def _event(row: Occasion) -> Event:
    event = Event()
    event.add("uid", f"{row.key}@zhengyou")
    event.add("dtstamp", clock.now())
    event.add("summary", row.title)
    if row.at is None:
        event.add("dtstart", row.day)
        event.add("dtend", (row.last or row.day) + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    else:
        event.add("dtstart", datetime.combine(row.day, row.at, clock.SHANGHAI).astimezone(UTC))
        until = row.until or row.at
        event.add(
            "dtend", datetime.combine(row.last or row.day, until, clock.SHANGHAI).astimezone(UTC)
        )
    for name, value in (("description", row.words), ("location", row.place)):
        if value:
            event.add(name, value)
    if row.url:
        event.add("url", absolute(row.url))
    return event
