"""A campaign of the bureau with duties, for everything about duties and records.

    def test_x(season):                          # or by hand:
        monthly = a_duty(campaign, "day", whose="members", standings=["full"],
                         cadence="month", records=["theme_day"])
        record_of(cast.branch, "theme_day", date(2026, 10, 16), cast.shen, cast.zhou)
        exempted(monthly, cast.he, date(2026, 10, 1))

The campaign runs from 1 September 2026 to 31 August 2027 in two overlapping phases and has two
school terms.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from tests.cast import Cast
from tests.stage import shared

from zhengyou.campaigns.actions import campaigns
from zhengyou.campaigns.models import Campaign
from zhengyou.kernel import clock
from zhengyou.kernel.refs import Ref
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Organisation, Person, Role
from zhengyou.work.crediting import credit
from zhengyou.work.models import (
    Attendance,
    Duty,
    DutyExemption,
    DutyTerms,
    Enrolment,
    OwnCadence,
    Participant,
    Record,
    RecordLink,
    RecordState,
)

BEGINS = date(2026, 9, 1)
ENDS = date(2027, 8, 31)
TEXT = """
format   = 1
version  = "1"
title    = "小学创先争优活动"
theme    = "三尺讲台见初心"
aims     = ["课上得更好", "家长更放心"]
carriers = ["周周回馈", "家长开放周"]
covers   = ["党支部"]
terms    = [
  { title = "上学期", from = "09-01", to = "01-25" },
  { title = "下学期", from = "02-15", to = "07-10" },
]

[phase.learn]
title = "动员学习"
lasts = "3个月"
opens = ["提交方案"]

[phase.act]
title = "践诺提升"
after = "learn"
lasts = "9个月"
opens = ["作出承诺", "公布进展"]

[group.leading]
title = "活动领导小组"
duty  = "定方案，听意见"
seats = { head = "1", deputy = "1至2", member = "3以上" }

[standard.member]
title    = "教师党员三条"
for      = "党员"
criteria = { lessons = "课上得实", pupils = "关心每个孩子", clean = "不收礼" }
"""


def a_campaign(cast: Cast, begins: date = BEGINS, text: str = TEXT) -> Campaign:
    """Return a running campaign of the bureau."""
    with clock.at(begins):
        office = acting_as(cast.gu, Role.CAMPAIGN_OFFICE)
        campaign = campaigns.create(office, cast.bureau, text, begins)
        campaign.open(office)
    return campaign


def a_duty(campaign: Campaign, code: str, *, title: str = "", **terms: Any) -> Duty:
    """Return a duty with terms from the campaign's first day on."""
    duty = Duty.objects.create(
        campaign=campaign, code=code, title=title or code, order=campaign.duties.count()
    )
    DutyTerms.objects.create(duty=duty, **({"since": campaign.starts_on} | terms))
    return duty


def record_of(
    body: Organisation, kind: str, on: date, *present: Person, entered: date | None = None,
    about: Ref | None = None, parts: dict[str, Person] | None = None, **fields: Any,
) -> Record:  # fmt: skip
    """Return a finished record of ``body`` that has been credited.

    Args:
        present: who took part; ``parts``: who did what, as ``{"speaker": cast.shen}``.
        entered: the day on which it was finished in the system (default: the day it was done).
        about: what it is linked to.
    """
    at = datetime.combine(entered or on, time(17), clock.SHANGHAI)
    recorder = next(iter((*present, *(parts or {}).values())), None) or Person.objects.earliest(
        "pk"
    )
    record = Record.objects.create(
        organisation=body, kind=kind, title=fields.pop("title", "") or f"{on:%m-%d} {kind}", on=on,
        state=RecordState.FINISHED, by=recorder, hat="记录员", begun_at=at, changed_at=at,
        finished_at=at, **fields,
    )  # fmt: skip
    did = [(person, "taker") for person in present]
    did += [(person, part) for part, person in (parts or {}).items()]
    Participant.objects.bulk_create(
        Participant(record=record, person=person, part=part, attendance=Attendance.PRESENT)
        for person, part in did
    )
    if about is not None:
        RecordLink.objects.create(
            record=record, about_kind=about.kind, about_uid=about.uid, label=about.label
        )
    credit(record)
    return record


def exempted(
    duty: Duty, subject: Person | Organisation | Enrolment, since: date, until: date | None = None
) -> DutyExemption:
    """Return an exemption of somebody, a body or something enrolled."""
    field_of = {Person: "person", Organisation: "organisation", Enrolment: "enrolment"}
    by = Person.objects.earliest("pk")
    return DutyExemption.objects.create(
        duty=duty, since=since, until=until, reason="在外地照顾老人", by=by, hat="书记",
        decided_at=clock.now(), **{field_of[type(subject)]: subject},
    )  # fmt: skip


def enrolled(
    duty: Duty, about: Ref, body: Organisation, person: Person | None, since: date,
    until: date | None = None,
) -> Enrolment:  # fmt: skip
    """Return something that was given a duty."""
    return Enrolment.objects.create(
        duty=duty, about_kind=about.kind, about_uid=about.uid, label=about.label,
        organisation=body, person=person, since=since, until=until,
    )  # fmt: skip


def own_cadence(
    duty: Duty, body: Organisation, cadence: str, since: date, until: date | None = None
) -> OwnCadence:
    """Return how often a body does what the duty leaves to it."""
    return OwnCadence.objects.create(
        duty=duty, organisation=body, cadence=cadence, since=since, until=until
    )


@dataclass
class Autumn:
    """The campaign and its duties by code: ``season["lesson"]``."""

    cast: Cast
    campaign: Campaign
    duties: dict[str, Duty] = field(default_factory=dict)

    def __getitem__(self, code: str) -> Duty:
        return self.duties[code]


DUTIES: dict[str, dict[str, Any]] = {
    "assembly": {"title": "支部党员大会", "whose": "bodies", "kinds": ["branch"],
                 "cadence": "quarter", "records": ["assembly"], "grace_days": 3},
    "group": {"title": "党小组会", "whose": "bodies", "kinds": ["party_group"],
              "cadence": "month", "records": ["group_meeting"]},
    "day": {"title": "主题党日", "whose": "members", "standings": ["full", "probationary"],
            "cadence": "month", "records": ["theme_day"]},
    "lesson": {"title": "讲一次党课", "whose": "holders", "roles": ["secretary",
               "deputy_secretary"], "kinds": ["branch"], "cadence": "campaign",
               "records": ["lecture"], "part": "speaker"},
    "notes": {"title": "学习笔记五千字", "whose": "members", "standings": ["full"],
              "retired": False, "cadence": "year", "records": ["notes"],
              "measure": "characters", "least": 5000},
    "hours": {"title": "集中学习", "whose": "members", "standings": ["full", "probationary"],
              "max_age": 59, "cadence": "term", "records": ["study"], "measure": "hours",
              "least": 16},
    "launch": {"title": "动员大会", "whose": "bodies", "kinds": ["branch"], "cadence": "once",
               "due_on": date(2026, 9, 20), "records": ["launch"]},
    "talk": {"title": "谈心谈话", "whose": "holders", "roles": ["secretary"], "kinds": ["branch"],
             "cadence": "anytime", "records": ["talk"], "part": "host"},
    "hearing": {"title": "听取群团汇报", "whose": "bodies", "kinds": ["branch"],
                "cadence": "regular", "records": ["listening"]},
    "visit": {"title": "走访结对户", "whose": "enrolled", "enrols": "pair", "cadence": "month",
              "records": ["visit"]},
}  # fmt: skip
"""One duty of each kind, all of the one campaign."""


@shared(on="cast")
def autumn_of_duties(cast: Cast) -> Autumn:
    """The bureau's campaign of autumn 2026 with one duty of each kind."""
    campaign = a_campaign(cast)
    duties = {code: a_duty(campaign, code, **terms) for code, terms in DUTIES.items()}
    return Autumn(cast, campaign, duties)
