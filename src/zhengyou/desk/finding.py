"""Search from within: the people, bodies, plans and pledges that one may see, in the hat worn.

The index gives candidates; what is shown passes through the rules of each app. A name leads to a
pledge only where the reader sees it from within.
"""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse

from zhengyou.campaigns.models import Plan
from zhengyou.campaigns.queries.campaigns import PLAN_KINDS
from zhengyou.campaigns.rules import visible_plans
from zhengyou.climb.models import ClimbState
from zhengyou.disclosure.models import DisclosedItem
from zhengyou.disclosure.rules import visible_items
from zhengyou.inspections.models import Bulletin, BulletinState
from zhengyou.inspections.queries.bulletins import BADGES as BULLETIN_BADGES
from zhengyou.inspections.rules.bulletins import visible_bulletins
from zhengyou.kernel import paths
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation, Person
from zhengyou.people.rules import visible_organisations, visible_persons
from zhengyou.pledges import rules, words
from zhengyou.pledges.models import Pledge, PledgeItem
from zhengyou.problems.models import Problem, ProblemState
from zhengyou.problems.queries.of_source import BADGES
from zhengyou.problems.rules import visible_problems
from zhengyou.search.queries import Asked, matching
from zhengyou.search.text import LONGEST, phrases
from zhengyou.ui.text import long_date
from zhengyou.voices.models import Suggestion
from zhengyou.voices.queries.ideas import badge_of as idea_badge
from zhengyou.voices.rules import visible_suggestions
from zhengyou.work.models import Participant, Record
from zhengyou.work.rules import visible_records

EACH = 20


@dataclass(frozen=True, slots=True)
class Row:
    """One thing found, for the tag ``row``."""

    kind: str
    label: str
    title: str
    why: str
    url: str


@dataclass(frozen=True, slots=True)
class Part:
    """The things of one kind; ``more``: there are more than shown."""

    title: str
    rows: list[Row]
    more: bool = False


@dataclass(frozen=True, slots=True)
class Findings:
    """What ``text`` leads to for one actor; parts without rows are left out."""

    text: str
    parts: list[Part] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How much is shown."""
        return sum(len(part.rows) for part in self.parts)


def find(actor: Actor, text: str) -> Findings:
    """Return what ``actor`` may find. A constant number of queries."""
    text = text.strip()[:LONGEST]
    if not phrases(text):
        return Findings(text)
    find = (
        _persons, _items, _records, _problems, _suggestions, _opened, _bodies, _plans, _bulletins,
    )  # fmt: skip
    parts = [part(actor, text) for part in find]
    return Findings(text, [part for part in parts if part.rows])


def _all_words(text: str, *fields: str) -> Q:
    found = Q()
    for word in text.split():
        one = Q()
        for name in fields:
            one |= Q(**{f"{name}__icontains": word})
        found &= one
    return found


def _persons(actor: Actor, text: str) -> Part:
    rows = Person.objects.filter(_all_words(text, "name", "work"), visible_persons(actor))
    found = list(rows.order_by("sort_key", "pk")[: EACH + 1])
    return Part("人", [_person(one) for one in found[:EACH]], len(found) > EACH)


def _person(one: Person) -> Row:
    return Row("todo", "人", one.name, one.work, reverse("people:person", args=[one.uid]))


def _bodies(actor: Actor, text: str) -> Part:
    rows = Organisation.objects.filter(_all_words(text, "name"), visible_organisations(actor))
    found = list(rows.order_by("path")[: EACH + 1])
    return Part("组织", [_body(body) for body in found[:EACH]], len(found) > EACH)


def _body(body: Organisation) -> Row:
    closed = "已撤销" if body.closed_on else ""
    kind = "off" if body.closed_on else "todo"
    url = reverse("people:organisation", args=[body.uid])
    return Row(kind, closed or body.get_kind_display(), body.name, "", url)


def _plans(actor: Actor, text: str) -> Part:
    rows = Plan.objects.filter(_all_words(text, "title", "organisation__name"))
    seen = rows.filter(visible_plans(actor)).select_related("campaign", "organisation")
    found = list(seen.order_by("organisation__path", "-pk")[: EACH + 1])
    return Part("方案", [_plan(plan) for plan in found[:EACH]], len(found) > EACH)


def _plan(plan: Plan) -> Row:
    state = ClimbState(plan.state)
    url = reverse("campaigns:plan", args=[plan.uid])
    why = f"{plan.organisation.name}，{plan.campaign.title}"
    return Row(PLAN_KINDS[state], str(state.label), plan.title, why, url)


def _items(actor: Actor, text: str) -> Part:
    """Pledges seen from within; what everybody sees is found in public."""
    places = _places(actor)
    found = matching(Asked("pledge_item", places=places, names=True), text)
    inside = Pledge.objects.filter(rules.inside_pledges(actor), pk=OuterRef("pledge"))
    rows = PledgeItem.objects.filter(
        rules.visible_items(actor), Exists(inside), uid__in=found.uids
    ).select_related("pledge__campaign", "pledge__organisation", "pledge__person")
    shown = list(rows.order_by(F("submitted_at").desc(nulls_last=True), "-pk")[: EACH + 1])
    return Part("承诺", [_item(item) for item in shown[:EACH]], found.cut or len(shown) > EACH)


def _item(item: PledgeItem) -> Row:
    pledge: Any = item.pledge
    kind, label = words.state(item)
    url = f"{reverse('pledges:pledge', args=[pledge.uid])}#item-{item.number}"
    return Row(kind, label, item.text, f"{pledge.name}，{pledge.campaign.title}", url)


def _records(actor: Actor, text: str) -> Part:
    """Records of whatever was done; they are internal, so they are found here only."""
    found = matching(Asked("record", places=_places(actor), names=True), text)
    rows = Record.objects.filter(visible_records(actor), uid__in=found.uids)
    shown = list(rows.select_related("organisation").order_by("-on", "-pk")[: EACH + 1])
    return Part("纪实", [_record(row) for row in shown[:EACH]], found.cut or len(shown) > EACH)


def _record(record: Record) -> Row:
    why = f"{record.organisation.name}，{long_date(record.on)}"
    url = reverse("work:record", args=[record.uid])
    return Row("done", str(record.get_kind_display()), record.title, why, url)


def _opened(actor: Actor, text: str) -> Part:
    """What bodies laid open, to their own people as well."""
    found = matching(Asked("disclosed_item", places=_places(actor)), text)
    rows = DisclosedItem.objects.filter(visible_items(actor), uid__in=found.uids)
    rows = rows.select_related("organisation", "topic__duty").order_by("-published_on", "-pk")
    shown = list(rows[: EACH + 1])
    return Part(
        "公开事项", [_disclosed(row) for row in shown[:EACH]], found.cut or len(shown) > EACH
    )


def _disclosed(item: DisclosedItem) -> Row:
    url = reverse("disclosure:item", args=[item.uid])
    return Row("done", item.topic.category, str(item), item.organisation.name, url)


def _problems(actor: Actor, text: str) -> Part:
    """Problems of bodies; a person's own shortcoming is not found by words."""
    found = matching(Asked("problem", places=_places(actor), names=True), text)
    rows = Problem.objects.filter(visible_problems(actor), uid__in=found.uids)
    shown = list(rows.select_related("organisation").order_by("-found_on", "-pk")[: EACH + 1])
    return Part("问题", [_problem(row) for row in shown[:EACH]], found.cut or len(shown) > EACH)


def _problem(problem: Problem) -> Row:
    state = ProblemState(problem.state)
    why = f"{problem.organisation.name}，{long_date(problem.found_on)}发现"
    url = reverse("problems:problem", args=[problem.uid])
    return Row(BADGES[state], str(state.label), problem.title, why, url)


def _suggestions(actor: Actor, text: str) -> Part:
    """Suggestions by their words; who made them is not found."""
    found = matching(Asked("suggestion", places=_places(actor)), text)
    rows = Suggestion.objects.filter(visible_suggestions(actor), uid__in=found.uids)
    shown = list(rows.select_related("home", "box").order_by("-pk")[: EACH + 1])
    rows_shown = [_suggestion(row) for row in shown[:EACH]]
    return Part("建议", rows_shown, found.cut or len(shown) > EACH)


def _suggestion(row: Suggestion) -> Row:
    kind, label = idea_badge(row)
    url = reverse("voices:suggestion", args=[row.uid])
    return Row(kind, label, row.title, f"{row.home.name}，{row.box.title}", url)


def _bulletins(actor: Actor, text: str) -> Part:
    """Bulletins that are out. Who may read one is asked of its rules."""
    found = matching(Asked("bulletin"), text)
    rows = Bulletin.objects.filter(visible_bulletins(actor), uid__in=found.uids)
    shown = list(rows.select_related("organisation").order_by("-published_on", "-pk")[: EACH + 1])
    return Part("通报", [_bulletin(row) for row in shown[:EACH]], found.cut or len(shown) > EACH)


def _bulletin(row: Bulletin) -> Row:
    state = BulletinState(row.state)
    why = f"{row.organisation.name}，{long_date(row.published_on)}"
    url = reverse("inspections:bulletin", args=[row.uid])
    return Row(BULLETIN_BADGES[state], str(state.label), row.title, why, url)


def _places(actor: Actor) -> set[int]:
    """Return the bodies whose pledges and records ``actor`` may see from within: candidates, not
    rights."""
    own = {body.pk for body in actor.memberships}
    if actor.person:
        mine: QuerySet[Pledge] = Pledge.objects.filter(person=actor.person)
        own |= set(mine.values_list("organisation", flat=True))
        taken = Participant.objects.filter(person=actor.person)
        own |= set(taken.order_by().values_list("record__organisation", flat=True).distinct())
    if actor.hat is None:
        return own
    below = Organisation.objects.filter(paths.within("path", actor.hat.organisation.path))
    return own | set(below.values_list("pk", flat=True))
