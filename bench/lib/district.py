"""A district for measuring duties: branches in towns, members, twenty duties, a year of records.

All invented. Of ``BRANCHES`` branches so many as asked for have members and records, the others
stand empty: so as many bodies are shown at any size. Rows are laid down in bulk, as the verbs
would have left them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db import connection

from zhengyou.campaigns.actions import campaigns
from zhengyou.campaigns.models import Campaign
from zhengyou.kernel import clock
from zhengyou.people.actions.people import appoint, enrol
from zhengyou.people.actions.tree import found
from zhengyou.people.actor import acting_as
from zhengyou.people.models import (
    Kind,
    Membership,
    Organisation,
    Person,
    Role,
    Standing,
    StandingKind,
)
from zhengyou.work.models import Credit, Duty, DutyTerms, Record, RecordState

BRANCHES, TOWNS, MEMBERS, RECORDS = 1000, 20, 50, 600
BEGINS, TODAY = date(2026, 1, 1), date(2026, 12, 15)
BLUEPRINT = """
format   = 1
version  = "1"
title    = "全区创先争优活动"
theme    = "比一比，赛一赛"
aims     = ["支部更强", "群众更满意"]
carriers = ["主题党日"]
covers   = ["党支部"]

[phase.act]
title = "全面争创"
lasts = "12个月"
opens = ["提交方案"]
"""
# code, whose, record kind, cadence, more; a kind belongs to one duty
BODIES = (
    ("assembly", "quarter"), ("committee", "month"), ("staff_meeting", "week"),
    ("org_life", "half-year"), ("launch", "campaign"), ("exchange", "year"),
    ("consultation", "quarter"), ("publicity", "month"), ("training", "half-year"),
    ("discussion", "month"), ("event", "quarter"), ("check", "month"),
)  # fmt: skip
TOGETHER = (("theme_day", "month"), ("study", "quarter"))  # all members of a branch at once
ALONE = (
    ("notes", "month"), ("talk", "half-year"), ("visit", "quarter"), ("service", "quarter"),
    ("reflection", "year"), ("survey", "year"),
)  # fmt: skip


@dataclass
class District:
    """The district; ``full`` branches have members."""

    top: Organisation
    office: Person
    campaign: Campaign
    branches: list[Organisation] = field(default_factory=list)
    members: list[list[int]] = field(default_factory=list)
    duties: dict[str, Duty] = field(default_factory=dict)
    records: int = 0

    @property
    def people(self) -> int:
        """How many members there are."""
        return sum(map(len, self.members))


def build(full: int) -> District:
    """Lay the district down, with members and records in ``full`` of its branches."""
    with clock.at(BEGINS):
        top = found(None, name="云岭区委", kind=Kind.PARTY_COMMITTEE, parent=None)
        office = Person(name="白露")
        enrol(None, office, top, standing=StandingKind.FULL)
        appoint(None, office, top, Role.CAMPAIGN_OFFICE)
        actor = acting_as(office, Role.CAMPAIGN_OFFICE)
        campaign = campaigns.create(actor, top, BLUEPRINT, BEGINS)
        campaign.open(actor)
        district = District(top, office, campaign)
        towns = [
            found(None, name=f"{n}号镇党委", kind=Kind.PARTY_COMMITTEE, parent=top)
            for n in range(TOWNS)
        ]
        for n in range(BRANCHES):
            name, parent = f"{n}号党支部", towns[n % TOWNS]
            branch = found(None, name=name, kind=Kind.BRANCH, parent=parent)
            district.branches.append(branch)
    _duties(district)
    _people(district, full)
    _records(district)
    return district


def _duties(district: District) -> None:
    rows = [(kind, "bodies", cadence) for kind, cadence in BODIES]
    rows += [(kind, "members", cadence) for kind, cadence in (*TOGETHER, *ALONE)]
    for order, (kind, whose, cadence) in enumerate(rows):
        duty = Duty.objects.create(
            campaign=district.campaign,
            code=kind.replace("_", "-"),
            title=f"任务{kind}",
            order=order,
        )
        DutyTerms.objects.create(
            duty=duty, since=BEGINS, whose=whose, cadence=cadence, records=[kind],
            kinds=["branch"] if whose == "bodies" else [],
            standings=["full"] if whose == "members" else [],
        )  # fmt: skip
        district.duties[kind] = duty


def _people(district: District, full: int) -> None:
    names = (f"党员{n}" for n in range(full * MEMBERS))
    people = Person.objects.bulk_create([Person(name=name) for name in names], batch_size=2000)
    for n in range(full):
        district.members.append([p.pk for p in people[n * MEMBERS : (n + 1) * MEMBERS]])
    Membership.objects.bulk_create(
        [
            Membership(person_id=pk, organisation=district.branches[n], since=BEGINS)
            for n, pks in enumerate(district.members) for pk in pks
        ], batch_size=2000,
    )  # fmt: skip
    Standing.objects.bulk_create(
        [Standing(person=p, kind=StandingKind.FULL, since=BEGINS) for p in people], batch_size=2000
    )
    with clock.at(BEGINS):
        for n in range(full):
            secretary = Person.objects.get(pk=district.members[n][0])
            appoint(None, secretary, district.branches[n], Role.SECRETARY)


def _records(district: District) -> None:
    """A year of records with their credits; who took part is then copied from the credits."""
    for n, members in enumerate(district.members):
        rows = list(_of_branch(district, n, members))
        records = Record.objects.bulk_create([row for row, _ in rows], batch_size=600)
        credits_ = []
        for record, (_, people) in zip(records, rows, strict=True):
            credits_ += _credits(district, record, people)
        Credit.objects.bulk_create(credits_, batch_size=2000)
        district.records += len(records)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO work_participant (record_id, person_id, part, attendance, note)"
            " SELECT record_id, person_id, 'taker', 'present', '' FROM work_credit"
            " WHERE person_id IS NOT NULL"
        )
        cursor.execute("ANALYZE")


def _of_branch(
    district: District, n: int, members: list[int]
) -> Iterator[tuple[Record, list[int]]]:
    """Yield ``RECORDS`` records with those who took part and are credited."""
    days = (TODAY - BEGINS).days
    every = [(kind, 14) for kind, _ in BODIES] + [(kind, 24) for kind, _ in TOGETHER]
    count = 0
    for kind, times in every:
        for k in range(times):
            alone = kind not in dict(BODIES)
            yield _record(district, n, members, kind, k * days // times), members if alone else []
            count += 1
    for k in range(RECORDS - count):
        kind = ALONE[k % len(ALONE)][0]
        yield _record(district, n, members, kind, (k * 37) % days), [members[k * 7 % len(members)]]


def _record(district: District, n: int, members: list[int], kind: str, after: int) -> Record:
    on = BEGINS + timedelta(days=after)
    at = datetime.combine(on, time(17), clock.SHANGHAI)
    return Record(
        organisation=district.branches[n], kind=kind, title=f"{on:%m-%d}的事", on=on,
        state=RecordState.FINISHED, by_id=members[0], hat="书记", begun_at=at, changed_at=at,
        finished_at=at, text="做了什么，做到哪一步，下一步谁来做。",
    )  # fmt: skip


def _credits(district: District, record: Record, people: list[int]) -> list[Credit]:
    duty, on = district.duties[record.kind], record.on
    common = {"duty": duty, "record": record, "on": on, "done_on": on, "entered_on": on}
    if not people:
        return [Credit(organisation=record.organisation, amount=Decimal(1), **common)]
    return [Credit(person_id=pk, amount=Decimal(1), **common) for pk in people]
